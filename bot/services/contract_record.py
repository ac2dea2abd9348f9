"""Signed contracts to the book of record: each once, and what stands there otherwise to the managers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink, Handed, OutgoingContract
from bot.domain.difference import DifferenceKind
from bot.domain.job import Job, JsonValue, Queue, Run
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.i18n import KYIV
from bot.ports import Accounting, Clock
from bot.services.notices import tell_staff

RECORD_CONTRACT = "record_contract"
SHOWN = 300
Then = Callable[[Tx, UUID, DocumentLink, datetime], None]


@dataclass(frozen=True, slots=True)
class SignedContract:
    """A contract that both sides have signed in a `service`, as its name stands after «у», with those who signed.

    Terms are None where the contract does not say; `price_type` is ours. `known` is the id in the book of record of
    a contract that is renewed by this one and stays one item there; without it a new one is entered, unless somebody
    has entered it by its number and day.
    """

    id: UUID
    client_id: UUID
    number: str
    dated: date
    name: str
    signed_at: datetime
    service: str
    signers: tuple[str, ...] = ()
    link: str = ""
    until: date | None = None
    payment_days: int | None = None
    credit_limit: Money | None = None
    price_type: UUID | None = None
    known: str | None = None


def record_contract(tx: Tx, contract: SignedContract, at: datetime) -> bool:
    """The job that takes it there; false where it has one. `tx.contract_documents.of(id)` tells when it is there."""
    if not tx.contract_documents.ask(contract.id, contract.client_id, contract.number, at):
        return False
    return tx.jobs.add(
        Job(
            RECORD_CONTRACT,
            Queue.ONEC,
            _args(contract),
            key=f"{RECORD_CONTRACT}:{contract.id}",
            lock=f"contracts:{contract.client_id}",
            priority=3,
        )
    )


class ContractRecords:
    """Runs the jobs made by `record_contract`; `then` is called in the transaction that knows it is there."""

    def __init__(self, books: Books, accounting: Accounting, now: Clock, *, then: Then | None = None) -> None:
        self._books = books
        self._accounting = accounting
        self._now = now
        self._then = then

    async def record(self, run: Run) -> None:
        """Raises what Accounting.record_contract raises; nothing to do where it is there already."""
        contract = await self._books.read(_outgoing, run.job.args)
        if contract is None:
            return
        known = run.job.args["known"]
        link = DocumentLink(str(known), "", "") if known else None
        answer = await self._accounting.record_contract(contract, link)
        await self._books.write(self._recorded, contract, answer)

    def _recorded(self, tx: Tx, contract: OutgoingContract, answer: Handed) -> None:
        now = self._now()
        tx.contract_documents.recorded(contract.id, answer.link, now)
        if self._then is not None:
            self._then(tx, contract.id, answer.link, now)
        if not answer.otherwise:
            return
        detail = {"number": contract.number} | {
            kept.field: f"{kept.sent[:SHOWN]} → {kept.kept[:SHOWN]}" for kept in answer.otherwise
        }
        found = tx.differences.found(DifferenceKind.CONTRACT_OTHERWISE, f"contract:{contract.id}", None, detail, now)
        if found is not None:
            tell_staff(tx, Notice(NoticeKind.DIFFERENCE, str(found)))


def signed_words(service: str, signed_at: datetime, number: str, signers: tuple[str, ...]) -> str:
    """What people of the office read in 1C."""
    said = f"Підписано у {service} {signed_at.astimezone(KYIV):%d.%m.%Y}, № {number}"
    return f"{said}, підписали: {'; '.join(signers)}" if signers else said


def _args(contract: SignedContract) -> Mapping[str, JsonValue]:
    return {
        "contract": str(contract.id),
        "client": str(contract.client_id),
        "number": contract.number,
        "dated": contract.dated.isoformat(),
        "name": contract.name,
        "signed_at": contract.signed_at.isoformat(),
        "words": signed_words(contract.service, contract.signed_at, contract.number, contract.signers),
        "link": contract.link,
        "until": None if contract.until is None else contract.until.isoformat(),
        "payment_days": contract.payment_days,
        "credit_limit": None if contract.credit_limit is None else contract.credit_limit.kopiykas,
        "price_type": None if contract.price_type is None else str(contract.price_type),
        "known": contract.known,
    }


def _outgoing(tx: Tx, args: Mapping[str, JsonValue]) -> OutgoingContract | None:
    """With the ids of the book of record by now; None where it is there, or the client is no more."""
    paper = tx.contract_documents.of(UUID(str(args["contract"])))
    if paper is None or paper.recorded_at is not None:
        return None
    price_type = UUID(str(args["price_type"])) if args["price_type"] else None
    client, type_there = tx.contract_documents.refs(paper.client_id, price_type)
    until, days, limit = args["until"], args["payment_days"], args["credit_limit"]
    return OutgoingContract(
        id=paper.contract_id,
        client=client,
        number=paper.number,
        dated=date.fromisoformat(str(args["dated"])),
        name=str(args["name"]),
        signed_at=datetime.fromisoformat(str(args["signed_at"])),
        words=str(args["words"]),
        link=str(args["link"]),
        until=None if until is None else date.fromisoformat(str(until)),
        payment_days=None if days is None else int(str(days)),
        credit_limit=None if limit is None else Money(int(str(limit))),
        price_type=type_there,
    )
