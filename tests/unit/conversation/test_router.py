"""Which handler answers: a button by its type, a word from everywhere, a step's typed input, else the kind."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from markupsafe import Markup

from bot.conversation.context import Context
from bot.conversation.event import Event, Kind, Sender
from bot.conversation.router import Router
from bot.conversation.screen import Screen
from bot.domain.client import Identity
from bot.domain.dialogue import FREE, Dialogue
from bot.domain.errors import Outdated
from bot.i18n import translator
from keyboards.actions import AskManager, Browse, Home
from keyboards.menu import words

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ID = UUID(int=7)


@dataclass
class Nothing:
    """Services of a router under test."""


Ctx = Context[Nothing]


def said(text: str) -> Screen:
    return Screen(Markup("{}").format(text))


@pytest.fixture
def router() -> Router[Nothing]:
    table: Router[Nothing] = Router()

    @table.tap(Browse)
    async def browse(_: Event, __: Ctx, action: Browse) -> Screen:
        return said(f"category {action.category} page {action.page}")

    @table.tap(Home)
    async def home(_: Event, __: Ctx, ___: Home) -> Screen:
        return said("home")

    @table.step("note")
    async def note(event: Event, _: Ctx) -> Screen:
        return said(f"note {event.text}")

    @table.file_step("proof")
    async def proof(event: Event, _: Ctx) -> Screen:
        return said(f"proof {event.text}")

    @table.command("finance", "find")
    async def find(_: Event, __: Ctx, words: str) -> Screen:
        return said(f"found {words}")

    @table.kind(Kind.WROTE)
    async def wrote(event: Event, _: Ctx) -> Screen:
        return said(f"search {event.text}")

    @table.kind(Kind.SENT_FILE)
    async def sent_file(_: Event, __: Ctx) -> Screen:
        return said("a file")

    table.words({"Кошик": Browse(ID), "/Start": Home()})
    return table


async def answer(router: Router[Nothing], kind: Kind, *, text: str = "", action: str = "", step: str = "") -> str:
    event = Event("1", Sender("telegram", "1"), kind, AT, text=text, action=action)
    who = Identity("telegram", "1", dialogue=Dialogue(step) if step else FREE)
    screen = await router.answer(event, Context(event, who, Nothing(), translator("uk"), AT))
    assert screen is not None
    return str(screen.text)


async def test_a_button_is_answered_by_its_type_with_its_fields(router: Router[Nothing]) -> None:
    assert await answer(router, Kind.TAPPED, action=Browse(ID, 3).pack()) == f"category {ID} page 3"


async def test_a_button_is_answered_also_while_input_is_awaited(router: Router[Nothing]) -> None:
    assert await answer(router, Kind.TAPPED, action=Home().pack(), step="note") == "home"


@pytest.mark.parametrize("typed", ["Кошик", "кошик", "  КОШИК \n", "/start", "/START"])
async def test_a_word_is_as_good_as_its_button_from_every_state(router: Router[Nothing], typed: str) -> None:
    expected = "home" if "/" in typed else f"category {ID} page 0"
    assert await answer(router, Kind.WROTE, text=typed) == expected
    assert await answer(router, Kind.WROTE, text=typed, step="note") == expected


async def test_typed_input_goes_to_the_step_that_awaits_it(router: Router[Nothing]) -> None:
    assert await answer(router, Kind.WROTE, text="кошик яблук", step="note") == "note кошик яблук"


async def test_typed_text_that_nothing_awaits_goes_to_the_kind(router: Router[Nothing]) -> None:
    assert await answer(router, Kind.WROTE, text="молоко") == "search молоко"
    assert await answer(router, Kind.WROTE, text="молоко", step="a step of an older program") == "search молоко"


async def test_a_step_awaits_text_only(router: Router[Nothing]) -> None:
    assert await answer(router, Kind.SENT_FILE, step="note") == "a file"


@pytest.mark.parametrize("forged", ["", "~zz1", "Кошик", "~br1:1:1"])
async def test_a_payload_of_no_button_is_outdated(router: Router[Nothing], forged: str) -> None:
    with pytest.raises(Outdated):
        await answer(router, Kind.TAPPED, action=forged)


def test_two_handlers_for_one_thing_are_refused(router: Router[Nothing]) -> None:
    async def other(_: Event, __: Ctx) -> Screen:
        raise NotImplementedError

    async def other_tap(_: Event, __: Ctx, ___: Browse) -> Screen:
        raise NotImplementedError

    with pytest.raises(ValueError, match="Browse has a handler already"):
        router.tap(Browse)(other_tap)
    with pytest.raises(ValueError, match="step note has a handler already"):
        router.step("note")(other)
    with pytest.raises(ValueError, match="two handlers for"):
        router.include(router)


def test_the_menu_can_be_typed_in_every_language() -> None:
    known = words()
    assert known["Замовити"] == known["Заказать"] == known["Order goods"] == Browse()
    assert known["Менеджер"] == known["Manager"] == known["/help"] == AskManager()
    assert known["/start"] == known["/cancel"] == known["Скасувати"] == known["Отменить"] == Home()


async def test_a_file_is_answered_where_it_is_awaited_and_by_its_kind_elsewhere(router: Router[Nothing]) -> None:
    assert await answer(router, Kind.SENT_FILE, text="платіжка", step="proof") == "proof платіжка"
    assert await answer(router, Kind.SENT_FILE, step="note") == "a file"


def test_two_handlers_of_one_kind_of_file_are_refused(router: Router[Nothing]) -> None:
    async def other(_: Event, __: Ctx, ___: str = "") -> Screen:
        return said("other")

    with pytest.raises(ValueError, match="proof"):
        router.file_step("proof")(other)
    with pytest.raises(ValueError, match="find"):
        router.command("finance", "find")(other)


@pytest.mark.parametrize(("text", "heard"), [("/find x", True), ("/FIND@bot", True), ("find", False), ("/lose", False)])
def test_a_desk_hears_its_own_commands_alone(router: Router[Nothing], text: str, *, heard: bool) -> None:
    event = Event("1", Sender("telegram", "1"), Kind.WROTE, AT, text=text)
    assert router.concerns("finance", event) is heard
    assert not router.concerns("managers", event)


async def test_a_command_gets_the_words_after_it(router: Router[Nothing]) -> None:
    event = Event("1", Sender("telegram", "1"), Kind.WROTE, AT, text="/find@komora_bot  Кафе   «Ранок» ")
    who = Identity("telegram", "1", desk="finance")
    screen = await router.answer(event, Context(event, who, Nothing(), translator("uk"), AT))
    assert screen is not None
    assert str(screen.text) == "found Кафе «Ранок»"
