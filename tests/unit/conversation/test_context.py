"""What a turn leaves behind: nothing is awaited after it unless the handler says so."""

from datetime import UTC, datetime

import pytest

from bot.conversation.context import Context
from bot.conversation.event import Event, Kind, Sender
from bot.domain.client import Buyer, Identity
from bot.domain.dialogue import FREE, Dialogue
from bot.domain.errors import Forbidden
from bot.i18n import translator
from tests.support.wholesaler import uid

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
EVENT = Event("77", Sender("viber", "abc="), Kind.WROTE, AT, text="5")
AWAITING = Dialogue("quantity", {"card": "~pr1"})


def context(dialogue: Dialogue = FREE, buyer: Buyer | None = None) -> Context[None]:
    return Context(EVENT, Identity("viber", "abc=", dialogue=dialogue, buyer=buyer), None, translator("uk"), AT)


def buyer(*, orders: bool) -> Buyer:
    return Buyer(uid("Кафе «Ранок»"), "Кафе «Ранок»", None, None, None, orders=orders, pays=False, signs=False)


def test_the_turn_is_the_events() -> None:
    turn = context().turn
    assert (turn.channel, turn.external_id, turn.event_id, turn.at) == ("viber", "abc=", "77", AT)


def test_a_turn_that_awaited_nothing_and_asks_nothing_writes_no_dialogue() -> None:
    assert context().turn.dialogue is None


def test_a_turn_ends_what_was_awaited() -> None:
    assert context(AWAITING).turn.dialogue == FREE


def test_a_turn_that_keeps_the_dialogue_writes_none() -> None:
    ctx = context(AWAITING)
    ctx.keep()
    assert ctx.dialogue == AWAITING
    assert ctx.turn.dialogue is None


def test_a_question_is_written_with_the_turn() -> None:
    ctx = context(AWAITING)
    ctx.ask("found", query="молоко")
    assert ctx.turn.dialogue == Dialogue("found", {"query": "молоко"})


def test_the_same_question_again_writes_none() -> None:
    ctx = context(AWAITING)
    ctx.ask("quantity", card="~pr1")
    assert ctx.turn.dialogue is None


def test_the_next_words_are_in_the_language_chosen() -> None:
    ctx = context()
    ctx.speak("ru")
    assert ctx.tr.label("Cart") == "Корзина"


def test_only_somebody_with_the_role_orders() -> None:
    assert context(buyer=buyer(orders=True)).buyer.name == "Кафе «Ранок»"
    with pytest.raises(Forbidden):
        _ = context(buyer=buyer(orders=False)).buyer
    with pytest.raises(Forbidden):
        _ = context().buyer
