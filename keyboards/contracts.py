"""Keyboards of documents that are signed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from bot.conversation.screen import Button, Link, Rows, Tap
from bot.domain.envelope import EnvelopeView, FileRole, Stage
from bot.domain.signing import DocumentKind
from bot.i18n import Translator, marked
from keyboards.actions import AskManager, More
from keyboards.contract_actions import (
    AcceptSigned,
    Approve,
    AskAct,
    AskContract,
    AskRemark,
    AskWithdraw,
    FillAgain,
    GiveDocumentBack,
    HowToSign,
    Remark,
    ShowClientsDocuments,
    ShowDocument,
    ShowDocuments,
    ShowEnvelope,
    ShowOpenDocuments,
    StartDocument,
    TakeAct,
    TakeDocument,
    TakeEnvelope,
    Withdraw,
)
from keyboards.rows import choices, numbers

ROLES: Mapping[FileRole, str] = {
    FileRole.PRINTABLE: marked("To print, with marks"),
    FileRole.ORIGINAL: marked("Original"),
    FileRole.CONTAINER: marked("Signatures (.p7s)"),
    FileRole.ARCHIVE: marked("Everything, archive"),
}
STARTS: Mapping[DocumentKind, str] = {
    DocumentKind.CONTRACT: marked("Fill a contract"),
    DocumentKind.AMENDMENT: marked("Additional agreement"),
    DocumentKind.RECONCILIATION: marked("Fill a reconciliation act"),
}
REMARKS: Mapping[Remark, str] = {
    Remark.REQUISITES: marked("Requisites are wrong"),
    Remark.TERMS: marked("Terms are wrong"),
    Remark.PRICES: marked("Prices are wrong"),
}
VERIFIER = "https://czo.gov.ua/verify"
"""The state's own check of signatures, for people (vchasno.md 9)."""

# --- the client -------------------------------------------------------------------------------------------------------


def documents(tr: Translator, shown: Sequence[UUID], *, contract: bool) -> Rows:
    asks: tuple[Button, ...] = (Tap(tr.label("Reconciliation act"), AskAct()),)
    if contract:
        asks = (Tap(tr.label("Ask for a contract"), AskContract()), *asks)
    return (
        *numbers([ShowDocument(each) for each in shown]),
        asks,
        (Tap(tr.label("Manager"), AskManager()), Tap(tr.label("Back"), More())),
    )


def document(tr: Translator, envelope: EnvelopeView, files: Collection[FileRole], address: str | None) -> Rows:
    """What can be done with it as it stands."""
    rows: Rows = ()
    if envelope.stage is Stage.SENT:
        how = Tap(tr.label("How to sign"), HowToSign(envelope.id))
        rows += ((Link(tr.label("Read and sign"), address), how) if address else (how,),)
    if envelope.stage in (Stage.SENT, Stage.HALF):
        rows += ((Tap(tr.label("Open the document"), TakeDocument(envelope.id, None)),),)
    rows += tuple((Tap(tr.label(name), TakeDocument(envelope.id, role)),) for role, name in ROLES.items()
                  if role in files)  # fmt: skip
    return (*rows, (Tap(tr.label("All documents"), ShowDocuments()), Tap(tr.label("Manager"), AskManager())))


def how(tr: Translator, envelope_id: UUID, address: str | None) -> Rows:
    go: Rows = ((Link(tr.label("Read and sign"), address),),) if address else ()
    return (*go, (Tap(tr.label("Back"), ShowDocument(envelope_id)), Tap(tr.label("Manager"), AskManager())))


def asked(tr: Translator, envelope_id: UUID) -> Rows:
    return ((Tap(tr.label("See it"), ShowDocument(envelope_id)), Tap(tr.label("All documents"), ShowDocuments())),)


def act_times(tr: Translator, times: Sequence[tuple[str, date, date]]) -> Rows:
    return (
        *((Tap(label, TakeAct(since, until)),) for label, since, until in times),
        (Tap(tr.label("Back"), ShowDocuments()),),
    )


def times(tr: Translator, today: date) -> list[tuple[str, date, date]]:
    """What an accountant asks for: the last month, the last quarter, and this year."""
    month = today.replace(day=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    last_month, last_quarter = month - timedelta(days=1), quarter - timedelta(days=1)
    began = last_quarter.replace(month=last_quarter.month - 2, day=1)
    return [
        (tr.label("Last month, {month}", month=f"{last_month:%m.%Y}"), last_month.replace(day=1), last_month),
        (tr.label("Quarter until {day}", day=f"{last_quarter:%d.%m.%Y}"), began, last_quarter),
        (tr.label("This year until today"), today.replace(month=1, day=1), today),
    ]


# --- the staff --------------------------------------------------------------------------------------------------------


def of_client(tr: Translator, client_id: UUID, shown: Sequence[UUID], kinds: Collection[DocumentKind]) -> Rows:
    """`kinds` may be begun now."""
    starts = tuple((Tap(tr.label(name), StartDocument(client_id, kind)),) for kind, name in STARTS.items()
                   if kind in kinds)  # fmt: skip
    return (*numbers([ShowEnvelope(each) for each in shown]), *starts)


def which(found: Sequence[tuple[str, UUID]]) -> Rows:
    return choices([(name, ShowClientsDocuments(client)) for name, client in found], 1)


def opened(shown: Sequence[UUID]) -> Rows:
    return numbers([ShowEnvelope(each) for each in shown])


def envelope(tr: Translator, view: EnvelopeView, files: Collection[FileRole], *, decides: bool) -> Rows:
    """What this desk may do with it as it stands; `decides`: the lawyers' steps too."""
    rows: list[tuple[Button, ...]] = []
    if view.file is not None:
        rows.append((Tap(tr.label("The file"), TakeEnvelope(view.id, None)),))
    if decides and view.stage is Stage.REVIEW:
        rows.append((
            Tap(tr.label("Approve"), Approve(view.id, view.revision)),
            Tap(tr.label("Return"), AskRemark(view.id, view.revision)),
        ))  # fmt: skip
    if decides and view.stage is Stage.SIGNED and view.doubts and not view.accepted_by:
        rows.append((Tap(tr.label("Take it as signed"), AcceptSigned(view.id)),))
    if view.stage in (Stage.LACKING, Stage.RETURNED):
        rows.append((Tap(tr.label("Fill again"), FillAgain(view.id, view.revision)),))
    elif view.trouble is not None and view.stage.open:
        rows.append((Tap(tr.label("Try again"), FillAgain(view.id, view.revision)),))
    rows.extend((Tap(tr.label(name), TakeEnvelope(view.id, role)),) for role, name in ROLES.items() if role in files)
    if view.page:
        rows.append((Link(tr.label("In Vchasno"), view.page),))
    if view.stage is Stage.SIGNED and FileRole.CONTAINER in files:
        rows.append((Link(tr.label("Check the signatures"), VERIFIER),))
    if view.stage.open:
        rows.append((Tap(tr.label("Take it back"), AskWithdraw(view.id)),))
    return (*rows, (Tap(tr.label("All of this client"), ShowClientsDocuments(view.client_id)),))


def remarks(tr: Translator, view: EnvelopeView) -> Rows:
    return (
        *((Tap(tr.label(name), GiveDocumentBack(view.id, view.revision, remark)),)
          for remark, name in REMARKS.items()),
        (Tap(tr.label("Back"), ShowEnvelope(view.id)),),
    )  # fmt: skip


def withdrawing(tr: Translator, envelope_id: UUID) -> Rows:
    return (
        (Tap(tr.label("Yes, take it back"), Withdraw(envelope_id)), Tap(tr.label("No"), ShowEnvelope(envelope_id))),
    )


def all_open(tr: Translator) -> Rows:
    return ((Tap(tr.label("Documents on their way"), ShowOpenDocuments()),),)
