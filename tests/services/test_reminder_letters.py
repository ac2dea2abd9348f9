"""A reminder by letter brings the client's statement at the levels that say so, and leaves without it where it must."""

from dataclasses import replace
from datetime import date

from bot.domain.mail import Letter
from bot.services.papers import Papers
from tests.services.cashbox import Cashbox
from tests.services.reminding import FRIDAY, Reminding
from tests.services.test_receivables_in import debt
from tests.services.ways import MAILBOX, Ways

SAID = "Виписку за останні три місяці додано."


async def reminded(ways: Ways, *, late: int) -> Letter:
    """The café's only debt is so many days late on a Friday, and Andrii, who pays, reads letters."""
    await ways.change(email=MAILBOX)
    reminding = Reminding(Cashbox(ways.room))
    reminding.at(FRIDAY, 9)
    await reminding.cashbox.owes(debt("d1", "1000.00", due=date(2026, 11, 27 - late)))
    await reminding.morning(FRIDAY)
    await ways.speak()
    (letter,) = ways.post.letters
    return letter


async def test_a_letter_of_a_later_level_brings_the_statement(ways: Ways) -> None:
    letter = await reminded(ways, late=7)
    (one,) = letter.attachments
    assert (one.name, one.mime, one.content[:5]) == (
        "Виписка Кафе «Ранок» 27.11.2026.pdf", "application/pdf", b"%PDF-",
    )  # fmt: skip
    assert letter.text.startswith("Минуло 7 дн. від строку оплати, прострочено 1\u00a0000,00\u00a0грн.")
    assert SAID in letter.text
    assert SAID in letter.html


async def test_a_letter_of_an_early_level_brings_words_alone(ways: Ways) -> None:
    letter = await reminded(ways, late=1)
    assert letter.text.startswith("Добрий день! Мабуть, оплату просто відклали")
    assert (letter.attachments, SAID in letter.text) == ((), False)


async def test_a_letter_leaves_without_its_statement_where_no_paper_can_be_drawn(ways: Ways) -> None:
    ways.telling._services = replace(ways.telling._services, papers=Papers())
    letter = await reminded(ways, late=14)
    assert letter.text.startswith("Уже 14 дн. від строку оплати")
    assert (letter.attachments, SAID in letter.text) == ((), False)
