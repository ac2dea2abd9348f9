"""What Komora and the book of record (1C, BAS) tell each other, in words of neither.

Ids are the book of record's own: a 1C GUID, or GUID#GUID of an article's characteristic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from bot.domain.credit import HeldState
from bot.domain.directory import ClientRecord
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.signing import DocumentKind


class Subject(StrEnum):
    """What is taken in from the book of record, each at its own pace."""

    CLIENTS = "clients"
    CATALOGUE = "catalogue"
    PRICES = "prices"
    STOCK = "stock"
    RECEIVABLES = "receivables"
    ORDERS = "orders"


# --- out -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutgoingLine:
    """A line as agreed: `quantity` in base units, `price` of one of them, `amount` after `discount`, VAT included.

    `vat` is a percentage, None for goods without VAT; `article` is None for one the book of record never named.
    """

    article: str | None
    sku: str
    name: str
    base_unit: str
    quantity: Decimal
    price: Money
    discount: Money
    amount: Money
    vat: Decimal | None


@dataclass(frozen=True, slots=True)
class OutgoingOrder:
    """An order on its way out; `id` is its idempotency key and, in 1C, the document's reference.

    `provisional`: agreed on prices that could not be checked, because the book of record was silent.
    `held`: it waits for the credit gate, and is not to be posted before it is sent again without that.
    """

    id: UUID
    number: str
    revision: int
    placed_at: datetime
    placed_by: str
    client: str
    client_name: str
    tax_code: str | None
    contract: str | None
    price_type: str | None
    delivery_name: str
    delivery_address: str
    delivery_date: date
    note: str
    lines: tuple[OutgoingLine, ...]
    total: Money
    cancelled: bool = False
    provisional: bool = False
    held: HeldState | None = None


@dataclass(frozen=True, slots=True)
class PaymentPart:
    """What a part of a payment is for, by the ids there: `order_ref` is an order's document, `document` a debt's.

    With neither, it goes on the client's account.
    """

    order_ref: str | None
    document: str | None
    amount: Money


@dataclass(frozen=True, slots=True)
class BankSlip:
    """What a payment by transfer has beside its sum: the payer's payment order."""

    number: str
    day: date
    payer: str = ""
    payer_account: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingPayment:
    """Money that came by card, or went back where `refund`; `id` is its idempotency key and, in 1C, the reference.

    With a `slip` it came by transfer, and is a document of another kind there.

    `reference` is what the gateway knows it by, `card` a mask, `fee` what the gateway kept. What `allocations` leave
    of `amount` goes on the client's account; sums are positive, of a refund too.
    """

    id: UUID
    reference: str
    paid_at: datetime
    client: str
    contract: str | None
    amount: Money
    card: str
    fee: Money | None
    purpose: str
    allocations: tuple[PaymentPart, ...]
    refund: bool = False
    slip: BankSlip | None = None


@dataclass(frozen=True, slots=True)
class OutgoingContract:
    """A contract that both sides have signed; `id` is its idempotency key and, in 1C, the reference.

    `words` say that it is signed, when and by whom: they go into the contract's comment and once into the client's
    card. `link` is where the signing service shows it. Terms are None where the contract does not say; `until` is the
    last day it is in force, `price_type` an id there.
    """

    id: UUID
    client: str
    number: str
    dated: date
    name: str
    signed_at: datetime
    words: str
    link: str = ""
    until: date | None = None
    payment_days: int | None = None
    credit_limit: Money | None = None
    price_type: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """What is known of a document of ours there: `version` is the one we wrote or read last."""

    ref: str
    number: str
    version: str
    posted: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A field that the book of record keeps otherwise than it was sent."""

    field: str
    sent: str
    kept: str


@dataclass(frozen=True, slots=True)
class Handed:
    """The answer to an order, a payment or a contract that was handed over, compared with what was sent.

    `moved` where lines or the sum are among what is kept otherwise: what stands there is not what was agreed.
    """

    link: DocumentLink
    otherwise: tuple[Kept, ...] = ()
    moved: bool = False


# --- in --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClientPage:
    """A page of clients: those that changed since they were known, and the ids of all the page went over."""

    changed: tuple[ClientRecord, ...]
    present: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """The document a debt hangs on: `kind` is shipment, order, invoice, opening or other."""

    kind: str
    number: str
    date: date
    amount: Money


@dataclass(frozen=True, slots=True)
class ReceivableRecord:
    """What is owed by one document; a negative balance is an advance.

    `head` is None where the caller said it knows that document; `due` is None where 1C does not say and nothing
    can be derived. `order` is the order's document where the debt is said to come of one.
    """

    document: str
    client: str
    contract: str | None
    balance: Money
    due: date | None
    head: DocumentHead | None
    order: str | None = None


@dataclass(frozen=True, slots=True)
class OrderRecordLine:
    """A line of a document, in base units."""

    article: str
    name: str
    quantity: Decimal
    price: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """An order as the book of record has it; `ours` is the order's id or number where the document carries it.

    `state` is None where the document does not tell; a document marked for deletion is `cancelled`.
    """

    link: DocumentLink
    placed_at: datetime
    client: str
    state: State | None
    total: Money
    lines: tuple[OrderRecordLine, ...]
    note: str = ""
    ours: UUID | str | None = None
    delivery_date: date | None = None
    delivery_address: str = ""


@dataclass(frozen=True, slots=True)
class BankReceipt:
    """A bank receipt as it stands in the book of record; `ours` where Komora wrote it.

    `number` and `day` are those of the payment order, or the document's own day where it says none.
    """

    link: DocumentLink
    client: str
    amount: Money
    day: date
    number: str = ""
    ours: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class AccountingEvent:
    """A call-back: something changed there. A trigger, not a truth: what changed is read back.

    `wanted`: somebody there pressed for a document of the client `ref`.
    """

    message_id: str
    subject: Subject
    ref: str | None
    wanted: DocumentKind | None = None


Versions = Mapping[str, str]
"""What is known already: ids with the versions they had; empty asks for everything."""
