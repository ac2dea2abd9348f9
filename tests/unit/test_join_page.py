"""The page that opens our chats: the same for everybody, or with one person's link, and told nothing of whose it is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from aiohttp import web

from bot.services.invitations import Chats
from bot.web.joining import FROM_ONE_ADDRESS, join_routes
from tests.support.chats import Chat
from tests.support.desk import Clock
from tests.support.loopback import client, serving

TOKEN = "Zk3vQ1yT8sLw0aXb9cDe7f"


@dataclass
class Page:
    """The page on a port, over two messengers."""

    http: httpx.AsyncClient
    address: str
    telegram: Chat
    viber: Chat

    async def get(self, path: str = "/join") -> httpx.Response:
        return await self.http.get(f"{self.address}{path}")


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    telegram, viber = Chat("telegram"), Chat("viber")
    chats = Chats("https://komora.example")
    chats.connect([viber, telegram])
    app = web.Application()
    app.add_routes(join_routes(chats, "ТОВ «Смачна <гуртівня>»", "+380440000000", now=Clock()))
    async with serving(app) as address, client() as http:
        yield Page(http, address, telegram, viber)


async def test_the_permanent_address_opens_both_chats_without_a_token(page: Page) -> None:
    answer = await page.get()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert 'href="https://t.me/komora_bot"' in answer.text
    assert 'href="viber://pa?chatURI=komora"' in answer.text
    assert answer.text.index("https://t.me") < answer.text.index("viber://")
    assert "ТОВ «Смачна &lt;гуртівня&gt;»" in answer.text
    assert "Поділіться там своїм номером" in answer.text


async def test_a_personal_address_brings_its_token_and_is_told_to_nobody_else(page: Page) -> None:
    answer = await page.get(f"/join/{TOKEN}")
    assert f'href="https://t.me/komora_bot?start={TOKEN}"' in answer.text
    assert f'href="viber://pa?chatURI=komora?start={TOKEN}"' in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "token", ["short", "x" * 65, "%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "токен-кирилицею-довгий"]
)
async def test_what_cannot_be_a_token_has_no_page(page: Page, token: str) -> None:
    assert (await page.get(f"/join/{token}")).status_code == 404


async def test_a_silent_messenger_is_left_out_and_without_any_the_page_says_so(page: Page) -> None:
    page.viber.silent = True
    assert "viber" not in (await page.get()).text
    silent = Chats("https://komora.example")
    silent.connect([Chat(silent=True)])
    app = web.Application()
    app.add_routes(join_routes(silent, "Гуртівня", "", now=Clock()))
    async with serving(app) as address:
        answer = await page.http.get(f"{address}/join")
    assert (answer.status_code, "href" in answer.text) == (503, False)
    assert "Зараз чат не відкрити" in answer.text


async def test_one_address_cannot_ask_without_end(page: Page) -> None:
    codes = [(await page.get()).status_code for _ in range(FROM_ONE_ADDRESS + 1)]
    assert (set(codes[:-1]), codes[-1]) == ({200}, 429)
