"""What a conversation leaves behind: events seen and kept, dialogues, and the fate of messages sent."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db.books import Books
from bot.db.models import SentMessage
from bot.db.tx import Tx
from bot.domain.dialogue import FREE, Dialogue, Turn
from tests.support.desk import MONDAY_MORNING

DAY = timedelta(days=1)


def turn(event_id: str, dialogue: Dialogue | None = None, external_id: str = "1") -> Turn:
    return Turn("viber", external_id, event_id, MONDAY_MORNING, dialogue)


async def test_an_event_is_new_once_in_its_channel(stocked: Books) -> None:
    async def first(event: Turn) -> bool:
        return await stocked.write(lambda tx: tx.dialogues.first_time(event))

    telegram = Turn("telegram", "1", "a", MONDAY_MORNING)
    assert [await first(turn("a")), await first(turn("a")), await first(telegram)] == [True, False, True]
    assert await first(turn("a", external_id="2")) is False  # ids are the channel's, whoever did it


async def test_old_events_are_forgotten_and_young_ones_are_not(stocked: Books) -> None:
    def see(tx: Tx) -> int:
        for days in range(4):
            tx.dialogues.first_time(Turn("viber", "1", str(days), MONDAY_MORNING + days * DAY))
        return tx.dialogues.forget_before(MONDAY_MORNING + 2 * DAY)

    assert await stocked.write(see) == 2
    again = await stocked.write(lambda tx: [tx.dialogues.first_time(turn(str(days))) for days in range(4)])
    assert again == [True, True, False, False]


async def test_a_dialogue_is_kept_replaced_and_ended(stocked: Books) -> None:
    async def save(dialogue: Dialogue | None) -> Dialogue:
        def do(tx: Tx) -> Dialogue:
            tx.accounts.meet("viber", "1", "Олена", MONDAY_MORNING, None)
            tx.dialogues.save(turn("x", dialogue))
            return tx.accounts.identity("viber", "1").dialogue

        return await stocked.write(do)

    note = Dialogue("note", {"чий": "Оленин 🥛"})
    assert [await save(FREE), await save(note), await save(None)] == [FREE, note, note]
    assert [await save(Dialogue("found", {"query": "x"})), await save(FREE)] == [
        Dialogue("found", {"query": "x"}),
        FREE,
    ]


async def test_an_event_is_kept_until_it_is_done_and_refused_afterwards(stocked: Books) -> None:
    async def keep(*events: tuple[str, str], channel: str = "viber") -> list[str]:
        return [body for _, body in await stocked.write(lambda tx: tx.inbox.keep(channel, events, MONDAY_MORNING))]

    assert await keep(("1", "one"), ("2", "two"), ("1", "one")) == ["one", "two"]
    assert await keep(("2", "two"), ("3", "three")) == ["three"]
    assert await keep(("1", "one"), channel="telegram") == ["one"]
    kept = await stocked.read(lambda tx: tx.inbox.kept("viber"))
    assert [body for _, body in kept] == ["one", "two", "three"]
    await stocked.write(lambda tx: tx.inbox.done(kept[1][0], MONDAY_MORNING))
    await stocked.write(lambda tx: tx.inbox.done(kept[1][0], MONDAY_MORNING))
    assert [body for _, body in await stocked.read(lambda tx: tx.inbox.kept("viber"))] == ["one", "three"]
    assert await keep(("2", "two")) == []


async def test_an_event_done_is_not_an_effect_done(stocked: Books) -> None:
    def done(tx: Tx) -> None:
        tx.inbox.done(tx.inbox.keep("viber", [("1", "one")], MONDAY_MORNING)[0][0], MONDAY_MORNING)

    await stocked.write(done)
    assert await stocked.write(lambda tx: tx.dialogues.first_time(turn("1"))) is True


@pytest.mark.parametrize(
    ("news", "end"),
    [
        ([], "sent"),
        (["delivered"], "delivered"),
        (["seen", "delivered"], "seen"),
        (["delivered", "delivered", "seen"], "seen"),
        (["failed"], "failed"),
        (["failed", "delivered"], "delivered"),
        (["seen", "failed"], "seen"),
        (["sent"], "sent"),
    ],
)
async def test_news_of_a_message_goes_forward_only(stocked: Books, news: list[str], end: str) -> None:
    def happen(tx: Tx) -> tuple[str, int | None]:
        tx.inbox.sent("viber", "1", "m", MONDAY_MORNING, 1)
        tx.inbox.sent("viber", "1", "m", MONDAY_MORNING + DAY, 2)
        for status in news:
            tx.inbox.delivered("viber", "m", status, MONDAY_MORNING)
            tx.inbox.delivered("viber", "another", status, MONDAY_MORNING)
        found = select(SentMessage.status, SentMessage.billing_status).where(SentMessage.message_id == "m")
        row = tx.inbox._connection.execute(found).one()
        return row.status, row.billing_status

    assert await stocked.write(happen) == (end, 1)


async def test_news_that_come_before_the_message_is_in_the_books_stay_with_it(stocked: Books) -> None:
    def happen(tx: Tx) -> tuple[str, str, int | None, datetime]:
        tx.inbox.delivered("viber", "m", "seen", MONDAY_MORNING)
        tx.inbox.sent("viber", "1", "m", MONDAY_MORNING + DAY, 1)
        row = tx.inbox._connection.execute(select(SentMessage.__table__)).one()
        return row.status, row.external_id, row.billing_status, row.sent_at

    assert await stocked.write(happen) == ("seen", "1", 1, MONDAY_MORNING + DAY)
