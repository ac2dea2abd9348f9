"""The page where somebody says that they want no more letters, over real HTTP."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import httpx
import pytest
from aiohttp import web

from bot.web.leaving import FROM_ONE_ADDRESS, LEAVE, leaving_routes
from tests.support.desk import Clock
from tests.support.loopback import client, serving

LETTER = uuid4()


class Letters:
    """One letter was sent, to somebody who reads Ukrainian."""

    def __init__(self) -> None:
        self.left: list[UUID] = []

    async def language_of(self, dispatch_id: UUID) -> str | None:
        return "uk" if dispatch_id == LETTER else None

    async def leave(self, dispatch_id: UUID) -> bool:
        self.left.append(dispatch_id)
        return True


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
async def http(letters: Letters) -> AsyncIterator[httpx.AsyncClient]:
    app = web.Application()
    app.add_routes(leaving_routes(letters, now=Clock()))
    async with serving(app) as address, client() as opened:
        opened.base_url = httpx.URL(address)
        yield opened


async def test_looking_at_the_page_changes_nothing(http: httpx.AsyncClient, letters: Letters) -> None:
    answer = await http.get(f"{LEAVE}/{LETTER}")
    assert (answer.status_code, "Не надсилати мені листів" in answer.text) == (200, True)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert letters.left == []


async def test_one_tap_or_a_mail_programs_own_post_ends_the_letters(http: httpx.AsyncClient, letters: Letters) -> None:
    answer = await http.post(f"{LEAVE}/{LETTER}", content="List-Unsubscribe=One-Click")
    assert (answer.status_code, "На цю адресу листів більше не буде." in answer.text) == (200, True)
    assert letters.left == [LETTER]


@pytest.mark.parametrize("letter", ["00000000-0000-4000-8000-000000000000", "guess", "..%2f.."])
async def test_a_guess_is_not_found(http: httpx.AsyncClient, letters: Letters, letter: str) -> None:
    assert (await http.post(f"{LEAVE}/{letter}")).status_code == 404
    assert letters.left == []


async def test_who_guesses_too_often_has_to_wait(http: httpx.AsyncClient) -> None:
    answers = [(await http.get(f"{LEAVE}/{uuid4()}")).status_code for _ in range(FROM_ONE_ADDRESS + 1)]
    assert answers == [404] * FROM_ONE_ADDRESS + [429]
