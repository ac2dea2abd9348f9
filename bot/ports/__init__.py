"""What the application needs from outside, as protocols that integrations implement.

The messengers' protocol stands with the conversation it serves: bot/conversation/messenger.py.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol
from uuid import UUID

from bot.domain.accounting import AccountingEvent, OrderRecord, OutgoingOrder
from bot.domain.chart import AnyChart
from bot.domain.mail import Bounce, Letter
from bot.domain.money import ZERO, Money
from bot.domain.paper import Form, InviteCard, Paper
from bot.domain.payment import Charge, GatewayState, PayView
from bot.domain.sms import SmsReport, SmsSent
from bot.ports.accounting import Accounting as Accounting
from bot.ports.documents import DocumentTemplates as DocumentTemplates
from bot.ports.documents import ToPdf as ToPdf
from bot.ports.signing import OutgoingDocument as OutgoingDocument
from bot.ports.signing import ReadContainer as ReadContainer
from bot.ports.signing import SignedFiles as SignedFiles
from bot.ports.signing import Signing as Signing

Clock = Callable[[], datetime]
"""The present moment, aware, in UTC."""
DrawPaper = Callable[[Paper, Form, Path], None]
"""Writes a paper into a file; slow, so never on the event loop. Raises OSError."""
DrawChart = Callable[[AnyChart, Path], None]
"""Writes a chart into a PNG file; the same is true of it."""
DrawInvitations = Callable[[Sequence[InviteCard], Path], None]
"""Writes cards with their QR codes into a file; the same is true of it."""


class SmsSender(Protocol):
    """Sends text messages. Every call raises Unavailable, Rejected (with a code of SmsRefusal where one fits) or
    Ambiguous.
    """

    system: str
    repeatable: bool
    """Whether the same key is sent once however often it is asked for: only then may what is Ambiguous be repeated."""

    async def send(self, phone: str, text: str, key: str) -> SmsSent:
        """To an E.164 phone; the key names this one message and is never used for another text."""
        ...

    async def reports(self, ids: Sequence[str]) -> Mapping[str, SmsReport]:
        """What became of messages by the ids that `send` returned; one that is unknown there is left out."""
        ...

    async def ping(self) -> None:
        """The cheapest call that proves it answers and lets us in."""
        ...

    async def balance(self) -> Decimal:
        """Hryvnias left."""
        ...

    async def check(self) -> str:
        """The balance in words, which also proves the keys."""
        ...


class MailSender(Protocol):
    """Sends letters and knows which came back. Every call raises Unavailable, Rejected."""

    system: str

    async def ping(self) -> None:
        """The cheapest call that proves it answers and lets us in."""
        ...

    async def check(self) -> str:
        """Where letters go and whether those that come back are read, in a few words for a terminal."""
        ...

    def identity(self, key: str) -> str:
        """The Message-ID of the letter with this key, also before it is sent."""
        ...

    async def send(self, letter: Letter) -> str:
        """Returns its Message-ID, which depends on the letter's key alone. Raises Ambiguous too.

        A second call is a second letter with the same Message-ID: most mailboxes show it once, none promises to.
        """
        ...

    async def bounces(self) -> Sequence[Bounce]:
        """What came back and was not forgotten yet, oldest first, a part at a time; empty where nobody looks.

        The same may be given again, here and after a restart: write down by `message_id` and `address`.
        """
        ...

    async def forget(self, bounces: Sequence[Bounce]) -> None:
        """They are written down, and what brought them may go."""
        ...


class StartLinks(Protocol):
    """A messenger that gives links which bring a token when they are opened."""

    channel: str

    async def check(self) -> str:
        """Its name there; links need it. Raises Unavailable, Rejected."""
        ...

    def start_link(self, token: str) -> str:
        """Raises Unavailable before the first good `check`."""
        ...


class ChatLinks(StartLinks, Protocol):
    """A messenger that gives links without a token too."""

    def chat_link(self) -> str:
        """A link that only opens the chat. Raises Unavailable before the first good `check`."""
        ...


class PaymentProvider(Protocol):
    """A gateway that takes cards. Every call raises Unavailable, Rejected or Ambiguous."""

    system: str
    origin: str
    """Where its pages are, scheme and host: a browser must be allowed to go there."""

    async def ping(self) -> None:
        """The cheapest call that proves it knows us."""
        ...

    async def page(self, charge: Charge) -> str:
        """The address of the gateway's page where this attempt is paid, by card, Google Pay or Apple Pay."""
        ...

    async def invoice(self, charge: Charge) -> str:
        """An address that can be sent on, good until the charge's end of life."""
        ...

    async def withdraw(self, reference: str) -> None:
        """Nobody can pay this invoice any more; one that is paid or unknown is left alone."""
        ...

    async def state(self, reference: str) -> GatewayState | None:
        """What became of an attempt; None where the gateway has never heard of it."""
        ...

    async def refund(self, reference: str, amount: Money, reason: str, *, before: Money = ZERO) -> GatewayState:
        """Give back all or a part; for a held sum, let it go. `before` has gone back already.

        Whatever is returned, the gateway has taken it: its books may show it later.
        """
        ...

    async def settle(self, reference: str, amount: Money) -> GatewayState:
        """Take a held sum, or less of it."""
        ...

    async def transactions(self, begin: datetime, end: datetime) -> Sequence[GatewayState]:
        """Everything that was attempted in that time, for the comparison of the day."""
        ...


class ExchangeDesk(Protocol):
    """What the receiving side of 1C's own exchanges asks of the application."""

    async def take_price_list(self, files: Sequence[Path]) -> str:
        """Files of an upload into the catalogue; returns one line about what changed. Raises BrokenPriceList."""
        ...

    async def outgoing(self) -> Sequence[OutgoingOrder]:
        """Orders whose present revision was not handed over yet, oldest first."""
        ...

    async def handed(self, revisions: Mapping[UUID, int]) -> None:
        """The other side confirmed that it has these orders at these revisions."""
        ...

    async def take_orders(self, orders: Sequence[OrderRecord]) -> None:
        """Orders as they stand there now: ours that changed, and those taken by phone."""
        ...

    async def event(self, event: AccountingEvent) -> bool:
        """False where this message was taken before."""
        ...


class PayDesk(Protocol):
    """What the pay page asks of the application; whoever has the token may look and pay."""

    async def page(self, token: str) -> PayView | None:
        """None where no link has this token."""
        ...

    async def start(self, token: str, language: str, shown: Money) -> str:
        """A new attempt for the sum that was shown; returns the address of the gateway's page.

        Raises Refused with the code `paid`, `expired`, `revoked`, `under_way`, or `sum_changed` and `promotion_over`
        where the sum is another by now; NotFound, and OutsideError where the gateway does not do its part.
        """
        ...
