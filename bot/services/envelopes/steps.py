"""Steps of an envelope that are taken in a transaction: its history, its jobs, and who hears of it."""

from datetime import datetime
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.dispatch import CHATS, Way
from bot.domain.envelope import EnvelopeView, Happening
from bot.domain.errors import NotFound
from bot.domain.job import Job, Queue
from bot.domain.notice import BY_TEXT, LAWYERS, MANAGERS, Audience, Notice, NoticeKind
from bot.services.notices import tell_client, tell_finance, tell_person, tell_staff

FILL = "fill_envelope"
UPLOAD = "upload_envelope"
SEND = "send_envelope"
LOOK = "look_envelope"
KEEP = "keep_envelope"
TAKE_BACK = "withdraw_envelope"


def required(tx: Tx, envelope_id: UUID) -> EnvelopeView:
    """Raises NotFound."""
    found = tx.envelopes.view(envelope_id)
    if found is None:
        raise NotFound("envelope")
    return found


def job(tx: Tx, name: str, envelope_id: UUID, version: str, *, queue: Queue = Queue.SIGNING) -> None:
    """One after another for one envelope; `version` tells two wishes of one kind apart."""
    tx.jobs.add(
        Job(
            name, queue, {"envelope": str(envelope_id)}, key=f"{name}:{envelope_id}:{version}",
            lock=f"envelope:{envelope_id}",
        )
    )  # fmt: skip


def told_staff(tx: Tx, envelope_id: UUID, what: Happening, version: str, *, finance: bool = False) -> None:
    """The managers, who ask for most documents; finance too, where money depends on it."""
    notice = Notice(NoticeKind.ENVELOPE, str(envelope_id), f"{what.value}:{version}")
    tell_staff(tx, notice, MANAGERS)
    if finance:
        tell_finance(tx, notice)


def told_lawyers(tx: Tx, envelope_id: UUID, version: str) -> None:
    tell_staff(tx, Notice(NoticeKind.REVIEW, str(envelope_id), version), LAWYERS)


def asked_to_sign(tx: Tx, envelope: EnvelopeView, version: str, at: datetime, *, texts: bool = False) -> int:
    """Those of the client's who sign; how many. With `texts` whoever has a chat gets a text message beside it."""
    told = tell_client(tx, envelope.client_id, Notice(NoticeKind.TO_SIGN, str(envelope.id), version), at)
    for person_id in tx.reach.audience(envelope.client_id, Audience.SIGNS) if texts else ():
        ways = {one.way for one in tx.reach.addresses(person_id, envelope.client_id)}
        if ways & CHATS and Way.SMS in ways:
            tell_person(tx, person_id, envelope.client_id, Notice(NoticeKind.TO_SIGN, str(envelope.id), BY_TEXT), at)
    return told
