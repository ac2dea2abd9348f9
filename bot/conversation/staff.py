"""The staff's groups: which desk speaks from which chat, who is met there, and the log of what they do."""

from collections.abc import Mapping
from datetime import datetime

from bot.conversation.action import unpack
from bot.conversation.event import Event
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.desk import Role
from bot.domain.errors import Outdated
from bot.logs import log

REFUSED = "refused"
logger = log("conversation")


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

    async def met(self, event: Event, at: datetime) -> Role:
        """What somebody in a staff group may do."""
        sender = event.sender
        return await self._books.write(_met, sender.channel, sender.external_id, sender.name[:100], at)

    async def begins(self, event: Event, desk: str, at: datetime) -> None:
        await self._books.write(_acts, event, desk, at, "")

    async def ended(self, event: Event, about: str, outcome: str) -> None:
        """Never raises: what is done is done, and the log says that it was begun."""
        try:
            await self._books.write(_acted, event, about, outcome)
        except Exception as error:
            logger.error("an act of the staff ended unlogged", event=event.id, kind=type(error).__name__)

    async def refused(self, event: Event, at: datetime) -> None:
        """Somebody who is not of the staff, or not in a group of it, pressed a button of theirs."""
        await self._books.write(_acts, event, "", at, REFUSED)


def _desk_moved_to(tx: Tx, channel: str, place: str, desks: Mapping[str, str]) -> str | None:
    return next((desk for group, desk in desks.items() if tx.accounts.chat_now(channel, group) == place), None)


def _met(tx: Tx, channel: str, external_id: str, name: str, at: datetime) -> Role:
    return tx.staff.meet(channel, external_id, name, at)


def _acts(tx: Tx, event: Event, desk: str, at: datetime, outcome: str) -> None:
    sender = event.sender
    who = (sender.external_id, sender.name[:100])
    what = _named(event.action) if event.action else (event.text.split() or [event.kind.value])[0][:40]
    about = event.place if not desk else ""
    tx.staff.acts((sender.channel, event.id), who, desk, what, at, about=about, outcome=outcome)


def _acted(tx: Tx, event: Event, about: str, outcome: str) -> None:
    tx.staff.acted((event.sender.channel, event.id), about, outcome)


def _named(payload: str) -> str:
    try:
        return type(unpack(payload)).__name__
    except Outdated:
        return "outdated button"
