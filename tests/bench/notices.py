"""A thousand notices at Telegram's own pace, and people who write to the bot meanwhile.

`python -m tests.bench.notices [notices]`. Each goes to a person of its own; the sandbox refuses with 429 whatever is
beyond Telegram's limits. Three people write every 1.3 s, before the notices and while they leave: the reference of a
reply is a reply without notices, in the same run. Fails where anything is refused, lost or doubled.
"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID, uuid4

from sqlalchemy import insert

from bot.db.models import Membership, Person
from bot.db.tx import Tx
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.services.notices import tell_client
from tests.bench.firm import Firm, Measures, opened
from tests.bench.paying import now
from tests.db.people import RANOK
from tests.db.test_orders import line, place
from tests.support.telegram_line import TelegramLine
from tests.support.wholesaler import fill, uid

NOTICES = 1000
WRITERS = ("Олена", "Андрій", "Ірина")
EVERY = 1.3
QUIET = 30
"""Words of each writer before the notices."""
FIRST = 1001


def _settle_in(tx: Tx, count: int) -> UUID:
    """The small wholesaler, its people on Telegram, and an order that a crowd of them is to hear of."""
    fill(tx)
    for number, name in enumerate(WRITERS, 1):
        _joins(tx, number, uid(name), name)
    crowd = [uuid4() for _ in range(count)]
    tx._connection.execute(insert(Person), [{"id": one, "name": "Людина", "active": True} for one in crowd])
    tx._connection.execute(
        insert(Membership),
        [{"person_id": one, "client_id": RANOK.id, "orders": False, "pays": True, "signs": False} for one in crowd],
    )
    for number, one in enumerate(crowd, FIRST):
        _joins(tx, number, one, "Людина")
    return place(tx, RANOK, line(uid("11011"), "11011", "1", "189.50"), total=Money.of("189.50"), at=now())


def _joins(tx: Tx, number: int, person: UUID, name: str) -> None:
    tx.accounts.meet("telegram", str(number), name, now(), None)
    tx.accounts.sign_in("telegram", str(number), person, now())


class Writer:
    """Somebody who writes to the bot and waits for its reply."""

    def __init__(self, firm: Firm, number: int, name: str) -> None:
        self._line = TelegramLine(firm.http, firm.messenger, number, name)

    async def write(self, until: "asyncio.Event | int") -> list[float]:
        """The seconds of each reply."""
        took: list[float] = []
        while not until.is_set() if isinstance(until, asyncio.Event) else len(took) < until:
            began = time.perf_counter()
            shown = await self._line.write("молоко")
            took.append(time.perf_counter() - began)
            assert "Молоко" in shown.text or "молоко" in shown.text, shown.text
            await asyncio.sleep(max(0.0, EVERY - took[-1]))
        return took

    async def close(self) -> None:
        await self._line.close()


async def _all_write(writers: list[Writer], until: "asyncio.Event | int") -> list[float]:
    return [each for took in await asyncio.gather(*(one.write(until) for one in writers)) for each in took]


async def measured(count: int) -> Measures:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with opened(Path(folder), trading=False) as firm:
            return await _measured(firm, count)


async def _measured(firm: Firm, count: int) -> Measures:
    async with firm.books() as books:
        order = await books.write(_settle_in, count)
    for number, name in [*enumerate(WRITERS, 1), *((FIRST + one, "Людина") for one in range(count))]:
        firm.has_telegram(number, name)
    await firm.start()
    writers = [Writer(firm, number, name) for number, name in enumerate(WRITERS, 1)]
    await _all_write(writers, 2)
    calm = await _all_write(writers, QUIET)
    over = asyncio.Event()
    writing = asyncio.create_task(_all_write(writers, over))
    told = Notice(NoticeKind.ORDER_PAID, str(order), "1")
    async with firm.books() as books:
        await books.write(lambda tx: tell_client(tx, RANOK.id, told, now()))
    took = await firm.until(lambda: _told(firm), 60 + count)
    over.set()
    busy = await writing
    for writer in writers:
        await writer.close()
    _check(firm, count)
    before, meanwhile = quantiles(calm, n=20)[-1], quantiles(busy, n=20)[-1]
    return [
        (f"notices: {count} to so many people", took, "s"),
        ("notices: pace", count / took, "per s"),
        ("notices: refused by Telegram as too many", firm.crowded, "(target 0)"),
        ("reply without notices, p50", median(calm) * 1000, "ms"),
        ("reply without notices, p95", before * 1000, "ms"),
        ("reply while notices leave, p50", median(busy) * 1000, "ms"),
        ("reply while notices leave, p95", meanwhile * 1000, "ms"),
        ("reply while notices leave, later by (p95)", (meanwhile - before) * 1000, "ms (target 1000)"),
    ]


async def _told(firm: Firm) -> bool:
    left = "SELECT count(*) FROM dispatches WHERE state NOT IN ('queued', 'sending')"
    everything = firm.rows("SELECT count(*) FROM dispatches")[0][0]
    return bool(everything) and firm.rows(left)[0][0] == everything


def _check(firm: Firm, count: int) -> None:
    assert not firm.crowded, f"Telegram refused {firm.crowded} messages"
    states = Counter(row[0] for row in firm.rows("SELECT state FROM dispatches"))
    assert states == {"sent": count + len(WRITERS)}, states
    heard = Counter(len(firm.telegram.chats[FIRST + one].messages) for one in range(count))
    assert heard == {1: count}, heard


def run(count: int = 200) -> Measures:
    """(name, value, unit) of every figure."""
    return asyncio.run(measured(count))


if __name__ == "__main__":
    for name, value, unit in run(int(sys.argv[1]) if len(sys.argv) > 1 else NOTICES):
        print(f"{name:56} {value:12.3f} {unit}", flush=True)  # noqa: T201
