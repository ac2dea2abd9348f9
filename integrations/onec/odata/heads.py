"""Numbers, dates and sums of documents of any kind, by their references."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.accounting import DocumentHead
from bot.domain.errors import Rejected
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.pages import by_refs, unpublished
from integrations.onec.odata.profile import Table
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.values import day, money, ref, words

_TOTAL = "СуммаДокумента"


class Heads:
    """`kinds` are what Komora calls each set of documents."""

    def __init__(self, client: OnecClient, shapes: Shapes, kinds: Mapping[str, str]) -> None:
        self._client = client
        self._shapes = shapes
        self._kinds = kinds

    async def few(self, entity: str, refs: Sequence[str]) -> dict[str, DocumentHead]:
        """Nothing of a set that is not published."""
        found: dict[str, DocumentHead] = {}
        if not refs:
            return found
        try:
            select = await self.select(entity)
            async for rows in by_refs(self._client, entity, refs, select=select):
                found.update(self.of(entity, rows))
        except Rejected as error:
            if not unpublished(error):
                raise
        return found

    async def select(self, entity: str) -> str:
        return await self._shapes.select(Table(entity=entity), plain=("Ref_Key", "Number", "Date", _TOTAL))

    def of(self, entity: str, rows: Iterable[Row]) -> Iterable[tuple[str, DocumentHead]]:
        kind = self._kinds.get(entity, "other")
        for row in rows:
            own, dated = ref(row.get("Ref_Key")), day(row.get("Date"))
            if own is not None and dated is not None:
                yield own, DocumentHead(kind, words(row.get("Number")), dated, money(row.get(_TOTAL)))
