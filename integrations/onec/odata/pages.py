"""Sets page by page: pages shrink where the base cannot bear them, and a list that moved under us is noticed."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Hashable, Iterable

import stamina

from bot.domain.errors import OutsideError, Rejected, Unavailable
from integrations.onec.odata.client import OnecClient, Page, Row, is_heavy
from integrations.onec.odata.literals import is_one_of
from integrations.onec.odata.refusals import SYSTEM
from integrations.onec.odata.url import LONGEST_QUERY, Query, written

LARGEST = 500
FAT = 200
"""Documents come with their sections."""
SMALLEST = 10
CALM = 20
"""Good pages before a larger one is tried again: a page that is too much may exhaust the server's disk."""
_OVERHEAD = 200
"""What a query has besides its condition and its `$select`."""
_A_REF = "00000000-0000-0000-0000-000000000000"
_EASY = 4 * 1024 * 1024
Ask = Callable[[Query], Awaitable[Page]]
Key = Callable[[Row], Hashable]


class Pace:
    """How many rows are asked for at a time; shared by all walks over one kind of thing, so it is learnt once."""

    def __init__(self, start: int = LARGEST) -> None:
        self.size = start
        self._largest = start
        self._calm = 0

    def slower(self) -> bool:
        """False where it is as slow as it gets."""
        if self.size <= SMALLEST:
            return False
        self.size = max(self.size // 2, SMALLEST)
        self._calm = CALM
        return True

    def faster(self, page: Page) -> None:
        """Slowly: by a quarter, only while the answers are light, and not soon after a page was too much."""
        if self._calm:
            self._calm -= 1
        elif page.size < _EASY:
            self.size = min(self.size + max(self.size // 4, 1), self._largest)


def by(*names: str) -> Key:
    """Rows are told apart by these fields."""
    return lambda row: tuple(row.get(name) for name in names)


async def walk(ask: Ask, query: Query, key: Key, pace: Pace) -> AsyncGenerator[list[Row], None]:
    """All rows, each once. `key` tells rows apart; the order is stated in `query` and must be repeatable.

    Every page begins with the last row of the one before it: where it does not, somebody added or removed rows
    meanwhile, so the walk steps back. Raises Unavailable where the list does not come to rest.
    """
    seen: set[Hashable] = set()
    last: Hashable = None
    skip, stumbles = 0, 0
    while True:
        page, asked = await _page(ask, query, skip, pace)
        named = [key(row) for row in page.rows]
        if last is not None and last not in named:
            stumbles += 1
            if stumbles > 10:
                raise Unavailable(SYSTEM, "paging", "the list keeps moving")
            skip = max(skip - pace.size * stumbles, 0)
            last = None if skip == 0 else last
            continue
        fresh = [row for own, row in zip(named, page.rows, strict=True) if own not in seen]
        seen.update(named)
        if fresh:
            yield fresh
        if len(page.rows) < asked:
            return
        skip, last = skip + len(page.rows) - 1, named[-1]


async def _page(ask: Ask, query: Query, skip: int, pace: Pace) -> tuple[Page, int]:
    """The page and how many rows were asked for."""
    while True:
        asked = pace.size
        paging = (("$top", str(asked)), *((("$skip", str(skip)),) if skip else ()))
        try:
            page = await _patiently(ask, (*query, *paging), smallest=asked <= SMALLEST)
        except (Unavailable, Rejected) as error:
            if is_heavy(error) and pace.slower():
                continue
            raise
        pace.faster(page)
        return page, asked


async def _patiently(ask: Ask, query: Query, *, smallest: bool) -> Page:
    """Again where that may help; a page that was too much is not asked for again as it is."""

    def again(error: Exception) -> bool:
        if not isinstance(error, Unavailable) or error.code == "publication":
            return False
        return smallest or not is_heavy(error)

    async for attempt in stamina.retry_context(on=again, attempts=3, timeout=90, wait_initial=0.5, wait_max=5):
        with attempt:
            page = await ask(query)
    return page


async def by_refs(
    client: OnecClient, entity: str, refs: Iterable[str], *, field: str = "Ref_Key", select: str = ""
) -> AsyncIterator[list[Row]]:
    """Objects by their references, or rows by a field that holds one; chunks shrink like pages."""
    rest, size, ask = list(refs), chunk_of(field, select), asking(client, entity)
    while rest:
        chunk = rest[:size]
        query: Query = (("$filter", is_one_of(field, chunk)), *((("$select", select),) if select else ()))
        try:
            page = await _patiently(ask, query, smallest=size == 1)
        except (Unavailable, Rejected) as error:
            if not is_heavy(error) or size == 1:
                raise
            size = max(size // 2, 1)
            continue
        del rest[:size]
        yield page.rows


def chunk_of(field: str, select: str) -> int:
    """How many references one condition can name before the query grows past what IIS accepts."""
    room = LONGEST_QUERY - _OVERHEAD - written(select)
    return max(room // written(f" or {is_one_of(field, [_A_REF])}"), 1)


def asking(client: OnecClient, resource: str) -> Ask:
    """Pages of a set."""

    async def ask(query: Query) -> Page:
        return await client.page(resource, query)

    return ask


def unpublished(error: OutsideError) -> bool:
    """Whether the set is simply not in the composition of the interface."""
    return isinstance(error, Rejected) and str(error.code).startswith("entity:")
