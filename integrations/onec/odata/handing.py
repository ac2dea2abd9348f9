"""Handing an order over: looked for before it is written, so that it is there once however often this is tried."""

from bot.domain.accounting import DocumentLink, Handed, Kept, OutgoingOrder
from integrations.onec.odata.bearings import Bearings
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.comparing import differences, only_cut
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.drafting import Draft, draft, is_theirs, mark, marked, over
from integrations.onec.odata.placing import Habits, Placing, Sought, link_of
from integrations.onec.odata.profile import Profile
from integrations.onec.odata.refusals import Refusal
from integrations.onec.odata.states import States
from integrations.onec.odata.values import ref, words, yes

_OPERATION = "submit"
_VITAL = ("article", "characteristic", "quantity", "packs", "price", "amount", "total")
"""Fields of a line that say what was agreed."""


class Handing:
    """Orders on their way out."""

    def __init__(
        self,
        client: OnecClient,
        profile: Profile,
        settings: OnecSettings,
        bearings: Bearings,
        states: States,
        habits: Habits,
    ) -> None:
        self._client = client
        self._profile = profile
        self._settings = settings
        self._bearings = bearings
        self._states = states
        self._table = profile.order
        self._placing = Placing(_OPERATION, client, profile.order, settings, habits)

    async def submit(self, order: OutgoingOrder, known: DocumentLink | None) -> Handed:
        """Raises Rejected, Unavailable, Ambiguous; after Ambiguous another call looks first."""
        row = await self.look(order, known)
        if row is None and known is not None:
            raise Refusal(_OPERATION, "changed_there", "")
        if row is not None and order.cancelled:
            return await self._cancel(row, known)
        prepared = await draft(order, self._profile, self._settings, self._bearings)
        present = words(self._table.read(row or {}, "comment"))
        theirs = row is not None and is_theirs(present)
        if theirs:
            prepared = over(prepared, order, self._profile, present)
        if row is None:
            if order.cancelled:
                prepared.body["DeletionMark"] = True
            row = await self._placing.create(order.id, {**prepared.body, **await self._states.initial()})
        elif not _same_order(present, order, row, known, self._differences(prepared, row)):
            row = await self._change(prepared, row, known)
        found = self._differences(prepared, row)
        posts = self._settings.post_orders and order.held is None and not order.cancelled and not theirs
        if posts and not yes(row.get("Posted")):
            row, refused = await self._placing.post(row)
            found += refused
        return Handed(link_of(row), (*prepared.left_out, *found), self._moved(found))

    async def look(self, order: OutgoingOrder, known: DocumentLink | None = None) -> Row | None:
        """The order's document."""
        first, later = (mark(order.number, 1) + end for end in (";", " "))
        sought = Sought(
            order.id,
            order.placed_at,
            order.number,
            (first, later),
            is_ours=lambda row: self._is_ours(row, order),
            reads=(self._table.name("client"),),
        )
        return await self._placing.look(sought, known)

    def _is_ours(self, row: Row, order: OutgoingOrder) -> bool:
        """A number may be part of another number, and a manager may have copied a document to another client."""
        said = marked(words(self._table.read(row, "comment")))
        ours = said is not None and said[0] == order.number
        return ours and ref(self._table.read(row, "client")) == ref(order.client)

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

    def _moved(self, found: tuple[Kept, ...]) -> bool:
        """Whether lines or the sum are other than they were agreed."""
        lines = self._table.lines
        vital = {f"].{lines.name(word)}" for word in _VITAL if lines.has(word)}
        whole = {lines.entity, self._table.name("total")}
        return any(kept.field in whole or kept.field.endswith(tuple(vital)) for kept in found)

    def _differences(self, prepared: Draft, row: Row) -> tuple[Kept, ...]:
        return differences(self._table, prepared.body, row)


def _same_order(
    comment: str, order: OutgoingOrder, row: Row, known: DocumentLink | None, found: tuple[Kept, ...]
) -> bool:
    """Whether nothing has to be written: the document differs in nothing, or is this revision and not ours to touch.

    Without `known` nobody can tell what 1C made of our fields from what a manager made of them. A document without
    our mark can be the one we made only while the order was never changed.
    """
    if yes(row.get("DeletionMark")):
        return False
    if only_cut(found):
        return True
    said = marked(comment)
    wrote_it = said == (order.number, max(order.revision, 1)) or (said is None and order.revision <= 1)
    return wrote_it and (known is None or (known.posted and known.version == words(row.get("DataVersion"))))
