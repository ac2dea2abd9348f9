"""The ladder in force: its file, and over it what finance changed in the chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from bot.db.books import Books
from bot.db.ladder_changes import LadderChangeRow
from bot.db.tx import Tx
from bot.domain.errors import NotFound, Refused
from bot.domain.ladder import Ladder, Level
from bot.domain.ladder_file import LANGUAGES, BrokenLadder, checked, checked_day, checked_text
from bot.logs import log
from bot.ports import Clock

ON, DAY = "on", "day"
TEXTS = {f"text.{language}": language for language in LANGUAGES}
SMS = {f"sms.{language}": language for language in LANGUAGES}
FIELDS = frozenset({ON, DAY, *TEXTS, *SMS})
logger = log("ladder")


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that is shown before it counts; `level` is how the level would be."""

    id: UUID
    field: str
    level: Level


class Ladders:
    """`given` is the ladder of the file."""

    def __init__(self, books: Books, given: Ladder, now: Clock) -> None:
        self._books = books
        self.given = given
        self._now = now

    async def current(self) -> Ladder:
        return await self._books.read(self.current_in)

    def current_in(self, tx: Tx) -> Ladder:
        """A change that does not fit the file any more is passed over."""
        ladder = self.given
        for change in tx.ladder_changes.saved():
            try:
                ladder = changed(ladder, change.level, change.field, change.value)
            except (BrokenLadder, NotFound):
                logger.warning("a change of the ladder does not fit its file", level=change.level, field=change.field)
        return ladder

    async def change(self, level: str, field: str, value: str, by: tuple[str, str]) -> Ladder:
        """At once: a switch, or a day. Raises NotFound, Refused (bad_ladder); what is so already is no change."""

        def change(tx: Tx) -> Ladder:
            before = self.current_in(tx)
            after = _fitting(before, level, field, value)
            if after != before:
                tx.ladder_changes.add(level, field, value, by, self._now(), draft=False)
            return after

        return await self._books.write(change)

    async def draft(self, level: str, field: str, value: str, by: tuple[str, str]) -> Draft:
        """To be looked at first. Raises NotFound, Refused (bad_ladder)."""

        def draft(tx: Tx) -> Draft:
            after = _fitting(self.current_in(tx), level, field, value)
            change_id = tx.ladder_changes.add(level, field, value.strip(), by, self._now(), draft=True)
            return Draft(change_id, field, require_level(after, level))

        return await self._books.write(draft)

    async def save(self, change_id: UUID) -> Draft:
        """A draft counts from now on; once more it changes nothing. Raises NotFound, Refused (bad_ladder)."""

        def save(tx: Tx) -> Draft:
            draft = tx.ladder_changes.get(change_id)
            if draft is None:
                raise NotFound("draft")
            after = _fitting(self.current_in(tx), draft.level, draft.field, draft.value)
            if not tx.ladder_changes.save(change_id, self._now()):
                after = self.current_in(tx)
            return Draft(change_id, draft.field, require_level(after, draft.level))

        return await self._books.write(save)

    async def history(self, limit: int) -> Sequence[LadderChangeRow]:
        """Newest first."""
        return await self._books.read(lambda tx: list(reversed(tx.ladder_changes.saved()))[:limit])


def require_level(ladder: Ladder, name: str) -> Level:
    """Raises NotFound."""
    level = ladder.level(name)
    if level is None:
        raise NotFound("level")
    return level


def changed(ladder: Ladder, name: str, field: str, value: str) -> Ladder:
    """The ladder with one field otherwise. Raises NotFound, BrokenLadder."""
    level = require_level(ladder, name)
    new = replace(level, **_value(level, field, value))
    return checked(replace(ladder, levels=tuple(new if one is level else one for one in ladder.levels)))


def _fitting(ladder: Ladder, name: str, field: str, value: str) -> Ladder:
    try:
        return changed(ladder, name, field, value)
    except BrokenLadder as error:
        raise Refused("bad_ladder", why=str(error)) from error


def _value(level: Level, field: str, value: str) -> Mapping[str, Any]:
    if field == ON:
        return {"on": value == "true"}
    if field == DAY:
        try:
            return {"day": checked_day(int(value))}
        except ValueError as error:
            raise error if isinstance(error, BrokenLadder) else BrokenLadder(f"day: «{value}»") from error
    if field in TEXTS:
        return {"texts": {**level.texts, TEXTS[field]: checked_text(value, field)}}
    if field in SMS:
        return {"sms": {**level.sms, SMS[field]: checked_text(value, field, sms=True)}}
    raise NotFound("field")
