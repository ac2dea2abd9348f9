"""The customer's account at the provider: money, senders, the stop list, requests done before, and messages."""

import heapq
import itertools
import uuid
from collections.abc import Callable, Sequence
from decimal import Decimal

from sandbox.clock import Clock
from sandbox.turbosms import codes
from sandbox.turbosms.codes import Denied
from sandbox.turbosms.inbox import Inbox
from sandbox.turbosms.message import DELIVERED, QUEUED, READ, SMS, VIBER, Message, Part, Step, way

PRICE_PER_PART = Decimal("0.95")
PRICE_OF_VIBER = Decimal("0.60")
FIRST_BALANCE = Decimal("500.00")
KEPT = 10_000
SAME_WITHIN = 90.0
"""Seconds within which the same words to the same phone are taken for a mistake."""
Row = dict[str, object]


class Account:
    """Everything the provider remembers; `heard` is told of every step of every message as it comes."""

    def __init__(self, clock: Clock, heard: Callable[[Message, Step], None]) -> None:
        self.clock = clock
        self.inbox = Inbox()
        self.balance = FIRST_BALANCE
        self.senders: dict[tuple[str, str], bool] = {}
        self.stoplist: set[str] = set()
        self.messages: dict[str, Message] = {}
        self._done: dict[str, list[Row]] = {}
        self._said: dict[tuple[str, str, str], float] = {}
        self._due: list[tuple[float, int, Message, Step]] = []
        self._order = itertools.count()
        self._heard = heard

    def done_before(self, sequence: str) -> list[Row] | None:
        """What came of the request with this id."""
        return self._done.get(sequence)

    def remember(self, sequence: str, rows: list[Row]) -> None:
        self._done[sequence] = rows
        _shorten(self._done)

    def require_sender(self, channel: str, name: str) -> None:
        """One never heard of counts as registered and active. Raises Denied 401."""
        if not self.senders.get((channel, name), True):
            raise Denied(codes.SENDER_NOT_ACTIVE)

    def is_repeated(self, phone: str, sms: Part | None, viber: Part | None) -> bool:
        """Whether the same words went there a moment ago; from now on they have."""
        now = self.clock.time()
        said = (phone, sms.text if sms else "", viber.text if viber else "")
        before = self._said.pop(said, None)
        if before is not None and now - before < SAME_WITHIN:
            self._said[said] = before
            return True
        self._said[said] = now
        _shorten(self._said)
        return False

    def at_most(self, viber: bool, parts: int) -> Decimal:
        """What a message may come to cost: of a hybrid, both."""
        return (PRICE_OF_VIBER if viber else Decimal(0)) + PRICE_PER_PART * parts

    def take(
        self, phone: str, sms: Part | None, viber: Part | None, parts: int, *, ttl: int | None, start: float
    ) -> Message:
        """A message on its way, and paid for."""
        message = Message(str(uuid.uuid4()), phone, self.clock.time(), sms, viber, parts)
        message.price = PRICE_OF_VIBER if viber else PRICE_PER_PART * parts
        self.balance -= message.price
        message.steps = [Step(message.made_at, QUEUED, VIBER if viber else SMS)]
        for step in way(phone, start, sms=sms is not None, ttl=ttl):
            heapq.heappush(self._due, (step.at, next(self._order), message, step))
        self.messages[message.id] = message
        _shorten(self.messages)
        self.tick()
        return message

    def read(self, message: Message) -> None:
        """The person opens a message that Viber has brought. Raises ValueError."""
        step = message.steps[-1]
        if (step.status, step.channel) != (DELIVERED, VIBER):
            raise ValueError("only a message that Viber has delivered can be read")
        self._reach(message, Step(self.clock.time(), READ, VIBER))

    def tick(self) -> None:
        """Everything whose time has come, in its order."""
        while self._due and self._due[0][0] <= self.clock.time():
            _, _, message, step = heapq.heappop(self._due)
            self._reach(message, step)

    def _reach(self, message: Message, step: Step) -> None:
        before = message.steps[-1]
        if step.channel == SMS and before.channel == VIBER:
            extra = PRICE_PER_PART * message.parts
            message.price += extra
            self.balance -= extra
        if (step.status, step.channel) != (before.status, before.channel):
            message.steps.append(step)
            self._heard(message, step)
        if step.status == DELIVERED:
            self.inbox.take(message, step)
        self.inbox.wake()

    def reset(self) -> None:
        """A fresh account."""
        self.balance = FIRST_BALANCE
        for kept in (self.senders, self.stoplist, self.messages, self._done, self._said, self._due):
            kept.clear()
        self.inbox.clear()


def _shorten(kept: "dict[str, list[Row]] | dict[tuple[str, str, str], float] | dict[str, Message]") -> None:
    while len(kept) > KEPT:
        del kept[next(iter(kept))]  # type: ignore[arg-type]


def rows_of(messages: Sequence[tuple[str, int, Message | None]]) -> list[Row]:
    """The rows of an answer to sending: phone, code and the message if there is one."""
    return [
        {
            "phone": phone,
            "response_code": code,
            "message_id": message.id if message else None,
            "response_status": codes.name(code),
        }
        for phone, code, message in messages
    ]
