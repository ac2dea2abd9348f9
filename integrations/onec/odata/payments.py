"""Handing a payment over: it is in 1C once, a draft that the accountant posts, and never changed by us after that."""

from bot.domain.accounting import DocumentLink, Handed, Kept, OutgoingPayment
from integrations.onec.odata.bearings import Bearings
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.comparing import differences, only_cut
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.drafting import Body
from integrations.onec.odata.payment_drafting import draft, head
from integrations.onec.odata.placing import Habits, Placing, Sought, link_of
from integrations.onec.odata.profile import PaymentTable, Profile
from integrations.onec.odata.refusals import Refusal
from integrations.onec.odata.values import words, yes

_OPERATION = "receive"
_TAKE_BACK = "take_back"


class Payments:
    """Payments and refunds on their way out."""

    def __init__(
        self,
        client: OnecClient,
        profile: Profile,
        table: PaymentTable,
        settings: OnecSettings,
        bearings: Bearings,
        habits: Habits,
    ) -> None:
        self._client = client
        self._profile = profile
        self._settings = settings
        self._bearings = bearings
        self._table = table
        self._placing = Placing(_OPERATION, client, table, settings, habits)

    async def receive(self, payment: OutgoingPayment, known: DocumentLink | None) -> Handed:
        """Raises Rejected, Unavailable, Ambiguous; after Ambiguous another call looks first."""
        row = await self._placing.look(self._sought(payment), known)
        if yes(row.get("DeletionMark")) if row is not None else known is not None:
            raise Refusal(_OPERATION, "changed_there", "")
        prepared = await draft(payment, self._profile, self._table, self._settings, self._bearings)
        if row is None:
            row = await self._placing.create(payment.id, prepared.body)
        found = self._differences(prepared.body, row)
        if self._to_post(row, known, found):
            row, refused = await self._placing.post(row)
            found += refused
        return Handed(link_of(row), (*prepared.left_out, *found), self._moved(found))

    async def take_back(self, payment: OutgoingPayment, known: DocumentLink | None) -> None:
        """As the port says. Bases do not watch If-Match, so it is looked at right before."""
        row = await self._placing.look(self._sought(payment), known)
        if row is None or yes(row.get("DeletionMark")):
            return
        if yes(row.get("Posted")):
            raise Refusal(_TAKE_BACK, "posted", "")
        version = words(row.get("DataVersion"))
        if known is not None and known.version != version:
            raise Refusal(_TAKE_BACK, "changed_there", "")
        row = await self._client.patch(self._table.entity, str(row.get("Ref_Key")), {"DeletionMark": True}, version)
        if not yes(row.get("DeletionMark")):
            raise Refusal(_TAKE_BACK, "changed_there", "")

    def _sought(self, payment: OutgoingPayment) -> Sought:
        said = head(payment)
        return Sought(payment.id, payment.paid_at, "", (said,), lambda row: said in self._comment(row))

    def _comment(self, row: Row) -> str:
        return words(self._table.read(row, "comment"))

    def _to_post(self, row: Row, known: DocumentLink | None, found: tuple[Kept, ...]) -> bool:
        """Not what is kept otherwise, and not what somebody has unposted: a person has to look at these."""
        if not self._settings.post_payments or yes(row.get("Posted")):
            return False
        return only_cut(found) and not (known is not None and known.posted)

    def _moved(self, found: tuple[Kept, ...]) -> bool:
        return any(
            kept.field == self._table.name("total") or kept.field.startswith(self._table.lines.entity) for kept in found
        )

    def _differences(self, sent: Body, row: Row) -> tuple[Kept, ...]:
        """The client too: it goes under both names that it may have, and one of them is enough."""
        found = differences(self._table, sent, row)
        names = [name for word in ("client", "client_ref") if (name := self._table.name(word))]
        if any(name in row for name in names):
            return found
        return (*(kept for kept in found if kept.field not in names), Kept(names[0], str(sent[names[0]]), ""))
