"""The phone in a real browser, with a small scripted bot on the other side."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.sandbox.telegram.conftest import USER, Telegram

CHROMIUM = shutil.which("chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ASK_PHONE = {"keyboard": [[{"text": "Мій номер", "request_contact": True}]], "resize_keyboard": True}


def cart(count: int) -> dict[str, Any]:
    keys = [[{"text": "Додати", "callback_data": "+"}, {"text": "Довідка", "callback_data": "?"}]]
    return {"text": f"Мішків: <b>{count}</b>", "parse_mode": "HTML", "reply_markup": {"inline_keyboard": keys}}


class Script:
    """A bot that greets, keeps a cart in one message and thanks for the phone."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram, self.count = telegram, 1

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.telegram.updates(offset=offset, timeout=1):
                offset = update["update_id"] + 1
                await self.hear(update)

    async def hear(self, update: dict[str, Any]) -> None:
        if "callback_query" in update:
            await self.tapped(update["callback_query"])
        elif "contact" in update["message"]:
            thanks = f"Дякуємо, {update['message']['contact']['phone_number']}"
            await self.telegram.send(thanks, reply_markup={"remove_keyboard": True})
        elif update["message"]["text"] == "/start":
            await self.telegram.send("Вітаємо", reply_markup=ASK_PHONE)
        else:
            await self.telegram.send(**cart(self.count))

    async def tapped(self, query: dict[str, Any]) -> None:
        asked = {"callback_query_id": query["id"]}
        if query["data"] == "?":
            await self.telegram.result("answerCallbackQuery", text="Мішок 25 кг", show_alert=True, **asked)
            return
        self.count += 1
        place = {"chat_id": USER, "message_id": query["message"]["message_id"]}
        await self.telegram.result("editMessageText", **place, **cart(self.count))
        await self.telegram.result("answerCallbackQuery", text="Додано", **asked)


@pytest.fixture
async def phone(stranger: Telegram) -> AsyncIterator[Page]:
    """The person's phone beside a running bot; errors of its scripts fail the test."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, and a phone needs a browser")
    bot = asyncio.create_task(Script(stranger).run())
    wrong: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = await browser.new_page(viewport={"width": 360, "height": 720}, locale="uk")
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await page.goto(f"{stranger.base}/_control/phone?user={USER}")
        yield page
        await browser.close()
    bot.cancel()
    await asyncio.gather(bot, return_exceptions=True)
    assert wrong == []


async def test_a_person_talks_to_the_bot(phone: Page) -> None:
    log = phone.get_by_role("log")
    await phone.get_by_role("button", name="Розпочати").click()
    await expect(log.get_by_text("Вітаємо")).to_be_visible()

    await phone.get_by_role("textbox", name="Повідомлення").fill("борошно <b>20</b>")
    await phone.keyboard.press("Enter")
    await expect(log.get_by_text("борошно <b>20</b>")).to_be_visible()
    cart = log.locator(".tg-message", has_text="Мішків:")
    await expect(cart.locator("b")).to_have_text("1")

    await cart.get_by_role("button", name="Додати").click()
    await expect(cart.locator("b")).to_have_text("2")
    await expect(phone.get_by_role("status")).to_have_text("Додано")
    await expect(cart.locator("[aria-busy=true]")).to_have_count(0)
    await expect(cart).to_have_count(1)

    await cart.get_by_role("button", name="Довідка").click()
    await expect(phone.get_by_role("alertdialog")).to_contain_text("Мішок 25 кг")
    await phone.get_by_role("button", name="Гаразд").click()

    await phone.get_by_role("button", name="Мій номер").click()
    await phone.get_by_role("alertdialog").get_by_role("button", name="Поділитися").click()
    await expect(log.get_by_text("Дякуємо, 380671112233")).to_be_visible()
    await expect(phone.get_by_role("button", name="Мій номер")).to_have_count(0)


async def test_a_blocked_bot_is_restarted_from_the_phone(phone: Page, stranger: Telegram) -> None:
    await phone.get_by_role("button", name="Розпочати").click()
    await phone.get_by_role("button", name="Дії з ботом").click()
    await phone.get_by_role("menuitem", name="Зупинити та заблокувати").click()
    await phone.get_by_role("button", name="Заблокувати", exact=True).click()
    restart = phone.get_by_role("button", name="Перезапустити бота")
    await expect(restart).to_be_visible()
    assert (await stranger.chat())["blocked"] is True


async def test_a_phone_finds_its_chat_again_after_everything_began_anew(phone: Page, stranger: Telegram) -> None:
    await phone.get_by_role("button", name="Розпочати").click()
    await expect(phone.get_by_role("log").get_by_text("Вітаємо")).to_be_visible()
    await stranger.do("reset")
    await expect(phone.get_by_text("Такого облікового запису тут немає.")).to_be_visible()
    await stranger.do("users", id=USER, first_name="Олена")
    await expect(phone.get_by_role("button", name="Розпочати")).to_be_visible()
