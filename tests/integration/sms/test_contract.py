"""What every provider of text messages promises behind the port."""

from decimal import Decimal
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.money import Money
from bot.domain.sms import SmsState
from tests.integration.sms.providers import SECRETS, Post, Provider, answering

PHONE = "+380671234567"
TEXT = "Код №12: 4821 & «так» +%1%"
LOST: list[dict[str, Any]] = [{"kind": "lost_answer"}, {"kind": "server_error", "status": 502}]


async def test_a_message_reaches_the_phone_letter_for_letter(post: Post) -> None:
    sent = await post.sms.send(PHONE, TEXT, "k-1")
    assert (bool(sent.id), sent.parts) == (True, 1)
    assert await post.arrived() == [TEXT]


async def test_the_parts_are_those_that_are_paid_for(post: Post) -> None:
    before = await post.balance()
    one = await post.sms.send(PHONE, "я" * 70, "k-1")
    price = before - await post.balance()
    three = await post.sms.send(PHONE, "я" * 135, "k-2")
    assert (one.parts, three.parts) == (1, 3)
    assert before - await post.balance() == price * 4


async def test_a_price_that_is_told_is_the_one_that_was_taken(post: Post) -> None:
    before = await post.balance()
    sent = await post.sms.send(PHONE, TEXT, "k-1")
    taken = Money.of(before - await post.balance())
    assert taken
    assert sent.cost == {True: taken, False: None}[post.its.tells_price]


async def test_a_key_is_sent_once_where_that_is_promised(post: Post) -> None:
    first = await post.sms.send(PHONE, TEXT, "k-1")
    again = await post.sms.send(PHONE, TEXT, "k-1")
    assert ((first.id == again.id), post.sms.repeatable) == (post.its.sent_of_two == 1, post.its.sent_of_two == 1)
    assert await post.arrived() == [TEXT] * post.its.sent_of_two


async def test_a_key_is_of_one_message(post: Post) -> None:
    first = await post.sms.send(PHONE, "Перше", "k-1")
    second = await post.sms.send(PHONE, "Друге", "k-2")
    assert first.id != second.id
    assert await post.arrived() == ["Перше", "Друге"]


@pytest.mark.parametrize("fault", LOST)
async def test_a_message_that_may_have_gone_is_ambiguous_and_asked_once(post: Post, fault: dict[str, Any]) -> None:
    await post.acts("faults", **fault)
    with pytest.raises(Ambiguous):
        await post.sms.send(PHONE, TEXT, "k-1")
    assert len(await post.calls()) == 1


async def test_a_lost_answer_asked_for_again_is_sent_once_where_that_is_promised(post: Post) -> None:
    await post.acts("faults", kind="lost_answer")
    with pytest.raises(Ambiguous):
        await post.sms.send(PHONE, TEXT, "k-1")
    assert (await post.sms.send(PHONE, TEXT, "k-1")).id
    assert await post.arrived() == [TEXT] * post.its.sent_of_two


@pytest.mark.parametrize("phone", ["", "0671234567", "+38 067 123 45 67", "+380", "٣٨٠٦٧١٢٣٤٥٦٧", PHONE + "\n"])
async def test_what_is_no_phone_is_not_asked_for(post: Post, phone: str) -> None:
    with pytest.raises(Rejected) as refusal:
        await post.sms.send(phone, TEXT, "k-1")
    assert (refusal.value.code, refusal.value.of_system) == ("bad_phone", False)
    assert await post.calls() == []


async def test_a_phone_that_the_provider_does_not_take_is_told_by_the_same_word(post: Post) -> None:
    with pytest.raises(Rejected) as refusal:
        await post.sms.send("+3806712345", TEXT, "k-1")
    assert (refusal.value.code, refusal.value.of_system) == ("bad_phone", False)
    assert (len(await post.calls()), await post.arrived()) == (1, [])


@pytest.mark.parametrize("text", ["", " \n", "я" * 671, "a" * 1531])
async def test_an_empty_or_endless_text_is_not_asked_for(post: Post, text: str) -> None:
    with pytest.raises(Rejected) as refusal:
        await post.sms.send(PHONE, text, "k-1")
    assert (refusal.value.code, refusal.value.of_system) == ("bad_text", False)
    assert await post.calls() == []


async def test_ten_parts_are_sent(post: Post) -> None:
    assert (await post.sms.send(PHONE, "я" * 670, "k-1")).parts == 10
    assert await post.arrived() == ["я" * 670]


async def test_an_empty_purse_is_a_matter_for_staff(post: Post) -> None:
    await post.acts("balance", amount="0.10")
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await post.sms.send(PHONE, TEXT, "k-1")
    assert (refusal.value.code, refusal.value.of_system) == ("no_funds", True)
    assert [(line["log_level"], line["refusal"]) for line in lines] == [("critical", "no_funds")]
    assert await post.arrived() == []


async def test_what_was_refused_for_money_goes_under_the_same_key_once_there_is_some(post: Post) -> None:
    await post.acts("balance", amount="0.10")
    with capture_logs(), pytest.raises(Rejected):
        await post.sms.send(PHONE, TEXT, "k-1")
    await post.acts("balance", amount="10")
    await post.sms.send(PHONE, TEXT, "k-1")
    assert await post.arrived() == [TEXT]


@pytest.mark.parametrize(
    ("named", "meant", "of_system"),
    [("no_funds", "no_funds", True), ("bad_phone", "bad_phone", False), ("bad_sender", "bad_sender", True)],
)
async def test_a_refusal_is_final_asked_once_and_named_alike(
    post: Post, named: str, meant: str, of_system: bool
) -> None:
    await post.acts("faults", kind="error", code=getattr(post.its, named))
    with pytest.raises(Rejected) as refusal:
        await post.sms.send(PHONE, TEXT, "k-1")
    assert (refusal.value.code, refusal.value.of_system) == (meant, of_system)
    assert len(await post.calls()) == 1


async def test_a_wrong_key_stops_everything(post: Post) -> None:
    await post.acts("faults", kind="error", code=post.its.wrong_key, times=3)
    for ask in (post.sms.send(PHONE, TEXT, "k-1"), post.sms.balance(), post.sms.reports(["700001"])):
        with pytest.raises(Rejected) as refusal:
            await ask
        assert refusal.value.of_system


async def test_nobody_listening_is_for_later(its: Provider, http: httpx.AsyncClient) -> None:
    sms = its.connect("http://127.0.0.1:1", http)
    for ask in (sms.send(PHONE, TEXT, "k-1"), sms.ping(), sms.balance(), sms.reports(["700001"])):
        with pytest.raises(Unavailable) as trouble:
            await ask
        assert (trouble.value.system, trouble.value.code) == (sms.system, "ConnectError")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"text": "<html>Maintenance</html>"}, Ambiguous),
        ({"text": ""}, Ambiguous),
        ({"text": "null"}, Ambiguous),
        ({"text": "{}"}, Ambiguous),
        ({"text": "[" * 100_000}, Ambiguous),
        ({"body": b"\xff\xfe"}, Ambiguous),
        ({"text": "x" * 1_100_000}, Ambiguous),
        ({"text": "{" + " " * 1_100_000 + "}"}, Ambiguous),
        ({"text": "", "status": 500}, Ambiguous),
        ({"text": "", "status": 503}, Unavailable),
        ({"text": "", "status": 429}, Unavailable),
    ],
)
async def test_an_answer_to_sending_means_one_thing(
    its: Provider, http: httpx.AsyncClient, answer: dict[str, Any], error: type[OutsideError]
) -> None:
    async with answering(its, http, **answer) as (sms, asked):
        with pytest.raises(OutsideError) as trouble:
            await sms.send(PHONE, TEXT, "k-1")
        assert (type(trouble.value), len(asked)) == (error, 1)


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "", "status": 401},
        {"text": "", "status": 404},
        {"headers": {"Location": "http://127.0.0.1:1/"}, "status": 307},
    ],
)
async def test_a_wrong_address_stops_everything(its: Provider, http: httpx.AsyncClient, answer: dict[str, Any]) -> None:
    async with answering(its, http, **answer) as (sms, asked):
        for ask in (sms.send(PHONE, TEXT, "k-1"), sms.ping(), sms.balance(), sms.reports(["700001"])):
            with pytest.raises(Rejected) as refusal:
                await ask
            assert (refusal.value.code, refusal.value.of_system) == (f"http {answer['status']}", True)
        assert len(asked) == 4


async def test_a_ping_with_a_wrong_key_is_not_let_in(post: Post) -> None:
    await post.acts("faults", kind="error", code=post.its.wrong_key)
    with pytest.raises(Rejected) as refusal:
        await post.sms.ping()
    assert refusal.value.of_system


@pytest.mark.parametrize(
    ("answer", "error", "calls"),
    [
        ({"text": "<html>Maintenance</html>"}, Unavailable, 3),
        ({"text": "x" * 1_100_000}, Unavailable, 3),
        ({"text": "", "status": 500}, Unavailable, 3),
        ({"text": "", "status": 429}, Unavailable, 3),
        ({"text": "", "status": 404}, Rejected, 1),
    ],
)
async def test_a_question_is_repeated_while_there_is_hope(
    its: Provider, http: httpx.AsyncClient, answer: dict[str, Any], error: type[OutsideError], calls: int
) -> None:
    async with answering(its, http, **answer) as (sms, asked):
        for ask in (sms.balance(), sms.reports(["700001"])):
            asked.clear()
            with pytest.raises(OutsideError) as trouble:
                await ask
            assert (type(trouble.value), len(asked)) == (error, calls)


async def test_reports_come_of_what_is_known_there(post: Post) -> None:
    phones = (PHONE, "+380671230001", "+380671230007")
    good, bad, waiting = [(await post.sms.send(phone, TEXT, phone)).id for phone in phones]
    at_once = await post.sms.reports([good])
    await post.arrived()
    told = await post.sms.reports([good, "999999", bad, "no such id", waiting, good])
    assert at_once[good].state is SmsState.ON_ITS_WAY
    assert {one: report.state for one, report in told.items()} == {
        good: SmsState.DELIVERED,
        bad: SmsState.FAILED,
        waiting: SmsState.ON_ITS_WAY,
    }
    assert {report.channel for report in told.values()} == {"sms"}
    assert told[good].at is not None


async def test_an_end_is_dated_in_utc(post: Post) -> None:
    sent = await post.sms.send(PHONE, TEXT, "k-1")
    await post.arrived()
    (report,) = (await post.sms.reports([sent.id])).values()
    (message,) = (await post.http.get(f"{post.address}/_control/inbox")).json()["messages"]
    assert report.at is not None
    assert report.at.isoformat() == message["at"]


async def test_of_nothing_nothing_is_asked(post: Post) -> None:
    assert await post.sms.reports([]) == {}
    assert await post.calls() == []


async def test_the_balance_is_exact_and_checks_the_keys(post: Post) -> None:
    await post.acts("balance", amount="12.30")
    assert await post.sms.balance() == Decimal("12.30")
    assert await post.sms.check() == "12.30 UAH"


async def test_a_ping_asks_once(post: Post) -> None:
    await post.sms.ping()
    await post.acts("faults", kind="server_error")
    with pytest.raises(Unavailable):
        await post.sms.ping()
    assert len(await post.calls()) == 2


@pytest.mark.parametrize("fault", [{"kind": "server_error"}, {"kind": "lost_answer"}, {"kind": "no_funds"}])
async def test_secrets_phones_and_words_are_in_no_error_and_no_log(post: Post, fault: dict[str, str]) -> None:
    wanted = {"no_funds": {"kind": "error", "code": post.its.no_funds}}.get(fault["kind"], fault)
    await post.acts("faults", **wanted)
    with capture_logs() as lines, pytest.raises(OutsideError) as trouble:
        await post.sms.send(PHONE, "Таємниця", "k-1")
    told = f"{trouble.value!r} {vars(trouble.value)} {trouble.value.__cause__} {lines}"
    for hidden in (*SECRETS, "671234567", "Таємниця"):
        assert hidden not in told
