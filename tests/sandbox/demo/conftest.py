"""The demo served over loopback: the real SMS provider, plain phones in place of the messengers, a small product."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright

from sandbox import atompark
from sandbox.demo import DemoPerson, create_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PUBLIC, PRIVATE = "public", "private"

PEOPLE = [
    DemoPerson("Олена Коваль", "шеф-кухарка", "Кафе «Липа»", "380671112233", 101, "viber-olena=="),
    DemoPerson("Ігор Бондар", "закупівельник", "Кафе «Липа»", "380502223344", 102, "viber-ihor=="),
    DemoPerson("Марія Гнатюк", "бухгалтерка", "Готель «Дністер»", "380633334455", None, "viber-maria=="),
    DemoPerson("Тарас Мельник", "ще не клієнт", "", "380934445566", 104, None),
]

PHONE_JS = """
export function mount(el, { base, user }) {
  const log = document.createElement("div");
  log.className = "plain-phone";
  log.setAttribute("role", "log");
  el.append(log);
  const say = (text, kind = "line") => {
    const line = document.createElement("p");
    line.className = `plain-${kind}`;
    line.textContent = text;
    log.append(line);
  };
  say(`${base} ${user}`);
  window[`say${base}`] = say;
  return { refresh: () => (window.refreshed = base), destroy: () => (window.gone = user) };
}
"""
PHONE_CSS = ".plain-phone { padding: 16px; }"


@dataclass
class Demo:
    """The served page and what stands behind it."""

    url: str
    http: httpx.AsyncClient
    product: dict[str, int]
    users: dict[str, list[dict[str, Any]]]

    async def sms(self, phone: str, text: str) -> None:
        """A text message that has reached the phone."""
        params = {"sender": "Komora", "text": text, "phone": phone, "datetime": "", "sms_lifetime": "0", "key": PUBLIC}
        params["sum"] = atompark.signature.control_sum("sendSMS", params, PRIVATE)
        sent = await self.http.post("/atompark/sms/3.0/sendSMS", data=params)
        assert "result" in sent.json()
        await self.http.post("/atompark/_control/clock", json={"advance": 5})


@dataclass
class PlainMessenger:
    """A messenger with nothing but a phone to mount and a list of people."""

    users: list[dict[str, Any]] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/_control/static/phone.js", self.script)
        app.router.add_get("/_control/static/phone.css", self.style)
        app.router.add_post("/_control/users", self.add)
        return app

    async def script(self, request: web.Request) -> web.Response:
        return web.Response(text=PHONE_JS, content_type="text/javascript")

    async def style(self, request: web.Request) -> web.Response:
        return web.Response(text=PHONE_CSS, content_type="text/css")

    async def add(self, request: web.Request) -> web.Response:
        self.users.append(await request.json())
        return web.json_response({})


@pytest_asyncio.fixture(loop_scope="package", scope="package")
async def demo() -> AsyncIterator[Demo]:
    product = {"status": 200}

    async def readyz(request: web.Request) -> web.Response:
        return web.Response(status=product["status"])

    product_app = web.Application()
    product_app.router.add_get("/readyz", readyz)
    behind = TestServer(product_app)
    await behind.start_server()
    telegram, viber = PlainMessenger(), PlainMessenger()
    sandboxes = {"telegram": telegram.app(), "viber": viber.app(), "atompark": atompark.create_app(PUBLIC, PRIVATE)}
    url = str(behind.make_url("/"))
    server = TestServer(create_app(sandboxes, product_url=url, company="Гурт «Полонина»", people=PEOPLE))
    await server.start_server()
    base = str(server.make_url("/")).rstrip("/")
    async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=5) as http:
        yield Demo(base, http, product, {"telegram": telegram.users, "viber": viber.users})
    await server.close()
    await behind.close()


@pytest_asyncio.fixture(loop_scope="package", scope="package")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        await launched.close()
