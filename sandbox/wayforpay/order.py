"""One orderReference at the gateway: what is asked for, where it stands, and every try to pay it."""

from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.wayforpay.wire import Json

CREATED = "Created"
IN_PROCESSING = "InProcessing"
PENDING = "Pending"
HELD = "WaitingAuthComplete"
APPROVED = "Approved"
DECLINED = "Declined"
EXPIRED = "Expired"
REFUNDED = "Refunded"
VOIDED = "Voided"
REFUND_WAITS = "RefundInProcessing"

PAYABLE = frozenset({CREATED, DECLINED})
UNDER_WAY = frozenset({IN_PROCESSING, PENDING})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the shop asked for. `hold` is merchantTransactionType AUTH; times are seconds."""

    reference: str
    amount: Decimal
    currency: str
    items: tuple[tuple[str, Decimal, Decimal], ...]
    domain: str
    ordered_at: int
    lifetime: float
    hold: bool = False
    hold_lifetime: float = 1_728_000.0
    return_url: str = ""
    service_url: str = ""
    order_no: str = ""
    email: str = ""
    phone: str = ""
    name: str = ""
    systems: frozenset[str] = frozenset()

    @property
    def sum_of_items(self) -> Decimal:
        """Name, price and count of each; the gateway does not ask it to be the amount."""
        return sum((price * count for _, price, count in self.items), Decimal(0))


@dataclass(slots=True)
class Order:
    """`id` is what the page's address carries; `code` and `reason` belong to the latest state."""

    id: str
    wanted: Wanted
    invoice: bool
    created_at: float
    status: str = CREATED
    code: int = 0
    reason: str = ""
    amount: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    refund_waits: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    auth_code: str = ""
    card: str = ""
    card_type: str | None = None
    bank: str | None = None
    system: str = ""
    processed_at: float = 0.0
    step: str = ""
    removed: bool = False
    held_until: float = 0.0
    tries: list[Json] = field(default_factory=list)

    @property
    def lives_until(self) -> float:
        return self.created_at + self.wanted.lifetime

    @property
    def payable(self) -> bool:
        return self.status in PAYABLE and not self.removed

    def view(self) -> Json:
        """For the control side; amounts as text."""
        wanted = self.wanted
        return {
            "reference": wanted.reference,
            "id": self.id,
            "kind": "invoice" if self.invoice else "purchase",
            "status": self.status,
            "code": self.code,
            "reason": self.reason,
            "amount": f"{self.amount:.2f}",
            "asked": f"{wanted.amount:.2f}",
            "currency": wanted.currency,
            "refunded": f"{self.refunded:.2f}",
            "fee": f"{self.fee:.2f}",
            "items": [
                {"name": name, "price": f"{price:.2f}", "count": f"{count:f}"} for name, price, count in wanted.items
            ],
            "sum_of_items": f"{wanted.sum_of_items:.2f}",
            "card": self.card,
            "system": self.system,
            "step": self.step,
            "removed": self.removed,
            "created_at": self.created_at,
            "processed_at": self.processed_at,
            "lives_until": self.lives_until,
            "return_url": wanted.return_url,
            "service_url": wanted.service_url,
            "tries": list(self.tries),
        }
