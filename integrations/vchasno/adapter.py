"""Vchasno as the service in which documents are signed."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx

from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.signing import (
    Allowance,
    Recipient,
    ServiceDocument,
    ServiceState,
    SignatureMark,
)
from bot.ports import Clock, OutgoingDocument, SignedFiles
from integrations.vchasno import downloading
from integrations.vchasno.again import again
from integrations.vchasno.client import PATIENCE, VchasnoClient
from integrations.vchasno.codes import NOT_FOUND, SYSTEM, States
from integrations.vchasno.config import VchasnoSettings
from integrations.vchasno.models import Billing, Document, Stamp, is_ref
from integrations.vchasno.pace import Pace
from integrations.vchasno.uploading import Uploading
from integrations.vchasno.values import KYIV, end, moment, serial, window, words

BATCH = 500
MOST_PAGES = 2000
WORDS_LIMIT = 1000
_LONG_AGO, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_TO_BE_SENT = frozenset({ServiceState.DRAFT, ServiceState.READY, ServiceState.SIGNING_OWNER, ServiceState.UNKNOWN})


class Vchasno:
    """Implements Signing. Readings are repeated here, what changes something never."""

    system = SYSTEM

    def __init__(
        self,
        settings: VchasnoSettings,
        http: httpx.AsyncClient,
        *,
        now: Clock,
        pace: Pace | None = None,
        patience: float = PATIENCE,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        """`limits` are bytes of what is downloaded, by its kind; the usual ones where it is not named."""
        self._settings = settings
        self._client = VchasnoClient(settings, http, pace or Pace(), patience)
        self._states = States()
        self._uploading = Uploading(self._client, self._states, now)
        self._now = now
        self._limits = limits or {}

    # --- the account -------------------------------------------------------------------------------------------------

    async def ping(self) -> None:
        """The tariff, once."""
        await self._client.billing()

    async def check(self) -> str:
        """The tariff, its end, and how many documents it still allows, for a person. Raises Unavailable, Rejected."""
        allowance = await self.allowance()
        until = f" до {allowance.until.astimezone(KYIV):%d.%m.%Y}" if allowance.until else ""
        left = "без обмеження" if allowance.left is None else f"лишилося {allowance.left}"
        return f"тариф «{allowance.tariff or 'без назви'}»{until}; документів {left}"

    async def allowance(self) -> Allowance:
        """Of the tariff with which the programs of a company may call."""
        return _allowance(await again(self._client.billing), self._now())

    async def registered(self, code: str) -> bool:
        """One the service has never heard of is not."""
        try:
            return await again(lambda: self._client.is_registered(code))
        except Rejected as error:
            if error.code == NOT_FOUND:
                return False
            raise

    # --- a document's way --------------------------------------------------------------------------------------------

    async def upload(self, document: OutgoingDocument) -> ServiceDocument:
        """Once for its key. Besides wrong_recipient refuses too_large, empty, bad_format and bad_recipient unasked."""
        return self._document(await self._uploading.upload(document))

    async def send(self, ref: str) -> None:
        """Looks first, and again where the answer was lost or a refusal: it may have gone meanwhile."""
        before = await self.look(ref)
        if before.state is ServiceState.GONE:
            raise Rejected(SYSTEM, "send", NOT_FOUND)
        if before.state not in _TO_BE_SENT:
            return
        try:
            await self._client.send(ref)
        except (Ambiguous, Rejected) as error:
            if error.of_system or (await self.look(ref)).state in {*_TO_BE_SENT, ServiceState.GONE}:
                raise

    async def sign_link(self, ref: str, code: str, email: str, back: str = "") -> str:
        """Where the client signs second the document must wait for them already."""
        _require_ref(ref, "sign session")
        body = {"document_id": ref, "edrpou": code, "email": email, "type": "sign_session"}
        if back:
            body |= {"on_finish_url": back, "on_cancel_url": back}
        url = await self._client.sign_session(body)
        if not self._settings.is_page(url):
            raise Rejected(SYSTEM, "sign session", "address")
        return url

    async def look(self, ref: str) -> ServiceDocument:
        """One that is not ours is not told apart from one that is gone."""
        if not is_ref(ref):
            return ServiceDocument(ref, ServiceState.GONE, NOT_FOUND)
        try:
            return self._document(await again(lambda: self._client.document(ref)))
        except Rejected as error:
            if error.code == NOT_FOUND:
                return ServiceDocument(ref, ServiceState.GONE, NOT_FOUND)
            raise

    async def states(self, refs: Sequence[str]) -> Mapping[str, ServiceDocument]:
        """Five hundred at a time; without recipients and keys, which this call does not name."""
        wanted = [one for one in dict.fromkeys(refs) if is_ref(one)]
        found: dict[str, ServiceDocument] = {}
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            rows = await again(partial(self._client.statuses, batch))
            asked = set(batch)
            found |= {row.id: self._document(row) for row in rows if row.id in asked}
        return found

    async def changed(self, since: datetime, until: datetime) -> AsyncIterator[Sequence[ServiceDocument]]:
        """Whose clock the service reads the window by is not told, so a few hours more than the window come."""
        first, last = window(since, until)
        query: dict[str, str | int] = {"changed_from": first, "changed_to": last, "with_recipients": 1}
        seen: set[str] = set()
        for _ in range(MOST_PAGES):
            page, cursor = await again(lambda: self._client.documents(query))
            if page:
                yield [self._document(one) for one in page]
            if not cursor:
                return
            if cursor in seen:
                break
            seen.add(cursor)
            query["cursor"] = cursor
        raise Unavailable(SYSTEM, "documents", "endless")

    async def signatures(self, ref: str) -> Sequence[SignatureMark]:
        """A seal beside a signature is one more."""
        _require_ref(ref, "signatures")
        found: list[SignatureMark] = []
        for one in await again(lambda: self._client.signatures(ref)):
            found.append(_mark(one, one.is_internal))
            if one.stamp is not None and one.stamp.serial_number:
                found.append(_mark(one.stamp, one.is_internal))
        return found

    async def rejection(self, ref: str) -> str:
        """The last of them, by its moment."""
        _require_ref(ref, "comments")
        said = [one for one in await again(lambda: self._client.comments(ref)) if one.type == "rejection"]
        said.sort(key=lambda one: moment(one.date_created) or _LONG_AGO)
        return words(said[-1].text, WORDS_LIMIT) if said else ""

    async def files(self, ref: str, folder: Path) -> SignedFiles:
        """What the service does not give is None; the original it has to."""
        _require_ref(ref, "original")
        document = await again(lambda: self._client.document(ref))
        return await again(lambda: downloading.bring(self._client, document, folder, self._limits))

    async def withdraw(self, ref: str) -> None:
        """Raises Rejected("signed") for one that everybody signed: to delete that both sides have to agree."""
        before = await self.look(ref)
        if before.state is ServiceState.GONE:
            return
        if before.state is ServiceState.SIGNED:
            raise Rejected(SYSTEM, "delete", "signed")
        try:
            await self._client.delete(ref)
        except Rejected as error:
            if error.code == NOT_FOUND:
                return
            if (await self.look(ref)).state is ServiceState.SIGNED:
                raise Rejected(SYSTEM, "delete", "signed") from None
            raise

    def _document(self, said: Document) -> ServiceDocument:
        page = said.url if self._settings.is_page(said.url) else f"{self._settings.base_url}/app/documents/{said.id}"
        return ServiceDocument(
            ref=said.id,
            state=self._states.read(said.status),
            code=said.status,
            key=said.vendor_id,
            recipients=tuple(Recipient(one.edrpou, one.emails[0] if one.emails else "") for one in said.recipients),
            page=page,
            finished_at=moment(said.date_finished),
        )


def _mark(said: Stamp, ours: bool) -> SignatureMark:
    return SignatureMark(
        code=words(said.edrpou, 20),
        company=words(said.company_name, 300),
        name=words(said.signer_name, 200),
        position=words(said.signer_position, 200),
        serial=serial(said.serial_number),
        at=moment(said.timestamp),
        ours=ours,
    )


def _allowance(billing: Billing, now: datetime) -> Allowance:
    """The tariff of the integration if there is one, else the one that ends last; of those that have not ended."""
    ends = [(end(rate.end_date), rate) for rate in billing.rates]
    valid = [(last, rate) for last, rate in ends if last is None or last > now]
    best = max(
        valid,
        key=lambda one: ("integration" in one[1].type.lower(), one[0] or _NEVER),
        default=None,
    )
    sent = billing.limits.documents_sent
    left = None if best is None else best[1].units_left
    if sent.is_unlimited:
        left = None
    elif sent.limit is not None:
        left = max(0, sent.limit - (sent.used or 0))
    if best is None:
        return Allowance("", left, None)
    return Allowance(words(best[1].name or best[1].type, 100), left, best[0])


def _require_ref(ref: str, operation: str) -> None:
    if not is_ref(ref):
        raise Rejected(SYSTEM, operation, NOT_FOUND)
