"""Handing an order over: looked for before it is written, so that it is there once however often this is tried."""

from datetime import timedelta
from uuid import UUID

from bot.domain.accounting import DocumentLink, Handed, Kept, OutgoingOrder
from bot.domain.errors import Ambiguous, Rejected
from integrations.onec.odata.bearings import Bearings
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.comparing import differences, only_cut
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.drafting import Draft, draft, mark, marked
from integrations.onec.odata.literals import moment, text
from integrations.onec.odata.profile import Attribute, Profile
from integrations.onec.odata.refusals import SYSTEM, Refusal
from integrations.onec.odata.states import States
from integrations.onec.odata.values import ref, words, yes

_OPERATION = "submit"


class Handing:
    """`honours_client_ref`: whether the base keeps the reference we give; None until a document has shown it."""

    def __init__(
        self, client: OnecClient, profile: Profile, settings: OnecSettings, bearings: Bearings, states: States
    ) -> None:
        self._client = client
        self._profile = profile
        self._settings = settings
        self._bearings = bearings
        self._states = states
        self._table = profile.order
        self.honours_client_ref: bool | None = None

    async def submit(self, order: OutgoingOrder, known: DocumentLink | None) -> Handed:
        """Raises Rejected, Unavailable, Ambiguous; after Ambiguous another call looks first."""
        row = await self.look(order, known)
        if row is None and known is not None:
            raise Refusal(_OPERATION, "changed_there", "")
        if row is not None and order.cancelled:
            return await self._cancel(row, known)
        prepared = await draft(order, self._profile, self._settings, self._bearings)
        if row is None:
            if order.cancelled:
                prepared.body["DeletionMark"] = True
            row = await self._create(order, prepared)
        elif not _same_order(self._table.read(row, "comment"), order, row, known, self._differences(prepared, row)):
            row = await self._change(prepared, row, known)
        found = self._differences(prepared, row)
        if self._settings.post_orders and not yes(row.get("Posted")) and not order.cancelled:
            row, refused = await self._post(row)
            found += refused
        return Handed(link_of(row), (*prepared.left_out, *found))

    async def look(self, order: OutgoingOrder, known: DocumentLink | None = None) -> Row | None:
        """The order's document; by what it carries of ours where the base may have given it another reference."""
        row = await self._client.get_one(self._table.entity, known.ref if known else order.id)
        if row is not None or known is not None:
            return row
        return None if self.honours_client_ref else await self._by_carrier(order)

    async def _by_carrier(self, order: OutgoingOrder) -> Row | None:
        for attribute in (*self._table.external_ids, self._table.fields["comment"]):
            row = await self._carrying(attribute, order)
            if row is not None:
                return await self._client.get_one(self._table.entity, str(row.get("Ref_Key")))
        return None

    async def _carrying(self, attribute: Attribute, order: OutgoingOrder) -> Row | None:
        """A comment may be of unlimited length, which 1C compares by substringof only."""
        comment = attribute.name == self._table.name("comment")
        if comment:
            first, later = (text(mark(order.number, 1) + end) for end in (";", " "))
            condition = f"(substringof({first},{attribute.name}) or substringof({later},{attribute.name}))"
        else:
            condition = f"{attribute.name} eq {text(order.number[: attribute.length])}"
        if self._settings.date_filter:
            placed = order.placed_at.astimezone(self._settings.zone).replace(tzinfo=None)
            since, until = moment(placed - timedelta(days=2)), moment(placed + timedelta(days=32))
            condition = f"Date ge {since} and Date lt {until} and {condition}"
        select = f"Ref_Key,{self._table.name('comment')},{self._table.name('client')}"
        try:
            rows = await self._client.rows(
                self._table.entity, (("$filter", condition), ("$select", select), ("$top", "50"))
            )
        except Rejected:
            if attribute.optional:
                return None
            raise
        return next((row for row in rows if self._is_ours(row, order)), None)

    def _is_ours(self, row: Row, order: OutgoingOrder) -> bool:
        """A number may be part of another number, and a manager may have copied a document to another client."""
        said = marked(words(self._table.read(row, "comment")))
        ours = said is not None and said[0] == order.number
        return ours and ref(self._table.read(row, "client")) == ref(order.client)

    async def _create(self, order: OutgoingOrder, prepared: Draft) -> Row:
        body = {"Ref_Key": str(order.id), **prepared.body, **await self._states.initial()}
        try:
            row = await self._client.create(self._table.entity, body)
        except Refusal as error:
            if error.code != "exists":
                raise
            row_there = await self._client.get_one(self._table.entity, order.id)
            if row_there is None:
                raise Ambiguous(SYSTEM, _OPERATION, "exists") from None
            self.honours_client_ref = True
            return row_there
        own = ref(row.get("Ref_Key"))
        if own is None:
            raise Ambiguous(SYSTEM, _OPERATION, "no reference")
        self.honours_client_ref = UUID(own) == order.id
        return row

    async def _change(self, prepared: Draft, row: Row, known: DocumentLink | None) -> Row:
        """Looked at once more right before: bases do not watch If-Match, and the draft took a while to prepare."""
        self._require_free(row, known)
        own, version = str(row.get("Ref_Key")), words(row.get("DataVersion"))
        now = await self._client.get_one(self._table.entity, own, "Ref_Key,DataVersion,Posted,DeletionMark")
        self._require_free(now or {"DeletionMark": True}, DocumentLink(own, "", version))
        return await self._client.patch(self._table.entity, own, prepared.body, version)

    async def _cancel(self, row: Row, known: DocumentLink | None) -> Handed:
        if not yes(row.get("DeletionMark")):
            self._require_free(row, known)
            own, version = str(row.get("Ref_Key")), str(row.get("DataVersion"))
            row = await self._client.patch(self._table.entity, own, {"DeletionMark": True}, version)
        if not yes(row.get("DeletionMark")):
            return Handed(link_of(row), (Kept("DeletionMark", "true", "false"),))
        return Handed(link_of(row))

    def _require_free(self, row: Row, known: DocumentLink | None) -> None:
        """A posted document is the accountant's; one that changed since we knew it is the manager's."""
        if yes(row.get("Posted")):
            raise Refusal(_OPERATION, "posted", "")
        if yes(row.get("DeletionMark")) or (known is not None and known.version != words(row.get("DataVersion"))):
            raise Refusal(_OPERATION, "changed_there", "")

    async def _post(self, row: Row) -> tuple[Row, tuple[Kept, ...]]:
        """A refusal leaves a draft, which is good enough for a person to look at."""
        own, refused = str(row.get("Ref_Key")), ""
        try:
            await self._client.post_document(self._table.entity, own)
        except Refusal as error:
            if error.code != "-1":
                raise
            refused = error.text or "false"
        now = await self._client.get_one(self._table.entity, own) or row
        return now, () if yes(now.get("Posted")) else (Kept("Posted", "true", refused or "false"),)

    def _differences(self, prepared: Draft, row: Row) -> tuple[Kept, ...]:
        return differences(self._table, prepared.body, row)


def link_of(row: Row) -> DocumentLink:
    """Of a whole document."""
    own = ref(row.get("Ref_Key")) or words(row.get("Ref_Key"))
    return DocumentLink(own, words(row.get("Number")), words(row.get("DataVersion")), yes(row.get("Posted")))


def _same_order(
    comment: object, order: OutgoingOrder, row: Row, known: DocumentLink | None, found: tuple[Kept, ...]
) -> bool:
    """Whether nothing has to be written: the document differs in nothing, or is this revision and not ours to touch.

    Without `known` nobody can tell what 1C made of our fields from what a manager made of them.
    """
    if yes(row.get("DeletionMark")):
        return False
    if only_cut(found):
        return True
    wrote_it = marked(words(comment)) == (order.number, max(order.revision, 1))
    return wrote_it and (known is None or (known.posted and known.version == words(row.get("DataVersion"))))
