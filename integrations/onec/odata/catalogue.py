"""Articles, prices and stock as the records of a price list."""

from collections.abc import AsyncIterator
from decimal import Decimal

from bot.domain.accounting import Subject
from bot.domain.money import Money
from bot.domain.pricelist import (
    Complete,
    FileRecord,
    OfferRecord,
    PriceTypeRecord,
    Problem,
    Record,
    WarehouseRecord,
)
from integrations.onec.odata.article_records import Packs, Seen, article, category, identity, variant
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.literals import guid
from integrations.onec.odata.pages import Pace, asking, by, walk
from integrations.onec.odata.profile import Profile, Table
from integrations.onec.odata.registers import Registers
from integrations.onec.odata.relatives import BY_REF, ORDER
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.values import number, ref, words, yes

NAME = "1C OData"
HRYVNIA = "UAH"
_HRYVNIA_CODES = frozenset({"980", "UAH", "грн", "грн."})


class Catalogue:
    """Everything is named, so what is not named is gone: each kind ends with its Complete."""

    def __init__(self, client: OnecClient, profile: Profile, shapes: Shapes, registers: Registers) -> None:
        self._client = client
        self._profile = profile
        self._shapes = shapes
        self._registers = registers
        self._pace = Pace()

    async def records(self, subjects: frozenset[Subject]) -> AsyncIterator[Record]:
        """Where a whole list did not arrive, an error comes instead of its Complete."""
        yield FileRecord(NAME)
        packs = await self._packs() if subjects & {Subject.CATALOGUE, Subject.PRICES} else Packs()
        if Subject.CATALOGUE in subjects:
            async for record in self._articles(packs):
                yield record
        if Subject.PRICES in subjects:
            async for record in self._prices(packs):
                yield record
        if Subject.STOCK in subjects:
            async for record in self._stock():
                yield record

    async def _articles(self, packs: Packs) -> AsyncIterator[Record]:
        table = self._profile.article
        seen = Seen(packs, await self._units(), await self._barcodes(), await self._rates())
        plain = ("Ref_Key", "DeletionMark", "IsFolder", "Parent_Key", "Code")
        select = await self._shapes.select(table, *table.fields, plain=plain)
        async for rows in self._whole(table, select):
            for row in rows:
                record = category(table, row) if yes(row.get("IsFolder")) else article(self._profile, row, seen)
                if record is not None:
                    yield record
        if self._profile.characteristic and await self._shapes.published(self._profile.characteristic):
            async for rows in self._whole(self._profile.characteristic):
                for row in rows:
                    if (own := variant(self._profile.characteristic, row)) is not None:
                        yield own
        yield Complete("article")

    async def _prices(self, packs: Packs) -> AsyncIterator[Record]:
        table, currencies = self._profile.price_type, await self._currencies()
        types: dict[str, str] = {}
        async for rows in self._whole(table):
            for row in rows:
                own = ref(row.get("Ref_Key"))
                if own is None or yes(row.get("DeletionMark")) or yes(row.get("IsFolder")):
                    continue
                types[own] = currency = currencies.get(ref(table.read(row, "currency")) or "", HRYVNIA)
                included = table.read(row, "vat_included")
                with_vat = included is None or yes(included)
                yield PriceTypeRecord(own, words(table.read(row, "name")), 0, currency, with_vat)
        for own, currency in types.items():
            async for record in self._prices_of(own, currency, currencies, packs):
                yield record
        yield Complete("price")

    async def _prices_of(
        self, price_type: str, currency: str, currencies: dict[str, str], packs: Packs
    ) -> AsyncIterator[Record]:
        table = self._profile.price
        condition = f"{table.name('price_type')} eq {guid(price_type)}"
        async for rows in self._registers.slice_last(table, condition, ("article", "characteristic", "unit")):
            for row in rows:
                own = identity(table.read(row, "article"), table.read(row, "characteristic"))
                if own is None or (table.has("active") and table.read(row, "active") is False):
                    continue
                money = currencies.get(ref(table.read(row, "currency")) or "", currency)
                if money != HRYVNIA:
                    yield Problem("price", "currency", detail=money, article=own)
                    continue
                price = packs.per_base_unit(number(table.read(row, "price")), table.read(row, "unit"))
                if price > 0:
                    yield OfferRecord(own, 0, prices=((price_type, Money.of(price).kopiykas),))
                else:
                    yield Problem("price", "zero_price" if price == 0 else "negative_price", article=own)

    async def _stock(self) -> AsyncIterator[Record]:
        table, places = self._profile.warehouse, set()
        async for rows in self._whole(table):
            for row in rows:
                own = ref(row.get("Ref_Key"))
                if own is not None and not yes(row.get("DeletionMark")) and not yes(row.get("IsFolder")):
                    places.add(own)
                    yield WarehouseRecord(own, words(table.read(row, "name")), 0)
        table = self._profile.stock
        if table.optional and not await self._registers.published(table):
            yield Problem("stock", "not_published", left_out=False)
            return
        left: dict[tuple[str, str], Decimal] = {}
        async for rows in self._registers.balance(table):
            for row in rows:
                own = identity(table.read(row, "article"), table.read(row, "characteristic"))
                place = ref(table.read(row, "warehouse"))
                if own is not None and place in places:
                    free = number(table.read(row, "quantity")) - number(table.read(row, "reserved"))
                    left[own, place] = left.get((own, place), Decimal(0)) + free
        for (own, place), quantity in left.items():
            yield OfferRecord(own, 0, stock=((place, max(int(quantity * 1000), 0)),))
        yield Complete("stock")

    async def _packs(self) -> Packs:
        packs, table = Packs(), self._profile.pack
        if table is not None and await self._shapes.published(table):
            select = await self._shapes.select(table, *table.fields, plain=("Ref_Key", "DeletionMark"))
            async for rows in self._whole(table, select):
                for row in rows:
                    packs.learn(table, row)
        return packs

    async def _units(self) -> dict[str, str]:
        return await self._by_ref(self._profile.unit, "name")

    async def _rates(self) -> dict[str, str]:
        """Rates of VAT where they are a catalogue."""
        table = self._profile.vat_rate
        return await self._by_ref(table, "rate") if table and await self._shapes.published(table) else {}

    async def _currencies(self) -> dict[str, str]:
        """UAH, or the code of another currency, by reference."""
        codes = await self._by_ref(self._profile.currency, "code")
        return {own: HRYVNIA if code in _HRYVNIA_CODES else code or "?" for own, code in codes.items()}

    async def _by_ref(self, table: Table, word: str) -> dict[str, str]:
        found: dict[str, str] = {}
        async for rows in self._whole(table, await self._shapes.select(table, word)):
            for row in rows:
                if (own := ref(row.get("Ref_Key"))) is not None:
                    value = table.read(row, word)
                    found[own] = words(value) if isinstance(value, str) else f"{number(value):f}"
        return found

    async def _barcodes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        table = self._profile.barcode
        if table is None or not await self._shapes.published(table):
            return found
        keys = (table.name("code"), table.name("article"))
        async for rows in walk(asking(self._client, table.entity), (("$orderby", keys[0]),), by(*keys), self._pace):
            for row in rows:
                own, code = ref(table.read(row, "article")), words(table.read(row, "code"))
                if own is not None and code:
                    found[own] = (*found.get(own, ()), code)
        return found

    async def _whole(self, table: Table, select: str = "") -> AsyncIterator[list[Row]]:
        query = (("$select", select), ORDER) if select else (ORDER,)
        async for rows in walk(asking(self._client, table.entity), query, BY_REF, self._pace):
            yield rows
