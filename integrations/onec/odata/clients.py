"""Counterparties as clients, with everything that hangs on them."""

from collections.abc import AsyncIterator, Iterable
from itertools import islice

from bot.domain.accounting import ClientPage, Versions
from bot.domain.directory import ClientRecord
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.client_records import record
from integrations.onec.odata.pages import Pace, asking, by_refs, walk
from integrations.onec.odata.profile import Profile
from integrations.onec.odata.relatives import BY_REF, ORDER, Kin, Relatives
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.values import ref, words

PIECE = 500


class Clients:
    """A light pass over versions first, whole objects only of what changed."""

    def __init__(self, client: OnecClient, profile: Profile, shapes: Shapes) -> None:
        self._client = client
        self._profile = profile
        self._table = profile.counterparty
        self._shapes = shapes
        self._kin = Kin(client, profile, shapes)
        self._pace = Pace()
        self._fat_pace = Pace(200)

    async def pages(self, known: Versions) -> AsyncIterator[ClientPage]:
        """Every client is in exactly one page; folders and mere suppliers are not clients."""
        hanging = await self._kin.versions()
        if not known:
            everything = await self._kin.of(None, None)
            async for rows in self._whole():
                yield self._page(rows, everything, hanging)
            return
        changed: list[str] = []
        partners: dict[str, str | None] = {}
        async for rows in self._light():
            same: list[str] = []
            for row in rows:
                own = ref(row.get("Ref_Key"))
                if own is not None and self._kin.is_client(row):
                    fresh = known.get(own) != self._version(row, own, hanging)
                    (changed if fresh else same).append(own)
                    if fresh:
                        partners[own] = ref(self._table.read(row, "partner"))
            if same:
                yield ClientPage((), tuple(same))
        async for page in self._changed(changed, partners, hanging):
            yield page

    async def _changed(
        self, changed: list[str], partners: dict[str, str | None], hanging: dict[str, int]
    ) -> AsyncIterator[ClientPage]:
        """Of many, whole pages; of few, by their references."""
        if len(changed) > PIECE * 4:
            wanted = set(changed)
            everything = await self._kin.of(None, None)
            async for rows in self._whole():
                page = [row for row in rows if ref(row.get("Ref_Key")) in wanted]
                if page:
                    yield self._page(page, everything, hanging)
            return
        rest = iter(changed)
        while piece := list(islice(rest, PIECE)):
            kin = await self._kin.of(set(piece), {own for one in piece if (own := partners.get(one))})
            async for rows in by_refs(self._client, self._table.entity, piece):
                yield self._page(rows, kin, hanging)

    async def _light(self) -> AsyncIterator[list[Row]]:
        plain = ("Ref_Key", "DataVersion", "DeletionMark", "IsFolder")
        select = await self._shapes.select(self._table, "partner", "customer", "supplier", plain=plain)
        query = (("$select", select), ORDER) if select else (ORDER,)
        async for rows in walk(asking(self._client, self._table.entity), query, BY_REF, self._pace):
            yield rows

    async def _whole(self) -> AsyncIterator[list[Row]]:
        plain = ("Ref_Key", "DataVersion", "DeletionMark", "IsFolder", "Code")
        select = await self._shapes.select(self._table, *self._table.fields, plain=plain)
        query = (("$select", select), ORDER) if select else (ORDER,)
        async for rows in walk(asking(self._client, self._table.entity), query, BY_REF, self._fat_pace):
            yield rows

    def _page(self, rows: Iterable[Row], kin: Relatives, hanging: dict[str, int]) -> ClientPage:
        found: list[ClientRecord] = []
        for row in rows:
            own = ref(row.get("Ref_Key"))
            if own is not None and self._kin.is_client(row):
                found.append(record(self._profile, row, kin, self._version(row, own, hanging)))
        return ClientPage(tuple(found), tuple(client.external_id for client in found))

    def _version(self, row: Row, own: str, hanging: dict[str, int]) -> str:
        """1C's own version, and one of what hangs on the client: contracts change without it."""
        mixed = hanging.get(own, 0) ^ hanging.get(ref(self._table.read(row, "partner")) or "", 0)
        return f"{words(row.get('DataVersion'))}:{mixed:x}"
