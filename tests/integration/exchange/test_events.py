"""1C's call-backs over the wire: who may send, what is answered, and what makes 1C send again."""

import json
from typing import Any

import httpx
import pytest

from bot.domain.accounting import AccountingEvent, Subject
from bot.domain.errors import Unavailable
from tests.integration.exchange.onec import KEY, PASSWORD, USER, House

MESSAGE = "5d0c2b1a-0f4e-4b0e-9d53-6d1e2a7b9c01"
REF = "0b6f5a3e-7c1d-4f52-9a65-3d1f6f1c0a01"
PLAIN = {"message_id": MESSAGE, "type": "order.changed", "object": {"ref": REF, "posted": True}, "data": {}}
BASIC = httpx.BasicAuth(USER.encode(), PASSWORD.encode())


async def send(house: House, body: bytes | dict[str, Any], **options: Any) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await house.http.post(f"{house.address}/1c/events", content=content, **({"auth": BASIC} | options))


async def test_an_event_reaches_the_desk_once(house: House) -> None:
    first, second = await send(house, PLAIN), await send(house, PLAIN)
    assert (first.status_code, first.json()) == (200, {"message_id": MESSAGE, "result": "accepted"})
    assert (second.status_code, second.json()) == (200, {"message_id": MESSAGE, "result": "duplicate"})
    assert house.desk.events == [AccountingEvent(MESSAGE, Subject.ORDERS, REF)]


@pytest.mark.parametrize("kind", ["application/json", "text/plain; charset=windows-1251", "", "что-то".encode()])
async def test_the_content_type_does_not_matter(house: House, kind: str | bytes) -> None:
    body = b"\xef\xbb\xbf" + json.dumps(PLAIN | {"message_id": MESSAGE.upper()}).encode()
    response = await send(house, body, headers={"Content-Type": kind})
    assert response.json() == {"message_id": MESSAGE.upper(), "result": "accepted"}
    assert house.desk.events == [AccountingEvent(MESSAGE, Subject.ORDERS, REF)]


async def test_an_unknown_type_is_accepted_and_has_no_effect(house: House) -> None:
    response = await send(house, PLAIN | {"type": "weather.changed"})
    assert (response.status_code, response.json()["result"]) == (200, "accepted")
    assert house.desk.events == []


async def test_a_key_in_a_header_does_in_place_of_the_password(house: House) -> None:
    assert (await send(house, PLAIN, auth=None, headers={"X-API-KEY": KEY})).status_code == 200
    assert (await send(house, PLAIN, auth=None, headers={"X-Api-Key": KEY + "x"})).status_code == 401


@pytest.mark.parametrize("auth", [None, (USER, "?"), ("?", PASSWORD)])
async def test_a_stranger_is_401(house: House, auth: tuple[str, str] | None) -> None:
    options = {"auth": None} if auth is None else {"auth": httpx.BasicAuth(*(part.encode() for part in auth))}
    response = await send(house, PLAIN, **options)
    assert response.status_code == 401
    assert response.json() == {"error": "Невірний користувач або пароль обміну з Коморою."}
    assert house.desk.events == []


async def test_a_shut_door_makes_1c_send_again_later(house: House) -> None:
    for _ in range(10):
        await send(house, PLAIN, auth=httpx.BasicAuth("a", "b"))
    response = await send(house, PLAIN)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "600")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"{}", b'{"message_id": "a"}', b"[" * 60_000])
async def test_a_malformed_message_is_400_with_a_reason(house: House, body: bytes) -> None:
    response = await send(house, body)
    assert response.status_code == 400
    assert list(response.json()) == ["error"]


async def test_a_body_is_bounded(house: House) -> None:
    whole = json.dumps(PLAIN).encode().ljust(64 * 1024)
    assert (await send(house, whole)).status_code == 200
    assert (await send(house, whole + b" ")).status_code == 413


@pytest.mark.parametrize("trouble", [Unavailable("books", "event"), ConnectionResetError(), ValueError("?")])
async def test_trouble_on_our_side_makes_1c_send_again(house: House, trouble: Exception) -> None:
    house.desk.trouble = trouble
    response = await send(house, PLAIN)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    house.desk.trouble = None
    assert (await send(house, PLAIN)).json()["result"] == "accepted"
