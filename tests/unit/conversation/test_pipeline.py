"""The way of an event: once, in turn, guarded, and always answered."""

import asyncio
import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import pytest
from markupsafe import Markup
from structlog.testing import capture_logs

from bot.conversation.context import Context
from bot.conversation.event import Event, Kind, Sender
from bot.conversation.pipeline import MEET_AGAIN, SESSION, Pipeline
from bot.conversation.router import Router
from bot.conversation.screen import Screen
from bot.conversation.turns import Throttle
from bot.db.books import Books
from bot.domain.client import Identity
from bot.domain.errors import NotFound
from bot.services.arrivals import came
from tests.support.desk import MONDAY_MORNING, Clock, Office

OLENA = Sender("viber", "olena=", "Олена")
ANDRII = Sender("viber", "andrii=", "Андрій")
_ids = count(1)


@dataclass
class Stage:
    """Services of a pipeline under test: what happened, and a door that can be held shut."""

    heard: list[str] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    door: asyncio.Event = field(default_factory=asyncio.Event)


Ctx = Context[Stage]


def wrote(text: str, sender: Sender = OLENA) -> Event:
    return Event(str(next(_ids)), sender, Kind.WROTE, MONDAY_MORNING, text=text)


def build_router() -> Router[Stage]:
    router: Router[Stage] = Router()

    @router.kind(Kind.WROTE)
    async def on_text(event: Event, ctx: Ctx) -> Screen:
        ctx.services.heard.append(f"{event.text} begins")
        if event.text == "slow":
            ctx.services.came.set()
            await ctx.services.door.wait()
        if event.text == "broken":
            raise ZeroDivisionError
        if event.text == "gone":
            raise NotFound("cart")
        if event.text == "ask":
            ctx.ask("name", of="cat")
        ctx.services.heard.append(f"{event.text} ends")
        return Screen(Markup("heard {}").format(event.text))

    @router.step("name")
    async def on_name(event: Event, ctx: Ctx) -> Screen:
        return Screen(Markup("{} is a {}").format(event.text, ctx.who.dialogue.data["of"]))

    return router


async def trouble(error: Exception, _: Ctx, number: str) -> Screen:
    shown = number if isinstance(error, ZeroDivisionError) else ""
    return Screen(Markup(f"trouble {type(error).__name__} {shown}".strip()))  # noqa: S704 no words of people here


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pipeline(shop: Books, stage: Stage, clock: Clock) -> Pipeline[Stage]:
    return Pipeline(
        shop,
        build_router(),
        stage,
        now=clock,
        frame=lambda screen, ctx: replace(screen, notice=f"framed for {ctx.who.external_id}"),
        trouble=trouble,
        calm=lambda _: Screen(Markup("calm")),
        came=came,
        burst=100,
    )


async def answered(pipeline: Pipeline[Stage], event: Event) -> str:
    screen = await pipeline.answer(event)
    assert screen is not None
    return str(screen.text)


async def who(books: Books, sender: Sender) -> Identity:
    return await books.read(lambda tx: tx.accounts.identity(sender.channel, sender.external_id))


async def test_events_of_one_person_are_answered_one_at_a_time_in_their_order(
    pipeline: Pipeline[Stage], stage: Stage
) -> None:
    turns = [asyncio.create_task(pipeline.answer(wrote(text))) for text in ("slow", "second", "third")]
    await stage.came.wait()
    assert stage.heard == ["slow begins"]
    stage.door.set()
    await asyncio.gather(*turns)
    assert stage.heard == [f"{text} {end}" for text in ("slow", "second", "third") for end in ("begins", "ends")]
    assert pipeline._lines._locks == {}


async def test_a_slow_turn_of_one_person_holds_nobody_else_up(pipeline: Pipeline[Stage], stage: Stage) -> None:
    slow = asyncio.create_task(pipeline.answer(wrote("slow")))
    await stage.came.wait()
    assert await answered(pipeline, wrote("quick", ANDRII)) == "heard quick"
    assert not slow.done()
    stage.door.set()
    await slow


async def test_a_failure_is_answered_with_a_number_that_is_in_the_log(pipeline: Pipeline[Stage]) -> None:
    with capture_logs() as logged:
        screen = await pipeline.answer(wrote("broken"))
    assert screen is not None
    (entry,) = logged
    assert screen.text == f"trouble ZeroDivisionError {entry['number']}"
    assert screen.notice == "framed for olena="
    assert (entry["event"], entry["kind"], len(entry["number"])) == ("turn failed", "wrote", 8)
    assert isinstance(entry["exc_info"], ZeroDivisionError)


async def test_what_people_may_ask_for_in_vain_is_no_failure_of_ours(pipeline: Pipeline[Stage]) -> None:
    with capture_logs() as logged:
        assert await answered(pipeline, wrote("gone")) == "trouble NotFound"
    assert logged == []


async def test_a_failed_turn_leaves_the_next_one_free(pipeline: Pipeline[Stage]) -> None:
    await pipeline.answer(wrote("broken"))
    assert await answered(pipeline, wrote("hello")) == "heard hello"


async def test_what_was_asked_is_remembered_until_the_next_turn(pipeline: Pipeline[Stage]) -> None:
    await pipeline.answer(wrote("ask"))
    assert await answered(pipeline, wrote("Мурчик", ANDRII)) == "heard Мурчик"
    assert await answered(pipeline, wrote("Мурчик")) == "Мурчик is a cat"
    assert await answered(pipeline, wrote("Мурчик")) == "heard Мурчик"


async def test_who_left_is_not_answered_and_is_reachable_again_after_the_next_event(
    pipeline: Pipeline[Stage], shop: Books
) -> None:
    await pipeline.answer(wrote("hello"))
    assert await pipeline.answer(Event("x", OLENA, Kind.LEFT, MONDAY_MORNING)) is None
    assert (await who(shop, OLENA)).reachable is False
    await pipeline.answer(wrote("hello"))
    assert (await who(shop, OLENA)).reachable is True


async def test_a_session_lasts_a_day_and_then_opens_anew(pipeline: Pipeline[Stage], shop: Books, clock: Clock) -> None:
    await pipeline.answer(wrote("hello"))
    clock.moment += MEET_AGAIN
    await pipeline.answer(wrote("hello"))
    seen = await who(shop, OLENA)
    assert (seen.session_opened_at, seen.last_event_at) == (MONDAY_MORNING, MONDAY_MORNING + MEET_AGAIN)
    clock.moment = MONDAY_MORNING + SESSION
    await pipeline.answer(wrote("hello"))
    assert (await who(shop, OLENA)).session_opened_at == MONDAY_MORNING + SESSION


async def test_a_busy_person_is_not_noted_down_with_every_tap(
    pipeline: Pipeline[Stage], shop: Books, clock: Clock
) -> None:
    await pipeline.answer(wrote("hello"))
    clock.moment += MEET_AGAIN - timedelta(seconds=1)
    await pipeline.answer(wrote("hello"))
    assert (await who(shop, OLENA)).last_event_at == MONDAY_MORNING


@pytest.mark.parametrize("broken", ["Оле\x00на", "Олена\ud83d", "\udc00Олена"])
async def test_text_that_no_database_stores_does_not_shut_anybody_out(
    pipeline: Pipeline[Stage], shop: Books, broken: str
) -> None:
    sender = replace(OLENA, name=json.loads(json.dumps(broken)))
    assert await answered(pipeline, wrote("моло\x00ко \ud83d", sender)) == "heard молоко ?"
    assert (await who(shop, OLENA)).name.replace("?", "") == "Олена"


async def test_somebody_too_fast_is_answered_without_work(pipeline: Pipeline[Stage], stage: Stage) -> None:
    pipeline._throttle = Throttle(2, lambda: 0.0)
    assert [await answered(pipeline, wrote("молоко")) for _ in range(3)] == ["heard молоко", "heard молоко", "calm"]
    assert await answered(pipeline, wrote("гауда", ANDRII)) == "heard гауда"
    assert len(stage.heard) == 6


async def waiting(office: Office) -> list[str]:
    return [body for _, body in await office.books.read(lambda tx: tx.inbox.kept("viber"))]


async def test_an_event_is_kept_until_it_is_done_and_known_afterwards(office: Office) -> None:
    desk = office.pipeline
    first = await desk.keep("viber", [("1", "one"), ("2", "two"), ("1", "one again")], MONDAY_MORNING)
    assert [kept.body for kept in first] == ["one", "two"]
    assert await desk.keep("viber", [("1", "one")], MONDAY_MORNING) == []
    assert await waiting(office) == ["one", "two"]
    await desk.done(first[0].id)
    assert await waiting(office) == ["two"]
    assert await desk.keep("viber", [("1", "one")], MONDAY_MORNING) == []
    assert [kept.body for kept in await desk.keep("telegram", [("1", "other")], MONDAY_MORNING)] == ["other"]
