"""Documents by windows of their date, so that no page lies deep."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import datetime, timedelta

from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.literals import moment
from integrations.onec.odata.pages import Pace, asking, by, walk
from integrations.onec.odata.url import Query
from integrations.onec.odata.values import local

FIRST_WINDOW = timedelta(days=7)
LONGEST_WINDOW = timedelta(days=120)
FULL_WINDOW = 2000
"""Documents after which another window begins where the last one got to."""
_BY_REF = by("Ref_Key")


async def since(
    client: OnecClient, entity: str, start: datetime, now: datetime, select: str, pace: Pace, *, date_filter: bool
) -> AsyncIterator[list[Row]]:
    """Documents dated from `start` on, those of the future too; moments are naive, the server's."""
    if not date_filter:
        async for rows in _newest_first(client, entity, start, select, pace):
            yield rows
        return
    begin, window, there = start, FIRST_WINDOW, frozenset[object]()
    while True:
        last = begin + window > now
        until = "" if last else f" and Date lt {moment(begin + window)}"
        query = (("$filter", f"Date ge {moment(begin)}{until}"), ("$orderby", "Date,Ref_Key"), *_selected(select))
        found, tail = 0, _Tail(begin, there)
        async with aclosing(walk(asking(client, entity), query, _BY_REF, pace)) as pages:
            async for page in pages:
                rows = tail.fresh(page)
                found += len(rows)
                if rows:
                    yield rows
                if found >= FULL_WINDOW and tail.date > begin:
                    break
            else:
                if last:
                    return
                begin, there = begin + window, frozenset()
                window = min(window * 2, LONGEST_WINDOW) if found < FULL_WINDOW / 4 else window
                continue
        begin, there = tail.date, frozenset(tail.refs)


class _Tail:
    """The latest moment that was read and what was read of it: the next window begins with that moment again."""

    def __init__(self, date: datetime, refs: frozenset[object]) -> None:
        self.date = date
        self.refs = set(refs)

    def fresh(self, rows: list[Row]) -> list[Row]:
        """Those that were not read before."""
        new = []
        for row in rows:
            dated, own = local(row.get("Date")) or self.date, row.get("Ref_Key")
            if dated > self.date:
                self.date, self.refs = dated, set()
            if own not in self.refs:
                new.append(row)
                self.refs.add(own)
        return new


async def _newest_first(
    client: OnecClient, entity: str, start: datetime, select: str, pace: Pace
) -> AsyncIterator[list[Row]]:
    """For bases that fail on conditions by date."""
    query = (("$orderby", "Date desc,Ref_Key"), *_selected(select))
    async for rows in walk(asking(client, entity), query, _BY_REF, pace):
        wanted = [row for row in rows if (dated := local(row.get("Date"))) is not None and dated >= start]
        if wanted:
            yield wanted
        if len(wanted) < len(rows):
            return


def _selected(select: str) -> Query:
    return (("$select", select),) if select else ()


async def oldest(client: OnecClient, entity: str) -> datetime | None:
    """The date of the first document there is."""
    rows = await client.rows(entity, (("$orderby", "Date"), ("$top", "1"), ("$select", "Ref_Key,Date")))
    return local(rows[0].get("Date")) if rows else None
