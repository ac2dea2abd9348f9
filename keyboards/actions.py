"""Every button payload there is. A payload is user input: anyone can type one on Viber."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from bot.conversation.action import Action, payload
from bot.domain.quantity import Unit


class Back(StrEnum):
    """Where a product card was opened from."""

    SHELF = "c"
    FOUND = "s"
    CART = "k"
    USUAL = "u"


@payload("hm")
@dataclass(frozen=True, slots=True)
class Home(Action):
    """The first screen; also /start without a link and /cancel."""


@payload("mo")
@dataclass(frozen=True, slots=True)
class More(Action):
    """Language, notices, other clients, signing out."""


@payload("mg")
@dataclass(frozen=True, slots=True)
class AskManager(Action):
    """How to reach a human."""


@payload("lg")
@dataclass(frozen=True, slots=True)
class AskLanguage(Action):
    """The choice of languages."""


@payload("sp")
@dataclass(frozen=True, slots=True)
class Speak(Action):
    language: str


@payload("tp")
@dataclass(frozen=True, slots=True)
class TypePhone(Action):
    """For programs that cannot share a phone."""


@payload("ac")
@dataclass(frozen=True, slots=True)
class AskClient(Action):
    """The clients this person acts for."""

    page: int = 0


@payload("af")
@dataclass(frozen=True, slots=True)
class ActFor(Action):
    client: UUID


@payload("so")
@dataclass(frozen=True, slots=True)
class AskSignOut(Action):
    """Are you sure?"""


@payload("ss")
@dataclass(frozen=True, slots=True)
class SignOut(Action):
    """Yes, this messenger belongs to nobody any more."""


@payload("br")
@dataclass(frozen=True, slots=True)
class Browse(Action):
    """A page of a category; None is the top of the catalogue."""

    category: UUID | None = None
    page: int = 0


@payload("fi")
@dataclass(frozen=True, slots=True)
class FoundPage(Action):
    """Another page of the last search; its words stand in the dialogue."""

    page: int = 0


@payload("sg")
@dataclass(frozen=True, slots=True)
class FindSuggested(Action):
    """Search for one of the words offered for the last search that found nothing."""

    position: int


@payload("us")
@dataclass(frozen=True, slots=True)
class Usual(Action):
    """What this client orders most."""


@payload("pr")
@dataclass(frozen=True, slots=True)
class Product(Action):
    article: UUID
    unit: Unit = Unit.BASE
    back: Back = Back.SHELF
    page: int = 0


@payload("cq")
@dataclass(frozen=True, slots=True)
class ChangeQuantity(Action):
    article: UUID
    steps: int
    unit: Unit = Unit.BASE
    back: Back = Back.SHELF
    page: int = 0


@payload("aq")
@dataclass(frozen=True, slots=True)
class AskQuantity(Action):
    article: UUID
    unit: Unit = Unit.BASE
    back: Back = Back.SHELF
    page: int = 0


@payload("ct")
@dataclass(frozen=True, slots=True)
class ShowCart(Action):
    page: int = 0


@payload("cc")
@dataclass(frozen=True, slots=True)
class AskClearCart(Action):
    """Are you sure?"""


@payload("cs", 2)
@dataclass(frozen=True, slots=True)
class ClearCart(Action):
    """Yes, take everything out of exactly the cart that was asked about."""

    cart: UUID
    version: int


@payload("co")
@dataclass(frozen=True, slots=True)
class Checkout(Action):
    """On to the order: the first thing that is not known yet, else the summary."""


@payload("ap")
@dataclass(frozen=True, slots=True)
class AskPoint(Action):
    page: int = 0


@payload("cp")
@dataclass(frozen=True, slots=True)
class ChoosePoint(Action):
    point: UUID


@payload("ad")
@dataclass(frozen=True, slots=True)
class AskDate(Action):
    """The days an order can be driven out on."""


@payload("cd")
@dataclass(frozen=True, slots=True)
class ChooseDate(Action):
    day: date


@payload("an")
@dataclass(frozen=True, slots=True)
class AskNote(Action):
    """Awaits the note as text."""


@payload("dn")
@dataclass(frozen=True, slots=True)
class DropNote(Action):
    """No note after all."""


@payload("ok")
@dataclass(frozen=True, slots=True)
class Confirm(Action):
    """Order exactly the cart that the summary showed."""

    cart: UUID
    version: int
    kopiykas: int


@payload("os")
@dataclass(frozen=True, slots=True)
class ShowOrders(Action):
    page: int = 0


@payload("or")
@dataclass(frozen=True, slots=True)
class ShowOrder(Action):
    order: UUID


@payload("xo")
@dataclass(frozen=True, slots=True)
class AskCancelOrder(Action):
    order: UUID


@payload("xs")
@dataclass(frozen=True, slots=True)
class CancelOrder(Action):
    order: UUID


@payload("am")
@dataclass(frozen=True, slots=True)
class AmendOrder(Action):
    order: UUID


@payload("ab", 2)
@dataclass(frozen=True, slots=True)
class AbandonAmend(Action):
    """Leave the order as it was."""

    cart: UUID
    version: int


@payload("rp")
@dataclass(frozen=True, slots=True)
class Repeat(Action):
    """An old order against today's prices; None is the last one."""

    order: UUID | None = None


@payload("ri", 2)
@dataclass(frozen=True, slots=True)
class RepeatInto(Action):
    """Put the old order into the cart, once: the version is the cart's that the person saw."""

    order: UUID
    replace: bool
    version: int


@payload("pq")
@dataclass(frozen=True, slots=True)
class ShowPrices(Action):
    """What moved in an order that was agreed on unchecked prices."""

    order: UUID


@payload("pa")
@dataclass(frozen=True, slots=True)
class AcceptPrices(Action):
    """The order at the prices shown: its revision and the sum say which those were."""

    order: UUID
    revision: int
    kopiykas: int
