"""The page where a person pays, and the demo's panel, in a real browser."""

import shutil
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from sandbox.wayforpay import create_app
from tests.sandbox.wayforpay.conftest import ACCOUNT, SECRET, START, STATE, Gateway, Shop, signature
from tests.support.loopback import client, serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'"
PANEL_PAGE = """<!doctype html><html lang="uk"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/wayforpay/_control/static/attempts.css">
<script type="module" src="/panel.js"></script></head><body></body></html>"""
PANEL_SCRIPT = """import { mount } from "/wayforpay/_control/static/attempts.js";
window.told = [];
const changed = (order, words) => window.told.push(`${order.reference} ${words}`);
mount(document.body, { base: "/wayforpay", changed });
"""

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def served(text: str, kind: str) -> Any:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=text, content_type=kind, headers={"Content-Security-Policy": POLICY})

    return answer


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def served_gateway() -> AsyncIterator[Gateway]:
    shop, shop_app, outer = Shop(), web.Application(), web.Application()
    shop_app.router.add_post("/hook", shop.hook)
    shop_app.router.add_post("/back", shop.back)
    outer.router.add_get("/panel", served(PANEL_PAGE, "text/html"))
    outer.router.add_get("/panel.js", served(PANEL_SCRIPT, "text/javascript"))
    outer.add_subapp("/wayforpay", create_app(ACCOUNT, SECRET, now=lambda: START))
    async with serving(shop_app) as shop.url, serving(outer) as url, client() as http:
        http.base_url = httpx.URL(f"{url}/wayforpay")
        yield Gateway(f"{url}/wayforpay", http, shop)


@pytest_asyncio.fixture(loop_scope="module")
async def gateway(served_gateway: Gateway) -> Gateway:
    """A gateway where nothing has happened."""
    await served_gateway.do("reset")
    served_gateway.shop.raw.clear()
    served_gateway.shop.returned.clear()
    return served_gateway


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        await launched.close()


async def opened(browser: Browser, **how: Any) -> Page:
    page = await browser.new_page(viewport={"width": 360, "height": 740}, **how)
    page.set_default_timeout(20_000)
    return page


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(20_000)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(phone: BrowserContext) -> AsyncIterator[Page]:
    """A page of a phone's browser; a word on its console fails the test."""
    page = await phone.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    await page.close()
    assert said == []


async def fill_in(page: Page, kind: str) -> None:
    """Chooses a test card by what it does."""
    await page.get_by_role("link", name=kind).click()


async def test_a_person_pays_by_card_and_comes_back_to_the_shop(gateway: Gateway, page: Page) -> None:
    await page.goto(await gateway.purchase(orderNo="1024"))

    await expect(page.get_by_role("heading", name="349,50")).to_be_visible()
    await expect(page.get_by_text("shop.example")).to_be_visible()
    await expect(page.get_by_text("Замовлення 1024")).to_be_visible()
    await expect(page.get_by_text("Хліб × 3")).to_be_visible()
    await fill_in(page, "оплата проходить")
    await expect(page.get_by_label("Номер картки")).to_have_value("4444 5555 1111 6666")
    await page.get_by_role("button", name="Сплатити 349,50").click()
    await expect(page.get_by_role("heading", name="Дякуємо")).to_be_visible()

    assert page.url == f"{gateway.shop.url}/back"
    back = gateway.shop.returned[0]
    assert (back["orderReference"], back["transactionStatus"], back["amount"]) == ("K-1", "Approved", "349.5")
    assert back["merchantSignature"] == signature(back[name] for name in STATE)
    assert gateway.shop.statuses == ["Approved"]


async def test_a_wallet_pays_at_once(gateway: Gateway, page: Page) -> None:
    await page.goto(await gateway.invoice(returnUrl=""))
    await page.get_by_role("button", name="Google Pay").click()

    await expect(page.get_by_role("heading", name="Оплачено")).to_be_visible()
    await expect(page.get_by_text("Вкладку можна закрити.")).to_be_visible()
    assert (await gateway.status())["transactionStatus"] == "Approved"
    await page.reload()
    await expect(page.get_by_role("heading", name="Оплачено")).to_be_visible()


async def test_a_declined_card_may_be_followed_by_another(gateway: Gateway, page: Page) -> None:
    await page.goto(await gateway.invoice(returnUrl=""))
    await fill_in(page, "бракує коштів")
    await page.get_by_role("button", name="Сплатити").click()
    await expect(page.get_by_role("heading", name="Оплата не пройшла")).to_be_visible()
    await expect(page.get_by_text("На картці бракує коштів.")).to_be_visible()
    await page.get_by_role("link", name="Спробувати ще раз").click()
    await expect(page.get_by_role("alert")).to_contain_text("бракує коштів")
    await fill_in(page, "оплата проходить")
    await page.get_by_role("button", name="Сплатити").click()

    await expect(page.get_by_role("heading", name="Оплачено")).to_be_visible()
    assert gateway.shop.statuses == ["Declined", "Approved"]


async def test_the_bank_asks_for_a_confirmation(gateway: Gateway, page: Page) -> None:
    await page.goto(await gateway.invoice(returnUrl=""))
    await fill_in(page, "3-D Secure")
    await page.get_by_role("button", name="Сплатити").click()
    await expect(page.get_by_role("heading", name="Підтвердьте платіж")).to_be_visible()
    await page.get_by_role("button", name="Підтвердити").click()

    await expect(page.get_by_role("heading", name="Оплачено")).to_be_visible()
    assert gateway.shop.statuses == ["InProcessing", "Approved"]


async def test_the_payer_refuses_at_the_bank(gateway: Gateway, page: Page) -> None:
    await page.goto(await gateway.invoice())
    await fill_in(page, "3-D Secure")
    await page.get_by_role("button", name="Сплатити").click()
    await page.get_by_role("button", name="Відхилити").click()

    await expect(page.get_by_text("Підтвердження 3-D Secure не вдалося.")).to_be_visible()
    assert (await gateway.status())["reasonCode"] == 1108
    await page.get_by_role("button", name="Повернутися до магазину").click()
    await expect(page.get_by_role("heading", name="Дякуємо")).to_be_visible()
    assert gateway.shop.returned[0]["transactionStatus"] == "Declined"


async def test_a_payer_who_leaves_comes_back_without_a_state(gateway: Gateway, page: Page) -> None:
    await page.goto(await gateway.purchase())
    await page.get_by_role("button", name="Відмовитися від оплати").click()
    await expect(page.get_by_role("heading", name="Дякуємо")).to_be_visible()

    assert gateway.shop.returned == [
        {"merchantAccount": ACCOUNT, "orderReference": "K-1", "amount": "349.5", "currency": "UAH"}
    ]
    assert gateway.shop.raw == []
    assert (await gateway.status())["transactionStatus"] == "Created"


async def test_a_mistake_in_the_form_is_shown_at_its_field(gateway: Gateway, page: Page) -> None:
    await page.goto(await gateway.invoice())
    number = page.get_by_label("Номер картки")
    await number.fill("4242 4242 4242 4242")
    await page.get_by_role("button", name="Сплатити").click()
    await expect(page.get_by_role("alert")).to_contain_text("Такої картки пісочниця не знає.")
    await expect(number).to_be_focused()
    await expect(number).to_have_value("4242 4242 4242 4242")
    await number.fill("4444555511116666")
    await page.get_by_label("Строк дії").fill("10/26")
    await page.get_by_role("button", name="Сплатити").click()
    await expect(page.get_by_role("alert")).to_contain_text("Строк дії картки минув.")
    await page.get_by_label("Строк дії").fill("12/30")
    await page.get_by_label("CVV2").fill("12")
    await page.get_by_role("button", name="Сплатити").click()
    await expect(page.get_by_role("alert")).to_contain_text("Вкажіть три цифри зі звороту картки.")

    assert (await gateway.status())["transactionStatus"] == "Created"


async def test_without_scripts_a_button_leads_back(gateway: Gateway, browser: Browser) -> None:
    page = await opened(browser, java_script_enabled=False)
    await page.goto(await gateway.purchase())
    await page.get_by_role("button", name="Apple Pay").click()
    await expect(page.get_by_role("heading", name="Оплачено")).to_be_visible()
    await page.get_by_role("button", name="Повернутися до магазину").click()
    await expect(page.get_by_role("heading", name="Дякуємо")).to_be_visible()
    await page.close()

    assert gateway.shop.returned[0]["paymentSystem"] == "applePay"


async def test_what_the_shop_wrote_is_text(gateway: Gateway, page: Page) -> None:
    hostile = "<script>document.title=1</script><b>Хліб</b>\"'"
    back = f"{gateway.shop.url}/back?a='><script>1</script>"
    await page.goto(await gateway.invoice(productName=[hostile, "Сир"], returnUrl=back))

    await expect(page.get_by_text(hostile)).to_be_visible()
    await expect(page.locator("script")).to_have_count(0)
    await fill_in(page, "банк відмовляє")
    await page.get_by_role("button", name="Сплатити").click()
    await expect(page.get_by_role("heading", name="Оплата не пройшла")).to_be_visible()
    await expect(page.locator("script")).to_have_count(0)
    assert await page.locator("#back").get_attribute("action") == back


@pytest.mark.parametrize(
    ("width", "scheme", "colours"),
    [
        (360, "light", ["rgb(26, 31, 28)", "rgb(243, 244, 241)"]),
        (1280, "dark", ["rgb(234, 238, 235)", "rgb(18, 21, 18)"]),
    ],
)
async def test_the_page_fits_and_can_be_read(
    gateway: Gateway, browser: Browser, width: int, scheme: Any, colours: list[str]
) -> None:
    page = await opened(browser, color_scheme=scheme)
    await page.set_viewport_size({"width": width, "height": 740})
    await page.goto(await gateway.invoice(productName=["Борошно" * 20, "Сир"]))

    assert await page.evaluate("document.documentElement.scrollWidth") == width
    shown = await page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
    assert shown == colours
    heights = await page.evaluate("[...document.querySelectorAll('button, input')].map((one) => one.offsetHeight)")
    assert min(heights) >= 48
    await page.close()


async def test_the_panel_shows_attempts_live(gateway: Gateway, page: Page) -> None:
    await gateway.invoice("K-1")
    await page.goto(gateway.url.removesuffix("/wayforpay") + "/panel")
    attempts = page.get_by_role("list", name="Оплати карткою, найновіші вгорі").locator(".wp-attempt")
    await expect(attempts).to_have_count(1)
    await expect(attempts.first).to_contain_text("Чекає оплати")
    async with page.expect_popup() as popup:
        await attempts.first.get_by_role("link", name="Сторінка оплати").click()
    await expect((await popup.value).get_by_role("heading", name="349,50")).to_be_visible()

    await gateway.purchase("K-2", amount=1200, productName=["Замовлення № 7"], productCount=[1], productPrice=[1200])
    await expect(attempts).to_have_count(2)
    gateway.shop.answers.append(web.Response(status=503))
    await gateway.pay("K-2")
    newest = attempts.first
    await expect(newest.locator(".wp-chip")).to_have_text("Оплачено")
    await expect(newest).to_contain_text("Замовлення № 7")
    await expect(newest).to_contain_text("44****6666")
    await expect(newest.get_by_role("listitem")).to_have_text("Оплачено: не прийнято, надішлемо ще (HTTP 503)")
    await expect(newest.get_by_role("link")).to_have_count(0)
    await gateway.do("clock", advance=120)
    await expect(newest.get_by_role("listitem")).to_have_text("Оплачено: магазин прийняв, спроб: 2")
    await gateway.do("refund", reference="K-2", amount="200")
    await expect(newest.locator(".wp-chip")).to_contain_text("Повернено 200,00")
    assert await page.evaluate("window.told") == [
        "K-2 Оплачено: 1\u00a0200,00\u00a0₴",
        "K-2 Повернено 200,00\u00a0₴: 1\u00a0200,00\u00a0₴",
    ]

    await gateway.do("reset")
    await expect(page.get_by_text("Поки що ніхто не платив карткою.")).to_be_visible()
