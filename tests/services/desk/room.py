"""The staff desk without a wire: events go into the kernel, messages come out of messengers in memory."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.conversation.event import Event, File, Kind, Origin, Sender
from bot.conversation.messenger import Relay
from bot.conversation.screen import Screen, Tap
from bot.db.books import Books
from bot.db.staff import Act
from bot.domain.credit import CreditRules
from bot.domain.desk_jobs import DESK_WATCH
from bot.domain.notice import FINANCE, MANAGERS
from bot.jobs.desk_words import Drawing
from bot.jobs.enclosing import Enclosing
from bot.jobs.relaying import Relaying
from handlers.staff.relayed import WORDS
from keyboards.actions import AskManager
from tests.db.people import OLENA
from tests.scenarios.backroom import Backroom
from tests.support.accounting import Ledger
from tests.support.desk import open_office
from tests.support.gateway import Gateway
from tests.support.neutral import plain
from tests.support.relays import Message, RelayInMemory, TopicsInMemory

GROUP, MONEY = "-100", "-200"
OLENA_TELEGRAM, OLENA_VIBER = ("telegram", "olena"), ("viber", "олена==")


class DeskRoom:
    """Olena of café «Ранок» on both messengers, and the staff in their groups."""

    def __init__(
        self,
        books: Books,
        folder: Path,
        *,
        finance: bool = False,
        gateway: Gateway | None = None,
        credit: CreditRules = CreditRules(on=True),  # noqa: B008 frozen
    ) -> None:
        self.books = books
        staff = {GROUP: MANAGERS} | ({MONEY: FINANCE} if finance else {})
        self.gateway, self.ledger = gateway, Ledger()
        self.office = open_office(
            books, folder, accounting=self.ledger, staff=staff, topics=True, gateway=gateway, credit=credit
        )
        self.clock = self.office.clock
        self.forum = TopicsInMemory()
        self.telegram = RelayInMemory("telegram", forum=self.forum)
        self.viber = RelayInMemory("viber", edits=False)
        messengers: dict[str, Relay] = {"telegram": self.telegram, "viber": self.viber}
        relaying = Relaying(
            books, self.telegram, messengers, Drawing(self.office.app, WORDS, self.clock), Enclosing(self.office.files)
        )
        desks = {desk: ("telegram", group) for group, desk in staff.items()}
        self.backroom = Backroom(
            books, self.office.app, self.ledger, self.clock, self.telegram, desks, gateway=gateway,
            others=[self.viber], relaying=relaying,
        )  # fmt: skip
        self._ids = count(1)
        self.last: Event | None = None

    async def opens(self) -> None:
        """Both accounts are Olena's."""

        def sign_in(tx: Any) -> None:
            for channel, account in (OLENA_TELEGRAM, OLENA_VIBER):
                tx.accounts.meet(channel, account, "Олена", self.clock(), self.clock())
                tx.accounts.sign_in(channel, account, OLENA, self.clock())

        await self.books.write(sign_in)

    # --- clients ------------------------------------------------------------------------------------------------------

    async def says(self, text: str, who: tuple[str, str] = OLENA_VIBER, kind: Kind = Kind.WROTE, **more: Any) -> str:
        """What the bot answers to it, nothing where it is quiet; all that follows is done."""
        screen = await self.does(Event(self._id(), Sender(*who, "Олена"), kind, self.clock(), text=text, **more))
        return plain(screen.text) if screen else ""

    async def presses(self, payload: str, who: tuple[str, str] = OLENA_VIBER) -> str:
        screen = await self.does(self._tap(payload, who))
        return plain(screen.text) if screen else ""

    async def asks(self, text: str = "Коли привезете?", who: tuple[str, str] = OLENA_VIBER, **more: Any) -> Message:
        """By the button; what stands in the topic then."""
        await self.presses(AskManager().pack(), who)
        await self.says(text, who, **more)
        return self.topic()[-1]

    # --- staff --------------------------------------------------------------------------------------------------------

    async def answers(
        self, text: str, by: str = "Оксана", *, to: str = "", thread: str = "1", message: str = "", **more: Any
    ) -> str:
        """Somebody writes in a topic; what the bot says to that there."""
        event = Event(
            self._id(), Sender("telegram", by, by), more.pop("kind", Kind.WROTE), self.clock(), text=text,
            place=more.pop("place", GROUP), thread=thread, reply_to=to, message=message or self._id(), **more,
        )  # fmt: skip
        screen = await self.does(event)
        return plain(screen.text) if screen else ""

    async def taps(self, message: Message, label: str, by: str = "Оксана", place: str = GROUP) -> str:
        screen = await self.does(self._tap(message.payload(label), ("telegram", by), place, message.thread))
        return plain(screen.text) if screen else ""

    async def opens_menu(self, *labels: str, by: str = "Оксана", place: str = GROUP, thread: str = "1") -> Screen:
        """The last of the screens that these buttons lead to, one after the other, from the card on."""
        screen: Screen | None = self.card(thread, place).screen
        for label in labels:
            assert screen is not None
            screen = await self.does(self._tap(payload_of(screen, label), ("telegram", by), place, thread))
        assert screen is not None
        return screen

    async def presses_as(
        self, screen: Screen, label: str, *, by: str = "Оксана", place: str = GROUP, thread: str = "1"
    ) -> str:
        shown = await self.does(self._tap(payload_of(screen, label), ("telegram", by), place, thread))
        return plain(shown.text).replace("\u00a0", " ") if shown else ""

    async def chooses(self) -> Screen:
        """The canned answers, under the card."""
        screen = await self.does(self._tap(self.card().payload("Готові відповіді"), ("telegram", "Оксана"), GROUP, "1"))
        assert screen is not None
        return screen

    async def presses_in_topic(self, screen: Screen, label: str) -> str:
        shown = await self.does(self._tap(payload_of(screen, label), ("telegram", "Оксана"), GROUP, "1"))
        return plain(shown.text) if shown else ""

    def topic(self, thread: str = "1", group: str = GROUP) -> list[Message]:
        return self.telegram.to(group, thread)

    def card(self, thread: str = "1", group: str = GROUP) -> Message:
        return next(one for one in self.topic(thread, group) if "Внутрішня нотатка" in one.labels)

    def heard(self, who: tuple[str, str] = OLENA_VIBER) -> list[str]:
        """What somebody got without asking."""
        relay = self.telegram if who[0] == "telegram" else self.viber
        return [one.text for one in relay.to(who[1])]

    async def log(self) -> list[tuple[str, str, str, str]]:
        acts: Sequence[Act] = await self.books.read(lambda tx: tx.staff.log(self.clock() - timedelta(days=9), 100))
        return [(act.name, act.what, act.about, act.outcome) for act in acts]

    # --- the rest -----------------------------------------------------------------------------------------------------

    async def does(self, event: Event) -> Screen | None:
        self.last = event
        screen = await self.office.pipeline.answer(event)
        await self.backroom.works()
        return screen

    async def later(self, **span: float) -> None:
        self.clock.moment += timedelta(**span)
        await self.backroom.works()
        await self.backroom.ticks(DESK_WATCH)

    def _tap(self, payload: str, who: tuple[str, str], place: str = "", thread: str = "") -> Event:
        return Event(
            self._id(), Sender(*who, who[1]), Kind.TAPPED, self.clock(), action=payload, origin=Origin("1"),
            place=place, thread=thread,
        )  # fmt: skip

    def _id(self) -> str:
        return f"e{next(self._ids)}"


def payload_of(screen: Screen, label: str) -> str:
    return next(b.action.pack() for row in screen.rows for b in row if isinstance(b, Tap) and b.label == label)


def words_of(screen: Screen) -> str:
    return plain(screen.text).replace("\u00a0", " ")


def picture(ref: str = "ref", kind: str = "photo", name: str = "", size: int = 3) -> File:
    return File(kind, name, size, ref)
