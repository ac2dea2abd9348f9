"""What is owed, by document, from the register of debts."""

from collections.abc import AsyncIterator, Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

from bot.domain.accounting import DocumentHead, ReceivableRecord
from bot.domain.errors import Rejected
from bot.domain.money import Money
from bot.ports import Clock
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.client_records import payment_days
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.documents import oldest, since
from integrations.onec.odata.heads import Heads
from integrations.onec.odata.pages import Pace, asking, unpublished, walk
from integrations.onec.odata.profile import Profile, Table
from integrations.onec.odata.registers import Registers
from integrations.onec.odata.relatives import BY_REF, ORDER, owner_of
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.values import day, kind_of, money, ref

PIECE = 500
MANY = 2000
"""Above this many unknown documents of a kind the whole kind is read by date instead of piece by piece."""
Contracts = dict[str, tuple[str | None, int | None]]
"""The owner and the days to pay, by contract."""


@dataclass(slots=True)
class _Debt:
    """One document's balance, as little of it as is kept."""

    entity: str
    document: str
    client: str
    contract: str | None
    balance: Money
    due: date | None
    order: str | None


class Receivables:
    def __init__(
        self,
        client: OnecClient,
        profile: Profile,
        shapes: Shapes,
        registers: Registers,
        settings: OnecSettings,
        now: Clock,
    ) -> None:
        self._client = client
        self._profile = profile
        self._shapes = shapes
        self._registers = registers
        self._settings = settings
        self._now = now
        self._heads = Heads(client, shapes, profile.debt.kinds)
        self._pace = Pace()

    async def records(self, known: Container[str]) -> AsyncIterator[Sequence[ReceivableRecord]]:
        """Heads only of documents that are not known; a document that cannot be read has none."""
        contracts = await self._contracts()
        debts = await self._debts(contracts)
        debts.sort(key=lambda debt: debt.entity)
        for entity, group in groupby(debts, key=lambda debt: debt.entity):
            async for records in self._of_kind(entity, list(group), known, contracts):
                yield records

    async def _of_kind(
        self,
        entity: str,
        debts: list[_Debt],
        known: Container[str],
        contracts: Contracts,
    ) -> AsyncIterator[list[ReceivableRecord]]:
        unknown = {debt.document for debt in debts if debt.document not in known} if entity else set()
        many = len(unknown) > MANY
        heads: dict[str, DocumentHead] = {}
        if many:
            async for rows in self._by_date(entity):
                heads.update(self._heads.of(entity, (row for row in rows if ref(row.get("Ref_Key")) in unknown)))
        rest = iter(debts)
        while piece := list(islice(rest, PIECE)):
            if not many:
                heads = await self._heads.few(entity, [debt.document for debt in piece if debt.document in unknown])
            yield [self._record(debt, heads.get(debt.document), contracts) for debt in piece]

    def _record(self, debt: _Debt, head: DocumentHead | None, contracts: Contracts) -> ReceivableRecord:
        due = debt.due
        days = contracts.get(debt.contract or "", (None, None))[1]
        if due is None and head is not None and days is not None and debt.balance.kopiykas > 0:
            due = head.date + timedelta(days=days)
        return ReceivableRecord(debt.document, debt.client, debt.contract, debt.balance, due, head, debt.order)

    async def _debts(self, contracts: Contracts) -> list[_Debt]:
        table = await self._table()
        keys = await self._keys()
        sums: dict[tuple[str, str, str | None], _Debt] = {}
        async for rows in self._registers.balance(table):
            for row in rows:
                debt = self._debt(table, row, keys, contracts)
                if debt is None:
                    continue
                same = sums.setdefault((debt.document, debt.client, debt.contract), debt)
                if same is not debt:
                    same.balance += debt.balance
                    same.due = min((due for due in (same.due, debt.due) if due is not None), default=None)
        return [debt for debt in sums.values() if debt.balance]

    def _debt(self, table: Table, row: Row, keys: dict[str, Row], contracts: Contracts) -> _Debt | None:
        """None where it hangs on no client; a debt without a document hangs on its contract, or on the client."""
        key_table = self._profile.debt_key
        source, by = (keys.get(ref(table.read(row, "key")) or "", {}), key_table) if key_table else (row, table)
        contract = ref(by.read(source, "contract")) or ref(table.read(row, "contract"))
        client = ref(by.read(source, "client")) or contracts.get(contract or "", (None, None))[0]
        if client is None:
            return None
        order = ref(table.read(row, "order"))
        document = ref(table.read(row, "document")) or order
        entity = kind_of(table.read(row, "document_type")) if document else ""
        if document and not entity:
            entity = self._profile.order.entity if ref(table.read(row, "document")) is None else ""
        balance = money(table.read(row, "amount")) - money(table.read(row, "prepaid"))
        due = day(table.read(row, "due"))
        return _Debt(entity, document or contract or client, client, contract, balance, due, order)

    async def _keys(self) -> dict[str, Row]:
        """Where clients hide behind a key of settlements."""
        table = self._profile.debt_key
        found: dict[str, Row] = {}
        if table is not None:
            select = await self._shapes.select(table, *table.fields)
            async for rows in self._whole(table, select):
                found.update((own, row) for row in rows if (own := ref(row.get("Ref_Key"))))
        return found

    async def _contracts(self) -> Contracts:
        table = self._profile.contract
        select = await self._shapes.select(table, "owner", "owner_ref", "payment_days", "days_limited")
        found: Contracts = {}
        async for rows in self._whole(table, select):
            for row in rows:
                if (own := ref(row.get("Ref_Key"))) is not None:
                    found[own] = (owner_of(table, row), payment_days(table, row))
        return found

    async def _table(self) -> Table:
        """The register that the base has of the two."""
        older = self._profile.debt_older
        newest_missing = older is not None and not await self._registers.published(self._profile.debt)
        return older if older is not None and newest_missing else self._profile.debt

    async def _by_date(self, entity: str) -> AsyncIterator[list[Row]]:
        try:
            start, select = await oldest(self._client, entity), await self._heads.select(entity)
        except Rejected as error:
            if not unpublished(error):
                raise
            return
        if start is not None:
            now = self._now().astimezone(self._settings.zone).replace(tzinfo=None)
            async for rows in since(
                self._client, entity, start, now, select, self._pace, date_filter=self._settings.date_filter
            ):
                yield rows

    async def _whole(self, table: Table, select: str) -> AsyncIterator[list[Row]]:
        query = (("$select", select), ORDER) if select else (ORDER,)
        async for rows in walk(asking(self._client, table.entity), query, BY_REF, self._pace):
            yield rows
