"""The inbox in a real browser: alone, and as a panel of the demo page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from sandbox.demo import create_app as demo_page
from sandbox.mail import create_app
from sandbox.mail.office import Office
from sandbox.mail.servers import OFFICE
from tests.sandbox.demo.conftest import ARGUMENTS, CHROMIUM
from tests.sandbox.mail.conftest import letter
from tests.support.loopback import serving

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
HTML = (
    "<p>Сума <b>100</b> <a href='{there}'>Сплатити</a></p>"
    "<script>document.body.textContent = 'script'</script><form action='/x'><button>Форма</button></form>"
)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        await launched.close()


@asynccontextmanager
async def opened(browser: Browser, width: int) -> AsyncIterator[tuple[Page, Office, str]]:
    """The demo page with the mail panel alone on it."""
    app = create_app("", "")
    async with serving(demo_page({"mail": app}, product_url="http://127.0.0.1:9", company="Гурт")) as address:
        context = await browser.new_context(viewport={"width": width, "height": 740})
        page = await context.new_page()
        await page.goto(address)
        await expect(page.get_by_text("Поки що порожньо.")).to_be_visible()
        yield page, app[OFFICE], address
        await context.close()


def arrive(office: Office, subject: str, there: str = "https://shop.example/") -> None:
    made = letter(Subject=subject, **{"List-Unsubscribe": "<https://shop.example/u/1>"})
    made.add_alternative(HTML.format(there=there), subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Рахунок № 1.pdf")
    office.letters.take("orders@shop.example", ("olena@lypa.example",), made.as_bytes(), office.moment())


async def test_a_letter_arrives_live_and_is_read_without_its_scripts(browser: Browser) -> None:
    async with opened(browser, 1280) as (page, office, _):
        arrive(office, "Рахунок № 1")
        await expect(page.locator(".toast")).to_contain_text("Лист: olena@lypa.example")
        await page.get_by_role("button", name="Відкрити").click()
        await expect(page.get_by_role("heading", name="Рахунок № 1")).to_be_visible()
        await expect(page.locator("#panel-mail .badge")).to_be_hidden()
        body = page.frame_locator(".mail-shown iframe")
        await expect(body.get_by_text("Сума 100")).to_be_visible()
        await expect(body.locator("body")).not_to_have_text("script")
        await expect(page.get_by_role("link", name="https://shop.example/u/1")).to_be_visible()
        await page.get_by_role("button", name="Текст").click()
        await expect(page.locator(".mail-text")).to_have_text("Добрий день!\n")
        await page.get_by_role("button", name="Заголовки").click()
        await expect(page.locator(".mail-text")).to_contain_text("Message-ID: <1@shop.example>")


async def test_a_file_is_downloaded_and_a_link_opens_a_tab(browser: Browser) -> None:
    async with opened(browser, 1280) as (page, office, address):
        arrive(office, "Рахунок", f"{address}/mail/")
        await page.locator(".mail-row").click()
        async with page.expect_download() as saved:
            await page.get_by_role("link", name="Рахунок № 1.pdf, 4 Б").click()
        assert (await saved.value).suggested_filename == "Рахунок № 1.pdf"
        async with page.context.expect_page() as tab:
            await page.frame_locator(".mail-shown iframe").get_by_role("link", name="Сплатити").click()
        await expect((await tab.value).get_by_role("heading", name="Пошта пісочниці")).to_be_visible()
        await expect((await tab.value).locator(".mail-row")).to_have_count(1)


async def test_a_narrow_screen_shows_the_list_or_the_letter(browser: Browser) -> None:
    async with opened(browser, 360) as (page, office, _):
        arrive(office, "Перший")
        arrive(office, "Другий")
        await expect(page.locator(".mail-subject")).to_have_text(["Другий", "Перший"])
        await page.locator(".mail-row").last.click()
        await expect(page.get_by_role("heading", name="Перший")).to_be_visible()
        await expect(page.locator(".mail-list")).to_be_hidden()
        assert await page.evaluate("document.documentElement.scrollWidth") == 360
        await page.get_by_role("button", name="← Усі листи").click()
        await expect(page.locator(".mail-row").last).to_be_focused()
        office.reset()
        await expect(page.get_by_text("Поки що порожньо.")).to_be_visible()
