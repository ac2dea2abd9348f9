"""Who gets which reminder on a day and why, for finance; and the ladder replayed over what is known of the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dispatch import KYIV
from bot.domain.errors import NotFound
from bot.domain.ladder import Ladder, Remind, Rest, late, plan
from bot.domain.money import Money, total
from bot.domain.notice import Audience
from bot.domain.promises import ExemptionView, PaidClaimView, PromiseView, Word
from bot.domain.receivable import Debt, mark_of
from bot.domain.replay import PastDebt, Tally, replay
from bot.domain.workdays import Workdays
from bot.ports import Clock
from bot.services.debts import owed
from bot.services.ladders import Ladders
from bot.services.standing import LastKnown, Standing
from bot.services.standpoint import standpoint


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A debtor on a day: what is to be sent, or why nothing; `reached` where there is somebody to send it to."""

    client_id: UUID
    client: str
    plan: Remind | Rest
    owed: Money
    overdue: Money
    reached: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """All debtors on the next working day: first those who are reminded, by level from the top, then the others."""

    day: date
    clients: tuple[Foreseen, ...]
    as_of: LastKnown | None

    @property
    def reminded(self) -> tuple[Foreseen, ...]:
        return tuple(one for one in self.clients if isinstance(one.plan, Remind))


@dataclass(frozen=True, slots=True)
class DebtorView:
    """One client as finance sees it; `code` names it in a command, and is empty where nothing does."""

    client_id: UUID
    client: str
    code: str
    debts: tuple[Debt, ...]
    disputed: frozenset[str]
    plan: Remind | Rest
    day: date
    promise: PromiseView | None
    claim: PaidClaimView | None
    exemption: ExemptionView | None
    word: Word


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay found, and of what: debts open now, and those paid here since then."""

    tally: Tally
    days: int
    open_debts: int
    paid_debts: int
    undated: int


class Forecasts:
    """Looks ahead and back; changes nothing."""

    def __init__(self, books: Books, ladders: Ladders, standing: Standing, work: Workdays, now: Clock) -> None:
        self._books = books
        self._ladders = ladders
        self._standing = standing
        self._work = work
        self._now = now

    async def tomorrow(self) -> Forecast:
        return await self._books.read(self._forecast)

    async def debtor(self, client_id: UUID) -> DebtorView:
        """Raises NotFound."""
        return await self._books.read(self._debtor, client_id)

    async def example(self, level: str) -> tuple[str, tuple[Debt, ...], int] | None:
        """A real debtor to show a level's words on, with how late the oldest debt is.

        One who would get it on the next working day, else whoever owes most; the debts are those that levels speak of.
        """

        def find(tx: Tx) -> tuple[str, tuple[Debt, ...], int] | None:
            found = self._forecast(tx).clients
            ours = [one for one in found if isinstance(one.plan, Remind) and one.plan.level.name == level]
            best = max(ours or found, key=lambda one: one.owed, default=None)
            if best is None:
                return None
            ladder, all_ = self._ladders.current_in(tx), owed(tx, best.client_id, self._today).debts
            debts = tuple(one for one in all_ if one.due and ladder.of(late(one.due, self._today))) or all_
            due = min((debt.due for debt in debts if debt.due), default=self._today)
            return best.client, debts, late(due, self._today)

        return await self._books.read(find)

    async def replay(self, ladder: Ladder, since: date) -> Replayed:
        return await self._books.read(self._replay, ladder, since)

    @property
    def _today(self) -> date:
        return self._now().astimezone(KYIV).date()

    def _forecast(self, tx: Tx) -> Forecast:
        day, ladder = self._work.next_working(self._today), self._ladders.current_in(tx)
        found = [self._foreseen(tx, ladder, client_id, day) for client_id in tx.reminders.debtors()]
        clients = sorted((one for one in found if one), key=_rank)
        return Forecast(day, tuple(clients), self._standing.debts_as_of_in(tx))

    def _foreseen(self, tx: Tx, ladder: Ladder, client_id: UUID, day: date) -> Foreseen | None:
        buyer = tx.clients.buyer_of(client_id)
        if buyer is None:
            return None
        seen = standpoint(tx, client_id, self._now(), day)
        people = tx.reach.audience(client_id, Audience.OWES)
        reached = bool(people) or (not tx.reach.has_people(client_id) and bool(tx.reach.addresses(None, client_id)))
        rests = [debt.rest for debt in seen.debts]
        late = [debt.rest for debt in seen.debts if debt.overdue]
        return Foreseen(client_id, buyer.name, plan(ladder, seen, day), total(rests), total(late), reached)

    def _debtor(self, tx: Tx, client_id: UUID) -> DebtorView:
        buyer, day = tx.clients.buyer_of(client_id), self._work.next_working(self._today)
        if buyer is None:
            raise NotFound("client")
        seen = standpoint(tx, client_id, self._now(), day)
        return DebtorView(
            client_id,
            buyer.name,
            tx.clients.code_of(client_id),
            owed(tx, client_id, self._today).debts,
            frozenset(seen.disputed),
            plan(self._ladders.current_in(tx), seen, day),
            day,
            tx.promises.open_promise(client_id),
            tx.promises.open_claim(client_id),
            tx.promises.exemption(client_id),
            tx.promises.word(client_id),
        )

    def _replay(self, tx: Tx, ladder: Ladder, since: date) -> Replayed:
        clients: dict[UUID, list[PastDebt]] = {}
        undated = 0
        for client_id in tx.reminders.debtors():
            for debt in owed(tx, client_id, self._today).debts:
                undated += debt.due is None
                clients.setdefault(client_id, []).append(PastDebt(debt, debt.dated))
        open_debts = sum(map(len, clients.values())) - undated
        paid = tx.receivables.paid_here(since)
        for one in paid:
            due = one.dated + timedelta(days=one.payment_days)
            debt = Debt(
                mark_of(one.document), one.document, "", "", one.dated, one.amount, due, one.amount, overdue=False
            )
            clients.setdefault(one.client_id, []).append(PastDebt(debt, one.dated, one.paid_on))
        days = _working(self._work, since, self._today)
        return Replayed(replay(ladder, clients, days), len(days), open_debts, len(paid), undated)


def _rank(one: Foreseen) -> tuple[bool, int, str]:
    reminded = isinstance(one.plan, Remind)
    day = one.plan.level.day if isinstance(one.plan, Remind) else 0
    return not reminded, -day, one.client


def _working(work: Workdays, since: date, until: date) -> Sequence[date]:
    days = (until - since).days
    return [day for n in range(days + 1) if work.is_working(day := since + timedelta(days=n))]
