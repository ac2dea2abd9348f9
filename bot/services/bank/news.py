"""What a client hears of a transfer: that it was booked and to what, and a correction where that was taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.db.bank_money import PartRow
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.bank import BOOKED
from bot.domain.money import ZERO, Money
from bot.domain.notice import Notice, NoticeKind
from bot.i18n import KYIV
from bot.ports import Clock
from bot.services.bank.book import divisible, opens_of
from bot.services.debts import Owed, owed
from bot.services.notices import tell_client, tell_person
from bot.services.standing import LastKnown, Standing


@dataclass(frozen=True, slots=True)
class Credited:
    """A document that a transfer went to; `rest` is what is left of it by now."""

    part: PartRow
    rest: Money


@dataclass(frozen=True, slots=True)
class TransferView:
    """A booked transfer as its client reads it; what went to no document and does not go back is `advance`."""

    amount: Money
    day: date
    documents: tuple[Credited, ...]
    advance: Money
    owed: Owed
    as_of: LastKnown | None


def tell_booked(tx: Tx, number: int, booking: int, client_id: UUID, now: datetime) -> None:
    """Not of money that the book of record had posted before us."""
    paper = tx.bank_money.document(number)
    if paper is None or not paper.theirs or paper.posted_at is None:
        tell_client(tx, client_id, Notice(NoticeKind.TRANSFER_CAME, str(number), str(booking)), now)


def tell_undone(tx: Tx, number: int, booking: int, now: datetime) -> None:
    """Those who have heard of the booking, or may have; whoever has not hears nothing."""
    told = tx.dispatches.withdraw(Notice(NoticeKind.TRANSFER_CAME, str(number), str(booking)), "undone")
    for person_id, client_id in told:
        tell_person(tx, person_id, client_id, Notice(NoticeKind.TRANSFER_UNDONE, str(number), str(booking)), now)


class TransferNews:
    """Transfers as they stand when a notice of them leaves."""

    def __init__(self, books: Books, standing: Standing, now: Clock) -> None:
        self._books = books
        self._standing = standing
        self._now = now

    async def booked(self, number: int, booking: int, client_id: UUID) -> TransferView | None:
        """None where it is not this booking of this client any more."""
        return await self._books.read(self._booked, number, booking, client_id)

    async def undone(self, number: int) -> tuple[Money, date] | None:
        """The sum and the day of a line."""
        row = await self._books.read(lambda tx: tx.bank.line(number))
        return (row.line.amount, row.line.booked_on) if row is not None else None

    def _booked(self, tx: Tx, number: int, booking: int, client_id: UUID) -> TransferView | None:
        row, now = tx.bank.line(number), self._now()
        if row is None or row.state not in BOOKED or (row.booking, row.client_id) != (booking, client_id):
            return None
        parts = tx.bank_money.parts(number)
        orders = [one.part.order_id for one in parts if one.part.order_id is not None]
        rests = {(one.document, one.order_id): one.rest for one in opens_of(tx, client_id, now, orders)}
        return TransferView(
            row.line.amount,
            row.line.booked_on,
            tuple(Credited(one, rests.get((one.part.document, one.part.order_id), ZERO)) for one in parts),
            divisible(tx, row).amount - sum((one.part.amount for one in parts), ZERO),
            owed(tx, client_id, now.astimezone(KYIV).date()),
            self._standing.debts_as_of_in(tx),
        )
