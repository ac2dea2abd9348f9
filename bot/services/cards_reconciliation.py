"""The last payments at the gateway against the books: what differs is read back, what nobody knows is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.job import Run
from bot.domain.notice import Notice, NoticeKind
from bot.domain.paying import UNPAID, Said, is_disowned, outcome, sums
from bot.domain.payment import GatewayState, Outcome
from bot.i18n import KYIV
from bot.ports import Clock, PaymentProvider
from bot.services.notices import tell_finance
from bot.services.payments import check_job

RECONCILE_CARDS = "reconcile_cards"
WINDOW = timedelta(hours=6)
"""A list is asked for in pieces, so that the answer for a busy day stays within bounds."""
DAYS = 7
"""The list has a payment on the day when it was made; what was done to it in the days after that is seen there too."""
MONEY_MOVED = frozenset({Outcome.PAID, Outcome.HELD, Outcome.REFUNDED})


@dataclass(frozen=True, slots=True)
class CardsCompared:
    """How many payments the gateway listed, how many are read back, and how many nobody knows."""

    listed: int
    read_back: int
    strange: int


class CardReconciliation:
    """The handler of the job RECONCILE_CARDS."""

    def __init__(self, books: Books, provider: PaymentProvider, now: Clock) -> None:
        self._books = books
        self._provider = provider
        self._now = now

    async def run(self, _: Run) -> None:
        """Raises what PaymentProvider.transactions raises."""
        await self.compare()

    async def compare(self) -> CardsCompared:
        """The days until yesterday, as Kyiv has them. Raises what PaymentProvider.transactions raises."""
        end = datetime.combine(self._now().astimezone(KYIV).date(), time(), KYIV)
        begin = datetime.combine(end.date() - timedelta(days=DAYS), time(), KYIV)
        listed: dict[str, GatewayState] = {}
        for start in (begin + WINDOW * number for number in range((end - begin) // WINDOW + 1)):
            for state in await self._provider.transactions(start, min(start + WINDOW, end)) if start < end else ():
                listed[state.reference] = _later(listed.get(state.reference), state)
        return await self._books.write(self._compared, listed, begin, end)

    def _compared(self, tx: Tx, listed: Mapping[str, GatewayState], begin: datetime, end: datetime) -> CardsCompared:
        known = tx.payments.known(listed)
        day = f"{end:%Y%m%d}"
        said = tx.payments.said_of(known)
        differing = [one for one in sorted(known) if _differs(said[one], listed[one])]
        differing += [one for one in tx.payments.processed_between(begin, end) if one not in listed]
        for reference in differing:
            tx.jobs.add(check_job(reference, f"reconciled:{day}"))
        strangers = [state for one, state in sorted(listed.items()) if one not in known and _matters(state)]
        return CardsCompared(len(listed), len(differing), self._told(tx, strangers))

    def _told(self, tx: Tx, strangers: Sequence[GatewayState]) -> int:
        """Staff hear of each once, however often the day is compared."""
        now = self._now()
        found = [state for state in strangers if tx.money.strange(state, now)]
        if found:
            tell_finance(tx, Notice(NoticeKind.STRANGE_MONEY, now.isoformat()))
        return len(found)


def _later(known: GatewayState | None, state: GatewayState) -> GatewayState:
    """A payment and its refunds may be rows of their own: what moved more money counts."""
    if known is None:
        return state
    return max(known, state, key=lambda one: (one.outcome in MONEY_MOVED, one.refunded, one.outcome is Outcome.PAID))


def _matters(state: GatewayState) -> bool:
    return state.outcome in MONEY_MOVED and bool(state.amount)


def _differs(said: Sequence[Said], state: GatewayState) -> bool:
    """Only money matters here: what is under way is watched anyway."""
    sum_ = sums(said)
    if not _matters(state):
        return bool(sum_.charged) and state.outcome in UNPAID and not is_disowned(said)
    if state.outcome is Outcome.HELD:
        return outcome(said) is not Outcome.HELD
    gone = state.amount if state.outcome is Outcome.REFUNDED else state.refunded
    return (sum_.charged, sum_.refunded) != (state.amount, gone)
