"""What a person wants to hear of: topics they switched off."""

from collections.abc import Collection
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dialogue import Turn
from bot.domain.errors import Outdated
from bot.domain.notice import SWITCHED, Topic


class Switches:
    """Topics of notices, by person: they hold in every messenger."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def off(self, person_id: UUID) -> Collection[Topic]:
        return await self._books.read(lambda tx: tx.reach.mutes(person_id))

    async def switch(self, turn: Turn, person_id: UUID, topic: Topic, *, on: bool) -> Collection[Topic]:
        """What is off by then. Raises Outdated for a topic that nobody may switch."""
        if topic not in SWITCHED:
            raise Outdated("topic")

        def effect(tx: Tx) -> None:
            tx.reach.mute(person_id, topic, muted=not on)

        return await self._books.apply(turn, effect, lambda tx: tx.reach.mutes(person_id))
