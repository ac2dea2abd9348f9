"""A document of ours in 1C: found whatever reference the base gave it, created once, posted where that is wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.domain.accounting import DocumentLink, Kept
from bot.domain.errors import Ambiguous, Rejected
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.literals import moment, text
from integrations.onec.odata.profile import Attribute, DocumentTable
from integrations.onec.odata.refusals import SYSTEM, Refusal
from integrations.onec.odata.values import ref, words, yes


@dataclass(slots=True)
class Habits:
    """`honours_client_ref`: whether the base keeps the reference we give; None until a document has shown it."""

    honours_client_ref: bool | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What a document of ours is known by: its reference, or else what it carries.

    `number` stands in the external ids, one of `comments` in the comment; `is_ours` decides on the comment and the
    fields named in `reads`. `at` is the moment it is dated by.
    """

    id: UUID
    at: datetime
    number: str
    comments: tuple[str, ...]
    is_ours: Callable[[Row], bool]
    reads: tuple[str, ...] = ()


class Placing:
    """Documents of one kind; `operation` names the call in errors."""

    def __init__(
        self, operation: str, client: OnecClient, table: DocumentTable, settings: OnecSettings, habits: Habits
    ) -> None:
        self._operation = operation
        self._client = client
        self._table = table
        self._settings = settings
        self._habits = habits

    async def look(self, sought: Sought, known: DocumentLink | None = None) -> Row | None:
        """The document; by what it carries of ours where the base may have given it another reference."""
        row = await self._client.get_one(self._table.entity, known.ref if known else sought.id)
        if row is not None or known is not None:
            return row
        return None if self._habits.honours_client_ref else await self._by_carrier(sought)

    async def create(self, own: UUID, body: dict[str, Any]) -> Row:
        """As `create` below."""
        return await create(self._operation, self._client, self._table.entity, own, body, self._habits)

    async def post(self, row: Row) -> tuple[Row, tuple[Kept, ...]]:
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

    async def _by_carrier(self, sought: Sought) -> Row | None:
        for attribute in (*self._table.external_ids, self._table.fields["comment"]):
            row = await self._carrying(attribute, sought)
            if row is not None:
                return await self._client.get_one(self._table.entity, str(row.get("Ref_Key")))
        return None

    async def _carrying(self, attribute: Attribute, sought: Sought) -> Row | None:
        """A comment may be of unlimited length, which 1C compares by substringof only."""
        comment = self._table.name("comment")
        if attribute.name == comment:
            condition = " or ".join(f"substringof({text(said)},{comment})" for said in sought.comments)
            condition = f"({condition})" if len(sought.comments) > 1 else condition
        else:
            condition = f"{attribute.name} eq {text(sought.number[: attribute.length])}"
        if self._settings.date_filter:
            dated = sought.at.astimezone(self._settings.zone).replace(tzinfo=None)
            since, until = moment(dated - timedelta(days=2)), moment(dated + timedelta(days=32))
            condition = f"Date ge {since} and Date lt {until} and {condition}"
        select = ",".join(("Ref_Key", comment, *sought.reads))
        try:
            rows = await self._client.rows(
                self._table.entity, (("$filter", condition), ("$select", select), ("$top", "50"))
            )
        except Rejected:
            if attribute.optional:
                return None
            raise
        return next((row for row in rows if sought.is_ours(row)), None)


async def create(
    operation: str, client: OnecClient, entity: str, own: UUID, body: dict[str, Any], habits: Habits
) -> Row:
    """The whole object as the base keeps it; the one that is there where it turns out to exist."""
    try:
        row = await client.create(entity, {"Ref_Key": str(own), **body})
    except Refusal as error:
        if error.code != "exists":
            raise
        row_there = await client.get_one(entity, own)
        if row_there is None:
            raise Ambiguous(SYSTEM, operation, "exists") from None
        habits.honours_client_ref = True
        return row_there
    given = ref(row.get("Ref_Key"))
    if given is None:
        raise Ambiguous(SYSTEM, operation, "no reference")
    habits.honours_client_ref = UUID(given) == own
    return row


def link_of(row: Row) -> DocumentLink:
    """Of a whole document."""
    own = ref(row.get("Ref_Key")) or words(row.get("Ref_Key"))
    return DocumentLink(own, words(row.get("Number")), words(row.get("DataVersion")), yes(row.get("Posted")))
