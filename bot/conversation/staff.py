"""The staff's groups: which desk speaks from which chat, whatever id the messenger gives that chat."""

from collections.abc import Mapping

from bot.db.books import Books
from bot.db.tx import Tx


class StaffGroups:
    """Desks by the ids their groups have in the settings."""

    def __init__(self, books: Books, desks: Mapping[str, str]) -> None:
        self._books = books
        self._desks = dict(desks)

    async def desk_at(self, channel: str, place: str) -> str | None:
        """The desk whose group this is or has become; None for a group of strangers."""
        if place not in self._desks and self._desks:
            moved = await self._books.read(_desk_moved_to, channel, place, dict(self._desks))
            if moved is None:
                return None
            self._desks[place] = moved
        return self._desks.get(place)


def _desk_moved_to(tx: Tx, channel: str, place: str, desks: Mapping[str, str]) -> str | None:
    return next((desk for group, desk in desks.items() if tx.accounts.chat_now(channel, group) == place), None)
