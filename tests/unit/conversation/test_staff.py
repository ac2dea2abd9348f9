"""Groups of the wholesaler's own people: a desk's buttons work in its group, and nowhere else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

import pytest
from markupsafe import Markup
from structlog.testing import capture_logs

from bot.conversation.action import Action, payload
from bot.conversation.context import Context
from bot.conversation.event import Event, File, Kind, Sender
from bot.conversation.pipeline import Pipeline
from bot.conversation.router import Router
from bot.conversation.screen import Screen, Show
from bot.conversation.turns import Throttle
from bot.db.books import Books
from bot.db.tx import Tx
from bot.services.arrivals import came
from handlers.errors import trouble
from handlers.menu import frame
from keyboards.actions import Home
from tests.support.desk import MONDAY_MORNING, Clock
from tests.support.wholesaler import OLENA_PHONE

MANAGERS, FINANCE, STRANGERS = "-100500", "-100600", "-100700"
VIRA = Sender("telegram", "501", "Віра", "en")
OLENA = Sender("telegram", "1001", "Олена", "uk")
_ids = count(1)


@payload("stafftestaccept")
@dataclass(frozen=True, slots=True)
class Accept(Action):
    """Of the managers."""

    number: int = 0


@payload("stafftestpaid")
@dataclass(frozen=True, slots=True)
class Paid(Action):
    """Of finance."""


@dataclass
class Stage:
    """Services of the pipeline under test: who did what."""

    done: list[tuple[str, str, str]] = field(default_factory=list)
    people: list[UUID | None] = field(default_factory=list)


Ctx = Context[Stage]


def build_router() -> Router[Stage]:
    router: Router[Stage] = Router()

    @router.staff("managers", Accept)
    async def accept(event: Event, ctx: Ctx, action: Accept) -> Screen:
        ctx.services.done.append((ctx.who.desk, ctx.who.name, ctx.who.external_id))
        ctx.services.people.append(ctx.who.person_id)
        if action.number == 13:
            raise ZeroDivisionError
        if action.number == 14:
            ctx.ask("reason")
        return Screen(ctx.tr.say("Cart"), notice=str(action.number))

    @router.staff("finance", Paid)
    async def paid(_: Event, ctx: Ctx, __: Paid) -> Screen:
        return Screen(Markup("оплачено"))

    @router.command("finance", "debts")
    async def debts(_: Event, ctx: Ctx, typed: str) -> Screen:
        ctx.services.done.append((ctx.who.desk, "debts", typed))
        return Screen(Markup("борги"))

    @router.tap(Home)
    async def home(_: Event, ctx: Ctx, __: Home) -> Screen:
        return Screen(Markup("клієнтові"))

    return router


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
async def pipeline(shop: Books, stage: Stage) -> AsyncIterator[Pipeline[Stage]]:
    yield open_pipeline(shop, stage)


def open_pipeline(books: Books, stage: Stage) -> Pipeline[Stage]:
    return Pipeline(
        books,
        build_router(),
        stage,
        now=Clock(),
        frame=frame,  # type: ignore[arg-type]  # of these three none looks at the services here
        trouble=trouble,  # type: ignore[arg-type]
        calm=lambda _: Screen(Markup("calm")),
        came=came,
        staff={MANAGERS: "managers", FINANCE: "finance"},
    )


def tapped(action: Action | str, place: str = MANAGERS, sender: Sender = VIRA) -> Event:
    packed = action if isinstance(action, str) else action.pack()
    return Event(str(next(_ids)), sender, Kind.TAPPED, MONDAY_MORNING, action=packed, place=place)


async def text(pipeline: Pipeline[Stage], event: Event) -> str:
    screen = await pipeline.answer(event)
    assert screen is not None
    return str(screen.text)


async def test_a_desks_button_works_in_its_group_in_the_products_language(
    pipeline: Pipeline[Stage], stage: Stage
) -> None:
    screen = await pipeline.answer(tapped(Accept(7)))
    assert screen == Screen(Markup("Кошик"), notice="7")
    assert stage.done == [("managers", "Віра", "501")]


async def test_whoever_presses_in_a_group_does_not_become_an_account(pipeline: Pipeline[Stage], shop: Books) -> None:
    await pipeline.answer(tapped(Accept(7)))
    seen = await shop.read(lambda tx: tx.accounts.identity("telegram", "501"))
    assert (seen.known, seen.last_event_at) == (False, None)


async def test_a_client_is_nobodys_client_in_a_staff_group(
    pipeline: Pipeline[Stage], shop: Books, stage: Stage
) -> None:
    def join(tx: Tx) -> None:
        tx.accounts.meet("telegram", "1001", "Олена", MONDAY_MORNING, None)
        tx.accounts.sign_in("telegram", "1001", tx.accounts.people_with_phone(OLENA_PHONE)[0], MONDAY_MORNING)

    await shop.write(join)
    screen = await pipeline.answer(tapped(Accept(7), sender=OLENA))
    assert screen is not None
    assert screen.menu == ()
    assert stage.people == [None]


@pytest.mark.parametrize(
    ("place", "desk", "words"),
    [
        ("", "", "Ця кнопка працює лише в тій групі працівників, для якої її створено."),
        (FINANCE, "finance", "Це для іншої групи працівників. Натисніть кнопку там."),
    ],
)
async def test_a_staff_button_pressed_elsewhere_does_nothing_and_is_logged_without_its_content(
    pipeline: Pipeline[Stage], stage: Stage, place: str, desk: str, words: str
) -> None:
    with capture_logs() as logs:
        assert await text(pipeline, tapped(Accept(1234567), place)) == words
    assert stage.done == []
    (entry,) = logs
    assert (entry["event"], entry["action"], entry["desk"]) == ("staff action refused", "stafftestaccept", desk)
    assert "1234567" not in repr(logs)


async def test_a_staff_payload_typed_in_viber_does_nothing(pipeline: Pipeline[Stage], stage: Stage) -> None:
    await pipeline.answer(tapped(Accept(7), "", Sender("viber", "olena=", "Олена")))
    assert stage.done == []


async def test_an_ordinary_button_in_a_staff_group_is_outdated(pipeline: Pipeline[Stage]) -> None:
    screen = await pipeline.answer(tapped(Home()))
    assert screen is not None
    assert screen.text == "Ця кнопка застаріла. Чинні кнопки — під останнім повідомленням про цю справу."
    assert (screen.rows, screen.menu, screen.show) == ((), (), Show.SEND)


async def test_what_is_no_payload_is_outdated_in_a_staff_group_too(pipeline: Pipeline[Stage]) -> None:
    assert "застаріла" in await text(pipeline, tapped("~забава"))


@pytest.mark.parametrize("action", [Accept(7), Home()])
async def test_a_group_of_strangers_gets_no_screen(pipeline: Pipeline[Stage], stage: Stage, action: Action) -> None:
    assert await pipeline.answer(tapped(action, STRANGERS)) is None
    assert stage.done == []


@pytest.mark.parametrize("place", [MANAGERS, STRANGERS])
@pytest.mark.parametrize("kind", [Kind.WROTE, Kind.STARTED, Kind.SENT_FILE, Kind.SHARED_PHONE, Kind.LEFT])
async def test_nothing_but_a_tap_and_a_desks_command_is_heard_in_a_group(
    pipeline: Pipeline[Stage], place: str, kind: Kind
) -> None:
    event = Event(str(next(_ids)), VIRA, kind, MONDAY_MORNING, text="/start", place=place)
    assert await pipeline.answer(event) is None


@pytest.mark.parametrize(
    ("written", "words"),
    [("/debts", ""), ("/DEBTS@komora_bot", ""), (" /debts  Кафе\n«Ранок» ", "Кафе «Ранок»"), ("/debts ~x1", "~x1")],
)
async def test_a_desks_command_is_answered_in_its_group_with_the_words_after_it(
    pipeline: Pipeline[Stage], stage: Stage, written: str, words: str
) -> None:
    event = Event(str(next(_ids)), VIRA, Kind.WROTE, MONDAY_MORNING, text=written, place=FINANCE)
    assert await text(pipeline, event) == "борги"
    assert stage.done == [("finance", "debts", words)]


@pytest.mark.parametrize("place", [MANAGERS, STRANGERS])
async def test_a_command_of_another_desk_is_not_heard(pipeline: Pipeline[Stage], stage: Stage, place: str) -> None:
    event = Event(str(next(_ids)), VIRA, Kind.WROTE, MONDAY_MORNING, text="/debts", place=place)
    assert await pipeline.answer(event) is None
    assert stage.done == []


@pytest.mark.parametrize("written", ["debts", "/debt", "/debts!", "//debts", "/debts_all", "дай /debts"])
async def test_what_only_looks_like_a_command_is_not_heard(
    pipeline: Pipeline[Stage], stage: Stage, written: str
) -> None:
    event = Event(str(next(_ids)), VIRA, Kind.WROTE, MONDAY_MORNING, text=written, place=FINANCE)
    assert await pipeline.answer(event) is None
    assert stage.done == []


async def test_a_command_and_a_file_are_heard_in_the_group_of_their_desk_alone(books: Books, stage: Stage) -> None:
    router = build_router()

    @router.command("finance", "bank")
    async def bank(event: Event, ctx: Context[Stage], words: str) -> Screen:
        return Screen(Markup("bank {}").format(words))

    @router.file("finance")
    async def file(event: Event, ctx: Context[Stage]) -> Screen:
        return Screen(Markup("file"))

    pipeline = Pipeline(
        books, router, stage, now=Clock(), frame=frame, trouble=trouble,  # type: ignore[arg-type]
        calm=lambda _: Screen(Markup("calm")), came=came, staff={MANAGERS: "managers", FINANCE: "finance"},
    )  # fmt: skip

    async def said(kind: Kind, place: str, words: str = "") -> str | None:
        file = File("document", "виписка.txt", ref="1") if kind is Kind.SENT_FILE else None
        event = Event(str(next(_ids)), VIRA, kind, MONDAY_MORNING, text=words, file=file, place=place)
        screen = await pipeline.answer(event)
        return None if screen is None else str(screen.text)

    assert await said(Kind.WROTE, FINANCE, "/bank 37") == "bank 37"
    assert await said(Kind.SENT_FILE, FINANCE) == "file"
    assert await said(Kind.WROTE, FINANCE, "/bankrupt") is None
    assert await said(Kind.WROTE, FINANCE, "  ") is None
    for place in (MANAGERS, STRANGERS):
        assert await said(Kind.WROTE, place, "/bank") is None
        assert await said(Kind.SENT_FILE, place) is None


async def test_a_failure_is_told_to_the_group_without_a_way_to_the_shop(pipeline: Pipeline[Stage]) -> None:
    with capture_logs() as logs:
        screen = await pipeline.answer(tapped(Accept(13)))
    assert screen is not None
    assert f"адміністратору номер <code>{logs[0]['number']}</code>" in screen.text
    assert (screen.rows, screen.menu) == ((), ())


async def test_a_desk_awaits_no_typed_words(pipeline: Pipeline[Stage]) -> None:
    with capture_logs() as logs:
        await pipeline.answer(tapped(Accept(14)))
    assert isinstance(logs[0]["exc_info"], ValueError)


async def test_one_too_fast_in_a_group_is_not_answered_there_and_others_are(pipeline: Pipeline[Stage]) -> None:
    pipeline._throttle = Throttle(1, lambda: 0.0)
    assert await pipeline.answer(tapped(Accept(7))) is not None
    assert await pipeline.answer(tapped(Accept(7))) is None
    assert await pipeline.answer(tapped(Accept(7), sender=OLENA)) is not None


async def test_a_group_that_moved_is_the_same_desk_also_for_another_process(
    pipeline: Pipeline[Stage], shop: Books, stage: Stage
) -> None:
    await pipeline.moved("telegram", MANAGERS, "-100501")
    await pipeline.moved("telegram", "-100501", "-100502")
    other = open_pipeline(shop, stage)
    for desk in (pipeline, other):
        assert await text(desk, tapped(Accept(7), "-100502")) == "Кошик"
        assert await desk.answer(tapped(Accept(7), STRANGERS)) is None


def test_an_action_is_either_everybodys_or_a_desks() -> None:
    async def handler(_: Event, __: Ctx, ___: Action) -> Screen:
        raise NotImplementedError

    router, other = build_router(), Router[Stage]()
    with pytest.raises(ValueError, match="Accept has a handler already"):
        router.tap(Accept)(handler)
    with pytest.raises(ValueError, match="Home has a handler already"):
        router.staff("managers", Home)(handler)
    with pytest.raises(ValueError, match="Accept has a handler already"):
        router.staff("managers", Accept)(handler)
    other.tap(Paid)(handler)
    with pytest.raises(ValueError, match="for everybody and for staff"):
        router.include(other)


async def test_two_desks_may_share_an_action() -> None:
    async def handler(_: Event, __: Ctx, ___: Accept) -> Screen:
        raise NotImplementedError

    router = build_router()
    router.staff("finance", Accept)(handler)
    assert router.actions == {Accept, Paid, Home}
    assert router.staff_actions == {Accept, Paid}
