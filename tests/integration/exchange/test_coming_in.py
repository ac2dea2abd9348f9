"""Who is let in, by what, and for how long."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.integration.exchange.desk import MemoryDesk
from tests.integration.exchange.onec import PASSWORD, USER, House, Onec, Watch, running

ENDED = "failure\nСеанс обміну закінчився або невідомий. Почніть обмін спочатку."


async def test_the_right_password_opens_a_session(onec: Onec) -> None:
    goods = (await onec.asks("catalog", "checkauth")).split("\n")
    assert goods[:2] == ["success", "komora_1c"]
    assert len(goods[2]) == 32
    assert goods[3].startswith("sessid=")
    assert goods[4] == "timestamp=1795771800"
    orders = (await onec.asks("sale", "checkauth", "POST")).split("\n")
    assert len(orders) == 4
    assert orders[2] != goods[2]


@pytest.mark.parametrize(
    "auth",
    [(USER, "не той"), ("не той", PASSWORD), ("", ""), (USER, ""), (USER, PASSWORD + " "), (USER + ":", PASSWORD)],
)
async def test_a_wrong_password_is_401(onec: Onec, auth: tuple[str, str]) -> None:
    onec.auth = auth
    response = await onec.raw("catalog", "checkauth")
    assert response.status_code == 401
    assert response.text == "failure\nНевірний користувач або пароль обміну з Коморою."
    assert response.headers["WWW-Authenticate"] == 'Basic realm="Komora", charset="UTF-8"'


@pytest.mark.parametrize("header", [None, "", "Basic", "Basic ???", "Bearer x", "Basic \u00e9", "Basic /w=="])
async def test_a_header_that_says_nothing_is_401(house: House, header: str | None) -> None:
    headers = {} if header is None else {b"Authorization": header.encode()}
    query = {"type": "catalog", "mode": "checkauth"}
    response = await house.http.get(f"{house.address}/1c/exchange", params=query, headers=headers)
    assert response.status_code == 401


async def test_a_password_in_windows_1251_is_the_same_password(house: House) -> None:
    auth = httpx.BasicAuth(USER.encode("windows-1251"), PASSWORD.encode("windows-1251"))
    query = {"type": "sale", "mode": "checkauth"}
    response = await house.http.get(f"{house.address}/1c/exchange", params=query, auth=auth)
    assert response.text.startswith("success\n")


async def test_ten_wrong_passwords_close_the_door_for_ten_minutes_but_not_for_who_is_inside(house: House) -> None:
    inside = await house.base().comes_in()
    wrong, right = house.base(auth=(USER, "?")), house.base()
    for _ in range(10):
        assert (await wrong.raw("catalog", "checkauth")).status_code == 401
    refused = await right.raw("catalog", "checkauth")
    assert refused.status_code == 401
    assert refused.text == "failure\nЗабагато невдалих спроб входу. Перевірте пароль і повторіть за 10 хв."
    assert (await inside.asks("catalog", "init")).startswith("zip=yes")
    house.watch.forward(timedelta(minutes=10))
    assert (await right.asks("catalog", "checkauth")).startswith("success")


async def test_behind_a_proxy_each_caller_guesses_for_itself(house: House) -> None:
    address, query = f"{house.address}/1c/exchange", {"type": "sale", "mode": "checkauth"}
    for _ in range(11):
        await house.http.get(
            address, params=query, auth=("a", "b"), headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.5"}
        )
    auth = httpx.BasicAuth(USER.encode(), PASSWORD.encode())
    shut = await house.http.get(address, params=query, auth=auth, headers={"X-Forwarded-For": "203.0.113.5"})
    assert shut.status_code == 401
    let_in = await house.http.get(address, params=query, auth=auth, headers={"X-Forwarded-For": "203.0.113.6"})
    assert let_in.status_code == 200


async def test_later_requests_come_with_the_cookie_or_with_the_password(house: House) -> None:
    by_cookie = await house.base().comes_in()
    by_password = await house.base(as_password=True).comes_in()
    for base in (by_cookie, by_password):
        assert await base.sends("a.xml", "<?xml version='1.0'?><a/>") == "success"
    assert house.left() == ["a.xml", "a.xml"]


async def test_without_cookie_and_password_nobody_is_known(house: House) -> None:
    await house.base().comes_in()
    assert (await house.base().raw("catalog", "init")).status_code == 401


async def test_a_foreign_cookie_is_told_to_begin_anew(house: House) -> None:
    base = await house.base().comes_in()
    base.cookie = "komora_1c=0123456789abcdef0123456789abcdef"
    assert await base.asks("catalog", "init") == ENDED


async def test_the_number_of_the_session_in_the_address_has_to_be_its_own(house: House) -> None:
    one, other = await house.base().comes_in(), await house.base().comes_in()
    assert (await one.asks("catalog", "init", sessid=one.sessid)).startswith("zip=yes")
    assert await one.asks("catalog", "init", sessid=other.sessid) == ENDED


async def test_the_password_and_the_number_together_find_the_session(house: House) -> None:
    first = await house.base().comes_in()
    await house.base().comes_in()
    first.as_password = True
    first.extra = {"sessid": first.sessid}
    assert (await first.asks("catalog", "init")).split("\n")[2] == f"sessid={first.sessid}"


async def test_half_an_hour_of_silence_ends_a_session_and_its_files(house: House) -> None:
    base = await house.base().comes_in()
    await base.sends("a.xml", "<?xml version='1.0'?><a/>")
    house.watch.forward(timedelta(minutes=29))
    await base.sends("b.xml", "<?xml version='1.0'?><a/>")
    house.watch.forward(timedelta(minutes=31))
    assert await base.asks("catalog", "import", filename="a.xml") == ENDED
    await house.exchange.close()
    assert house.left() == []


async def test_the_ninth_session_ends_the_one_that_was_silent_longest(house: House) -> None:
    bases = [await house.base().comes_in() for _ in range(8)]
    await bases[0].asks("catalog", "init")
    await house.base().comes_in()
    assert (await bases[0].asks("catalog", "init")).startswith("zip=yes")
    assert await bases[1].asks("catalog", "init") == ENDED


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "zip=yes\nfile_limit=2097152"),
        ({"version": "2.05"}, "zip=yes\nfile_limit=2097152\nsessid={sessid}\nversion=2.08"),
    ],
)
async def test_init_tells_a_version_to_who_told_one(onec: Onec, asked: dict[str, str], told: str) -> None:
    await onec.comes_in()
    assert await onec.asks("catalog", "init", "GET", None, **asked) == told.format(sessid=onec.sessid)


@pytest.mark.parametrize(
    ("kind", "mode", "reason"),
    [
        ("", "init", "Невідомий вид обміну. Комора приймає type=catalog і type=sale."),
        ("reference", "init", "Невідомий вид обміну. Комора приймає type=catalog і type=sale."),
        ("catalog", "query", "Невідомий запит mode=query для type=catalog."),
        ("sale", "", "Невідомий запит mode= для type=sale."),
    ],
)
async def test_an_unknown_request_is_a_failure_in_words(onec: Onec, kind: str, mode: str, reason: str) -> None:
    await onec.comes_in()
    assert await onec.asks(kind, mode) == f"failure\n{reason}"


async def test_words_are_in_the_encoding_of_the_settings(tmp_path: Path) -> None:
    async with running(MemoryDesk(), Watch(), tmp_path, encoding="windows-1251") as house:
        base = await house.base().comes_in()
        response = await base.raw("catalog", "import", filename="немає.xml")
    assert response.headers["Content-Type"] == "text/plain; charset=windows-1251"
    assert response.content.decode("windows-1251") == "failure\nФайла немає.xml не передавали в цьому обміні."
