"""Every way by which people are told, in memory."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import update

from bot.conversation.messenger import Delivery, Desk
from bot.conversation.screen import Screen
from bot.db.dispatches import DispatchRow
from bot.db.models import Membership, Person
from bot.domain.dispatch import Terms, Way
from bot.domain.errors import OutsideError
from bot.domain.job import Job, Queue, Run
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.sms import SmsReport, SmsSent
from bot.jobs.carriers import Carrier, ChatCarrier, MailCarrier, TextCarrier
from bot.jobs.telling import Telling
from bot.ports import Clock
from bot.services.dispatch import Dispatching
from bot.services.notices import TELL, tell_client
from bot.services.returns import Returns
from handlers import briefs, letters, notices
from handlers.app import App, Company, build_app
from handlers.menu import frame
from tests.db.people import ANDRII, RANOK
from tests.services.backroom import Backroom
from tests.services.mouth import Mouth
from tests.support.desk import RULES, Sms, open_office, papers_in
from tests.support.gateway import Gateway
from tests.support.post import Post

PHONE, MAILBOX = "+380501112233", "andrii@ranok.example"
RUN = Run("0", Job("look", Queue.SMS, {}, key="look"), 1)


Meanwhile = Callable[[str], Awaitable[None]]
"""What happens to the message of this number before its sender has our answer."""


async def _nothing(_: str) -> None:
    pass


class Viber(Mouth):
    """Mouth whose messages are in the books of the kernel, as those of the adapter are."""

    def __init__(self, desk: Desk, now: Clock) -> None:
        super().__init__()
        self._desk = desk
        self._now = now
        self.meanwhile: Meanwhile = _nothing

    async def show(self, to: str, screen: Screen, *, thread: str = "", reply_to: str = "") -> str:
        number = await super().show(to, screen)
        await self.meanwhile(number)
        await self._desk.sent("viber", to, number, self._now(), 0)
        return number


class Stubborn(Sms):
    """Refuses as often as it is told to, and says of messages what it is told."""

    def __init__(self, *, repeatable: bool = True) -> None:
        super().__init__()
        self.repeatable = repeatable
        self.errors: list[OutsideError] = []
        self.said: dict[str, SmsReport] = {}
        self.meanwhile: Meanwhile = _nothing

    async def send(self, phone: str, text: str, key: str) -> SmsSent:
        if self.errors:
            raise self.errors.pop(0)
        sent = await super().send(phone, text, key)
        await self.meanwhile(sent.id)
        return sent

    async def reports(self, ids: Sequence[str]) -> dict[str, SmsReport]:
        return {one: self.said[one] for one in ids if one in self.said}


class Ways:
    """An office that tells by every way; Andrii pays for the café and has no chat but the one he joins by."""

    def __init__(self, room: Backroom, folder: Path) -> None:
        self.room = room
        self.sms, self.post = Stubborn(), Post()
        company = Company("ГастроОпт", "+380440000000")
        app = build_app(
            room.books, RULES, Money.of(1500), company, folder, now=room.clock, gateway=Gateway(),
            public_url="https://shop.example", papers=papers_in(folder, room.clock),
        )  # fmt: skip
        kernel = folder / "kernel"
        kernel.mkdir()
        self.desk = open_office(room.books, kernel, room.clock).pipeline
        self.viber = Viber(self.desk, room.clock)
        carriers: list[Carrier[App]] = [
            ChatCarrier[App](self.viber, notices.screen, frame, notices.renewed),
            TextCarrier[App](self.sms, briefs.brief, Money(120)),
            MailCarrier[App](self.post, letters.letter, "https://shop.example/unsubscribe"),
        ]
        self.telling: Telling[App] = Telling(room.books, app, carriers, {}, now=room.clock, pause=_no_pause)
        self.returns = Returns(room.books, room.clock, self.sms, self.post)
        room.dispatching = Dispatching(room.books, Terms(ways={Way.VIBER, Way.SMS, Way.MAIL}), room.clock)

    async def tell(self, kind: NoticeKind = NoticeKind.PAY_LINK, version: str = "") -> UUID:
        order_id = await self.room.place()
        await self.tell_of(order_id, kind, version)
        return order_id

    async def tell_of(self, order_id: UUID, kind: NoticeKind, version: str = "") -> None:
        notice = Notice(kind, str(order_id), version)
        await self.room.books.write(lambda tx: tell_client(tx, RANOK.id, notice, self.room.clock()))
        await self.speak()

    async def speak(self) -> None:
        await self.room.route()
        await self.room.run(TELL, self.telling.tell)

    async def journal(self) -> list[tuple[str, str]]:
        rows = await self.room.books.read(lambda tx: tx.dispatches.journal(100))
        return [(row.state.value, row.reason) for row in rows if row.person_id == ANDRII]

    async def row(self) -> DispatchRow:
        """The only one."""
        (row,) = await self.room.books.read(lambda tx: tx.dispatches.journal(100))
        return row

    async def joins_viber(self) -> None:
        await self.room.sign_in(ANDRII, "viber", "andrii")

    async def hears(self, number: str, *news: Delivery) -> None:
        """Viber calls back about a message."""
        for one in news:
            await self.desk.delivered("viber", number, one)

    async def bounces(self, *, reason: str = "5.1.1") -> None:
        """The last letter comes back and is read."""
        self.post.come_back(MAILBOX, reason)
        await self.returns.bounces(RUN)

    async def change_role(self, **roles: bool) -> None:
        change = update(Membership).where(Membership.person_id == ANDRII).values(**roles)
        await self.room.books.write(lambda tx: tx._connection.execute(change).rowcount)

    async def change(self, **values: object) -> None:
        change = update(Person).where(Person.id == ANDRII).values(**values)
        await self.room.books.write(lambda tx: tx._connection.execute(change).rowcount)


async def _no_pause(_: float) -> None:
    pass


async def only_andrii_pays(room: Backroom) -> None:
    for change in (
        update(Membership).values(pays=False),
        update(Membership).where(Membership.person_id == ANDRII).values(orders=False, pays=True),
    ):
        await room.books.write(lambda tx, change=change: tx._connection.execute(change).rowcount)  # type: ignore[misc]
