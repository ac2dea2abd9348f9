"""What the gateway tells: who is believed, what is accepted, in what shapes it comes."""

import json
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import httpx
import pytest
from structlog.testing import capture_logs

from bot.domain.money import ZERO, Money
from bot.domain.payment import Outcome
from integrations.wayforpay import CALLBACK, WayForPay
from integrations.wayforpay.incoming import BODY_LIMIT
from integrations.wayforpay.signature import ACCEPTED, is_signed
from integrations.wayforpay.wire import Number, Value, decoded, encoded
from tests.integration.wayforpay.world import SECRET, World, charge, opened, told_of

WHOLE = Money(34950)
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("form", ["urlencoded", "json", "text", "form_key"])
@pytest.mark.parametrize("empty", ["null", "blank"])
@pytest.mark.parametrize("way", [{"card": "approve"}, {"wallet": "applePay"}])
async def test_a_payment_is_told_and_accepted_whatever_the_shape(
    world: World, provider: WayForPay, form: str, empty: str, way: dict[str, str]
) -> None:
    await world.acts("settings", callback_form=form, empty=empty)
    await provider.page(charge())
    await world.pays(**way)
    (told,) = world.till.told
    assert (told.reference, told.outcome, told.amount) == ("K-1", Outcome.PAID, WHOLE)
    assert told == await provider.state("K-1")
    (callback,) = await world.looks("callbacks")
    assert (callback["state"], len(callback["attempts"])) == ("accepted", 1)


async def test_every_status_is_accepted(world: World, provider: WayForPay) -> None:
    await provider.page(charge())
    acts: list[tuple[str, dict[str, Any]]] = [
        ("pay", {"card": "lack"}),
        ("wait", {}),
        ("wait", {"review": True}),
        ("approve", {}),
        ("refund", {}),
    ]
    for act, said in acts:
        await world.acts(act, reference="K-1", **said)
        await world.idle()
    await provider.page(charge("K-2"))
    for act in ("hold", "refund"):
        await world.acts(act, reference="K-2")
        await world.idle()
    await provider.page(charge("K-3"))
    await world.acts("expire", reference="K-3")
    await world.idle()
    assert world.till.outcomes() == [
        Outcome.DECLINED,
        Outcome.UNDER_WAY,
        Outcome.UNDER_WAY,
        Outcome.PAID,
        Outcome.REFUNDED,
        Outcome.HELD,
        Outcome.REFUNDED,
        Outcome.EXPIRED,
    ]
    assert {one["state"] for one in await world.looks("callbacks")} == {"accepted"}


async def test_what_could_not_be_kept_is_told_again(world: World, provider: WayForPay) -> None:
    world.till.failing = 2
    await provider.page(charge())
    with capture_logs() as lines:
        await world.pays()
        assert world.till.told == []
        for minutes in (2, 10):
            await world.acts("clock", advance=minutes * 60)
            await world.idle()
    assert world.till.outcomes() == [Outcome.PAID]
    (callback,) = await world.looks("callbacks")
    assert [one["status"] for one in callback["attempts"]] == [503, 503, 200]
    assert [(line["event"], line["error"]) for line in lines] == [("wayforpay callback is not kept", "OSError")] * 2


async def test_a_lost_callback_comes_later_and_a_repeated_one_is_accepted_again(
    world: World, provider: WayForPay
) -> None:
    await world.acts("faults", kind="lost_callback")
    await world.acts("faults", kind="repeat_callback", copies=3)
    await provider.page(charge())
    await world.pays()
    await world.acts("clock", advance=120)
    await world.idle()
    assert set(world.till.outcomes()) == {Outcome.PAID}
    (callback,) = await world.looks("callbacks")
    assert callback["state"] == "accepted"
    assert [one["status"] for one in callback["attempts"] if one["status"]] == [200] * len(world.till.told)
    assert len(world.till.told) >= 3


@pytest.mark.parametrize("kind", ["forged_signature", "wrong_amount", "other_account"])
async def test_what_comes_before_the_true_one_is_told_apart(world: World, provider: WayForPay, kind: str) -> None:
    await world.acts("faults", kind=kind)
    await provider.page(charge())
    with capture_logs() as lines:
        await world.pays()
    assert [(one.outcome, one.amount) for one in world.till.told][-1] == (Outcome.PAID, WHOLE)
    sums = {told.amount for told in world.till.told}
    answers = {one["attempts"][0]["status"] for one in await world.looks("callbacks")}
    expected: dict[str, tuple[set[Money], set[int], int]] = {
        "forged_signature": ({WHOLE}, {403, 200}, 1),
        "other_account": ({WHOLE}, {403, 200}, 1),
        "wrong_amount": ({WHOLE, Money(34949)}, {200}, 0),
    }
    assert (sums, answers, len(lines)) == expected[kind]


async def test_a_refund_in_part_is_read_back_since_a_callback_does_not_say_how_much(
    world: World, provider: WayForPay
) -> None:
    await provider.page(charge())
    await world.pays()
    for form in ("order", "refund"):
        await world.acts("settings", refund_amount=form)
        await world.acts("refund", reference="K-1", amount="49.5")
        await world.idle()
    assert [(one.outcome, one.amount, one.refunded) for one in world.till.told] == [
        (Outcome.PAID, WHOLE, ZERO),
        (Outcome.PAID, WHOLE, Money(4950)),
        (Outcome.PAID, WHOLE, Money(9900)),
    ]


async def test_a_refund_that_cannot_be_read_back_now_is_told_again(world: World, provider: WayForPay) -> None:
    await provider.page(charge())
    await world.pays()
    await world.acts("faults", kind="server_error", operation="CHECK_STATUS", times=3)
    await world.acts("refund", reference="K-1", amount="49.5")
    await world.idle()
    assert world.till.outcomes() == [Outcome.PAID]
    await world.acts("clock", advance=120)
    await world.idle()
    assert world.till.told[-1].refunded == Money(4950)


async def test_a_refund_that_may_never_be_read_back_is_told_as_it_came(world: World, provider: WayForPay) -> None:
    await provider.page(charge())
    await world.pays()
    await world.acts("settings", api_allowed=False)
    await world.acts("refund", reference="K-1")
    await world.idle()
    assert (world.till.told[-1].outcome, world.till.told[-1].refunded) == (Outcome.REFUNDED, WHOLE)


async def test_without_a_reader_a_refund_is_told_as_it_came(http: httpx.AsyncClient) -> None:
    async with opened(http, reads=False) as world:
        await world.tells(encoded(told_of(transactionStatus="Refunded")))
        await world.tells(encoded(told_of(transactionStatus="Refunded", refundAmount=Number("49.5"))))
        assert [(one.outcome, one.refunded) for one in world.till.told] == [
            (Outcome.REFUNDED, WHOLE),
            (Outcome.PAID, Money(4950)),
        ]


async def test_a_late_refusal_after_a_payment_is_told_too(world: World, provider: WayForPay) -> None:
    await world.acts("faults", kind="late_declined")
    await provider.page(charge())
    await world.pays()
    await world.idle()
    await world.acts("clock", advance=1)
    await world.idle()
    assert world.till.outcomes() == [Outcome.PAID, Outcome.DECLINED]
    paid, late = world.till.told
    assert paid.processed_at is not None
    assert late.processed_at is not None
    assert late.processed_at < paid.processed_at


async def test_the_acceptance_is_signed_and_says_seconds(world: World) -> None:
    answer = await world.tells(encoded(told_of()))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    said = decoded(answer.content)
    assert (said["orderReference"], said["status"], len(said["time"])) == ("K-1", "accept", 10)
    assert isinstance(said["time"], Number)
    assert is_signed(SECRET, [said[name] for name in ACCEPTED], said["signature"])


def _shapes() -> dict[str, bytes]:
    raw = encoded(told_of(issuerBankName="Банк & Ко = «+%»"))
    fields = {name: str(value) for name, value in told_of(amount="349.50").items()}
    return {
        "json": raw,
        "json with a mark": b"\xef\xbb\xbf" + raw + b"\n",
        "a form's key": quote(raw).encode() + b"=",
        "a form's key without a value": quote_plus(raw).encode(),
        "a form's key cut at its first equals sign": raw.replace(b"{", b"%7B", 1).replace(b"&", b"%26"),
        "a form": urlencode(fields).encode(),
        "json of texts": json.dumps(fields).encode(),
    }


@pytest.mark.parametrize("shape", _shapes())
@pytest.mark.parametrize("kind", [FORM, "application/json", "text/plain", "multipart/form-data", ""])
async def test_the_body_is_read_whatever_its_type_says(world: World, shape: str, kind: str) -> None:
    answer = await world.tells(_shapes()[shape], **{"Content-Type": kind})
    assert answer.status_code == 200
    assert [(one.reference, one.amount) for one in world.till.told] == [("K-1", WHOLE)]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe", b"{" * 50_000, b"{}}", b"%7B=", b"&" * 1000, b'{"amount": NaN}'],
)
async def test_what_cannot_be_read_is_refused(world: World, raw: bytes) -> None:
    with capture_logs() as lines:
        answer = await world.tells(raw)
    assert (answer.status_code, world.till.told) == (400, [])
    assert [(line["event"], line["size"]) for line in lines] == [("wayforpay callback cannot be read", len(raw))]


@pytest.mark.parametrize(
    "body",
    [
        told_of("another secret"),
        told_of() | {"amount": Number("349.51")},
        told_of() | {"transactionStatus": "Refunded"},
        told_of(transactionStatus="Declined") | {"transactionStatus": "Approved"},
        told_of() | {"orderReference": "K-2"},
        told_of() | {"merchantSignature": ""},
        told_of() | {"merchantSignature": "é" * 32},
        told_of(authCode="1;2"),
        told_of(merchantAccount="other"),
        told_of(currency="USD"),
        {"a": "b"},
    ],
)
async def test_a_forged_callback_has_no_effect_and_leaves_no_word_of_it_in_the_log(
    world: World, body: dict[str, Value]
) -> None:
    with capture_logs() as lines:
        answer = await world.tells(encoded(body))
    assert (answer.status_code, answer.content, world.till.told) == (403, b"", [])
    assert len(lines) == 1
    for word in ("K-1", "K-2", "349", "1111", "541963"):
        assert word not in str(lines)


@pytest.mark.parametrize("raw", [b"null", b"[]", b"{}", b"orderReference=K-1&transactionStatus=Approved"])
async def test_what_has_no_signature_is_forged(world: World, raw: bytes) -> None:
    assert (await world.tells(raw)).status_code == 403
    assert world.till.told == []


async def test_a_signed_payment_without_a_sum_is_refused(world: World) -> None:
    answer = await world.tells(encoded(told_of(amount="багато")))
    assert (answer.status_code, world.till.told) == (400, [])


async def test_a_flood_of_forgeries_is_one_line(world: World) -> None:
    with capture_logs() as lines:
        for _ in range(20):
            await world.tells(encoded(told_of("another secret")))
    assert [line["event"] for line in lines] == ["wayforpay callback is forged"]


@pytest.mark.parametrize("secret", ["flk3409refn54t54t*FNJRET", "another secret"])
async def test_an_oversized_body_is_not_read(world: World, secret: str) -> None:
    raw = encoded(told_of(secret, reason="x" * BODY_LIMIT))
    assert (await world.tells(raw)).status_code == 413

    async def in_pieces() -> object:
        for start in range(0, len(raw), 50_000):
            yield raw[start : start + 50_000]

    answer = await world.http.post(f"{world.ours}{CALLBACK}", content=in_pieces())  # type: ignore[arg-type]
    assert (answer.status_code, world.till.told) == (413, [])


async def test_only_a_post_is_a_callback(world: World) -> None:
    assert (await world.http.get(f"{world.ours}{CALLBACK}")).status_code == 405


async def test_the_same_callback_sent_by_somebody_else_is_told_as_the_same_fact(world: World) -> None:
    raw = encoded(told_of(processingDate=Number("1763900055")))
    for _ in range(2):
        assert (await world.tells(raw)).status_code == 200
    first, again = world.till.told
    assert first == again
