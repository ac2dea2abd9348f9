"""What the gateway's statuses, sums and moments mean."""

from datetime import UTC, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.money import ZERO, Money
from bot.domain.payment import GatewayState, Outcome
from integrations.wayforpay.models import Answer
from integrations.wayforpay.states import States
from integrations.wayforpay.values import moment, money, plain, words
from integrations.wayforpay.wire import Number


def state(**said: Any) -> GatewayState:
    base = {"orderReference": "K-1", "amount": Number("349.5"), "currency": "UAH", "reasonCode": Number("1100")}
    return States().read(Answer.model_validate(base | said))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("Created", Outcome.WAITING),
        ("InProcessing", Outcome.UNDER_WAY),
        ("inProcessing", Outcome.UNDER_WAY),
        ("Pending", Outcome.UNDER_WAY),
        ("WaitingAmountConfirm", Outcome.UNDER_WAY),
        ("RefundInProcessing", Outcome.UNDER_WAY),
        ("WaitingAuthComplete", Outcome.HELD),
        ("Approved", Outcome.PAID),
        ("APPROVED", Outcome.PAID),
        ("Declined", Outcome.DECLINED),
        ("Expired", Outcome.EXPIRED),
        ("Refunded", Outcome.REFUNDED),
        ("Voided", Outcome.REFUNDED),
        ("", Outcome.UNDER_WAY),
        ("SomethingNew", Outcome.UNDER_WAY),
    ],
)
def test_a_status_has_one_outcome(status: str, outcome: Outcome) -> None:
    assert state(transactionStatus=status).outcome is outcome


def test_an_invoice_that_waits_for_its_payer_is_in_no_processing() -> None:
    assert state(transactionStatus="InProcessing", reasonCode=Number("1151")).outcome is Outcome.WAITING
    assert state(transactionStatus="", reasonCode=Number("1151")).outcome is Outcome.WAITING


def test_an_unknown_status_is_logged_once() -> None:
    states = States()
    with capture_logs() as lines:
        for status in ("New", "new", "Newer", "New"):
            states.outcome(Answer.model_validate({"transactionStatus": status}))
    assert [(line["event"], line["status"]) for line in lines] == [
        ("wayforpay status is not known", "new"),
        ("wayforpay status is not known", "newer"),
    ]


def test_a_gateway_gone_mad_does_not_fill_the_log() -> None:
    states = States()
    with capture_logs() as lines:
        for number in range(500):
            states.outcome(Answer.model_validate({"transactionStatus": f"new {number}"}))
    assert len(lines) == 50


@pytest.mark.parametrize(
    ("said", "outcome", "refunded"),
    [
        ({"transactionStatus": "Refunded"}, Outcome.REFUNDED, Money(34950)),
        ({"transactionStatus": "Refunded", "refundAmount": Number("0")}, Outcome.REFUNDED, Money(34950)),
        ({"transactionStatus": "Refunded", "refundAmount": Number("349.50")}, Outcome.REFUNDED, Money(34950)),
        ({"transactionStatus": "Refunded", "refundAmount": Number("49.5")}, Outcome.PAID, Money(4950)),
        ({"transactionStatus": "Approved", "refundAmount": "49.50"}, Outcome.PAID, Money(4950)),
        ({"transactionStatus": "Approved", "refundAmount": "349.5"}, Outcome.REFUNDED, Money(34950)),
        ({"transactionStatus": "Approved", "refundAmount": ""}, Outcome.PAID, ZERO),
        ({"transactionStatus": "Voided", "refundAmount": Number("0")}, Outcome.REFUNDED, Money(34950)),
        ({"transactionStatus": "Declined", "refundAmount": Number("1")}, Outcome.DECLINED, ZERO),
        ({"transactionStatus": "RefundInProcessing", "refundAmount": Number("1")}, Outcome.UNDER_WAY, ZERO),
    ],
)
def test_a_part_given_back_is_still_paid(said: dict[str, Any], outcome: Outcome, refunded: Money) -> None:
    read = state(**said)
    assert (read.outcome, read.refunded, read.amount) == (outcome, refunded, Money(34950))


def test_everything_that_is_said_is_kept() -> None:
    read = state(
        transactionStatus="Approved",
        authCode="541963",
        cardPan="44****1111",
        issuerBankName="Тестбанк",
        createdDate=Number("1763900010"),
        processingDate="1763900055",
        fee=Number("7.69"),
        reason="Ok",
    )
    assert read == GatewayState(
        reference="K-1",
        outcome=Outcome.PAID,
        amount=Money(34950),
        card="44****1111",
        bank="Тестбанк",
        auth_code="541963",
        created_at=datetime(2025, 11, 23, 12, 13, 30, tzinfo=UTC),
        processed_at=datetime(2025, 11, 23, 12, 14, 15, tzinfo=UTC),
        fee=Money(769),
        code="1100",
        reason="Ok",
    )
    assert read.status == "Approved"


def test_nulls_and_wrong_types_count_as_absent() -> None:
    said: dict[str, Any] = dict.fromkeys(["authCode", "cardPan", "issuerBankName", "createdDate", "fee", "reason"])
    read = state(transactionStatus="Approved", processingDate={"x": 1}, refundAmount=[1], **said)
    assert (read.card, read.bank, read.created_at, read.processed_at, read.fee) == ("", "", None, None, None)


@pytest.mark.parametrize(
    ("reason", "code"), [("Ok", Number("1100")), ("Ok", "1100"), (Number("1100"), "Ok"), ("1100", "Ok")]
)
def test_a_reason_the_wrong_way_round_is_turned(reason: str, code: str) -> None:
    read = state(transactionStatus="Approved", reason=reason, reasonCode=code)
    assert (read.code, read.reason) == ("1100", "Ok")


@pytest.mark.parametrize("amount", ["", "x", "-1", "1e3", "NaN", "9" * 13, "١٠", "1,5"])
def test_money_without_a_sum_is_not_believed(amount: str) -> None:
    with pytest.raises(ValueError, match="no sum"):
        state(transactionStatus="Approved", amount=amount)
    assert state(transactionStatus="Created", amount=amount).amount == ZERO


def test_words_of_another_system_are_one_short_line() -> None:
    assert state(transactionStatus="Declined", issuerBankName="Банк\x00\n «Х»\ud800").bank == "Банк «Х»"
    assert words("я" * 300, 200) == "я" * 199 + "…"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("", None),
        ("0", None),
        ("-5", None),
        ("x", None),
        ("9" * 14, datetime(5138, 11, 16, 9, 46, 39, tzinfo=UTC)),
        ("9" * 15, None),
        ("1763900010", datetime(2025, 11, 23, 12, 13, 30, tzinfo=UTC)),
        ("1763900010.0", datetime(2025, 11, 23, 12, 13, 30, tzinfo=UTC)),
        ("1763900010123", datetime(2025, 11, 23, 12, 13, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_unix_seconds_or_milliseconds(said: str, read: datetime | None) -> None:
    assert moment(said) == read


def test_a_sum_is_exact() -> None:
    assert money("0.30000000000000004") == Money(30)
    assert money("1547.36", "USD") == Money(154736, "USD")


@pytest.mark.parametrize(
    ("said", "short"), [("10.00", "10"), ("10.50", "10.5"), ("100", "100"), ("", ""), ("x.0", "x.0")]
)
def test_a_sum_is_shortened_without_changing_it(said: str, short: str) -> None:
    assert plain(said) == short
