"""A document put there once, with the recipient that was meant."""

import asyncio
import re
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PurePath

from bot.domain.errors import Ambiguous, OutsideError, Rejected
from bot.domain.signing import Recipient, ServiceState
from bot.logs import log
from bot.ports import Clock, OutgoingDocument
from integrations.vchasno.again import again
from integrations.vchasno.client import Query, VchasnoClient
from integrations.vchasno.codes import CATEGORIES, SYSTEM, States
from integrations.vchasno.models import Document
from integrations.vchasno.values import words

MOST_BYTES = 15 * 1024 * 1024
FORMATS = frozenset({".pdf", ".docx", ".doc", ".xlsx", ".xls", ".xml", ".rtf", ".txt", ".png", ".jpeg"})
LAG = timedelta(minutes=2)
"""How long the service's list may not show what is there already."""
TITLE_LIMIT, NUMBER_LIMIT = 250, 100
_MOST_PAGES = 50
_MOST_DOUBTS = 1000
_EDITABLE = frozenset({ServiceState.DRAFT, ServiceState.READY})

_log = log("integrations.vchasno")


class Uploading:
    """Looks by our id before and after; what may have arrived is not sent again until it would show."""

    def __init__(self, client: VchasnoClient, states: States, now: Clock) -> None:
        self._client = client
        self._states = states
        self._now = now
        self._doubtful: dict[str, datetime] = {}

    async def upload(self, document: OutgoingDocument) -> Document:
        content = await _content(document)
        found = await self._found(document.key)
        if found is None:
            self._require_certain(document.key)
            found = await self._put(document, content)
        self._doubtful.pop(document.key, None)
        return await self._addressed(found, document.recipient)

    async def _put(self, document: OutgoingDocument, content: bytes) -> Document:
        try:
            return await self._client.upload(_query(document), _name(document), content)
        except Ambiguous:
            self._doubt(document.key)
            found = await self._found_after_all(document.key)
            if found is None:
                raise
            return found

    async def _found_after_all(self, key: str) -> Document | None:
        """None where the service cannot be asked: then it is not known either."""
        try:
            return await self._found(key)
        except OutsideError:
            return None

    async def _found(self, key: str) -> Document | None:
        """By our id, compared here too: a filter that the service does not know would show everything."""
        query: dict[str, str | int] = {"vendor_id": key, "with_recipients": 1}
        for _ in range(_MOST_PAGES):
            page, cursor = await again(partial(self._client.documents, query))
            mine = [one for one in page if one.vendor_id == key]
            if len(mine) > 1:
                _log.error("vchasno has several documents of one id of ours", count=len(mine))
            if mine:
                return mine[0]
            if not cursor or not page or cursor == query.get("cursor"):
                return None
            query["cursor"] = cursor
        return None

    # --- the recipient -----------------------------------------------------------------------------------------------

    async def _addressed(self, found: Document, wanted: Recipient) -> Document:
        """As it is read back, never as it was taken."""
        document = await again(partial(self._client.document, found.id))
        if not _is_for(document, wanted) and self._states.read(document.status) in _EDITABLE:
            await self._client.put_recipient(found.id, wanted.code, wanted.email)
            document = await again(partial(self._client.document, found.id))
        if not _is_for(document, wanted):
            _log.error("vchasno keeps another recipient", document=document.id, state=document.status)
            raise Rejected(SYSTEM, "upload", "wrong_recipient")
        return document

    # --- what may have arrived ---------------------------------------------------------------------------------------

    def _doubt(self, key: str) -> None:
        self._doubtful[key] = self._now()
        while len(self._doubtful) > _MOST_DOUBTS:
            self._doubtful.pop(next(iter(self._doubtful)))

    def _require_certain(self, key: str) -> None:
        since = self._doubtful.get(key)
        if since is not None and self._now() - since < LAG:
            raise Ambiguous(SYSTEM, "upload", "not seen yet")


def _is_for(document: Document, wanted: Recipient) -> bool:
    """By the code; by the address where the service shows it."""
    mine = [one for one in document.recipients if one.edrpou.upper() == wanted.code.upper()]
    shown = {address.lower() for one in mine for address in one.emails}
    return bool(mine) and (not shown or wanted.email.lower() in shown)


def _query(document: OutgoingDocument) -> Query:
    said: dict[str, str | int] = {
        "title": words(document.title, TITLE_LIMIT),
        "doc_number": words(document.number, NUMBER_LIMIT),
        "date_document": document.dated.isoformat(),
        "category": CATEGORIES[document.kind],
        "recipient_edrpou": document.recipient.code,
        "recipient_emails": document.recipient.email,
        "first_sign_by": document.first.value,
        "vendor_id": document.key,
        "show_recipients": 1,
    }
    return said if document.amount is None else {**said, "amount": document.amount.kopiykas}


def _name(document: OutgoingDocument) -> str:
    """Without underscores, which the service would read metadata out of."""
    key = re.sub(r"[^0-9A-Za-z-]+", "-", document.key).strip("-")
    return f"{document.kind.value}-{key}{_ending(document)}"


def _ending(document: OutgoingDocument) -> str:
    return PurePath(document.name).suffix.lower()


async def _content(document: OutgoingDocument) -> bytes:
    """Raises Rejected for what the service would not take, ValueError where nobody could find or read it there."""
    recipient = document.recipient
    if not document.key.strip():
        raise ValueError("a document goes there with an id of ours")
    if not recipient.code or "@" not in recipient.email or "," in recipient.email:
        raise Rejected(SYSTEM, "upload", "bad_recipient")
    if _ending(document) not in FORMATS:
        raise Rejected(SYSTEM, "upload", "bad_format")
    content = await asyncio.to_thread(_read, document.file)
    if not content:
        raise Rejected(SYSTEM, "upload", "empty")
    if len(content) > MOST_BYTES:
        raise Rejected(SYSTEM, "upload", "too_large")
    return content


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)
