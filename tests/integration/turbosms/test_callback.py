"""What the provider tells: who is believed, what is accepted, in what shapes it comes."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.domain.sms import SmsReport, SmsState
from integrations.turbosms import CALLBACK, TurboSms, TurboSmsWebhook, webhook
from integrations.turbosms.incoming import BODY_LIMIT
from integrations.turbosms.signature import Form, form_of
from tests.integration.turbosms.world import PHONE, SECRET, Desk, World, now, opened, settings

SECRET_FIRST = "e5e6af129dc001a6dab29222b3a23b934d1b22de"
ID_FIRST = "cddf904d4b4cf0a630695aeb5b268b38c2208a69"
DELIVERED = SmsReport(SmsState.DELIVERED, datetime(2026, 1, 15, 10, 0, tzinfo=UTC))


def body(**changes: Any) -> dict[str, Any]:
    said = {
        "id": "evt-1",
        "signature": SECRET_FIRST,
        "type": "DLR_SMS_API",
        "date": "2026-01-15 12:00:05",
        "try": 1,
        "data": {"message_id": "m-1", "status": "DELIVRD", "dlr_date": "2026-01-15 12:00:00"},
    }
    return said | changes


def data(message_id: Any = "m-1", status: Any = "DELIVRD", **more: Any) -> dict[str, Any]:
    return {"message_id": message_id, "status": status, **more}


def raw(**changes: Any) -> bytes:
    return json.dumps(body(**changes)).encode()


# --- the signature ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signature", "form"),
    [
        (SECRET_FIRST, Form.SECRET_FIRST),
        (ID_FIRST, Form.ID_FIRST),
        (SECRET_FIRST.upper(), Form.SECRET_FIRST),
        (f" {ID_FIRST}\n", Form.ID_FIRST),
        ("", None),
        (SECRET_FIRST[:-1], None),
        (SECRET_FIRST + "0", None),
        ("é" * 40, None),
        ("\ud800" * 40, None),
    ],
)
def test_a_signature_is_believed_in_either_order(signature: str, form: Form | None) -> None:
    assert form_of(SECRET, "evt-1", signature) is form


def test_a_signature_is_of_one_id_and_one_secret() -> None:
    assert form_of(SECRET, "evt-2", SECRET_FIRST) is None
    assert form_of("another", "evt-1", SECRET_FIRST) is None


def test_without_a_secret_there_is_no_door() -> None:
    with pytest.raises(ValueError, match="need a secret"):
        TurboSmsWebhook(settings(secret=SecretStr("")), Desk().take, now)


# --- with the provider -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "form"])
@pytest.mark.parametrize("order", ["secret_first", "id_first"])
@pytest.mark.parametrize("words", ["smpp", "api"])
async def test_a_delivery_is_told_whatever_the_shape(
    world: World, sms: TurboSms, form: str, order: str, words: str
) -> None:
    await world.acts("settings", callback_form=form, signature=order, words=words)
    sent = (await sms.send(PHONE, "Вітаємо", "k-1")).id
    await world.passes(5)
    ((told, report),) = world.desk.told
    assert (told, report) == (sent, (await sms.reports([sent]))[sent])
    assert (report.state, report.channel) == (SmsState.DELIVERED, "sms")
    assert [one["state"] for one in await world.looks("callbacks")] == ["accepted"]


async def test_every_end_of_a_message_is_told_with_its_way(world: World, sms: TurboSms) -> None:
    phones = ("+380671230001", "+380671230003", "+380671230010", "+380671230011")
    ids = [(await sms.send_hybrid(phone, "Вітаємо", phone, 60)).id for phone in phones]
    by_sms = (await sms.send("+380671230001", "Доброго дня", "k-5")).id
    await world.passes(600)
    places = {id: place for place, id in enumerate([*ids, by_sms])}
    assert {(places[id], report.state, report.channel) for id, report in world.desk.told} == {
        (0, SmsState.DELIVERED, "viber"),
        (1, SmsState.DELIVERED, "viber"),
        (2, SmsState.DELIVERED, "sms"),
        (3, SmsState.DELIVERED, "viber"),
        (3, SmsState.SEEN, "viber"),
        (4, SmsState.FAILED, "sms"),
    }


async def test_what_could_not_be_kept_is_told_again(world: World, sms: TurboSms) -> None:
    world.desk.failing = 2
    await sms.send(PHONE, "Вітаємо", "k-1")
    with capture_logs() as lines:
        await world.passes(5)
        assert world.desk.told == []
        for minutes in (1, 3):
            await world.passes(minutes * 60)
    assert [report.state for _, report in world.desk.told] == [SmsState.DELIVERED]
    (callback,) = await world.looks("callbacks")
    assert [one["status"] for one in callback["attempts"]] == [503, 503, 200]
    kept = [line for line in lines if "not kept" in line["event"]]
    assert [(line["event"], line["error"]) for line in kept] == [("turbosms callback is not kept", "OSError")] * 2


async def test_a_lost_one_comes_later_and_repeats_are_accepted_and_told_once(world: World, sms: TurboSms) -> None:
    await world.acts("faults", kind="lost_callback")
    await world.acts("faults", kind="repeat_callback", copies=3)
    await sms.send(PHONE, "Вітаємо", "k-1")
    await world.passes(5)
    await world.passes(60)
    (callback,) = await world.looks("callbacks")
    assert [one["status"] for one in callback["attempts"]].count(200) >= 1
    assert (callback["state"], len(world.desk.told)) == ("accepted", 1)


async def test_a_forged_one_is_refused_and_the_true_one_told(world: World, sms: TurboSms) -> None:
    await world.acts("faults", kind="forged_signature")
    await sms.send(PHONE, "Вітаємо", "k-1")
    with capture_logs() as lines:
        await world.passes(5)
    statuses = {one["state"]: one["attempts"][0]["status"] for one in await world.looks("callbacks")}
    assert statuses == {"forged": 403, "accepted": 200}
    assert len(world.desk.told) == 1
    assert "turbosms callback is forged" in [line["event"] for line in lines]


async def test_a_true_signature_with_another_message_is_refused(world: World, sms: TurboSms) -> None:
    await world.acts("faults", kind="other_message")
    sent = (await sms.send(PHONE, "Вітаємо", "k-1")).id
    await world.passes(5)
    statuses = {one["state"]: one["attempts"][0]["status"] for one in await world.looks("callbacks")}
    assert statuses == {"accepted": 200, "forged": 409}
    assert [told for told, _ in world.desk.told] == [sent]


# --- by hand ---------------------------------------------------------------------------------------------------------


async def test_an_id_belongs_to_its_first_message(world: World) -> None:
    with capture_logs() as lines:
        answers = [
            (await world.tells(raw())).status_code,
            (await world.tells(raw(data=data("m-2")))).status_code,
            (await world.tells(raw(**{"try": 2}))).status_code,
        ]
    assert (answers, world.desk.told) == ([200, 409, 200], [("m-1", DELIVERED)])
    assert [line["event"] for line in lines] == [
        "turbosms signs callbacks",
        "turbosms callback is of another message than before",
    ]


async def test_an_id_belongs_to_its_message_even_when_it_could_not_be_kept(world: World) -> None:
    world.desk.failing = 1
    answers = [(await world.tells(raw(data=data(one)))).status_code for one in ("m-1", "m-2", "m-1")]
    assert answers == [503, 409, 200]
    assert [told for told, _ in world.desk.told] == ["m-1"]


async def test_a_repeat_is_accepted_though_nothing_can_be_kept_any_more(world: World) -> None:
    await world.tells(raw())
    world.desk.failing = 9
    assert (await world.tells(raw())).status_code == 200
    assert len(world.desk.told) == 1


async def test_another_status_of_the_same_message_is_told_too(world: World) -> None:
    for status in ("Sent", "DELIVRD", "READ", "READ", "DELIVRD"):
        assert (await world.tells(raw(data=data(status=status)))).status_code == 200
    assert [report.state for _, report in world.desk.told] == [
        SmsState.ON_ITS_WAY,
        SmsState.DELIVERED,
        SmsState.SEEN,
    ]


async def test_the_oldest_ids_are_forgotten(http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "REMEMBERED", 1)
    async with opened(http) as world:
        await world.tells(raw())
        await world.tells(raw(id="evt-2", signature=_signed("evt-2")))
        assert (await world.tells(raw(data=data("m-2")))).status_code == 200


def _signed(id: str) -> str:
    return hashlib.sha1((SECRET + id).encode(), usedforsecurity=False).hexdigest()


async def test_the_order_of_the_signature_is_logged_once(world: World) -> None:
    with capture_logs() as lines:
        for signature in (SECRET_FIRST, ID_FIRST, SECRET_FIRST):
            await world.tells(raw(signature=signature))
    assert [(line["event"], line["form"]) for line in lines] == [
        ("turbosms signs callbacks", "secret_first"),
        ("turbosms signs callbacks", "id_first"),
    ]


def _shapes() -> dict[str, bytes]:
    whole = body()
    flat = {name: str(value) for name, value in whole.items() if name != "data"}
    nested = {f"data[{name}]": value for name, value in whole["data"].items()}
    return {
        "json": raw(),
        "json with a mark": b"\xef\xbb\xbf" + raw() + b"\n",
        "json with data as a text": raw(data=json.dumps(whole["data"])),
        "json with more in it": raw(data=whole["data"] | {"phone": "380671234567", "cost": 0.95}, more=[1]),
        "a form": urlencode(flat | nested).encode(),
        "a form with data as json": urlencode(flat | {"data": json.dumps(whole["data"])}).encode(),
    }


@pytest.mark.parametrize("shape", _shapes())
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", ""])
async def test_the_body_is_read_whatever_its_type_says(world: World, shape: str, kind: str) -> None:
    answer = await world.tells(_shapes()[shape], **{"Content-Type": kind})
    assert (answer.status_code, world.desk.told) == (200, [("m-1", DELIVERED)])


@pytest.mark.parametrize(
    ("callback", "told"),
    [
        (body(type="INBOX_VIBER_SESSION"), 0),
        (body(type="VIBER_BUTTON_CLICK"), 0),
        (body(type=""), 0),
        (body(type=None), 0),
        (body(data={}), 0),
        (body(data=None), 0),
        (body(data=[data()]), 0),
        (body(data=data(None)), 0),
        (body(data=data("m 1; drop")), 0),
        (body(data=data("\ud800")), 0),
        (body(data=data("m" * 65)), 0),
        (body(data=data(status=None)), 1),
        (body(data=data(dlr_date="yesterday")), 1),
        (body(type="dlr_viber_api"), 1),
    ],
)
async def test_what_is_signed_is_accepted_and_told_where_it_is_a_delivery(
    world: World, callback: dict[str, Any], told: int
) -> None:
    assert (await world.tells(json.dumps(callback).encode())).status_code == 200
    assert len(world.desk.told) == told


@pytest.mark.parametrize(
    "sent",
    [b"", b"\xff\xfe", b"{" * 30_000, b'{"a":' * 10_000, b"{}}", b"&" * 1000, b'{"id": ' + b"9" * 5000 + b"}"],
)
async def test_what_cannot_be_read_is_refused(world: World, sent: bytes) -> None:
    with capture_logs() as lines:
        answer = await world.tells(sent)
    assert (answer.status_code, world.desk.told) == (400, [])
    assert [(line["event"], line["size"]) for line in lines] == [("turbosms callback cannot be read", len(sent))]


@pytest.mark.parametrize(
    "callback",
    [
        body(signature=""),
        body(signature=None),
        body(signature=SECRET_FIRST[::-1]),
        body(signature=["x"]),
        body(id="evt-2"),
        body(id=""),
        body(id=None),
        body(id="e" * 201),
        {},
    ],
)
async def test_a_forged_callback_has_no_effect_and_leaves_no_word_of_it_in_the_log(
    world: World, callback: dict[str, Any]
) -> None:
    with capture_logs() as lines:
        answer = await world.tells(json.dumps(callback).encode())
    assert (answer.status_code, answer.content, world.desk.told) == (403, b"", [])
    assert len(lines) == 1
    for word in ("evt-", "m-1", SECRET, "DELIVRD"):
        assert word not in str(lines)


async def test_a_flood_of_forgeries_is_one_line(world: World) -> None:
    with capture_logs() as lines:
        for _ in range(20):
            await world.tells(raw(signature="0" * 40))
    assert [line["event"] for line in lines] == ["turbosms callback is forged"]


@pytest.mark.parametrize("signature", [SECRET_FIRST, "0" * 40])
async def test_an_oversized_body_is_not_read(world: World, signature: str) -> None:
    large = raw(signature=signature, more="x" * BODY_LIMIT)
    assert (await world.tells(large)).status_code == 413

    async def in_pieces() -> Any:
        for start in range(0, len(large), 20_000):
            yield large[start : start + 20_000]

    answer = await world.http.post(f"{world.ours}{CALLBACK}", content=in_pieces())
    assert (answer.status_code, world.desk.told) == (413, [])


async def test_only_a_post_is_a_callback(world: World) -> None:
    assert (await world.http.get(f"{world.ours}{CALLBACK}")).status_code == 405
