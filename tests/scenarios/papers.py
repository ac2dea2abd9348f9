"""Asking for one's prices as a file: whose they are, what stands in it, and what an old button still does."""

from datetime import date, timedelta

from sqlalchemy import delete

from bot.db.models import Membership, Price
from bot.db.tx import Tx
from bot.domain.paper import Form
from keyboards.paper_actions import TakeOffer, TakeStatement
from tests.scenarios.paying import _only_orders, owe, pays
from tests.scenarios.steps import joined, places
from tests.scenarios.world import World, scenario
from tests.support.reading_papers import cells, pages
from tests.support.wholesaler import BURRATA, CREAM, MILK, uid

SECTIONS = {"Розрахунки", "Борги зараз", "Замовлення", "Оплати за посиланнями"}
"""Of a statement."""


@scenario
async def a_price_list_comes_as_a_workbook_of_the_clients_own_prices(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Замовити")
    await olena.taps("Прайс")
    olena.sees("Прайс: Кафе «Ранок»")
    await olena.taps("Excel")
    olena.sees("Прайс: 6 товарів", "Ціни дійсні на 23.11.2026")
    rows = cells(await olena.receives("Прайс ГастроОпт 23.11.2026.xlsx"))
    assert rows[3][:2] == ["Ціни дійсні на", date(2026, 11, 23)]
    assert rows[6:8] == [
        ["Молочні продукти › Молоко", "11011", CREAM, "шт", "ящ = 12 шт", 189.5, "мало"],
        ["Молочні продукти › Молоко", "10661", MILK, "шт", "ящ = 12 шт", 47.9, "мало"],
    ]
    assert rows[8][1:] == ["15662", BURRATA, "шт", "ящ = 10 шт", 92, "немає"]
    await olena.taps("Мої замовлення")
    olena.sees("Замовлень")


@scenario
async def another_client_gets_other_prices_and_only_their_assortment(world: World) -> None:
    iryna = await joined(world, "Ірина")
    await iryna.taps("Ще")
    await iryna.taps("Прайс")
    iryna.sees("Прайс: Готель «Дніпро»")
    await iryna.taps("PDF")
    iryna.sees("Прайс: 4 товари")
    (page,) = pages(await iryna.receives("Прайс ГастроОпт 23.11.2026.pdf"))
    assert "Клієнт: Готель «Дніпро»" in page
    assert f"10661 {MILK} шт ящ = 12 шт 45,95 грн мало" in page
    assert "Борошно рисове" not in page
    assert "47,90" not in page


@scenario
async def an_offer_of_a_category_says_until_when_it_is_good(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Ще")
    await olena.taps("Прайс")
    await olena.taps("Комерційна пропозиція")
    olena.sees("З чого її скласти?")
    await olena.taps("Молочні продукти")
    olena.sees("Комерційна пропозиція: 4 товари", "Діє до 06.12.2026 включно")
    (page,) = pages(await olena.receives("Комерційна пропозиція Кафе «Ранок» 23.11.2026.pdf"))
    assert "Кому: Кафе «Ранок» Дата: 23.11.2026 Дійсна до: 06.12.2026 Телефон: +380441234567" in page
    assert "Борошно" not in page


@scenario
async def an_offer_of_the_usual_basket_waits_for_the_first_order(world: World) -> None:
    olena = await joined(world)
    await olena.presses(TakeOffer().pack())
    olena.sees("з’явиться після перших замовлень")
    await places(olena)
    await olena.presses(TakeOffer().pack())
    olena.sees("Комерційна пропозиція: 1 товар")
    (page,) = pages(await olena.receives("Комерційна пропозиція Кафе «Ранок» 23.11.2026.pdf"))
    assert f"10661 {MILK}" in page


@scenario
async def without_prices_there_is_no_file_but_a_reason(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Ще")
    await olena.taps("Прайс")
    old = await olena.payload_of("Excel")
    await world.books.write(lambda tx: tx._connection.execute(delete(Price)))
    await olena.presses(old)
    olena.sees("Цін для вас тут ще немає", "Запитайте, будь ласка, менеджера")
    assert olena.screen.file == ""


@scenario
async def a_button_of_somebody_else_shows_no_prices(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Ще")
    await olena.taps("Прайс")
    old = await olena.payload_of("PDF")
    stranger = world.person("Незнайомка")
    await stranger.starts()
    await stranger.presses(old)
    stranger.sees("Поділіться")
    assert stranger.screen.file == ""
    await olena.presses(TakeOffer(Form.PDF, uid("no such category")).pack())
    olena.sees("Цього тут уже немає")


@scenario
async def an_order_comes_as_an_invoice_to_pay_by(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    await olena.taps("Рахунок")
    olena.sees("Рахунок на замовлення K-000001", "1 149,60 грн")
    (page,) = pages(await olena.receives("Рахунок K-000001.pdf"))
    assert "Постачальник: ГастроОпт" in page
    assert "Покупець: Кафе «Ранок» Призначення платежу: Оплата замовлення K-000001" in page
    assert f"10661 {MILK}" in page
    assert "Разом: 1 149,60 грн" in page


@scenario
async def a_statement_holds_what_is_owed_ordered_and_paid(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    await owe(world, "1000.00", "500.50")
    world.clock.moment += timedelta(minutes=1)
    await olena.taps("Мій баланс")
    await olena.taps("Сплатити прострочене")
    await pays(world)
    await world.hears(olena)
    await olena.taps("Мій баланс")
    await olena.taps("Виписка")
    olena.sees("Виписка: Кафе «Ранок»", "Це не акт звірки")
    await olena.taps("Excel, 3 місяці")
    olena.sees(
        "Виписка за час від 23.08.2026 до 23.11.2026", "Залишок на 23.08.2026: 0,00 грн",
        "Залишок на 23.11.2026: 500,50 грн", "Борг на 23.11.2026: 500,50 грн", "за цей час: 1 149,60 грн",
    )  # fmt: skip
    rows = cells(await olena.receives("Виписка Кафе «Ранок» 23.11.2026.xlsx"))
    assert [
        row[:6] for row in rows if row[0] in {"Розрахунки", "Борги зараз", "Замовлення", "Оплати за посиланнями"}
    ] == [
        ["Розрахунки", date(2026, 8, 23), "Залишок на початок", "", "", 0],
        ["Розрахунки", date(2026, 11, 10), "Накладна РН-1 від 10.11.2026", "", 1000, 1000],
        ["Розрахунки", date(2026, 11, 10), "Накладна РН-2 від 10.11.2026", "", 500.5, 1500.5],
        ["Розрахунки", date(2026, 11, 23), "Надійшло, в обліку ще не проведено", "", -1000, 500.5],
        ["Розрахунки", date(2026, 11, 23), "Залишок на кінець", "", "", 500.5],
        ["Борги зараз", date(2026, 11, 10), "Накладна РН-2 від 10.11.2026", date(2026, 11, 23), 500.5, 500.5],
        ["Замовлення", date(2026, 11, 23), "Замовлення K-000001", "", 1149.6, ""],
    ]
    await olena.presses(TakeStatement(Form.PDF, 12).pack())
    (page,) = pages(await olena.receives("Виписка Кафе «Ранок» 23.11.2026.pdf"))
    assert "Накладна РН-2 від 10.11.2026 23.11.2026 500,50 грн 500,50 грн" in page
    assert "23.11.2025 Залишок на початок 0,00 грн 10.11.2026 Накладна РН-1 від 10.11.2026 1 000,00 грн" in page
    assert "23.11.2026 Залишок на кінець 500,50 грн" in page
    assert "Залишок більший за нуль — борг клієнта, менший — аванс." in page


@scenario
async def while_1c_is_silent_the_statement_comes_as_the_books_know_it_and_says_so(world: World) -> None:
    olena = await joined(world)
    await owe(world, "1000.00", "500.50")
    await olena.taps("Мій баланс")
    await olena.taps("Сплатити прострочене")
    await pays(world)
    world.backroom.ledger.silent = True
    await olena.presses(TakeStatement(Form.XLSX, 3).pack())
    olena.sees("Борг на 23.11.2026: 500,50 грн")
    olena.sees_not("Залишок на")
    rows = cells(await olena.receives("Виписка Кафе «Ранок» 23.11.2026.xlsx"))
    assert [row[:6] for row in rows if row[0] in SECTIONS] == [
        ["Борги зараз", date(2026, 11, 10), "Накладна РН-2 від 10.11.2026", date(2026, 11, 23), 500.5, 500.5],
        ["Оплати за посиланнями", date(2026, 11, 23), "Картка 44****4444: Накладна РН-1 від 10.11.2026", "", 1000, ""],
    ]
    assert any("Облік зараз не відповідає, тому залишків на початок і на кінець немає" in str(row[0]) for row in rows)


@scenario
async def a_statement_of_nothing_is_words_and_a_typed_span_is_asked_anew(world: World) -> None:
    olena = await joined(world)
    await olena.presses(TakeStatement(Form.XLSX, 3).pack())
    olena.sees("Показувати нічого")
    assert olena.screen.file == ""
    await olena.presses(TakeStatement(Form.XLSX, 9999).pack())
    olena.sees("Виписка: Кафе «Ранок»", "файлом")
    olena.sees_buttons("Excel, 3 місяці", "PDF, 12 місяців")


@scenario
async def a_statement_is_for_those_who_pay_alone(world: World) -> None:
    andrii = await joined(world, "Андрій")
    await owe(world, "1000.00")
    await world.books.write(_only_orders)
    await andrii.presses(TakeStatement(Form.PDF, 3).pack())
    andrii.sees("Борги цього клієнта бачать лише ті, хто за нього платить")
    assert andrii.screen.file == ""


@scenario
async def another_client_has_no_invoice_of_somebodys_order(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    payload = await olena.payload_of("Рахунок")
    andrii = await joined(world, "Андрій")
    await andrii.presses(payload)
    andrii.sees("Рахунок на замовлення K-000001")
    iryna = await joined(world, "Ірина")
    await world.books.write(_only_the_hotel)
    await iryna.presses(payload)
    iryna.sees_not("1 149,60")


def _only_the_hotel(tx: Tx) -> None:
    tx._connection.execute(
        delete(Membership).where(Membership.person_id == uid("Ірина"), Membership.client_id == uid("Кафе «Ранок»"))
    )
