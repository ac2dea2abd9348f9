"""The digest: what all clients owe, how old it is, how it has moved, and who owes most; and the same of one client."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.clients import ClientChoice
from bot.db.debt_days import Then
from bot.db.tx import Tx
from bot.domain.aging import Aging, aging
from bot.domain.dispatch import SURELY, WENT, DispatchState
from bot.domain.errors import NotFound
from bot.domain.job import Run
from bot.domain.money import ZERO, Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.promises import PromiseView
from bot.domain.workdays import midnight
from bot.i18n import KYIV
from bot.ports import Clock
from bot.services.debts import Owed, owed, owed_by_all
from bot.services.notices import tell_finance
from bot.services.standing import LastKnown, Standing

DIGEST = "digest"
LARGEST = 10
CHOICES = 6
KEPT = timedelta(days=400)
"""So long it is known what each client owed; what all owed together stays."""
WEEK = timedelta(days=7)
LOOK_BACK = 14
"""Days within which there is surely a working one."""
Works = Callable[[date], bool]
"""Whether a day is a working one."""


@dataclass(frozen=True, slots=True)
class Change:
    """Since an earlier day: above zero is more."""

    since: date
    total: Money
    overdue: Money


@dataclass(frozen=True, slots=True)
class Debtor:
    """A client, and what they owe."""

    id: UUID
    name: str
    owed: Owed


@dataclass(frozen=True, slots=True)
class Told:
    """Messages to clients since the morning of the last working day, and what came in by links in that time.

    `sent` left, `failed` did not arrive; `paid` is net of what was given back, of `payments` of which anything is left.
    """

    since: date
    sent: int
    failed: int
    cost: Money
    payments: int
    paid: Money


@dataclass(frozen=True, slots=True)
class Answers:
    """What clients said to reminders: to be paid today, not kept since the last working day; and what is still open."""

    today: tuple[PromiseView, ...]
    broken: tuple[PromiseView, ...]
    claims: int
    disputes: int


@dataclass(frozen=True, slots=True)
class DigestView:
    """All clients on a day, the largest debtor first. `as_of` is said where debts are older than they should be.

    `unidentified`: bank payments that wait for somebody to say whose they are, how many and how much; `to_return`:
    those of which something is to go back to the payer.
    """

    on: date
    debtors: tuple[Debtor, ...]
    aging: Aging
    advance: Money
    changes: tuple[Change, ...]
    told: Told
    answers: Answers
    unidentified: tuple[int, Money]
    to_return: tuple[int, Money]
    as_of: LastKnown | None

    @property
    def overdue_debtors(self) -> int:
        return sum(1 for debtor in self.debtors if debtor.owed.overdue)

    @property
    def largest(self) -> tuple[Debtor, ...]:
        return self.debtors[:LARGEST]


@dataclass(frozen=True, slots=True)
class DebtorView:
    """One client on a day; `limit` is None where 1C sets none."""

    on: date
    debtor: Debtor
    aging: Aging
    changes: tuple[Change, ...]
    limit: Money | None
    as_of: LastKnown | None


class Digest:
    """For the desk that money concerns. `works` says whether a day is a working one."""

    def __init__(self, books: Books, standing: Standing, works: Works, now: Clock) -> None:
        self._books = books
        self._standing = standing
        self._works = works
        self._now = now

    async def view(self) -> DigestView:
        return await self._books.read(self._view)

    async def client(self, client_id: UUID) -> DebtorView:
        """Raises NotFound."""
        return await self._books.read(self._client, client_id)

    async def named(self, words: str) -> Sequence[ClientChoice]:
        """Clients with this code or with these words in their name; one more than CHOICES where there are more."""
        return await self._books.read(lambda tx: tx.clients.named(words, CHOICES + 1))

    async def run(self, _: Run) -> None:
        """Every morning what is owed is noted, and on a working one finance is told; the handler of DIGEST."""
        await self._books.write(self._morning)

    async def send(self) -> None:
        """To finance now, whatever day it is."""
        version = self._now().isoformat()
        await self._books.write(lambda tx: _tell(tx, self._today(), version))

    def _morning(self, tx: Tx) -> None:
        today = self._today()
        clients = {
            client_id: (one.total, one.overdue) for client_id, one in owed_by_all(tx, today).items() if one.debts
        }
        now = Then(
            today, sum((all_ for all_, _ in clients.values()), ZERO), sum((late for _, late in clients.values()), ZERO)
        )
        known = self._standing.debts_taken_at(tx)
        tx.debt_days.put(now, self._now(), known, clients)
        tx.debt_days.forget(today - KEPT)
        if self._works(today):
            _tell(tx, today)

    def _view(self, tx: Tx) -> DigestView:
        today, everybody = self._today(), owed_by_all(tx, self._today())
        names = tx.clients.names(everybody.keys())
        debtors = [Debtor(client_id, names[client_id], one) for client_id, one in everybody.items() if one.debts]
        debtors.sort(key=lambda debtor: (-debtor.owed.total.kopiykas, debtor.name))
        ages = aging(((debt.due, debt.rest) for debtor in debtors for debt in debtor.owed.debts), today)
        return DigestView(
            today,
            tuple(debtors),
            ages,
            sum((one.advance for one in everybody.values()), ZERO),
            tuple(Change(then.day, ages.total - then.total, ages.overdue - then.overdue) for then in _days(tx, today)),
            self._told(tx, today),
            self._answers(tx, today),
            tx.bank.unidentified(),
            tx.bank_returns.open_sum(),
            self._standing.debts_as_of_in(tx),
        )

    def _client(self, tx: Tx, client_id: UUID) -> DebtorView:
        buyer = tx.clients.buyer_of(client_id)
        if buyer is None:
            raise NotFound("client")
        today = self._today()
        one = owed(tx, client_id, today)
        changes = []
        for then in _days(tx, today):
            all_, late = tx.debt_days.of_client(client_id, then.day) or (ZERO, ZERO)
            changes.append(Change(then.day, one.total - all_, one.overdue - late))
        return DebtorView(
            today,
            Debtor(client_id, buyer.name, one),
            aging(((debt.due, debt.rest) for debt in one.debts), today),
            tuple(changes),
            tx.clients.credit_limit(client_id),
            self._standing.debts_as_of_in(tx),
        )

    def _answers(self, tx: Tx, today: date) -> Answers:
        return Answers(
            tuple(one for one in tx.promises.open_promises() if one.day == today),
            tuple(tx.promises.broken_since(midnight(self._last_working(today)))),
            len(tx.promises.open_claims()),
            len(tx.promises.open_disputes()),
        )

    def _last_working(self, today: date) -> date:
        days = (today - timedelta(days=back) for back in range(1, LOOK_BACK))
        return next((day for day in days if self._works(day)), today - timedelta(days=1))

    def _told(self, tx: Tx, today: date) -> Told:
        since = self._last_working(today)
        begin, now = midnight(since), self._now()
        tallies = tx.journal.tallies(begin, now)
        came = tx.figures.came_by_card(begin, now)
        return Told(
            since,
            sum(one.count for one in tallies if one.state in SURELY),
            sum(one.count for one in tallies if one.state is DispatchState.FAILED),
            sum((one.cost for one in tallies if one.state in WENT), ZERO),
            came.count,
            came.sum,
        )

    def _today(self) -> date:
        return self._now().astimezone(KYIV).date()


def _days(tx: Tx, today: date) -> Mapping[Then, None]:
    """The last day noted before today, and the last one at least a week ago; one where they are the same."""
    known = (tx.debt_days.latest(today - timedelta(days=1)), tx.debt_days.latest(today - WEEK))
    return dict.fromkeys(then for then in known if then is not None)


def _tell(tx: Tx, day: date, version: str = "") -> None:
    """First the picture with the figures, then the table of all debts."""
    tell_finance(tx, Notice(NoticeKind.DIGEST, day.isoformat(), version))
    tell_finance(tx, Notice(NoticeKind.DIGEST_TABLE, day.isoformat(), version))
