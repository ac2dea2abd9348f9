"""Finance in its group on Telegram: a statement sent as a file, a payment chosen with one press, undone again."""

import base64
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.db.books import Books
from bot.domain.accounting import Subject
from bot.domain.notice import FINANCE, MANAGERS
from bot.services.bank import BankTerms
from integrations import bank, spreadsheet
from tests.scenarios.accounting_steps import connected
from tests.scenarios.steps import joined
from tests.services.test_receivables_in import debt
from tests.support.accounting import Ledger
from tests.support.desk import open_office
from tests.wires.test_staff import GROUP, OKSANA, PETRO, Group, labels
from tests.wires.world import over_telegram

CAFE = "Кафе «Ранок»"
OURS, OFF = "UA223052990000026001234567890", BankTerms(managers_too=False)


async def opened(shop: Books, folder: Path, ledger: Ledger, desk: str, terms: BankTerms) -> AsyncIterator[Group]:
    office = open_office(
        shop, folder, accounting=ledger, staff={str(GROUP): desk}, bank=terms,
        statements=partial(bank.read, tables=spreadsheet.tables, accounts=[OURS]),
    )  # fmt: skip
    desks = {one: ("telegram", str(GROUP)) for one in (MANAGERS, FINANCE)}
    async with over_telegram(office, "polling", ledger, desks) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        yield group


@pytest.fixture
async def finance(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    async for group in opened(shop, tmp_path, ledger, FINANCE, OFF):
        yield group


@pytest.fixture
async def managers(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    async for group in opened(shop, tmp_path, ledger, MANAGERS, OFF):
        yield group


def statement(*rows: tuple[str, str]) -> str:
    heads = "Рахунок;Документ;Дата операції;Сума;Валюта;ЄДРПОУ кореспондента;Кореспондент;Призначення платежу"
    lines = [
        f"{OURS};{at};23.11.2026;{sum_};UAH;1759013776;Кафе Ранок;{purpose}"
        for at, (sum_, purpose) in enumerate(rows, 1)
    ]
    return base64.b64encode("\n".join([heads, *lines]).encode("windows-1251")).decode()


async def sends(group: Group, content: str, name: str = "виписка.csv") -> None:
    await group._post("send_file", user=OKSANA, chat=GROUP, name=name, content_base64=content)
    await group._settles()


async def says(group: Group, text: str) -> None:
    await group._post("say", user=OKSANA, chat=GROUP, text=text)
    await group._settles()


async def owing(group: Group, ledger: Ledger) -> None:
    await joined(group.world)
    ledger.owed = {}
    ledger.owes(*(debt(number, rest, client=CAFE) for number, rest in (("77", "1000.10"), ("81", "500.20"))))
    await group.world.backroom.takes_in(Subject.RECEIVABLES)


async def test_a_statement_sent_into_the_group_is_booked_or_asked_about_and_a_press_decides(
    finance: Group, ledger: Ledger
) -> None:
    await owing(finance, ledger)
    await sends(finance, statement(("1000.10", "накл. РН-77"), ("300", "за товар"), ("-5.00", "комісія")))
    told = await finance.reads(
        "Виписку прийнято. Рядків: 3, нових: 3.",
        "Рознесено автоматично: 1, 1 000,10 грн",
        "Треба розпізнати: 1, 300,00 грн",
    )
    await finance.presses(OKSANA, told, "№ 2")
    card = await finance.reads("Оплата №2, 300,00 грн", "код платника — це код клієнта", "РН-81")
    await finance.presses(OKSANA, card, "Це 1")
    await finance.reads("Вибір: Оксана")
    await finance.presses(PETRO, card, "Це 1")
    done = await finance.reads("Вибір: Оксана")
    await finance.world.backroom.works()
    assert [one.payment.amount.kopiykas for one in ledger.receipts.values()] == [100_010, 30_000]
    await finance.presses(OKSANA, done, "Скасувати")
    await finance.reads("Скасовано: Оксана", "Кафе «Ранок»")
    await finance.world.backroom.works()
    assert [one.marked for one in ledger.receipts.values()] == [False, True]


async def test_sums_are_typed_as_a_command(finance: Group, ledger: Ledger) -> None:
    await owing(finance, ledger)
    await sends(finance, statement(("700", "за товар")))
    await says(finance, "/podil 1 РН-77=600 РН-81=50,50")
    split = await finance.reads("РН-77", "600,00 грн", "на рахунок клієнта: 49,50 грн", "Розподілено: Оксана")
    assert labels(split) == ["На повернення", "Скасувати", "Перекази"]


async def test_what_is_no_statement_is_said_with_what_to_do(finance: Group, ledger: Ledger) -> None:
    await sends(finance, base64.b64encode(b"hello").decode())
    await finance.reads("Виписку не прийнято.", "Не знайдено заголовків виписки")


async def test_managers_decide_nothing_where_finance_has_a_group_of_its_own(managers: Group, ledger: Ledger) -> None:
    await sends(managers, statement(("700", "за товар")))
    await managers.reads("Це для іншої групи працівників.")
    await says(managers, "/bank")
    await managers.reads("Це для іншої групи працівників.")


async def test_money_paid_by_mistake_goes_back_and_is_shown_until_it_has_left(finance: Group, ledger: Ledger) -> None:
    await owing(finance, ledger)
    await sends(finance, statement(("700", "за товар")))
    await says(finance, "/oplata 1")
    card = await finance.reads("Оплата №1, 700,00 грн")
    await finance.presses(OKSANA, card, "На повернення")
    asked = await finance.reads(
        "Скільки повернути й чому?", "Вільно: 700,00 грн", "/platnyku 1 700,00 грн сплачено двічі"
    )
    await finance.presses(OKSANA, asked, "Сплачено помилково")
    waits = await finance.reads("Відкладено: усе повертаємо платникові", "До повернення: 700,00 грн", "Оксана")
    await finance.presses(PETRO, waits, "Повернено")
    await finance.reads("Повернено: 700,00 грн", "Петро")
    await finance.presses(OKSANA, waits, "Не повертати")
    done = await finance.reads("Повернено: 700,00 грн", "Петро")
    assert labels(done) == ["Ще не повернено", "Перекази"]
    await finance.presses(OKSANA, done, "Ще не повернено")
    await says(finance, "/bank")
    await finance.reads("До повернення: 1, 700,00 грн", "№1")
    await says(finance, "/debts")
    await finance.reads("До повернення: 1 (700,00 грн)")


async def test_a_part_that_goes_back_is_typed_with_its_reason(finance: Group, ledger: Ledger) -> None:
    await owing(finance, ledger)
    await sends(finance, statement(("1700", "за товар")))
    await says(finance, "/platnyku 1 1 200,50 грн переплата, лист від 20.11")
    await finance.reads("До повернення: 1 200,50 грн, переплата, лист від 20.11 (Оксана")
    await says(finance, "/platnyku 1 багато")
    await finance.reads("Напишіть так: /platnyku 37 300 сплачено двічі")
