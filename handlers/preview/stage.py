"""What a walk through the screens needs: a wholesaler, somebody who talks to it, and an album of what was shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TypeVar

from bot.conversation.action import Action
from bot.conversation.event import Contact, Event, File, Kind, Origin, Sender
from bot.conversation.messenger import Desk
from bot.conversation.screen import Screen, Tap
from handlers.preview.backstage import Backstage

CHANNEL = "telegram"
A = TypeVar("A", bound=Action)


@dataclass(frozen=True, slots=True)
class Preview:
    """A screen with the name it goes by; `note` says how one comes to see it, `desk` in which staff group."""

    part: str
    title: str
    screen: Screen
    note: str = ""
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """People by their phones, articles by their numbers: the wholesaler must have one of each kind."""

    buyer: str  # a client with pages of addresses and a manager
    regular: str  # past orders, newest first: see handlers/preview/orders.py
    single: str  # one address; the manager has no phone
    newcomer: str  # no orders, no address, no manager
    several: str  # acts for more than one client
    bookkeeper: str  # may not order
    barred: str  # the assortment of the client is empty
    unknown: str  # a phone of nobody
    packed: str  # has a pack, a picture and a description
    loose: str  # sold by a multiple, without a pack
    unpriced: str
    absent: str  # none in stock
    scarce: str  # few left
    withdrawn: str  # on sale until `Backstage.withdraws`
    widespread: str  # a word that finds pages of articles
    misspelt: str  # a word that finds nothing but has neighbours
    nonsense: str  # a word that has no neighbours either


@dataclass(slots=True)
class Stage:
    """One walk: the wholesaler, who plays, and the screens seen so far."""

    backstage: Backstage
    cast: Cast
    album: list[Preview] = field(default_factory=list)
    part: str = ""
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def visitor(self, account: str, desk: Desk | None = None) -> "Visitor":
        return Visitor(self, account, desk or self.backstage.desk)

    async def member(self, phone: str, account: str, desk: Desk | None = None) -> "Visitor":
        """Somebody whose phone the messenger vouched for; each has an account of their own."""
        visitor = self.visitor(account, desk)
        await visitor.shares(phone)
        return visitor

    def manager(self, name: str, place: str = "", desk: Desk | None = None, thread: str = "") -> "Visitor":
        """Somebody of the staff in a group, the managers' unless another is named, or in a topic of it."""
        return Visitor(self, name, desk or self.backstage.desk, place or self.backstage.office.group, thread)

    def next_id(self) -> str:
        return f"preview-{next(self._ids)}"


class Visitor:
    """Somebody in front of a screen; what is done with `see` goes into the album under that name."""

    def __init__(self, stage: Stage, account: str, desk: Desk, place: str = "", thread: str = "") -> None:
        self.account = account
        self._stage = stage
        self._desk = desk
        self._place = place
        self._thread = thread
        self._screen: Screen | None = None
        self._menu: tuple[tuple[Tap, ...], ...] = ()

    @property
    def stage(self) -> Stage:
        return self._stage

    async def starts(self, see: str = "", *, link: str = "", note: str = "") -> None:
        await self._does(see, note, Kind.STARTED, text=link)

    async def writes(self, text: str, see: str | None = "", *, note: str = "") -> None:
        """With `see` of None nothing is answered."""
        await self._does(see, note, Kind.WROTE, text=text)

    async def shares(self, phone: str, see: str = "", *, note: str = "") -> None:
        await self._does(see, note, Kind.SHARED_PHONE, contact=Contact(phone, proven=True))

    async def sends_file(self, see: str = "", *, note: str = "", name: str = "", ref: str = "1") -> None:
        kind = "document" if self._place else "photo"
        await self._does(see, note, Kind.SENT_FILE, file=File(kind, name, ref=ref))

    async def presses(self, kind: type[Action], see: str = "", *, at: int = 0, note: str = "") -> None:
        """The button with such an action, the `at`-th of them, on the screen or in the menu."""
        await self.sends(self.button(kind, at), see, note=note)

    async def sends(self, action: Action | str, see: str = "", *, note: str = "") -> None:
        """A payload that no button on the screen need carry."""
        packed = action if isinstance(action, str) else action.pack()
        await self._does(see, note, Kind.TAPPED, action=packed, origin=Origin("1"))

    async def hears(self, see: str, *, note: str = "") -> None:
        """What came without being asked."""
        self._sees(await self._stage.backstage.office.news(self._place or self.account), see, note)

    def button(self, kind: type[A], at: int = 0) -> A:
        """Raises LookupError where the person sees no such button."""
        rows = (*(self._screen.rows if self._screen else ()), *self._menu)
        found = [b.action for row in rows for b in row if isinstance(b, Tap) and isinstance(b.action, kind)]
        if not -len(found) <= at < len(found):
            raise LookupError(f"{kind.__name__} {at} after {self._stage.album[-1].title!r}")
        return found[at]

    async def _does(
        self,
        see: str | None,
        note: str,
        kind: Kind,
        *,
        text: str = "",
        action: str = "",
        contact: Contact | None = None,
        file: File | None = None,
        origin: Origin | None = None,
    ) -> None:
        stage, sender = self._stage, Sender(CHANNEL, self.account, "Соломія Перехожа")
        now, place = stage.backstage.now(), self._place
        event = Event(stage.next_id(), sender, kind, now, text, action, contact, file, origin, place, self._thread)
        screen = await self._desk.answer(event)
        if (screen is None) != (see is None):
            raise LookupError(f"{'a' if screen else 'no'} screen for {see or kind}")
        if screen is not None:
            self._sees(screen, see or "", note)

    def sees(self, screen: Screen, see: str, *, note: str = "") -> None:
        """What came without being asked, over the menu that stands below."""
        self._sees(replace(screen, menu=screen.menu or self._menu), see, note)

    def _sees(self, screen: Screen, see: str, note: str) -> None:
        self._screen, self._menu = screen, screen.menu or self._menu
        if see:
            self._stage.album.append(Preview(self._stage.part, see, screen, note, "staff" if self._place else ""))
