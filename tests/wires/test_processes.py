"""Several processes on one PostgreSQL: each answers its own, and one that dies is followed by another."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
from markupsafe import Markup
from pydantic import SecretStr

import sandbox.telegram
from bot.conversation.context import Context
from bot.conversation.event import Event, Kind, Sender
from bot.conversation.inbox import HELD
from bot.conversation.pipeline import Pipeline
from bot.conversation.router import Router
from bot.conversation.screen import Screen
from bot.db.books import Books
from bot.db.opening import open_books
from bot.services.arrivals import came
from integrations.telegram import TelegramSettings
from integrations.telegram.adapter import TelegramMessenger
from tests.conftest import create_schema
from tests.support.desk import MONDAY_MORNING, Clock
from tests.support.loopback import PATIENCE, client, serving
from tests.wires.world import QUICK, TELEGRAM_TOKEN

OLYA = 1001
SOON = replace(QUICK, long_poll=1, standby=0.05)
VIBER = Sender("viber", "olya=", "Оля")


@dataclass
class Stage:
    """Services of a process: what it did, and whether a long turn of it ever ends."""

    books: Books
    ends: bool = True
    said: list[str] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)


def build_router() -> Router[Stage]:
    router: Router[Stage] = Router()

    @router.kind(Kind.WROTE)
    async def wrote(event: Event, ctx: Context[Stage]) -> Screen:
        stage = ctx.services
        if event.text == "довго" and not stage.ends:
            stage.came.set()
            await asyncio.Event().wait()
        await stage.books.apply(ctx.turn, lambda tx: tx.orders.next_number(), lambda _: None)
        stage.said.append(event.text)
        return Screen(Markup("почуто {}").format(event.text))

    return router


class Process:
    """One web process, as far as the others can tell."""

    def __init__(self, url: str, clock: Clock, telegram: str) -> None:
        self.books = open_books(url)
        self.stage = Stage(self.books)
        self.desk = Pipeline(
            self.books, build_router(), self.stage, now=clock, frame=lambda screen, _: screen,
            trouble=_trouble, calm=lambda _: Screen(Markup("calm")), came=came,
        )  # fmt: skip
        settings = TelegramSettings(token=SecretStr(TELEGRAM_TOKEN), api_base=telegram)
        self.messenger = TelegramMessenger(settings, self.desk, now=clock, tempo=SOON)

    async def dies(self) -> None:
        """Nothing is finished or given back; the system closes its connections."""
        mine = (self.messenger._running, self.messenger._looking, *self.messenger._reception.in_hand)
        tasks = [task for task in mine if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.messenger._api.close()
        await self.books.close()

    async def ends(self) -> None:
        await self.messenger.stop()
        await self.books.close()


async def _trouble(error: Exception, _: Context[Stage], __: str) -> Screen:
    raise error


class Place:
    """Telegram, Olya in it, and the processes started so far."""

    def __init__(self, url: str, telegram: str, http: httpx.AsyncClient) -> None:
        self.url, self.telegram, self.http = url, telegram, http
        self.clock = Clock()
        self.living: list[Process] = []

    def process(self) -> Process:
        self.living.append(Process(self.url, self.clock, self.telegram))
        return self.living[-1]

    async def kills(self, process: Process) -> None:
        self.living.remove(process)
        await process.dies()

    async def ends(self, process: Process) -> None:
        self.living.remove(process)
        await process.ends()

    async def olya(self, act: str, **fields: Any) -> None:
        (await self.http.post(f"{self.telegram}/_control/{act}", json={"user": OLYA, **fields})).raise_for_status()

    async def until_answered(self, *words: str) -> None:
        """Return once Olya has read these answers, in this order and no others."""
        async with asyncio.timeout(PATIENCE):
            while await self._read() != [f"почуто {word}" for word in words]:  # noqa: ASYNC110 the other side is asked
                await asyncio.sleep(0.02)

    async def effects(self) -> int:
        number = await self.living[-1].books.write(lambda tx: tx.orders.next_number())
        return int(number.removeprefix("K-")) - 1

    async def _read(self) -> list[str]:
        chat = (await self.http.get(f"{self.telegram}/_control/chat/{OLYA}")).json()
        return [one["text"] for one in chat["messages"] if not one["outgoing"]]


@pytest.fixture
async def place(postgres_url: str) -> AsyncIterator[Place]:
    create_schema(postgres_url)
    app = sandbox.telegram.create_app(TELEGRAM_TOKEN, now=MONDAY_MORNING.timestamp)
    async with serving(app) as telegram, client() as http:
        place = Place(postgres_url, telegram, http)
        await http.post(f"{telegram}/_control/users", json={"id": OLYA, "first_name": "Оля"})
        yield place
        for process in place.living:
            await process.ends()


async def test_two_processes_do_not_answer_each_others_events(place: Place) -> None:
    first, second = place.process(), place.process()
    mine = await first.desk.keep("viber", [("1", "one"), ("2", "two")], MONDAY_MORNING)
    other = await second.desk.keep("viber", [("2", "two again"), ("3", "three")], MONDAY_MORNING)
    assert [[kept.body for kept in one] for one in (mine, other)] == [["one", "two"], ["three"]]
    for _ in range(6):
        place.clock.moment += HELD / 3
        assert [await first.desk.kept("viber"), await second.desk.kept("viber")] == [[], []]


async def test_the_events_of_one_that_died_go_to_another_in_their_order_and_once(place: Place) -> None:
    first, second, third = place.process(), place.process(), place.process()
    await first.desk.keep("viber", [("1", "one"), ("2", "two")], MONDAY_MORNING)
    await first.desk.answer(Event("1", VIBER, Kind.WROTE, MONDAY_MORNING, text="one"))
    await place.kills(first)
    place.clock.moment += HELD
    assert await second.desk.kept("viber") == []
    place.clock.moment += HELD / 30
    taken = await second.desk.kept("viber")
    assert [kept.body for kept in taken] == ["one", "two"]
    assert await third.desk.kept("viber") == []
    for number, kept in enumerate(taken, 1):
        await second.desk.answer(Event(str(number), VIBER, Kind.WROTE, MONDAY_MORNING, text=kept.body))
        await second.desk.done(kept.id)
    assert second.stage.said == ["one", "two"]
    assert await place.effects() == 2
    place.clock.moment += HELD * 2
    assert await third.desk.kept("viber") == []


async def test_one_process_fetches_and_another_takes_over_what_it_left_when_it_dies(place: Place) -> None:
    first, second = place.process(), place.process()
    first.stage.ends = False
    await first.messenger.start()
    await second.messenger.start()
    await place.olya("say", text="перше")
    await place.until_answered("перше")
    for text in ("довго", "третє"):
        await place.olya("say", text=text)
    await asyncio.wait_for(first.stage.came.wait(), PATIENCE)
    await place.kills(first)
    await place.olya("say", text="четверте")
    await place.until_answered("перше", "довго", "третє", "четверте")
    assert (first.stage.said, second.stage.said) == (["перше"], ["довго", "третє", "четверте"])
    assert await place.effects() == 4


async def test_one_that_ends_politely_is_followed_and_nothing_is_answered_twice(place: Place) -> None:
    first, second = place.process(), place.process()
    await first.messenger.start()
    await second.messenger.start()
    await place.olya("say", text="перше")
    await place.until_answered("перше")
    await place.ends(first)
    await place.olya("say", text="друге")
    await place.until_answered("перше", "друге")
    assert (first.stage.said, second.stage.said) == (["перше"], ["друге"])
