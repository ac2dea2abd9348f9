"""Words of a level's text message are changed by finance: drafted, saved, and refused where they cannot stand."""

import pytest

from bot.db.books import Books
from bot.domain.errors import Refused
from bot.services.ladders import Ladders
from handlers.app import default_ladder
from tests.support.desk import Clock

OKSANA = ("Оксана", "telegram:2001")
WORDS = "{company}: {overdue} з {due}. {link}"


@pytest.fixture
def ladders(books: Books) -> Ladders:
    """On each database in turn."""
    return Ladders(books, default_ladder(), Clock())


async def sms(ladders: Ladders, level: str) -> dict[str, str]:
    found = (await ladders.current()).level(level)
    assert found is not None
    return dict(found.sms)


async def test_words_of_an_sms_count_from_when_they_are_saved(ladders: Ladders) -> None:
    before = await sms(ladders, "late_7")
    draft = await ladders.draft("late_7", "sms.uk", WORDS, OKSANA)
    assert (draft.level.sms["uk"], await sms(ladders, "late_7")) == (WORDS, before)
    saved = await ladders.save(draft.id)
    assert (saved.field, saved.level.sms) == ("sms.uk", before | {"uk": WORDS})
    assert await sms(ladders, "late_7") == before | {"uk": WORDS}


async def test_a_level_without_an_sms_gets_one_in_one_language(ladders: Ladders) -> None:
    await ladders.save((await ladders.draft("late_1", "sms.uk", WORDS, OKSANA)).id)
    assert await sms(ladders, "late_1") == {"uk": WORDS}


@pytest.mark.parametrize("words", ["{company}: {overdue}", "{link}" + "д" * 200, "{link} {sum}", "{link} {"])
async def test_words_that_cannot_stand_are_refused(ladders: Ladders, words: str) -> None:
    with pytest.raises(Refused) as caught:
        await ladders.draft("late_7", "sms.uk", words, OKSANA)
    assert caught.value.code == "bad_ladder"
