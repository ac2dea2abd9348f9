"""How a client's account has moved: what it stood at, and each record since by the document that made it."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.accounting import DocumentHead
from bot.domain.errors import Unavailable
from bot.domain.money import ZERO, Money
from bot.domain.settlements import Movement, Settlements
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.heads import Heads
from integrations.onec.odata.literals import is_one_of, of_kind
from integrations.onec.odata.pages import Pace, asking, by, chunk_of, walk
from integrations.onec.odata.profile import Profile, SettlementsTable
from integrations.onec.odata.refusals import SYSTEM, Refusal
from integrations.onec.odata.registers import Registers
from integrations.onec.odata.relatives import ORDER
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.url import Query
from integrations.onec.odata.values import kind_of, local, money, ref, words

_OPERATION = "settlements"
_OPENING, _CLOSING = "OpeningBalance", "ClosingBalance"
_EXPENSE = "Expense"


@dataclass(slots=True)
class _Made:
    """What a document has done to the account so far as it was read."""

    entity: str
    at: datetime
    change: Money = field(default=ZERO)


class SettlementsReader:
    """The records are checked against the register's own totals: what does not add up is not told."""

    def __init__(self, client: OnecClient, profile: Profile, shapes: Shapes, registers: Registers) -> None:
        self._client = client
        self._profile = profile
        self._shapes = shapes
        self._registers = registers
        self._heads = Heads(client, shapes, profile.settlements.kinds)
        self._pace = Pace()

    async def of(self, client: str, since: date) -> Settlements:
        """Raises Rejected: not_a_client; Unavailable where somebody moved it while it was read, twice in a row."""
        if ref(client) is None:
            raise Refusal(_OPERATION, "not_a_client", "")
        table, begin = await self._table(), datetime.combine(since, time())
        conditions = await self._conditions(table, client)
        for _ in range(2):
            opening, closing = await self._totals(table, begin, conditions)
            made = await self._records(table, begin, conditions)
            if opening + sum((one.change for one in made.values()), ZERO) == closing:
                return Settlements(since, opening, await self._named(made))
        raise Unavailable(SYSTEM, _OPERATION, "does not add up")

    async def _totals(self, table: SettlementsTable, begin: datetime, conditions: Sequence[str]) -> tuple[Money, Money]:
        opening = closing = ZERO
        for condition in conditions:
            async for rows in self._registers.turnovers(table, begin, condition):
                for row in rows:
                    opening += _amount(table, row, _OPENING)
                    closing += _amount(table, row, _CLOSING)
        return opening, closing

    async def _records(self, table: SettlementsTable, begin: datetime, conditions: Sequence[str]) -> dict[str, _Made]:
        """By document, oldest first."""
        found: dict[str, _Made] = {}
        for condition in conditions:
            async for rows in self._registers.records(table, begin, condition):
                for row in rows:
                    self._add(table, row, found)
        return dict(sorted(found.items(), key=lambda item: (item[1].at, item[0])))

    def _add(self, table: SettlementsTable, row: Row, found: dict[str, _Made]) -> None:
        own, at = ref(table.read(row, "recorder")), local(table.read(row, "period"))
        if own is None or at is None:
            return
        made = found.setdefault(own, _Made(kind_of(table.read(row, "recorder_type")), at))
        amount = _amount(table, row, "")
        made.change += ZERO - amount if words(table.read(row, "direction")) == _EXPENSE else amount

    async def _named(self, made: dict[str, _Made]) -> tuple[Movement, ...]:
        """What came to nothing in the end is left out."""
        moved = {own: one for own, one in made.items() if one.change}
        of_kind_: dict[str, list[str]] = defaultdict(list)
        for own, one in moved.items():
            of_kind_[one.entity].append(own)
        heads: dict[str, DocumentHead] = {}
        for entity, refs in of_kind_.items():
            heads |= await self._heads.few(entity, refs) if entity else {}
        return tuple(self._movement(own, one, heads.get(own)) for own, one in moved.items())

    def _movement(self, own: str, made: _Made, head: DocumentHead | None) -> Movement:
        kind = self._profile.settlements.kinds.get(made.entity, "other")
        debit, credit = max(made.change, ZERO), max(ZERO - made.change, ZERO)
        return Movement(own, kind, head.number if head else "", made.at.date(), debit, credit)

    async def _conditions(self, table: SettlementsTable, client: str) -> list[str]:
        """Which records are the client's: by the client, or by its keys of settlements, a query's length each."""
        if table.has("client"):
            name = table.name("client")
            composite = not name.endswith("_Key")
            said = of_kind(client, self._profile.counterparty.entity) if composite else ""
            return [f"{name} eq {said}" if composite else is_one_of(name, [client])]
        name, keys = table.name("key"), [key async for key in self._keys(client)]
        size = max(chunk_of(name, "") // 2, 1)
        return [is_one_of(name, keys[at : at + size]) for at in range(0, len(keys), size)]

    async def _keys(self, client: str) -> AsyncIterator[str]:
        table = self._profile.debt_key
        if table is None:
            return
        select = await self._shapes.select(table, "client")
        query: Query = (("$filter", is_one_of(table.name("client"), [client])), ORDER)
        query = (*query, ("$select", select)) if select else query
        async for rows in walk(asking(self._client, table.entity), query, by("Ref_Key"), self._pace):
            for row in rows:
                if (own := ref(row.get("Ref_Key"))) is not None:
                    yield own

    async def _table(self) -> SettlementsTable:
        """The register that the base has of the two."""
        newest, older = self._profile.settlements, self._profile.settlements_older
        return newest if older is None or await self._registers.published(newest) else older


def _amount(table: SettlementsTable, row: Row, suffix: str) -> Money:
    """What is owed, less what was paid ahead where that stands apart."""
    owed, ahead = (row.get(table.name(word) + suffix) if table.has(word) else None for word in ("amount", "prepaid"))
    return money(owed) - money(ahead)
