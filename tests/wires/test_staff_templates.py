"""Lawyers in their group on Telegram: a template sent as a Word file, taken into use, returned to; requisites."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db.books import Books
from bot.domain.notice import FINANCE, LAWYERS, MANAGERS
from bot.domain.signing import DocumentKind
from tests.scenarios.accounting_steps import connected
from tests.support.accounting import Ledger
from tests.support.desk import open_office
from tests.support.word_files import CONTRACT, written
from tests.wires.test_staff import GROUP, OKSANA, PETRO, Group, labels, said
from tests.wires.world import over_telegram

GOOD = written(*CONTRACT)
HOTEL = "Готель «Дніпро»"


async def opened(shop: Books, folder: Path, ledger: Ledger, desk: str) -> AsyncIterator[Group]:
    """One group is all desks: it acts as this one's."""
    office = open_office(shop, folder, accounting=ledger, staff={str(GROUP): desk})
    desks = {one: ("telegram", str(GROUP)) for one in (MANAGERS, FINANCE, LAWYERS)}
    async with over_telegram(office, "polling", ledger, desks) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        yield group


@pytest.fixture
async def lawyers(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    async for group in opened(shop, tmp_path, ledger, LAWYERS):
        yield group


@pytest.fixture
async def managers(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    async for group in opened(shop, tmp_path, ledger, MANAGERS):
        yield group


async def sends(group: Group, content: bytes, name: str = "наш договір.docx") -> None:
    given = base64.b64encode(content).decode()
    await group._post("send_file", user=OKSANA, chat=GROUP, name=name, content_base64=given)
    await group._settles()


async def in_use(group: Group) -> list[int]:
    views = await group.world.office.app.templates.all()
    return [view.in_use.version if view.in_use else 0 for view in views]


async def test_a_template_is_looked_at_and_taken_into_use_by_one_button(lawyers: Group) -> None:
    await sends(lawyers, GOOD)
    offer = await lawyers.reads("Надійшов шаблон: наш договір.docx", "Договір поставки", "Заповнюється 5 полів")
    assert labels(offer) == ["Показати заповненим", "Узяти для договорів", "Усі шаблони"]
    await lawyers.presses(OKSANA, offer, "Показати заповненим")
    example = await lawyers.reads("заповнено для вигаданого клієнта")
    assert example["document"]["name"] == "Договір поставки (приклад).docx"
    await lawyers.presses(OKSANA, offer, "Узяти для договорів")
    await lawyers.presses(PETRO, offer, "Узяти для договорів")
    await lawyers.reads("Договір поставки", "Використовується: версія 1, наш договір.docx", at=-2)
    assert await in_use(lawyers) == [1, 0, 0]


async def test_a_misspelt_field_is_told_with_the_right_one_and_its_place(lawyers: Group) -> None:
    await sends(lawyers, written(*CONTRACT, "Адреса Покупця: {{ клієнт.адресса }}"))
    refused = await lawyers.reads(
        "Цей файл не може бути шаблоном: наш договір.docx", "Немає поля клієнт.адресса.",
        "Можливо, клієнт.адреса?", "Це тут: «Адреса Покупця: {{ клієнт.адресса }}»",
    )  # fmt: skip
    assert labels(refused) == ["Усі шаблони"]


async def test_a_file_that_is_no_word_file_is_told(lawyers: Group) -> None:
    await sends(lawyers, b"hello", "договір.pdf")
    await lawyers.reads("не може бути шаблоном: договір.pdf", "Це не документ Word (.docx) або він пошкоджений.")


async def test_an_older_version_and_the_sample_are_returned_to(lawyers: Group) -> None:
    templates = lawyers.world.office.app.templates
    for name in ("перший", "другий"):
        offer = await templates.offer(f"{name}.docx", written(*CONTRACT, name), ("Леся", "telegram:1"))
        await templates.take(None, offer.file.id, DocumentKind.CONTRACT, ("Леся", "telegram:1"))
    await lawyers.says(OKSANA, "/shablony")
    listed = await lawyers.reads("Шаблони документів", "Договір поставки: версія 2, другий.docx", "зразок, який іде")
    await lawyers.presses(OKSANA, listed, "Договір поставки")
    kind = await lawyers.reads("Використовується: версія 2, другий.docx", "версія 1: перший.docx, Леся")
    assert labels(kind) == [
        "Версія 2: файл", "Версія 1: файл", "Версія 1: повернути", "Зразок: файл", "Зразок: повернути",
        "Показати заповненим", "Усі шаблони",
    ]  # fmt: skip
    await lawyers.presses(OKSANA, kind, "Версія 1: повернути")
    await lawyers.reads("Використовується: версія 1, перший.docx")
    await lawyers.presses(OKSANA, kind, "Зразок: файл")
    assert (await lawyers.reads("шаблон. Змініть його у Word"))["document"]["name"] == (
        "Договір поставки (шаблон).docx"
    )
    assert await in_use(lawyers) == [1, 0, 0]


async def test_managers_touch_no_templates_where_lawyers_have_a_group(managers: Group) -> None:
    await sends(managers, GOOD)
    await managers.reads("Це для іншої групи працівників.")
    await managers.says(OKSANA, "/shablony")
    await managers.reads("Це для іншої групи працівників.")
    assert await in_use(managers) == [0, 0, 0]


async def test_what_a_contract_lacks_of_a_client_is_typed_in_the_chat(managers: Group) -> None:
    await managers.says(OKSANA, "/rekvizyty Дніпро")
    card = await managers.reads(
        f"Реквізити для договорів: {HOTEL}", "код: 14360570",
        "Ще бракує: підписант, підписант у родовому, посада, посада в родовому, підстава, адреса, телефон, пошта",
    )  # fmt: skip
    assert "/rekvizyty 14360570\nпідписант: …\n" in said(card)
    await managers.says(
        OKSANA,
        "/rekvizyty 14360570\nПідписант: Коваленко Ірина Петрівна\nпідписант у родовому: Коваленко Ірини Петрівни\n"
        "посада: директорка\nпосада у родовому: директорки\nпідстава: Статуту\nадреса: м. Київ, вул. Хрещатик, 1\n"
        "телефон: 067 123-45-67\nпошта: hotel@example.com",
    )
    await managers.reads("Записано.", "Коваленко Ірина Петрівна", "+380671234567", "Нічого не бракує.")


async def test_a_line_that_is_not_understood_changes_nothing(managers: Group) -> None:
    await managers.says(OKSANA, "/rekvizyty 14360570\nпідстава: Статуту\nпошта: десь там")
    await managers.reads("Цей рядок не зрозумілий, нічого не записано: пошта: десь там")
    await managers.says(OKSANA, "/rekvizyty 14360570")
    assert "Статуту" not in said(await managers.reads(f"Реквізити для договорів: {HOTEL}"))


async def test_a_client_who_is_not_named_or_not_found_is_asked_for(managers: Group) -> None:
    await managers.says(OKSANA, "/rekvizyty")
    await managers.reads("Який клієнт? Напишіть це в темі клієнта")
    await managers.says(OKSANA, "/rekvizyty Нептун")
    await managers.reads("Нептун")
    await managers.says(OKSANA, "/rekvizyty е")
    await managers.reads("Який клієнт?", "Готель «Дніпро»", "Кафе «Ранок»")
