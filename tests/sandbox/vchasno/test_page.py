"""The window on the demo page and the client's page in a real browser, on a computer and on a phone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from reportlab.pdfgen.canvas import Canvas

from sandbox.demo import create_app as demo_page
from sandbox.vchasno import create_app
from tests.browser.test_demo import take
from tests.sandbox.demo.conftest import ARGUMENTS, CHROMIUM
from tests.sandbox.vchasno.conftest import CAFE, HOTEL
from tests.support.loopback import serving

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def pdf() -> bytes:
    """One that a browser shows."""
    out = BytesIO()
    drawn = Canvas(out)
    drawn.drawString(72, 760, "Contract 12")
    drawn.save()
    return out.getvalue()


@dataclass
class Desk:
    """The demo page with this window alone, and the API behind it."""

    page: Page
    http: httpx.AsyncClient
    address: str

    @property
    def window(self) -> Locator:
        return self.page.locator("#panel-vchasno")

    async def upload(self, title: str, **words: str) -> str:
        to = {"title": title, "recipient_edrpou": HOTEL, "recipient_emails": "office@hotel.example"}
        answer = await self.http.post("/api/v2/documents", params=to | words, files={"file": ("a.pdf", pdf())})
        return str(answer.json()["documents"][0]["id"])

    async def status(self, id: str) -> int:
        return int((await self.http.get(f"/api/v2/documents/{id}")).json()["status"])


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        await launched.close()


@asynccontextmanager
async def opened(browser: Browser, width: int) -> AsyncIterator[Desk]:
    app = create_app("secret", "41870016", "ТОВ «ГастроОпт Демо»")
    async with serving(demo_page({"vchasno": app}, product_url="http://127.0.0.1:9", company="Гурт")) as address:
        base = f"{address.rstrip('/')}/vchasno"
        context = await browser.new_context(viewport={"width": width, "height": 760})
        page = await context.new_page()
        headers = {"Authorization": "secret"}
        async with httpx.AsyncClient(base_url=base, headers=headers, trust_env=False) as http:
            for edrpou, name in ((HOTEL, "ТОВ «Готель Дніпровський»"), (CAFE, "Кав’ярня «Ранкова кава»")):
                await http.post("/_control/companies", json={"edrpou": edrpou, "name": name})
            await page.goto(address)
            await expect(page.get_by_text("Документів ще немає.")).to_be_visible()
            yield Desk(page, http, base)
        await context.close()


async def test_a_contract_goes_from_the_window_to_the_clients_page_and_back(browser: Browser) -> None:
    async with opened(browser, 1280) as desk:
        id = await desk.upload("Договір постачання № 12", doc_number="12", date_document="2026-11-27", amount="1250000")
        row = desk.window.get_by_role("listitem")
        await expect(row).to_contain_text("12\N{NO-BREAK SPACE}500,00 грн")
        await row.get_by_role("button", name="Підписати від постачальника").click()
        await expect(row).to_contain_text("очікує підпису контрагента")
        await take(desk.page, "vchasno-window")
        await desk.window.get_by_role("button", name="Листи").click()
        async with desk.page.context.expect_page() as tab:
            await desk.window.get_by_role("link", name="Відкрити документ").click()
        client = await tab.value
        await expect(client.get_by_role("heading", name="Договір постачання № 12")).to_be_visible()
        await take(client, "vchasno-client")
        await client.get_by_role("button", name="Підписати КЕП").click()
        await expect(client.get_by_role("status")).to_contain_text("Підписано всіма сторонами")
        await take(client, "vchasno-signed")
        await desk.window.get_by_role("button", name="Документи").click()
        await expect(row).to_contain_text("Підписано всіма сторонами")
        assert await desk.status(id) == 7008


async def test_a_client_refuses_on_a_phone_with_a_reason(browser: Browser) -> None:
    async with opened(browser, 360) as desk:
        id = await desk.upload("Договір постачання харчових продуктів на умовах відтермінування № Д-2026/000012")
        await desk.http.post(f"/_control/documents/{id}/owner-signs", json={})
        await desk.page.goto(f"{desk.address}/app/documents/{id}")
        await desk.page.locator("summary").click()
        await take(desk.page, "narrow-vchasno-client")
        await desk.page.get_by_role("textbox").fill("Потрібно 21 день, а не 14")
        assert await desk.page.evaluate("document.documentElement.scrollWidth") == 360
        await desk.page.get_by_role("button", name="Відхилити документ").click()
        await expect(desk.page.get_by_role("status")).to_contain_text("Причина: Потрібно 21 день, а не 14")
        await take(desk.page, "narrow-vchasno-refused")
        assert await desk.status(id) == 7006


async def test_a_company_is_switched_on_in_the_window_of_a_phone(browser: Browser) -> None:
    async with opened(browser, 360) as desk:
        await desk.upload("Акт звірки за листопад")
        await take(desk.page, "narrow-vchasno-window")
        await desk.window.get_by_role("button", name="Компанії").click()
        row = desk.window.get_by_role("listitem").filter(has_text="Готель")
        await row.get_by_role("checkbox").check()
        await take(desk.page, "narrow-vchasno-companies")
        assert await desk.page.evaluate("document.documentElement.scrollWidth") == 360
        await expect(desk.window.get_by_role("listitem")).to_have_count(2)
        answer = await desk.http.post("/api/v2/check/company", json={"edrpou": HOTEL})
        assert answer.json()["is_registered"] is True


async def test_the_rest_of_the_world_acts_from_the_window(browser: Browser) -> None:
    async with opened(browser, 1280) as desk:
        await desk.window.get_by_label("Директор постачальника підписує").select_option("signs_and_sends")
        wrong = await desk.upload("Не тому")
        row = desk.window.get_by_role("listitem")
        await expect(row).to_contain_text("очікує підпису контрагента")
        await row.get_by_text("За клієнта").click()
        await row.get_by_role("button", name="Підписує інша компанія").click()
        await expect(row).to_contain_text("ТОВ «Зовсім інша компанія»")
        assert await desk.status(wrong) == 7008
        await row.get_by_role("button", name="Видалити").click()
        await expect(desk.page.get_by_text("Документів ще немає.")).to_be_visible()


async def test_the_cabinet_has_a_page_of_its_own(browser: Browser) -> None:
    async with opened(browser, 1280) as desk:
        await desk.upload("Договір № 5")
        await desk.page.goto(f"{desk.address}/app")
        await expect(desk.page.get_by_role("listitem")).to_contain_text("Договір № 5")
        await take(desk.page, "vchasno-cabinet")
