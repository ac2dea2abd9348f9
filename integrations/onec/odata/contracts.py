"""Recording a signed contract: in 1C once, over a manager's own only where it is empty, and in the client's card."""

from collections.abc import Callable

from bot.domain.accounting import DocumentLink, Handed, Kept, OutgoingContract
from bot.domain.errors import Unavailable
from integrations.onec.odata.bearings import Bearings
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.comparing import plain_differences
from integrations.onec.odata.contract_drafting import (
    is_ours,
    is_same,
    lacking,
    line,
    of_organization,
    same_number,
    stamp,
    terms,
    whole,
    with_line,
)
from integrations.onec.odata.drafting import Body
from integrations.onec.odata.placing import Habits, create
from integrations.onec.odata.profile import CardTable, Profile
from integrations.onec.odata.refusals import SYSTEM, Refusal
from integrations.onec.odata.values import day, ref, words, yes

_OPERATION = "record_contract"
_TRIES = 3
"""Somebody may write the same item between our look and our change; then we look again."""
_MOST = "1000"
_MIDNIGHT = "T00:00:00"
_NEVER = f"0001-01-01{_MIDNIGHT}"
_NOT_LET = {"access", "-1"}
"""The card alone may be closed to us; the contract stands there all the same."""
Change = Callable[[Row], Body]


class Contracts:
    """Signed contracts on their way out."""

    def __init__(self, client: OnecClient, profile: Profile, bearings: Bearings, habits: Habits) -> None:
        self._client = client
        self._profile = profile
        self._table = profile.contract
        self._cards = profile.counterparty
        self._bearings = bearings
        self._habits = habits

    async def record(self, contract: OutgoingContract, known: DocumentLink | None) -> Handed:
        """Raises Rejected, Unavailable, Ambiguous; after Ambiguous another call looks first."""
        card = await self._client.get_one(self._cards.entity, contract.client) if ref(contract.client) else None
        if card is None:
            raise Refusal(_OPERATION, "unknown_client", "")
        prepared = await terms(contract, self._profile, self._bearings)
        row = await self._look(contract, known)
        if row is None and known is not None:
            raise Refusal(_OPERATION, "changed_there", "")
        if row is None:
            body = whole(contract, prepared.body, self._profile, card)
            row = await create(_OPERATION, self._client, self._table.entity, contract.id, body, self._habits)
        else:
            row = await self._change(self._table, row, lambda now: self._filled(contract, prepared.body, now))
        otherwise = self._otherwise(contract, prepared.body, row)
        untold = await self._tell(contract, card, str(row.get("Ref_Key")))
        return Handed(self._link(row), (*prepared.left_out, *otherwise, *untold))

    async def _look(self, contract: OutgoingContract, known: DocumentLink | None) -> Row | None:
        """By its reference; by what it carries of ours; by its number and day."""
        table = self._table
        row = await self._client.get_one(table.entity, known.ref if known else contract.id)
        if row is not None or known is not None:
            return row
        condition = await self._bearings.of_owner(contract.client)
        if not condition:
            return None
        rows = await self._client.rows(table.entity, (("$filter", condition), ("$top", _MOST)))
        ours = next((one for one in rows if is_ours(table, one, contract)), None)
        if ours is not None:
            return ours
        organization = await self._bearings.organization() if table.field("organization") else None
        same = [one for one in of_organization(table, rows, organization) if is_same(table, one, contract)]
        same.sort(key=lambda one: day(table.read(one, "date")) != contract.dated)
        return same[0] if same else None

    def _filled(self, contract: OutgoingContract, agreed: Body, row: Row) -> Body:
        """Nothing where it was recorded before. Raises Rejected where somebody has marked it for deletion."""
        if yes(row.get("DeletionMark")):
            raise Refusal(_OPERATION, "changed_there", "")
        if is_ours(self._table, row, contract):
            return {}
        return {**lacking(self._table, agreed, row), **_commented(self._table, row, contract)}

    async def _change(self, table: CardTable, row: Row, change: Change) -> Row:
        """Looked at once more right before: bases do not watch If-Match. Raises Unavailable where it keeps changing."""
        own = str(row.get("Ref_Key"))
        for _ in range(_TRIES):
            body, version = change(row), words(row.get("DataVersion"))
            if not body:
                return row
            now = await self._client.get_one(table.entity, own)
            if now is None:
                raise Refusal(_OPERATION, "changed_there", "")
            if words(now.get("DataVersion")) == version:
                try:
                    return await self._client.patch(table.entity, own, body, version)
                except Refusal as error:
                    if error.code != "changed_there":
                        raise
            row = now
        raise Unavailable(SYSTEM, _OPERATION, "keeps changing")

    async def _tell(self, contract: OutgoingContract, card: Row, own: str) -> tuple[Kept, ...]:
        """The client's card: its main contract where it has none, and one line about this one."""
        main = self._cards.name("main_contract")

        def change(now: Row) -> Body:
            named = {main: own} if main in now and ref(now[main]) is None else {}
            return {**named, **_commented(self._cards, now, contract)}

        try:
            card = await self._change(self._cards, card, change)
        except Refusal as error:
            if error.code not in _NOT_LET:
                raise
            return (Kept(self._cards.entity, line(contract), error.text or str(error.code)),)
        return _untold(self._cards, card, contract)

    def _otherwise(self, contract: OutgoingContract, agreed: Body, row: Row) -> tuple[Kept, ...]:
        table = self._table
        attributes = (*table.fields.values(), *table.written.values())
        found = list(plain_differences(attributes, agreed, row))
        number = table.name("number")
        found = [kept for kept in found if kept.field != number or not same_number(kept.kept, contract.number)]
        return tuple(Kept(kept.field, _shown(kept.sent), _shown(kept.kept)) for kept in found)

    def _link(self, row: Row) -> DocumentLink:
        own = ref(row.get("Ref_Key")) or words(row.get("Ref_Key"))
        return DocumentLink(own, words(self._table.read(row, "number")), words(row.get("DataVersion")))


def _commented(table: CardTable, row: Row, contract: OutgoingContract) -> Body:
    """Our line under what people wrote; nothing where it is there, or there is no such field."""
    comment = table.field("comment")
    if comment is None or comment.name not in row:
        return {}
    present = words(row[comment.name])
    said = with_line(present, contract)
    return {} if said == present else {comment.name: said}


def _untold(table: CardTable, row: Row, contract: OutgoingContract) -> tuple[Kept, ...]:
    """Our line where a comment is not long enough to hold it."""
    comment = table.field("comment")
    if comment is None or stamp(contract) in words(row.get(comment.name, stamp(contract))):
        return ()
    return (Kept(comment.name, line(contract), words(row[comment.name])),)


def _shown(value: str) -> str:
    """A day without the midnight that 1C keeps with it."""
    return "" if value == _NEVER else value.removesuffix(_MIDNIGHT)
