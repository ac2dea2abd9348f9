"""What begins with two strokes is for the staff alone, however it comes."""

import pytest
from sqlalchemy import select

from bot.conversation.event import Kind
from bot.db.models import RelayedMessage
from bot.domain.desk import is_note
from tests.services.desk.room import OLENA_TELEGRAM, DeskRoom, picture

KEPT = "Збережено як нотатку, бо належить до нотатки: клієнт цього не бачить."
NOTES = (
    "//боржник",
    "// боржник",
    "  \n// боржник",
    "\u200b//боржник",
    "\u2060\ufeff //боржник",
    "\u00a0//боржник",
    "／／боржник",
    "/／боржник",
    "\u202e//боржник",
    "\u0301//боржник",
    "//",
    "///",
)


async def parts(room: DeskRoom) -> list[str]:
    return await room.books.read(
        lambda tx: list(tx._connection.execute(select(RelayedMessage.part).order_by(RelayedMessage.at)).scalars())
    )


@pytest.mark.parametrize("text", NOTES)
def test_two_strokes_make_a_note_whatever_invisible_stands_before(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize("text", ["", " ", "/", "/ /", "добре // так", "https://example.ua", "\u200b", ".//"])
def test_strokes_elsewhere_make_none(text: str) -> None:
    assert not is_note(text)


@pytest.mark.parametrize("text", NOTES)
async def test_a_note_never_reaches_the_client_and_takes_nothing_over(room: DeskRoom, text: str) -> None:
    await room.asks()
    assert await room.answers(text) == ""
    assert (room.heard(), await parts(room)) == ([], ["question", "note"])
    assert await room.says("молоко") != ""


async def test_a_note_under_a_question_never_reaches_the_client(room: DeskRoom) -> None:
    question = await room.asks()
    await room.answers("// він нам винен", to=question.id)
    assert room.heard() == []


async def test_a_note_under_a_picture_keeps_the_picture_back(room: DeskRoom) -> None:
    room.telegram.files["ref"] = b"jpg"
    await room.asks()
    await room.answers("// скан договору", kind=Kind.SENT_FILE, file=picture())
    assert room.heard() == []


async def test_a_note_in_a_group_without_topics_never_reaches_the_client(room: DeskRoom) -> None:
    room.forum.allowed = False
    await room.says("Є хтось?", kind=Kind.SENT_FILE)
    (question,) = room.telegram.to("-100")
    await room.answers("// не поспішайте", thread="", to=question.id)
    assert room.heard() == []


async def test_what_answers_a_note_is_a_note_and_says_so(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("// дамо знижку?", message="900")
    assert await room.answers("Ні, він боржник", "Петро", to="900", message="901") == KEPT
    assert await room.answers("Згодна", to="901") == KEPT
    assert (room.heard(), await parts(room)) == ([], ["question", "note", "note", "note"])


async def test_an_album_with_a_note_anywhere_in_it_is_kept_back_whole(room: DeskRoom) -> None:
    room.telegram.files["ref"] = b"jpg"
    await room.asks()
    for text in ("", "// для своїх", ""):
        await room.answers(text, kind=Kind.SENT_FILE, file=picture(), album="a1")
    await room.later(seconds=10)
    assert (room.heard(), await parts(room)) == ([], ["question", "note", "note", "note"])


async def test_an_album_without_a_note_comes_whole_after_a_moment(room: DeskRoom) -> None:
    room.telegram.files["ref"] = b"jpg"
    await room.asks()
    for text in ("Ось прайс", "", ""):
        await room.answers(text, kind=Kind.SENT_FILE, file=picture(), album="a1")
    assert room.heard() == []
    await room.later(seconds=3)
    assert len(room.heard()) == 3


async def test_a_note_made_an_answer_by_an_edit_stays_a_note(room: DeskRoom) -> None:
    await room.asks("Коли?", OLENA_TELEGRAM)
    await room.answers("// він нам винен", message="900")
    assert await room.answers("він нам винен", message="900", kind=Kind.EDITED) == KEPT
    assert (room.heard(OLENA_TELEGRAM), await parts(room)) == ([], ["question", "note"])


async def test_an_answer_made_a_note_by_an_edit_changes_nothing_at_the_clients(room: DeskRoom) -> None:
    await room.asks("Коли?", OLENA_TELEGRAM)
    await room.answers("О дев’ятій", message="900")
    said = await room.answers("// він нам винен", message="900", kind=Kind.EDITED)
    assert said == "Клієнт уже отримав це повідомлення: нотатку з нього не зробити."
    assert room.heard(OLENA_TELEGRAM)[0].endswith("О дев’ятій")


async def test_an_answer_made_a_note_before_it_left_does_not_leave(room: DeskRoom) -> None:
    room.telegram.files["ref"] = b"jpg"
    await room.asks()
    await room.answers("скан", kind=Kind.SENT_FILE, file=picture(), album="a1", message="900")
    await room.answers("// скан", message="900", kind=Kind.EDITED)
    await room.later(seconds=10)
    assert room.heard() == []


async def test_the_button_makes_the_next_message_of_whoever_pressed_a_note(room: DeskRoom) -> None:
    await room.asks()
    said = await room.taps(room.card(), "Внутрішня нотатка")
    assert said == "Оксана, ваше наступне повідомлення тут буде нотаткою: клієнт його не побачить."
    await room.answers("Вітаю", "Петро")
    await room.answers("він нам винен")
    await room.answers("О дев’ятій")
    assert [text.rpartition("\n")[2] for text in room.heard()] == ["Вітаю", "О дев’ятій"]


async def test_the_button_is_forgotten_after_ten_minutes(room: DeskRoom) -> None:
    await room.asks()
    await room.taps(room.card(), "Внутрішня нотатка")
    await room.later(minutes=11)
    await room.answers("О дев’ятій")
    assert len(room.heard()) == 1


async def test_a_note_is_not_quoted_to_the_client(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("// він нам винен", message="900")
    await room.answers("О дев’ятій")
    assert "винен" not in "".join(room.heard())


async def test_what_looks_like_a_command_is_not_sent_to_the_client(room: DeskRoom) -> None:
    await room.asks()
    said = await room.answers("/help@komora_bot")
    assert said == "Те, що починається з /, клієнтові не надсилається. Нотатка починається з //."
    assert room.heard() == []
