"""The 1C window beside the phones: orders arrive at once, wait while the base is off, and come the other way too."""

import os
import signal
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Locator, Page, expect

from tests.browser.test_demo import Phone, confirm, order, take

PRODUCT = "main.py driven"
SOON = 2_000
AGAIN = 60_000


def documents(page: Page) -> Locator:
    """Of the list in the window, newest first."""
    return page.get_by_role("list", name="Документи, найновіші вгорі").get_by_role("button")


async def joined(page: Page) -> Phone:
    telegram = Phone(page, ".tg-phone")
    await telegram.press("Розпочати", exact=False)
    await telegram.press("Поділитися номером")
    await telegram.press("Поділитися")
    await telegram.sees("Олена Коваль")
    return telegram


async def places(telegram: Phone) -> None:
    await order(telegram)
    await telegram.press("Кошик")
    await confirm(telegram)
    await telegram.press_day()
    await telegram.sees("Перевірте замовлення")
    await telegram.press("Підтвердити замовлення")
    await telegram.sees("прийнято. Дякуємо!")


async def phones(page: Page) -> None:
    """Somebody of the café phones, and the office enters the order."""
    await page.get_by_role("button", name="Замовлення телефоном").click()
    dialog = page.get_by_role("dialog", name="Замовлення телефоном")
    await dialog.get_by_role("combobox", name="Клієнт").fill("Ранкова кава")
    await dialog.get_by_role("option", name="Кав’ярня «Ранкова кава»").click()
    await dialog.get_by_role("combobox", name="Товар").fill("10661")
    await dialog.get_by_role("option").first.click()
    await dialog.get_by_role("button", name="Провести").click()


def product(page: Page) -> int:
    """The process id of the product of the demo that the page is of: others may run beside it."""
    found = subprocess.run(["pgrep", "-f", PRODUCT], capture_output=True, text=True, check=True)
    port = f"PORT={urlsplit(page.url).port}".encode()
    return next(one for one in map(int, found.stdout.split()) if port in _environment(_parent(one)))


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[1])


def _environment(process: int) -> list[bytes]:
    return Path(f"/proc/{process}/environ").read_bytes().split(b"\0")


async def test_an_order_is_in_1c_at_once_and_an_order_of_1c_is_in_the_chat(page: Page) -> None:
    telegram = await joined(page)
    await places(telegram)
    newest = documents(page).first
    await expect(newest).to_contain_text("Komora", timeout=SOON)
    await expect(newest).to_contain_text("Кав’ярня «Ранкова кава»")
    await newest.click()
    form = page.get_by_role("article", name="Документ")
    await expect(form.get_by_role("heading", name="Замовлення покупця")).to_be_visible()
    await expect(form.get_by_text("вул. Сагайдачного, 15").first).to_be_visible()
    await take(page, "onec-document")
    await form.get_by_role("button", name="Провести").click()
    await telegram.sees("прийняте складом")
    await form.get_by_role("button", name="Відвантажити").click()
    await telegram.sees("у дорозі")

    await phones(page)
    await telegram.sees("Ми прийняли замовлення: Кав’ярня «Ранкова кава»")
    await take(page, "onec-phone-order")


async def test_orders_taken_while_1c_is_off_arrive_once_each_even_when_the_product_is_killed(page: Page) -> None:
    telegram = await joined(page)
    await page.get_by_role("switch", name="База працює").click()
    for _ in range(3):
        await places(telegram)
    os.kill(product(page), signal.SIGKILL)
    await expect(page.locator("#status")).to_have_text("Komora не відповідає", timeout=AGAIN)
    await expect(page.locator("#status")).to_have_text("Komora працює", timeout=AGAIN)
    await places(telegram)
    await take(page, "onec-off")
    await expect(documents(page).filter(has_text="Komora")).to_have_count(0)
    await page.get_by_role("switch", name="База працює").click()
    await expect(documents(page).filter(has_text="Komora")).to_have_count(4, timeout=AGAIN)
    await take(page, "onec-back")
