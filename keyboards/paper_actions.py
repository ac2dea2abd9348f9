"""The payloads of buttons that bring papers: price lists and offers."""

from dataclasses import dataclass
from uuid import UUID

from bot.conversation.action import Action, payload
from bot.domain.paper import Form


@payload("pl")
@dataclass(frozen=True, slots=True)
class AskPriceList(Action):
    """As what the client's prices are wanted."""


@payload("pt")
@dataclass(frozen=True, slots=True)
class TakePriceList(Action):
    """All the client's prices as a file."""

    form: Form


@payload("ao", version=2)
@dataclass(frozen=True, slots=True)
class AskOffer(Action):
    """Of what an offer is wanted, and as what."""

    form: Form = Form.PDF
    page: int = 0


@payload("as")
@dataclass(frozen=True, slots=True)
class AskStatement(Action):
    """As what a statement of debts and payments is wanted."""


@payload("ts")
@dataclass(frozen=True, slots=True)
class TakeStatement(Action):
    """A statement of so many months."""

    form: Form
    months: int


@payload("ti")
@dataclass(frozen=True, slots=True)
class TakeInvoice(Action):
    """An order as a paper to pay by."""

    order: UUID


@payload("to", version=2)
@dataclass(frozen=True, slots=True)
class TakeOffer(Action):
    """An offer of a category; None is the usual basket."""

    form: Form = Form.PDF
    category: UUID | None = None
