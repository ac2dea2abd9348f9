"""The window of 1C in a real browser, on the wholesaler's base."""

import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from sandbox.onec import create_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DATA = Path(__file__).parents[3] / "sandbox" / "horeca" / "wholesaler"
STATIC = DATA.parents[1] / "onec" / "static"
NOW = datetime(2026, 11, 27, 10, 15, tzinfo=UTC)
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'"
PAGE = """<!doctype html><html lang="uk"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/onec/_control/static/window.css">
<link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script></head><body></body></html>"""
STYLE = "body { display: flex; height: 100dvh; margin: 0; }"
SCRIPT = """import { mount } from "/onec/_control/static/window.js";
window.notices = [];
window.arrivals = [];
mount(document.body, {
  base: "/onec",
  notify: (notice) => window.notices.push(`${notice.title}: ${notice.text}`),
  arrived: (document) => window.arrivals.push(document.number),
});"""

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@dataclass
class Base:
    """The served base; `http` is its control side."""

    url: str
    http: httpx.AsyncClient

    async def get(self, path: str, **query: str) -> Any:
        return (await self.http.get(path, params=query)).raise_for_status().json()

    async def post(self, path: str, **body: Any) -> Any:
        return (await self.http.post(path, json=body)).raise_for_status().json()

    async def odata(self, method: str, resource: str, **fields: Any) -> dict[str, Any]:
        """What a client of the interface writes."""
        root = str(self.http.base_url).removesuffix("_control/")
        said = await self.http.request(method, f"{root}base/odata/standard.odata/{resource}?$format=json", json=fields)
        answer: dict[str, Any] = said.raise_for_status().json()
        return answer

    async def phone_order(self, quantity: str = "12") -> dict[str, Any]:
        """An order of milk by the hotel, as somebody else in the base enters it."""
        lines = [{"article": "10661", "quantity": quantity}]
        made: dict[str, Any] = await self.post("orders", counterparty="31451288", lines=lines)
        return made


def served(text: str, kind: str) -> Callable[[web.Request], Any]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=text, content_type=kind, headers={"Content-Security-Policy": POLICY})

    return answer


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def base() -> AsyncIterator[Base]:
    app = web.Application()
    app.router.add_get("/", served(PAGE, "text/html"))
    app.router.add_get("/page.js", served(SCRIPT, "text/javascript"))
    app.router.add_get("/page.css", served(STYLE, "text/css"))
    app.router.add_static("/onec/_control/static", STATIC)
    app.add_subapp("/onec", create_app("", "", data=DATA, now=lambda: NOW))
    server = TestServer(app)
    await server.start_server()
    url = str(server.make_url("/"))
    async with httpx.AsyncClient(base_url=f"{url}onec/_control/", trust_env=False) as http:
        yield Base(url, http)
    await server.close()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, base: Base) -> AsyncIterator[Page]:
    """The window of a fresh base; a word of ours on the browser's console fails the test."""
    await base.post("reset")
    opened = await browser.new_page(viewport={"width": 1280, "height": 760})
    opened.set_default_timeout(20_000)
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    await opened.goto(base.url)
    await expect(rows(opened)).to_have_count(200)
    yield opened
    await opened.close()
    assert [one for one in said if not one.startswith("Failed to load resource")] == []


def rows(page: Page) -> Locator:
    return page.get_by_role("list", name="Документи, найновіші вгорі").get_by_role("button")


def document(page: Page) -> Locator:
    return page.get_by_role("article", name="Документ")


def in_view(page: Page) -> Any:
    return page.evaluate("document.documentElement.scrollWidth")


async def test_documents_arrive_by_themselves_newest_first(page: Page, base: Base) -> None:
    made = await base.phone_order()
    first = rows(page).first
    await expect(first).to_contain_text(made["number"])
    await expect(first).to_contain_text("12:15")
    await expect(first).to_contain_text("ТОВ «Готель Дніпровський»")
    await expect(first).to_contain_text("551,40")
    await expect(first).to_contain_text("Прийняте")
    await expect(first).to_contain_text("телефон")
    await expect(rows(page)).to_have_count(200)
    assert await page.evaluate("window.arrivals") == [made["number"]]


async def test_a_manager_changes_a_quantity_and_ships(page: Page, base: Base) -> None:
    made = await base.phone_order()
    await rows(page).filter(has_text=made["number"]).click()
    form = document(page)
    await expect(form.get_by_role("button", name="Записати")).to_be_hidden()
    await form.get_by_label("Кількість, рядок 1").fill("24,5")
    await form.get_by_role("button", name="Записати").click()
    await expect(form.get_by_text("1 125,78").first).to_be_visible()
    assert (await base.get(f"documents/{made['ref']}"))["lines"][0]["quantity"] == "24.500"
    await form.get_by_role("button", name="Відвантажити").click()
    await expect(form.get_by_text("Відвантажене")).to_be_visible()
    await expect(form.get_by_role("button")).to_have_count(0)
    await page.get_by_role("button", name="Відвантаження").click()
    await expect(rows(page).first).to_contain_text("1 125,78")


async def test_a_contract_that_was_signed_shows_itself_with_the_clients_card(page: Page, base: Base) -> None:
    await page.get_by_role("button", name="Договори").click()
    await expect(rows(page)).to_have_count(200)
    hotel = next(one for one in (await base.get("counterparties", q="Дніпровський"))["counterparties"])
    said = "Комора [ab12cd34]: Підписано у Вчасно 27.11.2026, № Д-26-0001"
    fields = {"Owner_Key": hotel["ref"], "Description": "Договір поставки", "Номер": "Д-26-0001",
              "Дата": "2026-11-27T00:00:00", "СрокДействия": "2027-12-31T00:00:00", "Комментарий": said}  # fmt: skip
    ref = (await base.odata("POST", "Catalog_ДоговорыКонтрагентов", **fields))["Ref_Key"]
    first = rows(page).first
    await expect(first).to_contain_text("Д-26-0001")
    await expect(first).to_contain_text("27.11.2026")
    await expect(first).to_contain_text("ТОВ «Готель Дніпровський»")
    await expect(first).to_contain_text("Підписано")
    await expect(first).to_contain_text("Komora")
    await first.click()
    await expect(document(page).get_by_role("heading", name="Договір Д‑26‑0001")).to_be_visible()
    await expect(document(page).get_by_text("31.12.2027")).to_be_visible()
    card = document(page).get_by_role("region", name="Картка клієнта")
    await expect(card.get_by_text("Мінімальне замовлення 3000 грн")).to_be_visible()
    await base.odata("PATCH", f"Catalog_Контрагенты(guid'{hotel['ref']}')", Комментарий=f"Дзвонити зранку\n{said}")
    await expect(card.get_by_text("Дзвонити зранку")).to_be_visible()
    await expect(card.get_by_text("Підписано у Вчасно")).to_be_visible()
    assert (await base.get("contracts"))["documents"][0]["ref"] == ref


async def test_a_wrong_quantity_is_told_and_not_sent(page: Page, base: Base) -> None:
    made = await base.phone_order()
    await rows(page).filter(has_text=made["number"]).click()
    form = document(page)
    await form.get_by_label("Кількість, рядок 1").fill("багато")
    await form.get_by_role("button", name="Записати").click()
    await expect(form.get_by_role("alert")).to_have_text("Рядок 1: кількість має бути числом, більшим за нуль.")
    await expect(form.get_by_label("Кількість, рядок 1")).to_be_focused()
    assert (await base.get(f"documents/{made['ref']}"))["lines"][0]["quantity"] == "12.000"


async def test_what_is_being_typed_survives_a_change_from_elsewhere(page: Page, base: Base) -> None:
    made = await base.phone_order()
    await rows(page).filter(has_text=made["number"]).click()
    field = document(page).get_by_label("Кількість, рядок 1")
    await field.fill("3")
    await base.post(f"documents/{made['ref']}/unpost")
    await expect(document(page).get_by_text("Не проведено")).to_be_visible()
    await expect(field).to_have_value("3")
    await expect(field).to_be_focused()


async def test_an_unposted_order_is_posted_and_another_cancelled(page: Page, base: Base) -> None:
    made, other = await base.phone_order(), await base.phone_order("6")
    await base.post(f"documents/{made['ref']}/unpost")
    await rows(page).filter(has_text=made["number"]).click()
    await document(page).get_by_role("button", name="Провести").click()
    await expect(document(page).get_by_text("Прийняте")).to_be_visible()
    await rows(page).filter(has_text=other["number"]).click()
    await document(page).get_by_role("button", name="Скасувати").click()
    await expect(rows(page).filter(has_text=other["number"])).to_contain_text("Скасоване")


async def test_a_refusal_of_the_base_is_shown_in_its_words(page: Page, base: Base) -> None:
    made = await base.phone_order()
    await rows(page).filter(has_text=made["number"]).click()
    await page.route("**/state", lambda route: route.fulfill(status=409, json={"error": "Період закрито"}))
    await document(page).get_by_role("button", name="Відвантажити").click()
    await expect(document(page).get_by_role("alert")).to_have_text("Період закрито")


async def test_an_order_by_phone_with_the_keyboard_alone(page: Page, base: Base) -> None:
    await page.get_by_role("button", name="Замовлення телефоном").focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Замовлення телефоном")
    await dialog.get_by_role("combobox", name="Клієнт").focus()
    await page.keyboard.type("бістро на")
    await expect(dialog.get_by_role("option", name="ТОВ «Бістро на розі»")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("combobox", name="Товар")).to_be_focused()
    await page.keyboard.type("10661")
    await expect(dialog.get_by_role("option", name="47,90 грн за шт")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.type("36")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("1 724,40")).to_be_visible()
    await dialog.get_by_label("Коментар").fill("Дзвонили зранку")
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(rows(page).first).to_contain_text("ТОВ «Бістро на розі»")
    newest = (await base.get("documents", kind="order"))["documents"][0]
    assert (newest["total"], newest["posted"], newest["comment"]) == ("1724.40", True, "Дзвонили зранку")
    assert await page.evaluate("window.notices") == [
        f"1С: проведено: Замовлення покупця {newest['number']}, ТОВ «Бістро на розі»"
    ]


async def test_a_form_says_what_it_lacks_and_escape_closes_it(page: Page) -> None:
    await page.get_by_role("button", name="Замовлення телефоном").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Провести").click()
    await expect(dialog.get_by_role("alert")).to_have_text("Виберіть клієнта зі списку.")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("button", name="Замовлення телефоном")).to_be_focused()


async def test_a_price_is_changed_in_one_price_type(page: Page, base: Base) -> None:
    await page.get_by_role("button", name="Змінити ціну").click()
    dialog = page.get_by_role("dialog", name="Змінити ціну")
    await dialog.get_by_role("combobox", name="Товар").fill("10661")
    await dialog.get_by_role("option").click()
    await dialog.get_by_role("radio", name="HoReCa VIP").check()
    await expect(dialog.get_by_label("Нова ціна, грн")).to_have_value("45,95")
    await dialog.get_by_label("Нова ціна, грн").fill("46,5")
    await dialog.get_by_role("button", name="Установити ціну").click()
    await expect(dialog).to_be_hidden()
    [milk] = (await base.get("articles", q="10661"))["articles"]
    assert milk["prices"] == {"Роздрібна": "57.28", "Оптова": "47.90", "HoReCa VIP": "46.50"}


async def test_the_base_is_switched_off_and_on(page: Page, base: Base) -> None:
    switch = page.get_by_role("switch", name="База працює")
    await switch.click()
    await expect(switch).not_to_be_checked()
    await expect(page.get_by_text("База вимкнена. Komora й далі приймає замовлення")).to_be_visible()
    assert (await base.get("state"))["on"] is False
    await switch.click()
    await expect(switch).to_be_checked()
    assert (await base.get("state"))["on"] is True


async def test_a_sandbox_that_does_not_answer_can_be_asked_again(page: Page) -> None:
    await page.route("**/documents?*", lambda route: route.fulfill(status=502, body="Bad gateway"))
    await page.get_by_role("button", name="Оплати").click()
    await expect(page.get_by_text("База відмовила (502).")).to_be_visible()
    await page.unroute("**/documents?*")
    await page.get_by_role("button", name="Спробувати ще раз").click()
    await expect(rows(page)).to_have_count(200)


async def test_a_payment_of_ours_is_among_the_payments_with_what_it_pays(page: Page, base: Base) -> None:
    made = await base.phone_order()
    await page.get_by_role("button", name="Оплати").click()
    await expect(rows(page)).to_have_count(200)
    parts = [{"LineNumber": "1", "Сделка": made["ref"], "СуммаПлатежа": 551.4}, {"LineNumber": "2", "СуммаПлатежа": 9}]
    back = {"ВидОперации": "ВозвратДенежныхСредствПокупателю", "СуммаДокумента": 560.4, "РасшифровкаПлатежа": parts}
    url = f"{base.url}onec/base/odata/standard.odata/Document_ОплатаОтПокупателяПлатежнойКартой"
    (await base.http.post(url, json=back, auth=("", ""))).raise_for_status()
    for word in ("Komora", "Не проведено", "\u2212560,40"):
        await expect(rows(page).first).to_contain_text(word)
    await rows(page).first.click()
    await expect(document(page).get_by_role("heading")).to_contain_text("Повернення коштів")
    await expect(document(page).get_by_role("row", name="551,40")).to_contain_text(f"покупця {made['number']}")
    await expect(document(page).get_by_role("row", name="9,00")).to_contain_text("На рахунок клієнта")


async def test_on_a_phone_the_document_lies_over_the_list(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    assert await in_view(page) == 360
    first = rows(page).first
    await first.click()
    await expect(first).to_be_hidden()
    await expect(document(page).get_by_role("heading")).to_be_focused()
    assert await in_view(page) == 360
    await page.get_by_role("button", name="До списку").click()
    await expect(first).to_be_focused()


async def test_the_arrows_walk_the_list(page: Page) -> None:
    await rows(page).first.focus()
    await page.keyboard.press("ArrowDown")
    await expect(rows(page).nth(1)).to_be_focused()
    await page.keyboard.press("End")
    await expect(rows(page).last).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(document(page).get_by_role("heading")).to_be_visible()
