"""The bank on the demo page: an invoice paid by a transfer, clients who pay by themselves, the statement as a file."""

import csv
import io
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.test_demo import take


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("cp1251")), delimiter=";"))


async def test_an_invoice_is_paid_by_a_transfer_and_stands_in_the_statement(page: Page) -> None:
    panel = page.locator("#panel-bank")
    transfers = panel.get_by_role("list", name="Перекази").get_by_role("listitem")
    whose = panel.get_by_label("Рахунок")
    await whose.select_option(index=1)
    purpose = await panel.get_by_label("Призначення платежу").input_value()
    assert purpose.startswith("Оплата за товар зг. рах. №УТ00-")
    await panel.get_by_label("Сума, грн").fill("1 234,50")
    await panel.get_by_label("Призначення платежу").fill("опл рах за сир")
    await panel.get_by_role("button", name="Сплатити переказом").click()
    await expect(transfers).to_have_count(1)
    await expect(transfers.first).to_contain_text("+1\N{NO-BREAK SPACE}234,50")
    await panel.scroll_into_view_if_needed()
    await take(page, "bank")

    await panel.get_by_role("button", name="Нехай платять клієнти").click()
    await expect(panel.get_by_role("status")).to_contain_text("Нових переказів:")
    async with page.expect_download() as waiting:
        await panel.get_by_role("link", name="CSV").click()
    read = rows(await (await waiting.value).path())
    assert (read[0]["Сума"], read[0]["Призначення платежу"]) == ("1234.50", "опл рах за сир")
    await expect(transfers).to_have_count(len(read))
    await take(page, "bank-crowd")


async def test_the_bank_fits_a_phone(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.get_by_role("tab", name="Банк").click()
    await page.locator("#panel-bank").get_by_role("button", name="Сплатити переказом").click()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await take(page, "narrow-bank")
    await page.locator("#clock summary").click()
    await take(page, "narrow-clock")
    await page.locator("#clock").get_by_role("button", name="+1 година").click()
    await page.get_by_role("tab", name="Менеджери").click()
    await page.get_by_role("button", name="Загальне").click()
    await expect(page.locator("#panel-managers").get_by_role("textbox", name="Повідомлення")).to_be_visible()
    await take(page, "narrow-managers")
