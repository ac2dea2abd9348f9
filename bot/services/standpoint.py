"""What is known of a client's debts on a day, for the ladder to decide; promises that have come due are settled."""

from datetime import date, datetime
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.ladder import Standpoint
from bot.domain.notice import Notice, NoticeKind
from bot.domain.promises import Ended, PromiseView
from bot.services.attempts import known
from bot.services.debts import owed
from bot.services.notices import tell_finance, tell_person


def standpoint(tx: Tx, client_id: UUID, now: datetime, today: date, *, but: UUID | None = None) -> Standpoint:
    """As if there were no reminder `but`. `today` may be a day to come: then what is known now is all there is."""
    debts = owed(tx, client_id, today).debts
    reminded = tx.reminders.of_client(client_id, but=but)
    steps = tx.reminders.steps([one.id for one in reminded], [debt.document for debt in debts])
    promise, claim = tx.promises.open_promise(client_id), tx.promises.open_claim(client_id)
    exemption = tx.promises.exemption(client_id)
    last_told: dict[str, datetime] = {}
    made = {one.id: one.made_at for one in reminded}
    for reminder_id, step in steps:
        last_told[step.document] = max(made[reminder_id], last_told.get(step.document, made[reminder_id]))
    return Standpoint(
        debts,
        [step for _, step in steps],
        last=max((one.day for one in reminded), default=None),
        waiting=any(one.waiting for one in reminded),
        promised=promise.day if promise else None,
        held=claim.until if claim else None,
        disputed=tx.promises.disputed(client_id),
        lifted=_lifted(tx, client_id, last_told),
        exemption=exemption.rule if exemption else None,
        under_way=is_under_way(tx, client_id, now),
    )


def is_under_way(tx: Tx, client_id: UUID, now: datetime) -> bool:
    """Whether the bank has a payment of the client in hand."""
    open_ = tx.payments.open_of(client_id)
    return bool(open_) and any(attempt.in_hand(now) for attempt in known(tx, open_))


def settle(tx: Tx, client_id: UUID, now: datetime, today: date) -> None:
    """A promise whose day is over was kept or broken; a rest that is over ends. Debts must be fresh.

    While a payment is under way nobody knows.
    """
    claim = tx.promises.open_claim(client_id)
    if claim is not None and claim.until < today:
        tx.promises.end_claim(claim.id, now)
    promise = tx.promises.open_promise(client_id)
    if promise is None or promise.day >= today or is_under_way(tx, client_id, now):
        return
    if is_kept(tx, promise, today):
        if tx.promises.end_promise(promise.id, Ended.KEPT, now) and promise.person_id:
            tell_person(tx, promise.person_id, client_id, Notice(NoticeKind.PROMISE_KEPT, str(promise.id)), now)
    elif tx.promises.end_promise(promise.id, Ended.BROKEN, now):
        tell_finance(tx, Notice(NoticeKind.PROMISE_BROKEN, str(promise.id)))


def is_kept(tx: Tx, promise: PromiseView, today: date) -> bool:
    """Whether nothing is left of what was promised; what is disputed is not asked for."""
    disputed = tx.promises.disputed(promise.client_id)
    left = {debt.document for debt in owed(tx, promise.client_id, today).debts}
    return not (left - disputed) & set(promise.debts)


def _lifted(tx: Tx, client_id: UUID, last_told: dict[str, datetime]) -> frozenset[str]:
    """Documents whose promise was broken, and that were not reminded of since then."""
    broken = tx.promises.last_broken(client_id)
    if broken is None or broken.ended_at is None:
        return frozenset()
    told = {document for document, at in last_told.items() if at >= broken.ended_at}
    return frozenset(broken.debts) - told
