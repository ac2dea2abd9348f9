"""A newcomer orders on both phones of the demo page, in a real browser."""

import os
import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

DAY = re.compile(r"^[А-Я][а-я] \d\d\.\d\d$")
PICTURES = Path(os.environ.get("KOMORA_PICTURES", "")) if os.environ.get("KOMORA_PICTURES") else None


class Phone:
    """One of the phones on the page."""

    def __init__(self, page: Page, frame: str) -> None:
        self._phone = page.locator(frame)

    async def press(self, label: str, *, exact: bool = True) -> None:
        """The newest button of that name."""
        await self._button(label, exact=exact).click()

    async def press_day(self) -> None:
        """The first day offered: Вт 24.11."""
        await self._phone.get_by_role("button").filter(has_text=DAY).first.click()

    def _button(self, label: str, *, exact: bool) -> Locator:
        return self._phone.get_by_role("button", name=label, exact=exact).last

    async def write(self, text: str) -> None:
        field = self._phone.get_by_label("Повідомлення").last
        await field.fill(text)
        await field.press("Enter")

    async def sees(self, text: str) -> None:
        await expect(self._phone.get_by_role("log").get_by_text(text).last).to_be_visible()


async def take(page: Page, name: str) -> None:
    """A picture for whoever wants to look: set KOMORA_PICTURES to a folder."""
    if PICTURES is not None:
        await page.wait_for_timeout(600)
        await page.screenshot(path=PICTURES / f"{name}.png")


async def order(phone: Phone) -> None:
    await phone.press("Замовити")
    await phone.press("Молочні продукти")
    await phone.press("Молоко та вершки")
    await phone.sees("Вершки")
    await phone.press("1")
    await phone.press("+5 ящ")
    await phone.sees("У кошику")


async def confirm(phone: Phone) -> None:
    await phone.press("Оформити", exact=False)
    await phone.press("вул. Сагайдачного, 15")
    await phone.sees("Коли привезти?")


async def test_a_newcomer_orders_on_both_phones(page: Page) -> None:
    telegram, viber = Phone(page, ".tg-phone"), Phone(page, ".vb-phone")
    await telegram.press("Розпочати", exact=False)
    await telegram.press("Поділитися номером")
    await telegram.press("Поділитися")
    await telegram.sees("Олена Коваль")
    await viber.press("Написати")
    await viber.press("Поділитися номером")
    await viber.press("Надіслати")
    await viber.sees("Ми надіслали SMS із кодом")
    code = await page.get_by_label("Код", exact=True).first.inner_text()
    await viber.write(code)
    await viber.sees("Андрій Шевчук")
    await take(page, "joined")

    await order(telegram)
    await take(page, "product")
    await telegram.press("Кошик")
    await confirm(telegram)
    await telegram.press_day()
    await telegram.sees("Перевірте замовлення")
    await take(page, "summary")
    await telegram.press("Підтвердити замовлення")
    await telegram.sees("прийнято. Дякуємо!")

    await order(viber)
    await viber.press("Кошик (1)")
    await confirm(viber)
    await viber.press_day()
    await viber.sees("Перевірте замовлення")
    await viber.press("Підтвердити замовлення")
    await viber.sees("прийнято. Дякуємо!")
    await take(page, "ordered")


async def test_the_demo_fits_a_phone(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    telegram = Phone(page, ".tg-phone")
    await telegram.press("Розпочати", exact=False)
    await telegram.sees("Поділіться номером")
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await take(page, "narrow")
    await page.get_by_role("tab", name="Viber").click()
    await Phone(page, ".vb-phone").press("Написати")
    await Phone(page, ".vb-phone").sees("Поділіться номером")
    await take(page, "narrow-viber")
    for tab in reversed(await page.get_by_role("tab").all()):
        await tab.click()
        await expect(tab).to_have_attribute("aria-selected", "true")
        await expect(tab).to_be_in_viewport(ratio=0.99)
        await expect(page.get_by_role("banner")).to_be_in_viewport(ratio=0.99)
        await take(page, f"narrow-{await tab.get_attribute('id')}")
