"""The payloads of buttons in the staff's groups; pressed anywhere else they are refused."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.conversation.action import Action, payload
from bot.domain.campaign import Purpose
from bot.domain.figures import Period
from bot.domain.money_move import Reason


@payload("sd")
@dataclass(frozen=True, slots=True)
class ShowDifferences(Action):
    """What does not agree with the book of record."""


@payload("df")
@dataclass(frozen=True, slots=True)
class ShowDifference(Action):
    """One difference with its mends."""

    difference: UUID


@payload("da")
@dataclass(frozen=True, slots=True)
class SendAgain(Action):
    """Hand our order over once more."""

    difference: UUID


@payload("dt")
@dataclass(frozen=True, slots=True)
class TakeTheirs(Action):
    """Take the document as it stands there."""

    difference: UUID


@payload("dd")
@dataclass(frozen=True, slots=True)
class Dismiss(Action):
    """Let the difference be."""

    difference: UUID


@payload("hs")
@dataclass(frozen=True, slots=True)
class ShowHeld(Action):
    """An order that waits for the credit gate, or waited."""

    order: UUID


@payload("hr")
@dataclass(frozen=True, slots=True)
class ReleaseHeld(Action):
    """Let it go on, as it was seen."""

    order: UUID
    revision: int


@payload("sj")
@dataclass(frozen=True, slots=True)
class ReplayJob(Action):
    """A dead letter once more."""

    job: str


@payload("sx")
@dataclass(frozen=True, slots=True)
class DropJob(Action):
    """Give a dead letter up."""

    job: str


@payload("mv")
@dataclass(frozen=True, slots=True)
class ShowPayment(Action):
    """A payment as it stands, with what may be done with it."""

    payment: UUID


@payload("mr")
@dataclass(frozen=True, slots=True)
class AskRefund(Action):
    """How much of it is to go back."""

    payment: UUID


@payload("mc")
@dataclass(frozen=True, slots=True)
class AskReason(Action):
    """Why this much goes back; `before` is what had gone back already."""

    payment: UUID
    kopiykas: int
    before: int


@payload("mq")
@dataclass(frozen=True, slots=True)
class AskGiveBack(Action):
    """Are you sure?"""

    payment: UUID
    kopiykas: int
    before: int
    reason: Reason


@payload("mb")
@dataclass(frozen=True, slots=True)
class GiveBack(Action):
    """Yes, exactly this."""

    payment: UUID
    kopiykas: int
    before: int
    reason: Reason


@payload("mt")
@dataclass(frozen=True, slots=True)
class TakeHeld(Action):
    """Take a sum that is held."""

    payment: UUID
    kopiykas: int


@payload("mx")
@dataclass(frozen=True, slots=True)
class LetGo(Action):
    """Let a sum go that is held."""

    payment: UUID
    kopiykas: int


@payload("st")
@dataclass(frozen=True, slots=True)
class ShowStanding(Action):
    """How the book of record is doing."""


@payload("sn")
@dataclass(frozen=True, slots=True)
class ShowMessages(Action):
    """This month's messages to clients, and the last that did not arrive."""


@payload("iv", version=2)
@dataclass(frozen=True, slots=True)
class ShowCampaign(Action):
    """Whom a campaign would tell, and whether one goes on; `category` is of an offer."""

    purpose: Purpose
    category: UUID | None = None


@payload("ia", version=2)
@dataclass(frozen=True, slots=True)
class AskCampaign(Action):
    """Whether really to tell everybody."""

    purpose: Purpose
    category: UUID | None = None


@payload("ig", version=2)
@dataclass(frozen=True, slots=True)
class StartCampaign(Action):
    """Tell everybody; `people` is how many the person saw."""

    purpose: Purpose
    people: int
    category: UUID | None = None


@payload("ih", version=2)
@dataclass(frozen=True, slots=True)
class HaltCampaign(Action):
    """Tell nobody more."""

    purpose: Purpose
    campaign: UUID


@payload("ir", version=2)
@dataclass(frozen=True, slots=True)
class ShowReports(Action):
    """What came of campaigns of this kind."""

    purpose: Purpose


@payload("im")
@dataclass(frozen=True, slots=True)
class ShowMailings(Action):
    """What can be sent to everybody who orders."""


@payload("io")
@dataclass(frozen=True, slots=True)
class ChooseOffer(Action):
    """Of which category everybody is to get an offer."""

    page: int = 0


@payload("dg")
@dataclass(frozen=True, slots=True)
class ShowDebts(Action):
    """What all clients owe, or one of them."""

    client: UUID | None = None


@payload("dx")
@dataclass(frozen=True, slots=True)
class TakeDebts(Action):
    """The debts by document as a spreadsheet, of all clients or of one."""

    client: UUID | None = None


@payload("fg")
@dataclass(frozen=True, slots=True)
class ShowFigures(Action):
    """The owner's figures of a period that ends today, or has ended."""

    period: Period


@payload("fx")
@dataclass(frozen=True, slots=True)
class TakeFigures(Action):
    """The figures by day as a table: of exactly the days that were shown."""

    first: date
    last: date
