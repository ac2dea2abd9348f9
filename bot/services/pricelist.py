"""A price list into the books: read in a thread, compared without a lock, applied in one short transaction."""

import asyncio
from collections.abc import Callable
from contextlib import closing, suppress
from copy import deepcopy
from datetime import datetime

from bot.db.books import Books
from bot.db.pricelist import Staging
from bot.db.pricelist.comparing import compare
from bot.db.pricelist.kinds import Kinds, Stored, resolve
from bot.db.pricelist.sealing import seal
from bot.db.pricelist.writing import Overtaken
from bot.db.tx import Tx
from bot.domain.pricelist import Advance, Progress, Records, Report
from bot.services.watching import tell_arrived

ATTEMPTS = 5


class CatalogueKeepsChanging(Exception):
    """Something else changed the catalogue at every attempt; nothing was imported."""


class PriceListImport:
    """All of a price list or nothing of it; what is as it was is not rewritten."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def run(
        self,
        records: Records,
        *,
        now: datetime,
        full: bool | None = None,
        dry_run: bool = False,
        on_progress: Callable[[Progress], None] = lambda _: None,
    ) -> Report:
        """Import the records; `full` overrides what the source says of its own completeness.

        `on_progress` is called in another thread. Raises BrokenPriceList and CatalogueKeepsChanging, both with
        nothing imported.
        """
        with closing(await asyncio.to_thread(Staging)) as staging:
            await asyncio.to_thread(_stage, staging, records, full, on_progress)
            for _ in range(ATTEMPTS):
                on_progress(Progress("comparing", 0))
                revision, stored = await self._books.read(_read, staging)
                report = deepcopy(staging.report)
                kinds = await asyncio.to_thread(_compare, staging, stored, report)
                report.dry_run = dry_run
                if dry_run or not report.changed_anything:
                    return report
                on_progress(Progress("writing", 0))
                with suppress(Overtaken):
                    if await self._books.write(_apply, staging, kinds, revision, now):
                        return report
        raise CatalogueKeepsChanging


def _stage(staging: Staging, records: Records, full: bool | None, on_progress: Callable[[Progress], None]) -> None:
    def tell(advance: Advance) -> None:
        on_progress(Progress("reading", advance.done, advance.total))

    staging.fill(records, tell)
    if full is not None:
        staging.complete = {"article", "price", "stock"} if full else set()
    seal(staging)


def _read(tx: Tx, staging: Staging) -> tuple[int, Stored]:
    return tx.pricelist.read_into(staging)


def _compare(staging: Staging, stored: Stored, report: Report) -> Kinds:
    kinds = resolve(staging, stored, report)
    compare(staging, kinds, report)
    return kinds


def _apply(tx: Tx, staging: Staging, kinds: Kinds, revision: int, now: datetime) -> bool:
    """The one place where stock changes; whoever waited for it is told in the same transaction."""
    applied = tx.pricelist.apply(staging, kinds, revision, now)
    if applied:
        tell_arrived(tx, now)
    return applied
