"""An order paid by card on the demo page: the chat, finance and 1C hear of it."""

import re

from playwright.async_api import Page, expect

from tests.browser.test_demo import take
from tests.browser.test_onec import SOON, documents, joined, phones, places

PAY = re.compile(r"Сплатити 10\s188,86\sгрн")
"""10 944,00 less 5 % for ordering in the bot, and that less 2 % for paying by card."""


async def test_an_order_is_paid_by_card_from_the_chat(page: Page) -> None:
    telegram = await joined(page)
    await places(telegram)
    async with page.context.expect_page() as opened:
        await page.locator(".tg-phone").get_by_text(PAY).last.click()
    paying = await opened.value
    await expect(paying.get_by_text("До сплати")).to_be_visible()
    await expect(paying.get_by_text("2 % знижки за оплату карткою", exact=False)).to_be_visible()
    await take(paying, "pay-page")
    await paying.get_by_role("button", name="Оплатити карткою").click()
    await paying.get_by_text("на рахунку бракує коштів").click()
    await paying.get_by_role("button", name="Сплатити").click()
    await expect(paying.get_by_role("heading", name="Оплата не пройшла")).to_be_visible()
    await paying.get_by_role("link", name="Спробувати ще раз").click()
    await paying.get_by_text("оплата проходить").click()
    await paying.get_by_role("button", name="Сплатити").click()
    await expect(paying.get_by_text("За цим посиланням більше нічого сплачувати не треба")).to_be_visible()
    await take(paying, "pay-page-paid")
    await paying.close()

    await telegram.sees("Дякуємо, оплата надійшла.")
    finance = page.locator("#panel-finance")
    await expect(finance.get_by_text("Сплачено: 10 188,86 грн", exact=False)).to_be_visible()
    await page.get_by_role("button", name="Оплати", exact=True).click()
    await expect(documents(page).filter(has_text="Komora")).to_have_count(1)
    await take(page, "paid")
    await expect(page.locator("#panel-telegram").get_by_text(PAY)).to_have_count(0)
    await telegram.press("Відкрити замовлення")
    await telegram.sees("Сплачено")


async def test_an_order_by_phone_is_paid_from_a_text_message_and_three_hear_of_it(page: Page) -> None:
    telegram = await joined(page)
    await phones(page)
    await telegram.sees("Ми прийняли замовлення: Кав’ярня «Ранкова кава»")
    message = page.locator("#panel-sms").get_by_role("listitem").first
    await expect(message).to_contain_text("Андрій Шевчук")
    await expect(message).to_contain_text("Оплатити:")
    await take(page, "sms-with-a-link")
    async with page.context.expect_page() as opened:
        await message.get_by_role("link").click()
    paying = await opened.value
    await paying.get_by_role("button", name="Оплатити карткою").click()
    await paying.get_by_text("оплата проходить").click()
    await paying.get_by_role("button", name="Сплатити").click()
    await telegram.sees("Дякуємо, оплата надійшла.")
    await expect(page.locator("#panel-finance").get_by_text("Сплачено:", exact=False)).to_be_visible(timeout=SOON)
    await page.get_by_role("button", name="Оплати", exact=True).click()
    await expect(documents(page).filter(has_text="Komora")).to_have_count(1, timeout=SOON)
    await paying.close()
    await take(page, "told-to-three")
