"""Which fields a base really has: a name that is not there would fail a whole `$select`."""

from bot.domain.errors import Rejected
from integrations.onec.odata.client import OnecClient
from integrations.onec.odata.pages import unpublished
from integrations.onec.odata.profile import Table
from integrations.onec.odata.url import written

LONGEST_SELECT = 1400


class Shapes:
    """Learnt from the first object of a set and remembered."""

    def __init__(self, client: OnecClient) -> None:
        self._client = client
        self._known: dict[str, frozenset[str]] = {}

    async def fields(self, entity: str) -> frozenset[str]:
        """Empty where the set is."""
        if entity not in self._known:
            rows = await self._client.rows(entity, (("$top", "1"),))
            if not rows:
                return frozenset()
            self._known[entity] = frozenset(rows[0])
        return self._known[entity]

    async def select(self, table: Table, *words: str, plain: tuple[str, ...] = ("Ref_Key",)) -> str:
        """Those of the fields that are there, by Komora's words and by 1C's own names.

        Empty, which means whole objects, for an empty set and where naming them all would make too long a query.
        """
        present = await self.fields(table.entity)
        wanted = dict.fromkeys((*plain, *(table.name(word) for word in words)))
        select = ",".join(name for name in wanted if name in present)
        return select if written(select) <= LONGEST_SELECT else ""

    async def published(self, table: Table | None) -> bool:
        """Whether an optional set can be read at all."""
        if table is None:
            return False
        try:
            await self.fields(table.entity)
        except Rejected as error:
            if table.optional and (unpublished(error) or error.code == "access"):
                return False
            raise
        return True
