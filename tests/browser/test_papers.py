"""A price list fetched from both phones of the demo page, in a real browser."""

from playwright.async_api import Page

from tests.browser.test_demo import Phone, take
from tests.support.reading_papers import cells, pages

NAME = "Прайс ГастроОпт Демо"


async def fetched(page: Page, phone: str, name: str) -> tuple[str, bytes]:
    """What the browser saves when the file on the phone is pressed: its name and its content."""
    async with page.expect_download() as download:
        await page.locator(phone).get_by_role("link").filter(has_text=name).last.click()
    file = await download.value
    return file.suggested_filename, (await file.path()).read_bytes()


async def test_a_price_list_comes_to_both_phones_and_can_be_saved(page: Page) -> None:
    telegram, viber = Phone(page, ".tg-phone"), Phone(page, ".vb-phone")
    await telegram.press("Розпочати", exact=False)
    await telegram.press("Поділитися номером")
    await telegram.press("Поділитися")
    await telegram.press("Замовити")
    await telegram.press("Прайс")
    await telegram.press("Excel")
    await telegram.sees("Ціни дійсні на")
    name, workbook = await fetched(page, ".tg-phone", NAME)
    assert (name.startswith(NAME), name.endswith(".xlsx")) == (True, True)
    assert cells(workbook)[0][0] == "ГастроОпт Демо"
    await viber.press("Написати")
    await viber.press("Поділитися номером")
    await viber.press("Надіслати")
    await viber.sees("Ми надіслали SMS із кодом")
    await viber.write(await page.get_by_label("Код", exact=True).first.inner_text())
    await viber.press("Ще")
    await viber.press("Прайс")
    await viber.press("PDF")
    await viber.sees("Ціни дійсні на")
    await take(page, "papers")
    name, pdf = await fetched(page, ".vb-phone", NAME)
    assert (name.startswith(NAME), name.endswith(".pdf")) == (True, True)
    assert pages(pdf)[0].startswith("ГастроОпт Демо Прайс Клієнт: ")
