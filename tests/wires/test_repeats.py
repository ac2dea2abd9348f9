"""What a messenger says twice, at the worst moment."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, create_engine, text

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dialogue import FREE, Dialogue, Turn
from tests.conftest import create_schema
from tests.support.desk import MONDAY_MORNING, Office
from tests.support.neutral import NeutralLine
from tests.support.wholesaler import OLENA_PHONE


def _waiting_for_a_lock(connection: Connection) -> bool:
    waiting = connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one()
    connection.rollback()
    return bool(waiting)


def test_an_event_repeated_while_it_is_being_done_is_not_kept_again(postgres_url: str) -> None:
    create_schema(postgres_url)
    engine = create_engine(postgres_url)
    repeated = [("1", "one")]
    with ThreadPoolExecutor(1) as pool, engine.connect() as finishing, engine.connect() as keeping:
        ((kept_id, _),) = Tx(finishing).inbox.keep("viber", repeated, MONDAY_MORNING)
        finishing.commit()
        Tx(finishing).inbox.done(kept_id, MONDAY_MORNING)
        again = pool.submit(Tx(keeping).inbox.keep, "viber", repeated, MONDAY_MORNING)
        with engine.connect() as watching:
            while not (again.done() or _waiting_for_a_lock(watching)):
                pass
        finishing.commit()
        assert again.result(timeout=15) == []
    engine.dispose()


@pytest.fixture
async def olena(office: Office) -> NeutralLine:
    """Somebody who has joined, with the card of milk on the screen."""
    line = NeutralLine(office.pipeline, "telegram", "1001")
    await line.share_phone(OLENA_PHONE)
    await line.write("10661")
    await line.tap("1")
    return line


async def test_a_typed_quantity_told_again_is_answered_as_a_quantity(olena: NeutralLine) -> None:
    await olena.tap("Ввести кількість")
    first = await olena.write("2 ящ")
    assert "2\u00a0ящ (24\u00a0шт)" in first.text
    assert await olena.again() == first


async def test_a_note_told_again_is_answered_with_the_summary(olena: NeutralLine) -> None:
    await olena.tap("+5 ящ")
    await olena.write("Кошик")
    for label in ("Оформити: 2\u00a0874,00\u00a0грн", "Ранок на Подолі", "Вт 24.11", "Примітка"):
        await olena.tap(label)
    first = await olena.write("до обіду")
    assert "Примітка: до обіду" in first.text
    assert await olena.again() == first


async def test_a_code_told_again_is_answered_with_the_welcome(office: Office) -> None:
    line = NeutralLine(office.pipeline, "viber", "b2xlbmE=", proves_phones=False)
    await line.share_phone(OLENA_PHONE)
    code = re.search(r"\d{6}", office.sms.sent[-1][1])
    assert code
    first = await line.write(code[0])
    assert "Олена" in first.text
    assert await line.again() == first


async def test_what_is_typed_after_the_quantity_is_a_search_again(olena: NeutralLine) -> None:
    await olena.tap("Ввести кількість")
    await olena.write("2 ящ")
    await olena.again()
    assert "«вершки»" in (await olena.write("вершки")).text


async def test_an_event_told_again_finds_the_dialogue_as_it_found_it_first(books: Books) -> None:
    asked, found = Dialogue("quantity", {"card": "~p1"}), Dialogue("found", {"query": "молоко"})

    def talk(tx: Tx) -> list[Dialogue]:
        tx.accounts.meet("viber", "1", "Олена", MONDAY_MORNING, None)
        for event_id, dialogue in (("1", asked), ("2", found), ("2", found), ("3", FREE)):
            tx.dialogues.save(Turn("viber", "1", event_id, MONDAY_MORNING, dialogue))
            seen.append(tx.accounts.identity("viber", "1", event_id).dialogue)
        return [tx.accounts.identity("viber", "1", later).dialogue for later in ("4", None)]

    seen: list[Dialogue] = []
    assert await books.write(talk) == [FREE, FREE]
    assert seen == [FREE, asked, asked, found]
