"""From state to state: what signing, sending and rejecting make of a document."""

from datetime import datetime

from sandbox.vchasno import statuses
from sandbox.vchasno.document import OWNER, RECIPIENT, Comment, Document, Side, Signature, Step
from sandbox.vchasno.refusal import Refused


def prepared(document: Document) -> None:
    """After the upload, or a change of the recipient: ready once it is known whom to send it to."""
    named = document.recipient
    known = document.is_internal or (named is not None and named.edrpou and named.emails)
    if document.status in (statuses.DRAFT, statuses.READY):
        document.status = statuses.READY if known else statuses.DRAFT


def sign(document: Document, signature: Signature) -> None:
    """Adds a signature; it sends nothing. Raises Refused."""
    if document.status not in statuses.SIGNABLE:
        raise Refused(f"У стані {document.status} документ не підписують")
    if document.status == statuses.FLOW:
        _sign_in_turn(document, signature)
        return
    if signature.side == RECIPIENT:
        if document.status not in statuses.WITH_CLIENT:
            raise Refused("Документ ще не надіслано контрагенту")
        document.status = statuses.CLIENT_SIGNS
    elif document.status in (statuses.READY, statuses.OWNER_SIGNS):
        document.status = statuses.OWNER_SIGNS
    document.signatures.append(signature)
    is_ours_last = document.came_back or document.is_internal
    if signature.side == OWNER and is_ours_last and document.count(OWNER) >= document.expected_owner:
        _finish(document, signature.at)


def send(document: Document, at: datetime) -> None:
    """The owner sends it to the counterparty. Raises Refused."""
    if document.status == statuses.READY and document.first_sign_by == RECIPIENT:
        document.status, document.sent = statuses.SENT_FIRST, at
        return
    if document.status not in (statuses.READY, statuses.OWNER_SIGNS) or document.is_internal or document.came_back:
        raise Refused(f"У стані {document.status} документ не надсилають")
    if document.count(OWNER) < document.expected_owner:
        raise Refused("Спершу документ має підписати власник")
    document.status, document.sent = statuses.CLIENT_WAITS, at
    if document.expected_recipient == 0:
        _finish(document, at)


def send_back(document: Document, at: datetime) -> None:
    """The counterparty returns it signed. Raises Refused."""
    if document.status != statuses.CLIENT_SIGNS:
        raise Refused(f"У стані {document.status} документ не повертають")
    if document.count(RECIPIENT) < document.expected_recipient:
        raise Refused("Підписали ще не всі від контрагента")
    if document.count(OWNER) >= document.expected_owner:
        _finish(document, at)
    else:
        document.came_back, document.status = True, statuses.OWNER_SIGNS


def reject(document: Document, comment: Comment) -> None:
    """By either side, for good; the reason stays as a comment. Raises Refused."""
    if document.is_final or document.status == statuses.DRAFT:
        raise Refused(f"У стані {document.status} документ не відхиляють")
    document.comments.append(comment)
    document.status = statuses.REJECTED
    document.rejected = document.finished = comment.at


def may_sign(document: Document, side: Side, edrpou: str = "") -> bool:
    """Whether the turn is theirs."""
    if document.status == statuses.FLOW:
        return any(step.edrpou == edrpou and step.pending for step in _turn(document))
    if side == RECIPIENT:
        return document.status in statuses.WITH_CLIENT and document.count(RECIPIENT) < document.expected_recipient
    return document.status in statuses.SIGNABLE and document.count(OWNER) < document.expected_owner


def _sign_in_turn(document: Document, signature: Signature) -> None:
    step = next((one for one in _turn(document) if one.edrpou == signature.signer.edrpou and one.pending), None)
    if step is None:
        raise Refused("Черга підписувати ще не ваша")
    step.pending -= 1
    document.signatures.append(signature)
    if not document.left():
        _finish(document, signature.at)


def _turn(document: Document) -> list[Step]:
    waiting = [step.order for step in document.flow if step.pending]
    return [step for step in document.flow if waiting and step.order == min(waiting)]


def _finish(document: Document, at: datetime) -> None:
    document.status, document.finished = statuses.SIGNED, at
