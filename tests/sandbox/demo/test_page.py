"""The demo page in a real browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from tests.sandbox.demo.conftest import CHROMIUM, Demo

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@asynccontextmanager
async def opened(
    browser: Browser, demo: Demo, width: int, height: int, scheme: Literal["light", "dark"] = "light"
) -> AsyncIterator[Page]:
    """The page with both phones on it; at the end nothing may stand in the console."""
    await demo.http.post("/atompark/_control/reset")
    context = await browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = await context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    await page.goto(demo.url)
    await expect(page.locator(".plain-phone")).to_have_count(2)
    yield page
    assert troubles == []
    await context.close()


async def test_a_wide_screen_shows_two_phones_and_the_inbox_side_by_side(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, 1280, 800) as page:
        boxes = [await page.locator(f"#panel-{name}").bounding_box() for name in ("telegram", "viber", "sms")]
        places = [(round(box["x"]), round(box["y"])) for box in boxes if box]
        assert places == sorted(places)
        assert len({y for _, y in places}) == 1
        await expect(page.locator("#tabs")).to_be_hidden()
        await expect(page.get_by_role("heading", level=2)).to_have_text(["Telegram", "Viber", "SMS"])
        await expect(page.get_by_role("banner")).to_contain_text("Гурт «Полонина»")
        assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")


async def test_the_phones_begin_in_the_hands_of_two_colleagues(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, 1280, 800) as page:
        await expect(page.locator("#panel-telegram .plain-phone")).to_have_text("/telegram 101")
        await expect(page.locator("#panel-viber .plain-phone")).to_have_text("/viber viber-ihor==")
        await expect(page.locator("#number-viber")).to_have_text("+380\u00a050\u00a0222\u00a033\u00a044 · Кафе «Липа»")


async def test_a_phone_passes_to_another_person_and_stays_there(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, 1280, 800) as page:
        await page.get_by_label("Хто тримає телефон").first.select_option(label="Тарас Мельник, ще не клієнт")
        await expect(page.locator("#panel-telegram .plain-phone")).to_have_text("/telegram 104")
        assert await page.evaluate("window.gone") == 101
        await page.reload()
        await expect(page.locator("#panel-telegram .plain-phone")).to_have_text("/telegram 104")


async def test_a_narrow_screen_has_tabs_that_the_keyboard_moves(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, 360, 740) as page:
        tabs = page.get_by_role("tab")
        await expect(tabs).to_have_text(["Telegram", "Viber", "SMS"])
        await expect(page.get_by_role("tabpanel")).to_have_accessible_name("Telegram")
        await tabs.first.focus()
        await page.keyboard.press("ArrowLeft")
        await expect(tabs.nth(2)).to_be_focused()
        await expect(page.get_by_role("tabpanel")).to_have_accessible_name("SMS")
        await expect(page.locator("#panel-telegram")).to_be_hidden()
        assert await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
            360,
            740,
        ]


async def test_a_message_appears_live_with_its_code_and_its_owner(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, 1280, 800) as page:
        await expect(page.get_by_text("Поки що порожньо.")).to_be_visible()
        await demo.sms("380502223344", "Ваш код: 482913")
        await demo.sms("380671112233", "Оплатіть: https://pay.example/a?b=1.")
        await expect(page.locator(".sms-to")).to_have_text(
            [
                "Олена Коваль, +380\u00a067\u00a0111\u00a022\u00a033",
                "Ігор Бондар, +380\u00a050\u00a0222\u00a033\u00a044",
            ]
        )
        await expect(page.get_by_role("status", name="Код")).to_have_text("482913")
        await expect(page.get_by_role("link", name="https://pay.example/a?b=1", exact=True)).to_be_visible()
        await expect(page.get_by_role("heading", name="SMS непрочитаних: 2")).to_be_visible()
        await page.locator("#panel-sms .sms").first.hover()
        await expect(page.locator("#panel-sms .badge")).to_be_hidden()


async def test_a_message_on_another_tab_is_counted_announced_and_shown_by_a_tap(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, 360, 740) as page:
        await demo.sms("380502223344", "Ваш код: 482913")
        await expect(page.get_by_role("tab", name="SMS непрочитаних: 1")).to_be_visible()
        await expect(page.locator(".toast")).to_contain_text("SMS: Ігор БондарКод 482913")
        await page.get_by_role("button", name="Показати").click()
        await expect(page.locator(".sms-code output")).to_be_visible()
        await expect(page.locator("#tab-sms .badge")).to_be_hidden()
        await expect(page.locator(".toast")).to_have_count(0)


async def test_a_phone_on_another_tab_counts_what_comes_but_not_its_history_nor_the_dates(
    browser: Browser, demo: Demo
) -> None:
    async with opened(browser, demo, 360, 740) as page:
        await expect(page.get_by_role("tab", name="Viber", exact=True)).to_be_visible()
        await page.evaluate("window['say/viber']('Сьогодні', 'day'); window['say/viber']('Ваше замовлення прийнято')")
        await page.evaluate("window['say/telegram']('На видноті')")
        await page.get_by_role("tab", name="Viber непрочитаних: 1").click()
        await expect(page.get_by_role("tab", name="Viber", exact=True)).to_have_attribute("aria-selected", "true")
        await expect(page.locator("#tab-telegram .badge")).to_be_hidden()
        assert await page.evaluate("window.refreshed") == "/viber"


async def test_messages_from_before_are_listed_without_a_notice_and_a_reset_empties_the_list(
    browser: Browser, demo: Demo
) -> None:
    async with opened(browser, demo, 1280, 800) as page:
        await demo.sms("380502223344", "Доброго дня")
        await page.reload()
        await expect(page.locator(".sms")).to_have_count(1)
        await expect(page.locator(".toast")).to_have_count(0)
        await demo.http.post("/atompark/_control/reset")
        await expect(page.locator(".sms")).to_have_count(0)


async def test_a_message_is_text_and_never_markup(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, 1280, 800) as page:
        await demo.sms("380502223344", "<img src=x onerror=alert(1)> код 1234")
        await expect(page.locator(".sms-text")).to_have_text("<img src=x onerror=alert(1)> код 1234")
        await expect(page.locator("img")).to_have_count(0)


async def test_the_theme_follows_the_system_until_it_is_chosen(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, 1280, 800, "dark") as page:
        root = page.locator("html")
        await expect(root).to_have_attribute("data-theme", "dark")
        await page.get_by_role("button", name="Світла тема").click()
        await expect(root).to_have_attribute("data-theme", "light")
        await page.reload()
        await expect(root).to_have_attribute("data-theme", "light")
        await expect(page.get_by_role("button", name="Темна тема")).to_be_visible()


async def test_the_state_of_the_product_changes_without_reloading(browser: Browser, demo: Demo) -> None:
    demo.product["status"] = 503
    async with opened(browser, demo, 1280, 800) as page:
        await expect(page.locator("#status")).to_have_text("Komora готується…")
        demo.product["status"] = 200
        await expect(page.locator("#status")).to_have_text("Komora працює")


async def test_the_list_of_steps_opens_and_closes_by_keyboard(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, 360, 740) as page:
        await page.get_by_text("Що спробувати").click()
        await expect(page.locator(".try li")).to_have_count(9)
        await expect(page.get_by_text("Поділіться номером.")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_text("Поділіться номером.")).to_be_hidden()
