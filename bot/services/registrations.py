"""Clients that have registered with the service of signatures: found by asking it, and granted their discount once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.job import Job, Queue, Run
from bot.domain.notice import Notice, NoticeKind
from bot.domain.promotion import VCHASNO
from bot.logs import log
from bot.ports import Clock
from bot.ports.signing import Signing
from bot.services.notices import tell_client
from bot.services.promotions import Promotions

LOOK_REGISTERED = "look_for_registered"
AT_ONCE = 100
"""Codes that one job asks about: the service lets us ask so many in a quarter of a minute."""
logger = log("registrations")


class Registrations:
    """The handler of LOOK_REGISTERED: a page of clients that have no grant yet, and a job for the next page."""

    def __init__(self, books: Books, signing: Signing, promotions: Promotions, now: Clock) -> None:
        self._books = books
        self._signing = signing
        self._promotions = promotions
        self._now = now

    async def look(self, run: Run) -> None:
        """Raises Unavailable, Rejected. Asked again it grants nothing twice."""
        if self._promotions.rules.of(VCHASNO) is None:
            return
        after = str(run.job.args.get("after", ""))
        codes = await self._books.read(lambda tx: tx.discounts.codes_without_grant(VCHASNO, after, AT_ONCE))
        for code in codes:
            if await self._signing.registered(code):
                granted = await self._books.write(self._granted, code)
                logger.info("registered", granted=granted)
        if len(codes) == AT_ONCE:
            await self._books.write(self._more, run, codes[-1])

    def _granted(self, tx: Tx, code: str) -> int:
        """Once for a legal entity, however many clients carry its code: the one that orders most is given it."""
        clients = tx.clients.active_with_code(code)
        if tx.discounts.granted(clients, VCHASNO):
            return 0
        for client_id in self._by_orders(tx, clients)[:1]:
            if self._promotions.grant(tx, client_id, VCHASNO, f"registered, {code}"):
                tell_client(tx, client_id, Notice(NoticeKind.GRANTED, str(client_id), VCHASNO), self._now())
                return 1
        return 0

    def _by_orders(self, tx: Tx, clients: Sequence[UUID]) -> list[UUID]:
        return sorted(clients, key=lambda one: (-tx.orders.count(one), str(one)))

    def _more(self, tx: Tx, run: Run, last: str) -> None:
        tx.jobs.add(
            Job(
                LOOK_REGISTERED, Queue.SIGNING, {"after": last}, key=f"{run.job.key}:{last}", lock=LOOK_REGISTERED
            )
        )  # fmt: skip


def look_job(tick: datetime) -> Job:
    return Job(LOOK_REGISTERED, Queue.SIGNING, {}, key=f"{LOOK_REGISTERED}:{tick.isoformat()}", lock=LOOK_REGISTERED)
