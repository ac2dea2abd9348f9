"""Templates in the books and documents filled from them, over the small wholesaler."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert, update

from bot.db.books import Books
from bot.db.models import Client, Contract
from bot.db.tx import Tx
from bot.domain.envelope import Asked, Asker, EnvelopeView, Stage, Terms
from bot.domain.errors import NotFound, Outdated, Refused, Unavailable
from bot.domain.money import Money
from bot.domain.notice import MANAGERS
from bot.domain.signing import DocumentKind, Recipient
from bot.domain.template.checking import ProblemKind
from bot.services.client_requisites import ClientRequisites
from bot.services.contract_facts import ContractFactsBook, Wanted
from bot.services.envelopes import Filler
from bot.services.price_sheets import PriceSheets
from bot.services.standing import Standing
from bot.services.templates import Templates
from handlers.app import SAMPLES
from integrations import docx
from tests.db.people import DNIPRO, turn
from tests.support.contract_facts import COMPANY
from tests.support.desk import Clock, papers_in
from tests.support.word_files import CONTRACT, lines, written

BY = ("Леся", "telegram:3001")
HOTEL = DNIPRO.id
SUPPLIED = {
    "signer": "Коваленко Ірина Петрівна", "signer_genitive": "Коваленко Ірини Петрівни", "position": "директорка",
    "position_genitive": "директорки", "basis": "Статуту", "address": "м. Київ, вул. Хрещатик, 1",
    "phone": "+380671234567", "email": "hotel@example.com",
}  # fmt: skip


class Pdf:
    """Turns anything into a PDF of one line, unless it may not."""

    def __init__(self, *, fails: bool = False) -> None:
        self.available, self._fails = True, fails

    async def convert(self, source: Path, target: Path) -> None:
        if self._fails:
            raise Unavailable("libreoffice", "convert", "timeout")
        await asyncio.to_thread(target.write_bytes, b"%PDF-1.7")


class Room:
    def __init__(self, books: Books, folder: Path, pdf: Pdf | None = None) -> None:
        self.books, self.clock = books, Clock()
        standing = Standing(books, self.clock)
        facts = ContractFactsBook(books, PriceSheets(books, self.clock), standing, COMPANY, "м. Київ")
        self.templates = Templates(
            books, docx.Templates(), pdf, facts, papers_in(folder, self.clock), SAMPLES, self.clock
        )
        self.requisites = ClientRequisites(books, self.clock)

    async def supply(self, **given: str) -> None:
        await self.requisites.supply(turn(), HOTEL, SUPPLIED | given, BY)


@pytest.fixture
def office(stocked: Books, tmp_path: Path) -> Room:
    """On each database in turn."""
    return Room(stocked, tmp_path)


def wanted(kind: DocumentKind = DocumentKind.CONTRACT) -> Wanted:
    return Wanted(kind, HOTEL, "15", date(2026, 11, 27))


def given_a_contract(tx: Tx) -> None:
    tx._connection.execute(
        insert(Contract).values(
            external_id="c-1", client_id=HOTEL, name="Основний", number="7/24", dated=date(2024, 3, 1), active=True,
            main=True, payment_days=21, credit_limit=Money.of(30_000),
        )
    )  # fmt: skip


async def test_without_a_template_of_its_own_the_office_uses_the_sample(office: Room, tmp_path: Path) -> None:
    await office.supply()
    filled, _ = await office.templates.document(wanted(), tmp_path, signed=True)
    assert (filled.lacks, filled.template, filled.source) == ((), "зразок Komora", None)
    assert filled.recipient == Recipient("14360570", "hotel@example.com")
    assert filled.file is not None
    assert filled.file.name == "Договір поставки 15.docx"
    text = "\n".join(lines(filled.file))
    assert "ДОГОВІР ПОСТАВКИ № 15" in text
    assert "з відстроченням платежу на 7 (сім) календарних днів" in text
    assert "Ціни діють станом на 23 листопада 2026\u00a0р. Усього: 4 (чотири) позиції." in text


async def test_an_envelope_is_filled_by_its_own_number_and_days(office: Room, tmp_path: Path) -> None:
    await office.supply()
    filler: Filler = office.templates
    envelope = EnvelopeView(
        uuid4(), HOTEL, "", DocumentKind.CONTRACT, Stage.FILLING, 1, "Д-26-0001", date(2026, 11, 27),
        Terms(until=date(2026, 12, 31)), Asked(Asker.STAFF, "Оксана"), datetime(2026, 11, 27, tzinfo=UTC), "t",
    )  # fmt: skip
    filled = await filler.fill(envelope, tmp_path)
    assert filled.file is not None
    assert filled.file.name == "Договір поставки Д-26-0001.docx"
    assert "діє до 31 грудня 2026\u00a0р. включно" in "\n".join(lines(filled.file))


async def test_everything_that_is_missing_is_named_at_once(office: Room, tmp_path: Path) -> None:
    filled, _ = await office.templates.document(wanted(), tmp_path, signed=True)
    assert filled.file is None
    assert filled.lacks == (
        "немає підстави, на якій діє підписант (Статуту, довіреності) клієнта: введіть командою /rekvizyty",
        "немає імені підписанта в родовому відмінку клієнта: введіть командою /rekvizyty",
        "немає посади підписанта в родовому відмінку клієнта: введіть командою /rekvizyty",
        "немає адреси клієнта: введіть командою /rekvizyty",
        "немає телефону клієнта: введіть командою /rekvizyty",
        "немає електронної пошти клієнта: введіть командою /rekvizyty",
        "немає посади підписанта клієнта: введіть командою /rekvizyty",
        "немає підписанта клієнта: введіть командою /rekvizyty",
    )


async def test_a_client_without_a_code_or_prices_cannot_have_a_contract(office: Room, tmp_path: Path) -> None:
    await office.supply()
    await office.books.write(
        lambda tx: tx._connection.execute(
            update(Client).where(Client.id == HOTEL).values(tax_code=None, price_type_id=None)
        )
    )
    filled, _ = await office.templates.document(wanted(), tmp_path, signed=True)
    assert filled.lacks == (
        "немає коду ЄДРПОУ або РНОКПП клієнта: заповніть у 1С",
        "для клієнта немає цін: перевірте його тип цін у 1С",
    )


async def test_nobody_is_no_client(office: Room, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        await office.templates.document(replace(wanted(), client_id=uuid4()), tmp_path, signed=True)


async def test_an_additional_agreement_names_the_contract_of_1c_and_its_terms(office: Room, tmp_path: Path) -> None:
    await office.supply()
    await office.books.write(given_a_contract)
    filled, _ = await office.templates.document(wanted(DocumentKind.AMENDMENT), tmp_path, signed=True)
    assert filled.file is not None
    text = "\n".join(lines(filled.file))
    assert "до договору поставки №\u00a07/24 від 1 березня 2024\u00a0р." in text
    assert "на 21 (двадцять один) календарний день" in text
    assert "становить 30\u00a0000,00\u00a0грн (тридцять тисяч гривень 00 копійок)" in text


async def test_an_additional_agreement_to_nothing_is_not_made(office: Room, tmp_path: Path) -> None:
    """The sample names the contract as a whole; without one there is nothing to change."""
    await office.supply()
    filled, _ = await office.templates.document(wanted(DocumentKind.AMENDMENT), tmp_path, signed=True)
    assert filled.lacks == (
        "немає номера договору: у клієнта немає основного договору в 1С",
        "немає дати договору: заповніть її в 1С",
    )


async def test_an_act_waits_for_fresh_debts(office: Room, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await office.templates.document(wanted(DocumentKind.RECONCILIATION), tmp_path, signed=True)


async def test_a_pdf_goes_on_with_the_document_it_was_made_of(stocked: Books, tmp_path: Path) -> None:
    office = Room(stocked, tmp_path, Pdf())
    await office.supply()
    filled, _ = await office.templates.document(wanted(), tmp_path, signed=True)
    assert [path.name for path in (filled.file, filled.source) if path] == [
        "Договір поставки 15.pdf", "Договір поставки 15.docx",
    ]  # fmt: skip


async def test_where_no_pdf_can_be_made_the_document_goes_on(stocked: Books, tmp_path: Path) -> None:
    office = Room(stocked, tmp_path, Pdf(fails=True))
    await office.supply()
    filled, _ = await office.templates.document(wanted(), tmp_path, signed=True)
    assert filled.file is not None
    assert (filled.file.suffix, filled.source) == (".docx", None)


async def test_a_file_becomes_a_version_and_is_used(office: Room, tmp_path: Path) -> None:
    await office.supply()
    offer = await office.templates.offer("наш договір.docx", written(*CONTRACT), BY)
    assert (offer.likely, offer.problems[DocumentKind.CONTRACT], offer.fields) == (DocumentKind.CONTRACT, (), 5)
    taken = await office.templates.take(turn(), offer.file.id, DocumentKind.CONTRACT, BY)
    assert (taken.version, taken.name, taken.by_name, taken.sha256) == (
        1, "наш договір.docx", "Леся", offer.file.sha256,
    )  # fmt: skip
    filled, _ = await office.templates.document(wanted(), tmp_path, signed=True)
    assert filled.template == "наш договір.docx, версія 1"


async def test_two_lawyers_who_take_one_file_make_one_version(office: Room) -> None:
    content = written(*CONTRACT)
    offer = await office.templates.offer("а.docx", content, BY)
    again = await office.templates.offer("інша назва.docx", content, ("Юрій", "telegram:3002"))
    assert again.file.id == offer.file.id
    await office.templates.take(turn(), offer.file.id, DocumentKind.CONTRACT, BY)
    await office.templates.take(turn("yurii="), offer.file.id, DocumentKind.CONTRACT, ("Юрій", "telegram:3002"))
    (version,) = (await office.templates.of_kind(DocumentKind.CONTRACT)).versions
    assert (version.version, version.by_name, version.in_use) == (1, "Леся", True)


async def test_lawyers_who_choose_at_once_do_not_stand_in_each_others_way(office: Room) -> None:
    contents = [written(*CONTRACT, f"варіант {n}") for n in range(3)]
    offers = await asyncio.gather(*(office.templates.offer("а.docx", content, BY) for content in contents * 2))
    await asyncio.gather(*(office.templates.take(turn(), offer.file.id, DocumentKind.CONTRACT, BY) for offer in offers))
    view = await office.templates.of_kind(DocumentKind.CONTRACT)
    assert [row.version for row in view.versions] == [3, 2, 1]
    assert sum(row.in_use for row in view.versions) == 1


async def test_an_older_version_and_the_sample_can_be_returned_to(office: Room) -> None:
    for name in ("перший", "другий"):
        offer = await office.templates.offer(f"{name}.docx", written(*CONTRACT, name), BY)
        await office.templates.take(turn(), offer.file.id, DocumentKind.CONTRACT, BY)
    assert [row.version for row in (await office.templates.of_kind(DocumentKind.CONTRACT)).versions] == [2, 1]
    assert in_use(await office.templates.use(turn(), DocumentKind.CONTRACT, 1)) == 1
    assert in_use(await office.templates.use(turn(), DocumentKind.CONTRACT, 0)) == 0
    with pytest.raises(NotFound):
        await office.templates.use(turn(), DocumentKind.CONTRACT, 9)


def in_use(view: object) -> int:
    row = getattr(view, "in_use", None)
    return row.version if row else 0


async def test_a_file_with_problems_is_no_template(office: Room) -> None:
    offer = await office.templates.offer("а.docx", written(*CONTRACT, "{{ клієнт.адресса }}"), BY)
    (problem,) = offer.problems[DocumentKind.CONTRACT]
    assert (problem.kind, problem.instead) == (ProblemKind.UNKNOWN_FIELD, "клієнт.адреса")
    with pytest.raises(Outdated):
        await office.templates.take(turn(), offer.file.id, DocumentKind.CONTRACT, BY)
    assert (await office.templates.of_kind(DocumentKind.CONTRACT)).versions == ()


async def test_a_file_that_became_nothing_is_forgotten_after_a_week(office: Room) -> None:
    left = await office.templates.offer("а.docx", written(*CONTRACT), BY)
    used = await office.templates.offer("б.docx", written(*CONTRACT, "б"), BY)
    await office.templates.take(turn(), used.file.id, DocumentKind.CONTRACT, BY)
    office.clock.moment = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    await office.templates.offer("в.docx", written(*CONTRACT, "в"), BY)
    assert (await office.templates.offered(used.file.id)).file.name == "б.docx"
    with pytest.raises(NotFound):
        await office.templates.offered(left.file.id)


async def test_every_sample_is_shown_filled_for_nobody(office: Room) -> None:
    names = [(await office.templates.example(kind)).name for kind in DocumentKind]
    assert names == ["Договір поставки (приклад).docx", "Додаткова угода (приклад).docx", "Акт звірки (приклад).docx"]


async def test_without_an_engine_nothing_is_taken_in(stocked: Books, tmp_path: Path) -> None:
    clock = Clock()
    facts = ContractFactsBook(stocked, PriceSheets(stocked, clock), Standing(stocked, clock), COMPANY, "")
    templates = Templates(stocked, None, None, facts, papers_in(tmp_path, clock), SAMPLES, clock)
    with pytest.raises(Refused):
        await templates.take_sent("ref", "a.docx", 10, BY)


async def test_what_staff_typed_wins_and_the_rest_stays(office: Room) -> None:
    await office.supply()
    view = await office.requisites.supply(turn(), HOTEL, {"signer": "Мельник Іван Петрович", "phone": ""}, BY)
    assert (view.known.signer, view.known.address, view.known.phone, view.known.code) == (
        "Мельник Іван Петрович", "м. Київ, вул. Хрещатик, 1", "", "14360570",
    )  # fmt: skip


async def test_a_topic_tells_whose_requisites_are_meant(office: Room) -> None:
    def opened(tx: Tx) -> None:
        topic = tx.desk.require_topic(
            MANAGERS, "-100", f"client:{HOTEL}", "Готель", office.clock(), client_id=HOTEL
        )  # fmt: skip
        tx.desk.opened(topic.id, "7", "Готель")

    await office.books.write(opened)
    assert await office.requisites.client_of_topic("-100", "7") == HOTEL
    assert await office.requisites.client_of_topic("-100", "8") is None
    assert await office.requisites.client_of_topic("-100", "") is None
