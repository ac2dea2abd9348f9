"""A gateway that answers anything: what is believed, what is not, and what is to be looked at."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.money import Money
from bot.domain.payment import Outcome
from integrations.wayforpay import WayForPay, connect
from integrations.wayforpay.signature import MOVED, STATE, signed
from integrations.wayforpay.wire import Number, Value, encoded
from tests.integration.wayforpay.asking import ASKED, REFUND, SETTLE, STATE_OF, WHOLE, outcome
from tests.integration.wayforpay.world import ACCOUNT, SECRET, now, settings, told_of
from tests.support.loopback import client, serving


@asynccontextmanager
async def answering(*answers: dict[str, Any]) -> AsyncIterator[WayForPay]:
    """The answers in turn, the last one for ever."""
    waiting = list(answers)

    async def answered(_: web.Request) -> web.Response:
        return web.Response(**(waiting.pop(0) if len(waiting) > 1 else waiting[0]))

    app = web.Application()
    for path in ("/api", "/pay"):
        app.router.add_post(path, answered)
    async with serving(app) as address, client() as http:
        yield connect(settings(address), http, now=now)


def said(body: dict[str, Value]) -> dict[str, Any]:
    return {"body": encoded(body), "content_type": "application/json"}


def moved(**changes: Value) -> dict[str, Any]:
    body: dict[str, Value] = {
        "merchantAccount": ACCOUNT,
        "orderReference": "K-1",
        "transactionStatus": "Refunded",
        "reasonCode": Number("1100"),
        **changes,
    }
    return said(body | {"merchantSignature": signed(SECRET, body, MOVED)})


BROKEN = [
    ({"text": ""}, "broken answer"),
    ({"text": "null"}, "broken answer"),
    ({"text": "[]"}, "broken answer"),
    ({"text": "{}"}, "broken answer"),
    ({"text": '{"reason": "Ok"}'}, "broken answer"),
    ({"text": "[" * 100_000}, "broken answer"),
    ({"text": '{"reasonCode": 99999999}'}, "broken answer"),
    ({"text": '{"reasonCode": 9999}'}, 9999),
    ({"body": b'{"reason": "\xff"}'}, "broken answer"),
    ({"text": "\ufeff <!DOCTYPE html>"}, "html"),
    ({"text": "", "status": 500}, "http 500"),
    ({"text": "", "status": 408}, "http 408"),
]


@pytest.mark.parametrize("operation", ASKED)
@pytest.mark.parametrize(("answer", "code"), BROKEN)
async def test_an_answer_that_says_nothing_leaves_the_outcome_unknown(
    operation: str, answer: dict[str, Any], code: str | int
) -> None:
    ask, lost = ASKED[operation]
    async with answering(answer) as provider:
        assert await outcome(ask(provider)) == (lost, code)


@pytest.mark.parametrize("operation", ASKED)
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (429, (Unavailable, "http 429")),
        (503, (Unavailable, "http 503")),
        (302, (Rejected, "http 302")),
        (403, (Rejected, "http 403")),
        (404, (Rejected, "http 404")),
    ],
)
async def test_a_status_means_one_thing(operation: str, status: int, expected: tuple[type[OutsideError], str]) -> None:
    answer = {"status": status, "headers": {"Location": "http://127.0.0.1:1/"}}
    async with answering(answer) as provider:
        assert await outcome(ASKED[operation][0](provider)) == expected


@pytest.mark.parametrize("operation", ["PURCHASE", "CREATE_INVOICE"])
@pytest.mark.parametrize("url", ["https://evil.example/page", "javascript:alert(1)", "http://127.0.0.1:1/page"])
async def test_a_page_elsewhere_is_shown_to_nobody(operation: str, url: str) -> None:
    answer: dict[str, Value] = {"url": url, "invoiceUrl": url, "reasonCode": Number("1100")}
    async with answering(said(answer)) as provider:
        assert await outcome(ASKED[operation][0](provider)) == (Rejected, "address")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"orderReference": "K-2"}, (Rejected, "mismatch")),
        ({"merchantAccount": "other"}, (Rejected, "mismatch")),
        ({"currency": "USD"}, (Rejected, "mismatch")),
        ({"amount": "багато"}, (Rejected, "mismatch")),
        ({"amount": ""}, (Rejected, "mismatch")),
    ],
)
async def test_a_signed_state_of_something_else_is_a_mismatch(
    changes: dict[str, Value], expected: tuple[type[OutsideError], str]
) -> None:
    async with answering(said(told_of(**changes))) as provider:
        assert await outcome(STATE_OF(provider)) == expected


@pytest.mark.parametrize("amount", ["349.5", "349.50", "349.500"])
async def test_a_sum_may_be_a_text_or_a_number(amount: str) -> None:
    for written in (amount, Number(amount)):
        async with answering(said(told_of(amount=written, reasonCode="1100"))) as provider:
            state = await provider.state("K-1")
            assert state is not None
            assert (state.outcome, state.amount, state.code) == (Outcome.PAID, WHOLE, "1100")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"reasonCode": Number("1151")}, Outcome.WAITING),
        ({"reasonCode": "1151", "transactionStatus": "InProcessing"}, Outcome.WAITING),
        ({"reasonCode": Number("1104"), "transactionStatus": "Declined"}, Outcome.DECLINED),
        ({"reasonCode": Number("1124"), "transactionStatus": "Expired"}, Outcome.EXPIRED),
        ({"reasonCode": Number("1131"), "transactionStatus": "inProcessing"}, Outcome.UNDER_WAY),
        ({"reasonCode": Number("1100"), "transactionStatus": "Novelty"}, Outcome.UNDER_WAY),
    ],
)
async def test_without_a_signature_it_may_say_that_nothing_was_paid(body: dict[str, Value], expected: Outcome) -> None:
    async with answering(said(body)) as provider:
        state = await provider.state("K-1")
        assert state is not None
        assert (state.reference, state.outcome, state.amount) == ("K-1", expected, Money(0))


@pytest.mark.parametrize("status", ["Approved", "WaitingAuthComplete", "Refunded", "Voided"])
async def test_without_a_signature_it_may_not_say_that_money_moved(status: str) -> None:
    body = {name: value for name, value in told_of(transactionStatus=status).items() if name != "merchantSignature"}
    async with answering(said(body)) as provider:
        assert await outcome(STATE_OF(provider)) == (Rejected, "unsigned")


async def test_not_found_is_none_even_where_it_is_called_declined() -> None:
    body: dict[str, Value] = {"transactionStatus": "Declined", "reasonCode": "1127", "reason": "Order Not Found"}
    async with answering(said(body)) as provider:
        assert await provider.state("K-1") is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (moved(orderReference="K-2"), (Ambiguous, "mismatch")),
        (moved(merchantAccount="other"), (Ambiguous, "mismatch")),
        (moved(currency="USD"), (Ambiguous, "mismatch")),
        (moved(transactionStatus="Declined", reasonCode=Number("1122")), (Unavailable, 1122)),
        (moved(transactionStatus="Declined", reasonCode=Number("1136")), (Rejected, 1136)),
        (moved(reasonCode=Number("1131")), (Ambiguous, 1131)),
    ],
)
async def test_an_answer_about_other_money_is_to_be_looked_at(
    answer: dict[str, Any], expected: tuple[type[OutsideError], str | int]
) -> None:
    async with answering(answer) as provider:
        assert await outcome(REFUND(provider)) == expected


async def test_a_sum_taken_that_is_not_the_one_asked_for_is_to_be_looked_at() -> None:
    async with answering(said(told_of(amount=Number("349.49")))) as provider:
        assert await outcome(SETTLE(provider)) == (Ambiguous, "mismatch")


async def test_a_refund_is_known_before_the_books_show_it() -> None:
    async with answering(moved(), said(told_of())) as provider:
        state = await provider.refund("K-1", Money(4950), "Молоко")
    assert (state.outcome, state.amount, state.refunded) == (Outcome.PAID, WHOLE, Money(4950))


async def test_a_second_refund_is_known_before_the_books_show_even_the_first() -> None:
    for shown in (told_of(), told_of(refundAmount=Number("49.5"))):
        async with answering(moved(), said(shown)) as provider:
            state = await provider.refund("K-1", Money(10000), "Хліб", before=Money(4950))
        assert (state.outcome, state.refunded) == (Outcome.PAID, Money(14950))


async def test_a_second_refund_of_the_rest_is_the_whole_before_the_books_show_it() -> None:
    async with answering(moved(), said(told_of(refundAmount=Number("49.5")))) as provider:
        state = await provider.refund("K-1", Money(30000), "Хліб", before=Money(4950))
    assert (state.outcome, state.refunded) == (Outcome.REFUNDED, WHOLE)


async def test_a_second_refund_that_waits_is_not_taken_for_the_first() -> None:
    waits = moved(transactionStatus="RefundInProcessing", reasonCode=Number("1138"))
    async with answering(waits, said(told_of(refundAmount=Number("49.5")))) as provider:
        state = await provider.refund("K-1", Money(4950), "Повернення")
    assert (state.outcome, state.refunded) == (Outcome.UNDER_WAY, Money(4950))


async def test_a_refund_in_processing_is_not_paid_again_before_the_books_show_it() -> None:
    waits = moved(transactionStatus="RefundInProcessing", reasonCode=Number("1138"))
    async with answering(waits, said(told_of())) as provider:
        state = await provider.refund("K-1", WHOLE, "Повернення")
    assert (state.outcome, state.refunded, state.code) == (Outcome.UNDER_WAY, Money(0), "1138")


@pytest.mark.parametrize(
    ("listed", "references"),
    [
        ("null", []),
        ("[]", []),
        ('[null, 1, "x"]', []),
        ('[{"orderReference": "K-1", "transactionStatus": "Approved", "amount": 1, "currency": "UAH"}]', ["K-1"]),
        ('[{"orderReference": "", "transactionStatus": "Approved", "amount": 1}]', []),
        ('[{"orderReference": "K-1", "transactionStatus": "Approved", "amount": null}]', []),
        ('[{"orderReference": "Чуже;1", "transactionStatus": "Refunded", "amount": 1, "currency": "USD"}]', ["Чуже;1"]),
    ],
)
async def test_a_row_that_cannot_be_read_does_not_hide_the_others(listed: str, references: list[str]) -> None:
    text = f'{{"reasonCode": 1100, "transactionList": {listed}}}'
    async with answering({"text": text}) as provider:
        found = await provider.transactions(now() - timedelta(days=1), now())
    assert [one.reference for one in found] == references


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async with answering({"body": b'{"reasonCode": 1100, "reason": "' + b"x" * (16 * 1024 * 1024) + b'"}'}) as provider:
        assert await outcome(REFUND(provider)) == (Ambiguous, "too_large")


async def test_a_state_signed_by_every_field_is_the_only_one_believed() -> None:
    for name in STATE:
        async with answering(said(told_of() | {name: "1"})) as provider:
            assert (await outcome(STATE_OF(provider)))[0] is Rejected
