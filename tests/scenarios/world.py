"""The world a scenario happens in; every line to the bot provides its own."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.db.books import Books
from tests.scenarios.backroom import Backroom
from tests.support.chat import Talker
from tests.support.desk import Clock


class World(Protocol):
    """People on one line to the small wholesaler, on Monday 2026-11-23 at 10:00 in Kyiv until told otherwise."""

    @property
    def clock(self) -> Clock: ...

    @property
    def books(self) -> Books: ...

    @property
    def backroom(self) -> Backroom:
        """The wholesaler's background work and its 1C; nothing is done there by itself."""
        ...

    def person(self, name: str) -> Talker:
        """Somebody with an account of their own; the same name is the same account."""
        ...

    def sms_code(self, phone: str) -> str:
        """The code in the last SMS to an E.164 phone. Raises AssertionError where none came."""
        ...

    async def invite(self, name: str) -> str:
        """The token of a new personal link for one of the wholesaler's people."""
        ...

    async def forward_contact(self, person: Talker, phone: str) -> None:
        """The person sends a contact that the messenger does not vouch for."""
        ...

    async def again(self, person: Talker) -> None:
        """The messenger delivers the person's last event a second time; nothing is said of what is then shown."""
        ...

    async def hears(self, person: Talker) -> None:
        """The background does what is due; the person looks at what stands on the screen by then."""
        ...


Scenario = Callable[[World], Awaitable[None]]
SCENARIOS: list[Scenario] = []


def scenario(story: Scenario) -> Scenario:
    """To be run on every line."""
    SCENARIOS.append(story)
    return story
