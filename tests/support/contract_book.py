"""The contracts of a book of record in memory, and what the cards of its clients say of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.accounting import DocumentLink, Handed, Kept, OutgoingContract
from bot.domain.directory import ClientRecord
from bot.domain.errors import Rejected
from tests.support.answering import Answering

TERMS = ("until", "payment_days", "credit_limit")


@dataclass(frozen=True)
class Signed:
    """A contract as it stands there: its terms, and the ids of ours that its comment tells of."""

    link: DocumentLink
    client: str
    terms: Mapping[str, Any]
    ours: tuple[str, ...] = ()
    marked: bool = False


class ContractBook(Answering):
    """`contracts` by ref, `told` the lines in the cards by client, `recorded` the numbers of what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, ClientRecord] = {}
        self.contracts: dict[str, Signed] = {}
        self.told: defaultdict[str, list[str]] = defaultdict(list)
        self.recorded: list[str] = []

    def enter_contract(self, ref: str, client: str, number: str, **terms: Any) -> None:
        """The office enters one."""
        self.contracts[ref] = Signed(DocumentLink(ref, number, self._version()), client, terms)

    def mark_contract(self, ref: str) -> None:
        """Somebody marks it for deletion."""
        self.contracts[ref] = replace(self.contracts[ref], marked=True)

    async def record_contract(self, contract: OutgoingContract, known: DocumentLink | None) -> Handed:
        self._answer("record_contract")
        if self.refuses:
            raise Rejected(self.system, "record_contract", self.refuses)
        if contract.client not in self.cards:
            raise Rejected(self.system, "record_contract", "unknown_client")
        there = self.contracts.get(known.ref) if known else self._contract(contract)
        if there.marked if there is not None else known is not None:
            raise Rejected(self.system, "record_contract", "changed_there")
        if there is None or str(contract.id) not in there.ours:
            there = self._recorded(contract, there)
            await self._happens_meanwhile()
            self._lose("record_contract")
        if contract.words not in self.told[contract.client]:
            self.told[contract.client].append(contract.words)
        return Handed(there.link, tuple(_differing(contract, there)))

    def _contract(self, contract: OutgoingContract) -> Signed | None:
        ours = (one for one in self.contracts.values() if str(contract.id) in one.ours)
        same = (
            one
            for one in self.contracts.values()
            if (one.client, one.link.number, one.marked) == (contract.client, contract.number, False)
        )
        return next(ours, None) or next(same, None)

    def _recorded(self, contract: OutgoingContract, there: Signed | None) -> Signed:
        """In what the office entered only what is empty there."""
        terms = {word: getattr(contract, word) for word in TERMS if getattr(contract, word) is not None}
        if there is None:
            ref = f"contract-{next(self._serial)}" if self.gives_own_refs else str(contract.id)
            there = Signed(DocumentLink(ref, contract.number, ""), contract.client, {})
        link = replace(there.link, version=self._version())
        said = replace(there, link=link, terms={**terms, **there.terms}, ours=(*there.ours, str(contract.id)))
        self.contracts[link.ref] = said
        self.recorded.append(contract.number)
        return said


def _differing(sent: OutgoingContract, there: Signed) -> Iterator[Kept]:
    for word in TERMS:
        said, kept = getattr(sent, word), there.terms.get(word)
        if said is not None and said != kept:
            yield Kept(word, str(said), str(kept))
