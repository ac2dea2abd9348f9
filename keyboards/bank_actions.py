"""The payloads of buttons about bank transfers, in the group of finance."""

from dataclasses import dataclass
from uuid import UUID

from bot.conversation.action import Action, payload
from bot.domain.bank import ReturnReason, ReturnState


@payload("yb")
@dataclass(frozen=True, slots=True)
class ShowBank(Action):
    """What came in and nobody knows whose it is."""

    page: int = 0


@payload("yl")
@dataclass(frozen=True, slots=True)
class ShowLine(Action):
    """A line of a statement with what may be done with it."""

    line: int


@payload("yc")
@dataclass(frozen=True, slots=True)
class ChooseClient(Action):
    """The money is this client's, for what was shown; `mark` tells whether it still is that."""

    line: int
    client: UUID
    mark: int


@payload("ys")
@dataclass(frozen=True, slots=True)
class AskSplit(Action):
    """How the sum is to be put to this client's documents."""

    line: int
    client: UUID


@payload("yo")
@dataclass(frozen=True, slots=True)
class PutToOldest(Action):
    """To this client's documents, oldest due first."""

    line: int
    client: UUID
    mark: int


@payload("yi")
@dataclass(frozen=True, slots=True)
class SetAside(Action):
    """No client's payment."""

    line: int


@payload("yu")
@dataclass(frozen=True, slots=True)
class UndoLine(Action):
    """Take back what was decided; `booking` is the one that was seen."""

    line: int
    booking: int


@payload("yr")
@dataclass(frozen=True, slots=True)
class AskReturn(Action):
    """How much is to go back to the payer, and why."""

    line: int


@payload("yg")
@dataclass(frozen=True, slots=True)
class SetReturn(Action):
    """So much is to go back."""

    line: int
    kopiykas: int
    reason: ReturnReason


@payload("yd")
@dataclass(frozen=True, slots=True)
class MarkReturned(Action):
    """The money has left."""

    line: int
    position: int


@payload("yx")
@dataclass(frozen=True, slots=True)
class UndoReturn(Action):
    """It has not left after all, or need not; `was` is how it was seen."""

    line: int
    position: int
    was: ReturnState
