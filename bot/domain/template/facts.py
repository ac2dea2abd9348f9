"""What a document is filled with, before it is put into words; an empty string is not known."""

from dataclasses import dataclass
from datetime import date

from bot.domain.money import Money
from bot.domain.requisites import ClientKind
from bot.domain.signing import DocumentKind


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A side of a contract. `basis` is what its signer acts on, in the genitive: «Статуту».

    `vat` is the code of a payer of VAT; the `_genitive` ones answer «в особі кого».
    """

    name: str
    kind: ClientKind
    code: str = ""
    address: str = ""
    signer: str = ""
    signer_genitive: str = ""
    position: str = ""
    position_genitive: str = ""
    basis: str = ""
    phone: str = ""
    email: str = ""
    iban: str = ""
    bank: str = ""
    vat: str = ""


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract's number and terms; without days to pay in, goods are paid before they leave."""

    number: str = ""
    dated: date | None = None
    place: str = ""
    payment_days: int = 0
    credit_limit: Money | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AmendmentFacts:
    """An additional agreement; its terms are those of the contract it changes."""

    number: str
    dated: date


@dataclass(frozen=True, slots=True)
class PriceRow:
    """`vat` is a percentage, None for goods without it."""

    sku: str
    name: str
    unit: str
    price: Money
    vat: int | None = None


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """A client's price list on a day; `vat_included`: where VAT is paid, the prices hold it already."""

    on: date
    rows: tuple[PriceRow, ...]
    vat_included: bool = True


@dataclass(frozen=True, slots=True)
class ActRow:
    """A line of a reconciliation: what the client came to owe, or what they paid."""

    day: date
    document: str
    debit: Money | None = None
    credit: Money | None = None


@dataclass(frozen=True, slots=True)
class ActFacts:
    """A reconciliation of the days from `since` to `until`; `opening` above zero is owed by the client."""

    number: str
    dated: date
    since: date
    until: date
    opening: Money
    rows: tuple[ActRow, ...]

    @property
    def debit(self) -> Money:
        return sum((row.debit for row in self.rows if row.debit), Money(0))

    @property
    def credit(self) -> Money:
        return sum((row.credit for row in self.rows if row.credit), Money(0))

    @property
    def closing(self) -> Money:
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """All that a document of a kind may say."""

    kind: DocumentKind
    company: PartyFacts
    client: PartyFacts
    contract: ContractFacts
    amendment: AmendmentFacts | None = None
    prices: PriceFacts | None = None
    act: ActFacts | None = None
