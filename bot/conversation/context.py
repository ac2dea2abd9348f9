"""What a handler knows of its turn."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from bot.conversation.event import Event
from bot.domain.client import Buyer, Identity
from bot.domain.dialogue import FREE, Dialogue, Turn
from bot.i18n import Translator, translator

S = TypeVar("S")


@dataclass(slots=True)
class Context(Generic[S]):
    """One turn of one account: who is on the line, their words, the services, and the dialogue that follows."""

    event: Event
    who: Identity
    services: S
    tr: Translator
    now: datetime
    dialogue: Dialogue = FREE
    about: str = ""
    """Whom or what somebody of the staff acts on, for the log."""
    ended: str = "done"

    @property
    def turn(self) -> Turn:
        """What a service writes together with its effect; the dialogue only where it changes."""
        changed = self.dialogue if self.dialogue != self.who.dialogue else None
        sender = self.event.sender
        return Turn(sender.channel, sender.external_id, self.event.id, self.now, changed)

    @property
    def buyer(self) -> Buyer:
        """The client this person orders for. Raises Forbidden."""
        return self.who.require_buyer()

    def ask(self, step: str, **data: str) -> None:
        """Await typed input at this step; call it before the service writes, so that both go together.

        Raises ValueError for a staff desk: what is typed in its group is not heard.
        """
        if self.who.desk:
            raise ValueError("nothing that is typed in a group is heard")
        self.dialogue = Dialogue(step, data)

    def keep(self) -> None:
        """Leave the dialogue as it stands: this tap does not end it."""
        self.dialogue = self.who.dialogue

    def speak(self, language: str) -> None:
        """Go on in another language."""
        self.tr = translator(language)
