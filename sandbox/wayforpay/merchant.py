"""One shop at the gateway: its account and key, its orders, its callbacks, the troubles it meets."""

from collections import deque
from collections.abc import Callable, Sequence
from decimal import Decimal

from sandbox.clock import Clock
from sandbox.wayforpay import checks
from sandbox.wayforpay.callbacks import Courier
from sandbox.wayforpay.faults import Faults
from sandbox.wayforpay.feed import Feed
from sandbox.wayforpay.gateway import Gateway
from sandbox.wayforpay.order import Order
from sandbox.wayforpay.refusal import Refused, missing
from sandbox.wayforpay.settings import Settings
from sandbox.wayforpay.signature import sign
from sandbox.wayforpay.wire import Json

KEPT_CALLS = 500
SHOWN = 300


class Merchant:
    """Everything behind the wire."""

    def __init__(self, account: str, secret: str, now: Callable[[], float]) -> None:
        self.account, self.secret = account, secret
        self.clock = Clock(now)
        self.faults = Faults()
        self.feed = Feed()
        self.courier = Courier(account, secret, self.clock, self.faults, self.feed)
        self.gateway = Gateway(self.clock, self._heard)
        self.calls: deque[Json] = deque(maxlen=KEPT_CALLS)

    def check(self, fields: Json, names: Sequence[str]) -> None:
        """The common part of every operation on an order that exists: version, shop, signature."""
        if not fields.get("apiVersion"):
            raise missing("apiVersion")
        checks.signed(fields, names, self.account, self.secret)
        if not self.gateway.settings.api_allowed:
            raise Refused(1117)

    def signed(self, answer: Json, names: Sequence[str]) -> Json:
        return answer | {"merchantSignature": sign(self.secret, answer, names)}

    def set(self, wanted: Settings) -> None:
        self.gateway.settings = self.courier.settings = wanted
        self.gateway.tick()

    def record(self, operation: str, fields: Json, answer: Json) -> None:
        """For the control side; without signatures and what only a payer should know."""
        names = ("orderReference", "amount", "currency", "merchantDomainName", "productName", "orderDate", "comment")
        asked = {name: str(fields[name])[:SHOWN] for name in names if name in fields}
        told = {name: str(one) if isinstance(one, Decimal) else one for name, one in answer.items()}
        told.pop("merchantSignature", None)
        told.pop("transactionList", None)
        self.calls.append({"at": self.clock.time(), "operation": operation, "asked": asked, "answer": told})

    def reset(self) -> None:
        self.gateway.reset()
        self.courier.reset()
        self.faults.clear()
        self.calls.clear()
        self.clock.reset()
        self.feed.tell("reset")

    def _heard(self, order: Order, part: Decimal | None) -> None:
        self.feed.tell("order", order.view())
        if order.tries:
            self.courier.tell(order, part)
