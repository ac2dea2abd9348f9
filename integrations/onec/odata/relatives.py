"""What hangs on a counterparty in sets of its own: contracts, contact persons, partners and their agreements."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from hashlib import blake2b

from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.contacts import Kind
from integrations.onec.odata.literals import of_kind
from integrations.onec.odata.pages import Pace, asking, by, by_refs, walk
from integrations.onec.odata.profile import Profile, Table
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.values import ref, words, yes

BY_REF = by("Ref_Key")
Owners = Collection[str] | None
ORDER = ("$orderby", "Ref_Key")
MOST_BY_REFS = 1000
"""Above this many owners a whole set is read rather than piece by piece."""


@dataclass(slots=True)
class Relatives:
    """Rows by their owner's reference; names of what is referred to by reference."""

    contracts: dict[str, list[Row]] = field(default_factory=dict)
    people: dict[str, list[Row]] = field(default_factory=dict)
    partners: dict[str, Row] = field(default_factory=dict)
    agreements: dict[str, list[Row]] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)
    price_types: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    contacts: dict[str, list[Row]] = field(default_factory=dict)


def owner_of(table: Table, row: Row) -> str | None:
    """Configurations name the owner once or, where it may be of several kinds, with its kind."""
    return ref(table.read(row, "owner")) or ref(table.read(row, "owner_ref")) or ref(table.read(row, "partner"))


def only_supplies(table: Table, row: Row) -> bool:
    """Flags that nobody sets say nothing."""
    return table.read(row, "customer") is False and yes(table.read(row, "supplier"))


def hanging(profile: Profile) -> tuple[Table, ...]:
    """The sets whose changes change a client too."""
    return tuple(table for table in (profile.contract, profile.person, profile.agreement) if table is not None)


class Kin:
    """Reads them, few by few or whole."""

    def __init__(self, client: OnecClient, profile: Profile, shapes: Shapes) -> None:
        self._client = client
        self._profile = profile
        self._shapes = shapes
        self._pace = Pace()
        self._contacts: dict[str, list[Row]] = {}
        self._suppliers: set[str] = set()

    async def versions(self) -> dict[str, int]:
        """By owner, a number that changes whenever something that hangs on it does."""
        mixed: dict[str, int] = {}
        self._suppliers.clear()
        owners: dict[str, str] = {}
        for table in hanging(self._profile):
            if await self._shapes.published(table):
                words_of_owner = ("owner", "owner_ref", "partner")
                select = await self._shapes.select(table, *words_of_owner, plain=("Ref_Key", "DataVersion"))
                async for rows in self._whole(table, select):
                    for row in rows:
                        owner = owner_of(table, row)
                        _mix(mixed, owner, _version(row))
                        if owner is not None and table is self._profile.person:
                            owners[ref(row.get("Ref_Key")) or ""] = owner
        if self._profile.partner and await self._shapes.published(self._profile.partner):
            plain = ("Ref_Key", "DataVersion")
            select = await self._shapes.select(self._profile.partner, "customer", "supplier", plain=plain)
            async for rows in self._whole(self._profile.partner, select):
                for row in rows:
                    own = ref(row.get("Ref_Key"))
                    _mix(mixed, own, _version(row))
                    if own is not None and only_supplies(self._profile.partner, row):
                        self._suppliers.add(own)
        await self._read_contacts()
        for own, contacts in self._contacts.items():
            for row in contacts:
                _mix(mixed, owners.get(own, own), str(sorted(row.items())))
        return mixed

    def is_client(self, row: Row) -> bool:
        """Of a counterparty's row, after `versions`: no folder, and nobody who only supplies."""
        table = self._profile.counterparty
        if yes(row.get("IsFolder")) or only_supplies(table, row):
            return False
        return ref(table.read(row, "partner")) not in self._suppliers

    async def _read_contacts(self) -> None:
        """Older configurations keep contacts in a register, whose records have no versions: it is read whole."""
        table, section = self._profile.contact_register, self._profile.counterparty.name("contacts")
        self._contacts = {}
        if table is None or section in await self._shapes.fields(self._profile.counterparty.entity):
            return
        if not await self._shapes.published(table):
            return
        names = {table.name(word): self._profile.contact.name(word) for word in ("type", "kind", "text")}
        key = by(*(table.name(word) for word in ("owner", "type", "kind")))
        query = (("$orderby", table.name("owner")),)
        async for rows in walk(asking(self._client, table.entity), query, key, self._pace):
            for row in rows:
                own = ref(table.read(row, "owner"))
                if own is not None:
                    self._contacts.setdefault(own, []).append({new: row.get(old) for old, new in names.items()})

    async def of(self, owners: Owners, partners: Owners) -> Relatives:
        """Of these counterparties and partners, or of all."""
        found, profile = Relatives(), self._profile
        found.price_types = await self._names(profile.price_type)
        found.managers = await self._names(profile.manager)
        found.kinds = await self._kinds()
        found.contacts = self._contacts
        await self._gather(profile.contract, owners, found.contracts)
        await self._gather(profile.person, partners if profile.partner else owners, found.people)
        await self._gather(profile.agreement, partners, found.agreements)
        if profile.partner and await self._shapes.published(profile.partner):
            async for rows in self._rows(profile.partner, partners, "Ref_Key"):
                found.partners.update((own, row) for row in rows if (own := ref(row.get("Ref_Key"))))
        return found

    async def _gather(self, table: Table | None, owners: Owners, into: dict[str, list[Row]]) -> None:
        if table is None or not await self._shapes.published(table):
            return
        present = await self._shapes.fields(table.entity)
        fields = [name for word in ("owner", "owner_ref", "partner") if (name := table.name(word)) in present]
        if not fields:
            return
        async for rows in self._rows(table, owners, fields[0]):
            for row in rows:
                owner = owner_of(table, row)
                if owner is not None and (owners is None or owner in owners):
                    into.setdefault(owner, []).append(row)

    async def _rows(self, table: Table, owners: Owners, field: str) -> AsyncIterator[list[Row]]:
        """Rows of these owners; of many, all rows there are."""
        select = await self._shapes.select(
            table, *table.fields, plain=("Ref_Key", "DataVersion", "DeletionMark", "Code")
        )
        if owners is None or len(owners) > MOST_BY_REFS:
            async for rows in self._whole(table, select):
                yield rows
        elif field.endswith("_Key") or not owners:
            async for rows in by_refs(self._client, table.entity, sorted(owners), field=field, select=select):
                yield rows
        else:
            for owner in sorted(owners):
                condition = f"{field} eq {of_kind(owner, self._profile.counterparty.entity)}"
                yield await self._client.rows(table.entity, (("$filter", condition), ("$select", select)))

    async def _whole(self, table: Table, select: str) -> AsyncIterator[list[Row]]:
        query = (("$select", select), ORDER) if select else (ORDER,)
        async for rows in walk(asking(self._client, table.entity), query, BY_REF, self._pace):
            yield rows

    async def _names(self, table: Table | None) -> dict[str, str]:
        """Of a small set."""
        names: dict[str, str] = {}
        if table is None or not await self._shapes.published(table):
            return names
        select = await self._shapes.select(table, "name")
        async for rows in self._whole(table, select):
            names.update((own, words(table.read(row, "name"))) for row in rows if (own := ref(row.get("Ref_Key"))))
        return names

    async def _kinds(self) -> dict[str, Kind]:
        kinds: dict[str, Kind] = {}
        table = self._profile.contact_kind
        if table is None or not await self._shapes.published(table):
            return kinds
        select = await self._shapes.select(table, "name", "predefined")
        async for rows in self._whole(table, select):
            for row in rows:
                own = ref(row.get("Ref_Key"))
                if own:
                    kinds[own] = Kind(words(table.read(row, "name")), words(table.read(row, "predefined")))
        return kinds


def _version(row: Row) -> str:
    return f"{row.get('Ref_Key')} {row.get('DataVersion')}"


def _mix(mixed: dict[str, int], owner: str | None, said: str) -> None:
    if owner is not None:
        mixed[owner] = mixed.get(owner, 0) ^ int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "big")
