"""The pay page in a real browser: narrow and wide, with JavaScript and without, paid at a gateway of another origin."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.domain.errors import Unavailable
from bot.domain.money import Money, total
from bot.domain.payment import PayLine, PayState
from tests.browser.conftest import launched
from tests.integration.pay.desk import TOKEN, UNPAID, Shop, open_shop
from tests.unit.pay.decoding import lines_of, read_dots

pytestmark = pytest.mark.asyncio(loop_scope="module")

PICTURES = Path(os.environ.get("KOMORA_PICTURES", "")) if os.environ.get("KOMORA_PICTURES") else None
BUTTON = "Оплатити карткою, Google Pay, Apple Pay"
GREY_OF_PICTURE = """async (picture) => {
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 600;
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, 600, 600);
  const dots = pen.getImageData(0, 0, 600, 600).data;
  return Array.from({length: 360000}, (_, dot) => dots[dot * 4]);
}"""
CONTRASTS = """() => {
  const pen = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const light = (colour) => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => {
      const bare = part / 255;
      return bare <= 0.04045 ? bare / 12.92 : ((bare + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" ? ground(element.parentElement) : colour;
  };
  const written = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility() &&
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return written.map((element) => {
    const [low, high] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });
}"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One for all tests here, which open contexts of their own in it."""
    async with launched() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def shop() -> AsyncIterator[Shop]:
    async with open_shop() as opened:
        yield opened


@asynccontextmanager
async def window(
    browser: Browser, width: int, *, script: bool = True, dark: bool = False, told: tuple[str, ...] = ()
) -> AsyncIterator[Page]:
    """A window in which any other word on the console, and any file that does not come, fails the test."""
    context = await browser.new_context(
        viewport={"width": width, "height": 740 if width < 500 else 900},
        java_script_enabled=script,
        color_scheme="dark" if dark else "light",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    yield page
    await context.close()
    assert tuple(said) == told


async def take(page: Page, name: str) -> None:
    """A picture for whoever wants to look: set KOMORA_PICTURES to a folder."""
    if PICTURES is not None:
        await page.screenshot(path=PICTURES / f"pay-{name}.png", full_page=True)


@pytest.mark.parametrize("script", [False, True], ids=["plain", "script"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_a_payer_sees_the_sum_and_the_button_at_once_and_pays(
    browser: Browser, shop: Shop, width: int, script: bool
) -> None:
    async with window(browser, width, script=script) as page:
        await page.goto(shop.link)
        await expect(page.get_by_role("heading", level=1)).to_have_text("До сплати 12\u00a0345,50\u00a0грн")
        button = page.get_by_role("button", name=BUTTON, exact=True)
        await expect(button).to_be_in_viewport(ratio=1)
        await expect(page.get_by_role("img", name="QR-код переказу")).to_be_visible()
        await take(page, f"unpaid-{width}-{'script' if script else 'plain'}")
        await button.press("Enter")
        await expect(page).to_have_url(f"{shop.gateway}/page?vkh=1")
        await expect(page.get_by_role("heading", name="Card")).to_be_visible()
    assert shop.desk.started == [(TOKEN, "uk", UNPAID.due)]


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_payer_of_several_documents_sees_each_with_its_sum(browser: Browser, shop: Shop, width: int) -> None:
    dated = date(2026, 11, 10)
    items = tuple(
        PayLine(f"РН-{number:09d}", Money(1_234_567_80 + number), kind, dated)
        for number, kind in enumerate(("shipment", "invoice", "opening", "other", "order"), 1)
    )
    sum_ = total(tuple(item.amount for item in items))
    shop.desk.links[TOKEN] = replace(UNPAID, items=items, amount=sum_, order_number="")
    async with window(browser, width, script=False) as page:
        await page.goto(shop.link)
        await expect(page.get_by_role("listitem")).to_have_count(5)
        await expect(page.get_by_role("listitem").first).to_contain_text("Накладна РН-000000001 від 10.11.2026")
        await expect(page.get_by_role("button", name=BUTTON, exact=True)).to_be_in_viewport(ratio=1)
        assert await page.evaluate("document.documentElement.scrollWidth") == width
        assert await page.locator("h1 b").evaluate(
            "one => one.getClientRects()[0].height / 1.15 <= parseFloat(getComputedStyle(one).fontSize) + 1"
        )
        await take(page, f"several-{width}")
        for state in (PayState.UNDER_WAY, PayState.PAID):
            shop.desk.links[TOKEN] = replace(shop.desk.links[TOKEN], state=state, paid=sum_)
            await page.goto(shop.link)
            await expect(page.get_by_role("listitem")).to_have_count(5)
            await take(page, f"several-{state}-{width}")


async def test_nothing_sticks_out_at_any_width_however_long_the_words(browser: Browser, shop: Shop) -> None:
    shop.desk.links[TOKEN] = replace(
        UNPAID, client_name="Надзвичайнодовганазвабезпробілів" * 3, purpose="Оплата-за-договором-" * 20
    )
    async with window(browser, 1280) as page:
        await page.goto(shop.link)
        widths = [1280, 833, 768, 360, 320]
        found = []
        for width in widths:
            await page.set_viewport_size({"width": width, "height": 740})
            found.append(await page.evaluate("document.documentElement.scrollWidth"))
            await take(page, f"long-{width}")
        assert found == widths


async def test_every_detail_of_the_transfer_is_copied_by_its_button(browser: Browser, shop: Shop) -> None:
    async with window(browser, 360) as page:
        await page.goto(shop.link)
        copied = []
        for name in ("Отримувач", "IBAN", "Код ЄДРПОУ", "Сума", "Призначення платежу"):
            button = page.get_by_role("button", name=f"Копіювати: {name}", exact=True)
            await button.click()
            await expect(button).to_have_text("Скопійовано")
            copied.append(await page.evaluate("navigator.clipboard.readText()"))
        await expect(page.get_by_role("status")).to_have_text("Скопійовано")
        assert copied == [
            "ТОВ «Смачна гуртівня»",
            "UA723220010000026002360009669",
            "32855961",
            "12345.50",
            "Оплата за замовлення № К-000123 від 23.11.2026, у т.ч. ПДВ",
        ]


async def test_without_a_clipboard_the_button_copies_by_selection(browser: Browser, shop: Shop) -> None:
    async with window(browser, 360) as page:
        await page.goto(shop.link)
        await page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
        button = page.get_by_role("button", name="Копіювати: IBAN")
        await button.click()
        await expect(button).to_have_text("Скопійовано")
        assert await page.evaluate("navigator.clipboard.readText()") == "UA723220010000026002360009669"


async def test_without_javascript_a_click_selects_the_whole_detail_and_no_button_is_dead(
    browser: Browser, shop: Shop
) -> None:
    async with window(browser, 360, script=False) as page:
        await page.goto(shop.link)
        assert await page.get_by_role("button").all_inner_texts() == [BUTTON]
        selectable = await page.locator(".value").evaluate_all(
            "all => all.map(one => getComputedStyle(one).userSelect)"
        )
        assert selectable == ["all"] * 5


async def test_the_picture_in_the_browser_is_read_back(browser: Browser, shop: Shop) -> None:
    async with window(browser, 1280) as page:
        await page.goto(shop.link)
        grey = await page.get_by_role("img").evaluate(GREY_OF_PICTURE)
        text = read_dots(bytes(grey), 600)
        assert lines_of(text)[6:9] == ["UA723220010000026002360009669", "UAH12345.50", "32855961"]
        await page.set_viewport_size({"width": 360, "height": 740})
        await expect(page.get_by_role("link", name="На цьому телефоні")).to_have_attribute("href", text)


@pytest.mark.parametrize("script", [False, True], ids=["plain", "script"])
async def test_a_page_that_waits_for_the_bank_turns_paid_by_itself(browser: Browser, shop: Shop, script: bool) -> None:
    shop.desk.links[TOKEN] = replace(UNPAID, state=PayState.UNDER_WAY)
    async with window(browser, 360, script=script) as page:
        await page.goto(shop.link)
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Оплата триває")
        await take(page, "under-way")
        paid_at = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        shop.desk.links[TOKEN] = replace(
            UNPAID, state=PayState.PAID, paid=UNPAID.amount, paid_at=paid_at, card="44****4444"
        )
        await expect(page.get_by_role("heading", level=1)).to_have_text("Сплачено 12\u00a0345,50\u00a0грн")
        await expect(page.get_by_text("44****4444")).to_be_visible()
        await take(page, "paid")


async def test_a_gateway_that_is_away_can_be_tried_again_from_the_same_page(browser: Browser, shop: Shop) -> None:
    shop.desk.trouble = Unavailable("wayforpay", "page")
    away = "Failed to load resource: the server responded with a status of 503 (Service Unavailable)"
    async with window(browser, 360, script=False, told=(away,)) as page:
        await page.goto(shop.link)
        await page.get_by_role("button", name=BUTTON).click()
        await expect(page.get_by_role("alert")).to_contain_text("Гроші не списано.")
        await take(page, "away")
        shop.desk.trouble = None
        await page.get_by_role("button", name="Спробувати ще раз").click()
        await expect(page).to_have_url(re.compile(re.escape(shop.gateway)))


async def test_another_language_is_a_link(browser: Browser, shop: Shop) -> None:
    async with window(browser, 360, script=False) as page:
        await page.goto(shop.link)
        await page.get_by_role("navigation", name="Мова").get_by_role("link", name="English").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("To pay")
        assert await page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_all_words_stand_out_from_their_ground_in_every_state(browser: Browser, shop: Shop, dark: bool) -> None:
    async with window(browser, 1280, dark=dark) as page:
        contrasts = {}
        for state in PayState:
            shop.desk.links[TOKEN] = replace(UNPAID, state=state)
            await page.goto(shop.link)
            contrasts[state] = await page.evaluate(CONTRASTS)
            await take(page, f"{state}-{'dark' if dark else 'light'}")
        assert {state: min(found) for state, found in contrasts.items() if min(found) < 4.5} == {}
        assert [len(found) > 8 for found in contrasts.values()] == [True] * 5


async def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Browser, shop: Shop) -> None:
    async with window(browser, 1280) as page:
        await page.goto(shop.link)
        reached = []
        for _ in range(9):
            await page.keyboard.press("Tab")
            reached.append(
                await page.evaluate(
                    "[document.activeElement.ariaLabel ?? document.activeElement.textContent,"
                    " getComputedStyle(document.activeElement).outlineStyle]"
                )
            )
        names = ["Українська", "Русский", "English", BUTTON]
        copies = [f"Копіювати: {name}" for name in ("Отримувач", "IBAN", "Код ЄДРПОУ", "Сума", "Призначення платежу")]
        assert reached == [[name, "solid"] for name in names + copies]


async def test_on_paper_there_are_the_details_and_the_code_and_no_buttons(browser: Browser, shop: Shop) -> None:
    async with window(browser, 1280, dark=True) as page:
        await page.goto(shop.link)
        await page.emulate_media(media="print")
        await expect(page.get_by_role("button")).to_have_count(0)
        await expect(page.get_by_role("navigation")).to_have_count(0)
        await expect(page.get_by_role("img", name="QR-код переказу")).to_be_visible()
        await expect(page.get_by_text("UA723220010000026002360009669")).to_be_visible()
        assert min(await page.evaluate(CONTRASTS)) >= 4.5
        await take(page, "print")
