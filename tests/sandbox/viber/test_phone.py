"""The phone in a real browser, with a tiny bot behind the sandbox."""

import shutil
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.sandbox.viber.conftest import Bot, Viber

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
SENDER = {"sender": {"name": "Комора"}}
HOSTILE = (
    "<img src=x onerror='document.title=1'><script>document.title=2</script><b>Кошик</b><font color='#ffffff'>!</font>"
)
KEYBOARD: dict[str, Any] = {
    "Type": "keyboard",
    "Buttons": [
        {"ActionBody": "cart", "Text": HOSTILE, "BgColor": "#7360F2", "Columns": 3},
        {"ActionBody": "quiet", "Text": "Тихо", "Silent": True, "Columns": 3},
        {"ActionBody": "phone", "Text": "Мій номер", "ActionType": "share-phone"},
        {"ActionBody": "https://shop.example.com/", "Text": "Сайт", "ActionType": "open-url"},
    ],
}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: the phone needs a browser")


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = await browser.new_page(viewport={"width": 360, "height": 740})
        page.set_default_timeout(5000)
        yield page
        await browser.close()


async def test_a_person_talks_to_the_bot_on_the_phone(viber: Viber, bot: Bot, page: Page) -> None:
    user = await viber.person(name="Олена", phone="380671234567")
    welcome = {"type": "text", "text": "Вітаємо у *Коморі*, <b>друже</b>!", "keyboard": KEYBOARD, "min_api_version": 4}
    bot.answers = [(200, welcome | SENDER)]
    await page.goto(f"{viber.base}/_control/phone?user={quote(user, safe='')}")

    await page.get_by_role("button", name="Написати", exact=True).click()
    await expect(page.locator(".vb-bubble b")).to_have_text("Коморі")
    await expect(page.get_by_role("log")).to_contain_text("<b>друже</b>")

    cart = page.get_by_role("button", name="Кошик!")
    await expect(cart.locator("b")).to_have_text("Кошик")
    assert await page.locator(".vb-button script, .vb-button img").count() == 0
    assert await page.title() == "Viber"
    await cart.click()
    await expect(page.locator(".vb-mine .vb-text")).to_have_text("cart")

    await page.get_by_role("button", name="Тихо").click()
    await page.get_by_role("button", name="Мій номер").click()
    dialog = page.get_by_role("dialog", name="Надіслати номер телефону?")
    await expect(dialog).to_contain_text("+380 67 123 45 67")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await page.get_by_role("button", name="Мій номер").click()
    await dialog.get_by_role("button", name="Надіслати").click()
    await expect(page.locator(".vb-of-contact")).to_contain_text("+380 67 123 45 67")

    await page.context.route("https://shop.example.com/**", lambda route: route.fulfill(body="Сайт"))
    async with page.expect_popup():
        await page.get_by_role("button", name="Сайт").click()
    await page.get_by_role("textbox", name="Повідомлення").fill("борошно <script>")
    await page.keyboard.press("Enter")
    await expect(page.locator(".vb-mine .vb-text").last).to_have_text("борошно <script>")
    await viber.idle()
    heard = [event["message"].get("text", event["message"]["type"]) for event in bot.events("message")]
    assert heard == ["cart", "quiet", "contact", "https://shop.example.com/", "борошно <script>"]


async def test_the_phone_follows_the_bot_live(viber: Viber, bot: Bot, page: Page) -> None:
    user = await viber.subscriber()
    await page.goto(f"{viber.base}/_control/phone?user={quote(user, safe='')}")
    await expect(page.locator(".vb-mine")).to_have_count(1)
    cards = {
        "Type": "rich_media",
        "ButtonsGroupRows": 1,
        "Buttons": [{"ActionBody": f"buy:{n}", "Text": f"Товар {n}"} for n in (1, 2)],
    }
    await viber.send(user, type="rich_media", rich_media=cards, min_api_version=7, keyboard=KEYBOARD)
    await expect(page.locator(".vb-card")).to_have_count(2)
    await expect(page.get_by_role("region", name="Клавіатура бота")).to_be_visible()
    await page.get_by_role("button", name="Товар 2").click()
    await expect(page.locator(".vb-mine")).to_have_count(2)

    await page.get_by_role("button", name="Сховати клавіатуру бота").click()
    await expect(page.get_by_role("region", name="Клавіатура бота")).to_be_hidden()
    await viber.send(user, text="Ціна: https://shop.example.com/p?a=1.")
    link = page.get_by_role("link", name="https://shop.example.com/p?a=1")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(page.get_by_role("button", name="Показати клавіатуру бота")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360

    await page.get_by_role("button", name="Меню").click()
    await page.get_by_role("button", name="Заблокувати бота").click()
    await page.get_by_role("button", name="Заблокувати", exact=True).click()
    await page.get_by_role("button", name="Розблокувати").click()
    await expect(page.get_by_role("textbox", name="Повідомлення")).to_be_visible()
    await viber.idle()
    assert [event["event"] for event in bot.heard if event["event"] in ("seen", "subscribed", "unsubscribed")][-2:] == [
        "unsubscribed", "subscribed",
    ]  # fmt: skip
    assert bot.events("message")[-1]["message"]["text"] == "buy:2"
    assert len(bot.events("seen")) >= 1
