"""What our documents refer to, found once and remembered: organization, currency, units, contracts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.errors import Rejected
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.literals import guid, of_kind
from integrations.onec.odata.pages import by_refs, unpublished
from integrations.onec.odata.profile import Profile, Table
from integrations.onec.odata.refusals import Refusal
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.values import number, ref, words, yes

HRYVNIA = "980"
REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Article:
    """`line_unit` is the unit that lines are counted in."""

    name: str
    line_unit: str | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """A counterparty with what its documents must name."""

    partner: str | None
    contract: str | None
    agreement: str | None


class Bearings:
    """Positive answers only are remembered: what is missing today may be there tomorrow."""

    def __init__(self, client: OnecClient, profile: Profile, settings: OnecSettings, shapes: Shapes) -> None:
        self._client = client
        self._profile = profile
        self._settings = settings
        self._shapes = shapes
        self._singles: dict[str, str] = {}
        self._articles: dict[str, Article] = {}
        self._present: set[str] = set()
        self._kinds: dict[str, str] = {}
        self._rates: dict[Decimal | None, str] | None = None

    async def organization(self) -> str:
        """Raises Rejected where the settings name one that is not there, or there is none."""
        return await self._single("organization", self._profile.organization, self._settings.organization)

    async def warehouse(self) -> str:
        return await self._single("warehouse", self._profile.warehouse, self._settings.warehouse)

    async def currency(self) -> str:
        return await self._single("currency", self._profile.currency, HRYVNIA)

    async def _single(self, word: str, table: Table, wanted: str) -> str:
        """The item by code, tax code or name; the first one that is not marked where nothing is wanted."""
        if word in self._singles:
            return self._singles[word]
        rows = await self._client.rows(table.entity, (("$top", "1000"),))
        good = [row for row in rows if not yes(row.get("DeletionMark")) and not yes(row.get("IsFolder"))]
        found = next((row for row in good if not wanted or wanted in _names(table, row)), None)
        own = ref(found.get("Ref_Key")) if found else None
        if own is None:
            raise Refusal(f"GET {table.entity}", f"unknown_{word}", wanted)
        self._singles[word] = own
        return own

    async def articles(self, refs: Iterable[str]) -> dict[str, Article]:
        """Those of them that exist."""
        wanted = set(refs)
        await self._learn_articles(wanted - self._articles.keys())
        return {own: self._articles[own] for own in wanted & self._articles.keys()}

    async def _learn_articles(self, refs: set[str]) -> None:
        table = self._profile.article
        if len(self._articles) + len(refs) > REMEMBERED:
            self._articles.clear()
        async for rows in by_refs(self._client, table.entity, sorted(refs)):
            for row in rows:
                own = ref(row.get("Ref_Key"))
                if own is not None:
                    unit = ref(table.read(row, "line_unit")) or ref(table.read(row, "base_unit"))
                    self._articles[own] = Article(words(table.read(row, "name")), unit)

    async def buyer(self, client: str, contract: str | None) -> Buyer | None:
        """With that contract, or with a contract of its own where that is None; None where there is no such client.

        Contracts and agreements are asked every time: they come and go.
        """
        table, own = self._profile.counterparty, ref(client)
        if own is None:
            return None
        if contract is not None and self._profile.partner is None:
            return Buyer(None, contract, None) if await self.exists(table, own) else None
        row = await self._client.get_one(table.entity, own)
        if row is None:
            return None
        partner = ref(table.read(row, "partner"))
        contract = contract or ref(table.read(row, "main_contract")) or await self._first_contract(own)
        return Buyer(partner, contract, await self._agreement(partner))

    async def _first_contract(self, own: str) -> str | None:
        condition = await self.of_owner(own)
        return await self._first(self._profile.contract, condition) if condition else None

    async def of_owner(self, own: str) -> str:
        """The condition on this counterparty's contracts; empty where the base has none of anybody's."""
        table = self._profile.contract
        fields = await self._shapes.fields(table.entity)
        if not fields:
            return ""
        if table.name("owner_ref") in fields:
            return f"{table.name('owner_ref')} eq {guid(own)}"
        field = table.name("owner")
        if field.endswith("_Key"):
            return f"{field} eq {guid(own)}"
        return f"{field} eq {of_kind(own, self._profile.counterparty.entity)}"

    async def _agreement(self, partner: str | None) -> str | None:
        table = self._profile.agreement
        if table is None or partner is None:
            return None
        return await self._first(table, f"{table.name('partner')} eq {guid(partner)}")

    async def _first(self, table: Table, condition: str) -> str | None:
        try:
            rows = await self._client.rows(table.entity, (("$filter", condition), ("$top", "20")))
        except Rejected as error:
            if unpublished(error) and table.optional:
                return None
            raise
        return next((ref(row.get("Ref_Key")) for row in rows if not yes(row.get("DeletionMark"))), None)

    async def exists(self, table: Table, own: str) -> bool:
        if own in self._present:
            return True
        if await self._client.get_one(table.entity, own, "Ref_Key") is None:
            return False
        if len(self._present) > REMEMBERED:
            self._present.clear()
        self._present.add(own)
        return True

    async def kept(self, table: Table, own: str | None) -> str | None:
        """The reference if it leads somewhere: 1C would keep a broken one without a word."""
        said = ref(own)
        return said if said and await self.exists(table, said) else None

    async def kind_of(self, own: str, entities: Sequence[str]) -> str:
        """The set among these that has such an object; empty where none that we may read has it."""
        if own not in self._kinds:
            found = await self._kind_of(own, entities)
            if not found:
                return ""
            if len(self._kinds) > REMEMBERED:
                self._kinds.clear()
            self._kinds[own] = found
        return self._kinds[own] if self._kinds[own] in entities else ""

    async def _kind_of(self, own: str, entities: Sequence[str]) -> str:
        for entity in entities:
            try:
                if await self._client.get_one(entity, own, "Ref_Key") is not None:
                    return entity
            except Rejected as error:
                if not unpublished(error) and error.code != "access":
                    raise
        return ""

    async def vat(self, rate: Decimal | None) -> str | None:
        """The item of the catalogue of rates; None where this base has an enumeration instead."""
        table = self._profile.vat_rate
        if table is None:
            return None
        if self._rates is None:
            self._rates = await self._read_rates(table)
        return self._rates.get(rate)

    async def _read_rates(self, table: Table) -> dict[Decimal | None, str]:
        try:
            rows = await self._client.rows(table.entity, (("$top", "100"),))
        except Rejected as error:
            if unpublished(error):
                return {}
            raise
        rates: dict[Decimal | None, str] = {}
        for row in rows:
            own = ref(row.get("Ref_Key"))
            if own is not None and not yes(row.get("DeletionMark")):
                rates.setdefault(_rate(table, row), own)
        return rates


def _rate(table: Table, row: Row) -> Decimal | None:
    exempt = yes(table.read(row, "exempt")) or words(table.read(row, "name")).lower().startswith("без")
    return None if exempt else number(table.read(row, "rate")).normalize()


def _names(table: Table, row: Row) -> set[str]:
    return {words(row.get("Code")), words(table.read(row, "name")), words(table.read(row, "tax_code"))} - {""}
