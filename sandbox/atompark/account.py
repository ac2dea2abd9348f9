"""The customer's account at the provider: money, sender names, campaigns and their statuses."""

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.atompark import delivery as words
from sandbox.atompark.delivery import Delivery
from sandbox.atompark.inbox import Inbox

CURRENCY = "UAH"
PRICE_PER_PART = Decimal("0.85")
FIRST_BALANCE = Decimal("500.00")
KEPT_CAMPAIGNS = 10_000
FIRST_CAMPAIGN = 700_001


class Denied(Exception):
    """The provider's refusal: `code` of its table and its words."""

    def __init__(self, code: int, words_of_error: str) -> None:
        super().__init__(words_of_error)
        self.code = code


@dataclass(slots=True)
class SenderName:
    """An alpha-name; status 0 in moderation, 1 approved, 2 rejected."""

    id: int
    name: str
    country: str = "UA"
    status: int = 1


@dataclass(frozen=True, slots=True)
class Campaign:
    """One accepted request; a test campaign is neither sent nor charged."""

    id: int
    sender: str
    starts_at: float
    price: Decimal
    deliveries: Sequence[Delivery]
    is_test: bool = False

    def status(self, at: float) -> int:
        """0 pending, 2 in progress, 3 done, 4 bad numbers, 5 partly done, 6 spam, 9 scheduled."""
        if self.is_test:
            return 0
        if at < self.starts_at:
            return 9
        seen = Counter(one.status(at) for one in self.deliveries)
        if len(seen) == 1 and words.QUEUED in seen:
            return 0
        if words.QUEUED in seen or words.SENT in seen:
            return 2
        if len(seen) == 1:
            return {words.INVALID: 4, words.SPAM: 6}.get(next(iter(seen)), 3)
        return 5 if words.DELIVERED in seen else 3


@dataclass(slots=True)
class Account:
    """Everything the provider remembers; `clock` gives seconds since the epoch and can be moved forward."""

    clock: Callable[[], float]
    inbox: Inbox = field(default_factory=Inbox)
    balance: Decimal = FIRST_BALANCE
    senders: dict[str, SenderName] = field(default_factory=dict)
    campaigns: dict[int, Campaign] = field(default_factory=dict)
    _moved: float = 0.0
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(FIRST_CAMPAIGN))
    _sender_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(101))

    def now(self) -> float:
        return self.clock() + self._moved

    def advance(self, seconds: float) -> None:
        """Moves the provider's clock forward."""
        self._moved += seconds
        self.inbox.wake()

    def sender(self, name: str) -> SenderName:
        """The alpha-name; one never heard of counts as registered and approved long ago."""
        if name not in self.senders:
            self.senders[name] = SenderName(next(self._sender_ids), name)
            while len(self.senders) > KEPT_CAMPAIGNS:
                del self.senders[next(iter(self.senders))]
        return self.senders[name]

    def price(self, deliveries: Sequence[Delivery]) -> Decimal:
        return PRICE_PER_PART * sum(one.parts for one in deliveries if one.charged)

    def accept(self, sender: str, deliveries: Sequence[Delivery], *, starts_at: float, is_test: bool) -> Campaign:
        """Takes the money and starts the messages. Raises Denied 305 when the money is short."""
        price = self.price(deliveries)
        if price > self.balance:
            raise Denied(305, "Not enough money on the balance")
        campaign = Campaign(next(self._ids), sender, starts_at, price, deliveries, is_test)
        self.campaigns[campaign.id] = campaign
        while len(self.campaigns) > KEPT_CAMPAIGNS:
            del self.campaigns[next(iter(self.campaigns))]
        if not is_test:
            self.balance -= price
            for one in deliveries:
                self.inbox.expect(sender, one)
            self.inbox.wake()
        return campaign

    def reset(self) -> None:
        """A fresh account: money, names, campaigns, phones and the clock."""
        self.balance = FIRST_BALANCE
        self._moved = 0.0
        self.senders.clear()
        self.campaigns.clear()
        self.inbox.clear()
