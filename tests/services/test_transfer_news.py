"""A client hears of a booked transfer once, and of a correction only where they had heard of the booking."""

from pathlib import Path

import pytest

from bot.domain.dispatch import DispatchState
from bot.domain.money import Money
from bot.domain.notice import NoticeKind
from tests.db.people import OLENA
from tests.services.backroom import Backroom, Told
from tests.services.test_bank import OKSANA, Till, loaded, owes, paid
from tests.services.test_telling import Voice

BOOKED = (
    "Дякуємо, ваш переказ надійшов.\n\n"
    "1 600,00 грн від 23 листопада:\n"
    "• Накладна РН-77 від 10.11.2026: 1 000,10 грн, сплачено повністю\n"
    "• Накладна РН-81 від 10.11.2026: 500,20 грн, сплачено повністю\n"
    "• аванс: 99,70 грн\n\n"
    "Зараз боргів немає."
)


@pytest.fixture
async def till(backroom: Backroom) -> Till:
    """On each database in turn."""
    await backroom.sign_in(OLENA, "viber", "olena")
    till = Till(backroom)
    await owes(till)
    return till


@pytest.fixture
def voice(till: Till, tmp_path: Path) -> Voice:
    return Voice(till.room, tmp_path)


async def undo(till: Till) -> None:
    await till.desk.undo(1, (await till.line()).row.booking, OKSANA)


async def heard(voice: Voice) -> list[str]:
    """All that was said so far, with plain blanks."""
    return [said.replace("\u00a0", " ") for _, said in await voice.speak()]


async def told(till: Till) -> list[Told]:
    return await till.room.told()


async def test_a_booked_transfer_is_told_once_with_what_it_paid_and_what_went_ahead(till: Till, voice: Voice) -> None:
    line = paid("1600.00", "накл. РН-77, РН-81")
    await till.takes(line)
    await till.takes(line)
    await till.desk.split(1, [("РН-77", "1000.10"), ("РН-81", "500.20")], OKSANA)
    assert await heard(voice) == [BOOKED]
    assert await told(till) == [Told("viber:olena", "transfer_came", "1")]


async def test_what_is_left_of_a_document_and_in_all_is_told(till: Till, voice: Voice) -> None:
    await till.takes(paid("600.00"))
    await till.desk.split(1, [("РН-77", "600")], OKSANA)
    (said,) = await heard(voice)
    assert said == (
        "Дякуємо, ваш переказ надійшов.\n\n"
        "600,00 грн від 23 листопада:\n"
        "• Накладна РН-77 від 10.11.2026: 600,00 грн, лишилося 400,10 грн\n\n"
        "Лишилося сплатити: 900,30 грн\nПрострочено: 900,30 грн"
    )


async def test_what_1c_had_posted_before_is_not_told(till: Till) -> None:
    till.room.ledger.loaded = [loaded("1000.10", posted=True)]
    view = await till.takes_one(paid("1000.10", "накл. РН-77", number="12"))
    assert await told(till) == []
    await till.desk.undo(1, view.row.booking, OKSANA)
    await till.desk.split(1, [("РН-77", "1000.10")], OKSANA)
    assert await told(till) == []


async def test_a_draft_of_1c_is_told_because_it_paid_nothing_until_now(till: Till) -> None:
    till.room.ledger.loaded = [loaded("1000.10", posted=False)]
    await till.takes(paid("1000.10", "накл. РН-77", number="12"))
    assert await told(till) == [Told("viber:olena", "transfer_came", "1")]


async def test_a_booking_undone_before_it_was_told_is_never_spoken_of(till: Till, voice: Voice) -> None:
    await till.takes(paid("1000.10", "накл. РН-77"))
    await till.room.route()
    await undo(till)
    assert await voice.speak() == []
    rows = await till.room.books.read(lambda tx: tx.dispatches.journal(10))
    assert [(row.notice.kind, row.state, row.reason) for row in rows if row.person_id == OLENA] == [
        (NoticeKind.TRANSFER_CAME, DispatchState.DROPPED, "undone")
    ]


async def test_a_booking_undone_after_it_was_told_is_corrected_and_a_new_one_is_told_again(
    till: Till, voice: Voice
) -> None:
    await till.takes(paid("1000.10", "накл. РН-77"))
    await voice.speak()
    await undo(till)
    await till.desk.split(1, [("РН-81", "500.20")], OKSANA)
    first, correction, second = await heard(voice)
    assert "РН-77" in first
    assert correction == (
        "Ми помилилися щодо переказу, вибачте.\n\n"
        "Ми писали, що зарахували вам 1 000,10 грн від 23 листопада. Це скасовано: з’ясовуємо і напишемо, щойно "
        "зарахуємо.\n\n"
        "Вам нічого робити не треба. Що зараз до сплати, видно в «Мій баланс»."
    )
    assert "аванс: 499,90 грн" in second


async def test_what_was_set_aside_and_brought_back_is_not_spoken_of(till: Till) -> None:
    await till.takes(paid("7.00"))
    await till.desk.ignore(1, OKSANA)
    await undo(till)
    assert await told(till) == []


async def test_a_booking_that_is_of_another_client_by_now_is_not_drawn_for_the_first(till: Till, voice: Voice) -> None:
    await till.takes(paid("1000.10", "накл. РН-77"))
    transfers, ranok = voice.telling._services.transfers, (await till.line()).row.client_id
    assert ranok is not None
    seen = await transfers.booked(1, 1, ranok)
    assert seen is not None
    assert (seen.amount, seen.advance) == (Money.of("1000.10"), Money(0))
    assert await transfers.booked(1, 2, ranok) is None
    assert await transfers.booked(1, 1, OLENA) is None
    assert await transfers.booked(9, 1, ranok) is None
