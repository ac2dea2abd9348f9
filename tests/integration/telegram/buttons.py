"""Actions of the tests."""

from dataclasses import dataclass

from bot.conversation.action import Action, payload


@payload("tgtest")
@dataclass(frozen=True, slots=True)
class Press(Action):
    """A button with a number."""

    number: int = 0
