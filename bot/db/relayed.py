"""What is passed between clients and the staff, with the ids of both ends."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, insert, select, update

from bot.db.models import DeskTopic, RelayedMessage
from bot.domain.desk import Enclosure, Passage, PassageKind, PassageView, Said

_COLUMNS = [RelayedMessage.__table__.c[name] for name in PassageView.__dataclass_fields__]


class Relayed:
    """Questions, answers and notes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, topic_id: UUID, part: PassageKind, said: Said, account: tuple[str, str], author: tuple[str, str],
        at: datetime, *, answers: UUID | None = None, first: bool = False,
    ) -> UUID:  # fmt: skip
        """Queued to go, a note excepted; `author` is an id and a name."""
        id_, of_client = uuid4(), part is PassageKind.QUESTION
        self._connection.execute(
            insert(RelayedMessage).values(
                id=id_,
                topic_id=topic_id,
                part=part.value,
                state=(Passage.SENT if part is PassageKind.NOTE else Passage.QUEUED).value,
                channel=account[0],
                external_id=account[1],
                text=said.text,
                file=asdict(said.file) if said.file else None,
                staff_message=None if of_client else said.message or None,
                client_message=said.message or None if of_client else None,
                answers=answers,
                author=author[0],
                author_name=author[1],
                album=said.album,
                first=first,
                at=at,
            )
        )
        return id_

    def passage(self, id_: UUID) -> PassageView | None:
        return self._one(RelayedMessage.id == id_)

    def of_staff(self, place: str, message: str) -> PassageView | None:
        """What stands in this message of a staff group, whoever wrote it there."""
        topics = select(DeskTopic.id).where(DeskTopic.place == place)
        here = RelayedMessage.topic_id.in_(topics), RelayedMessage.staff_message == message
        return self._one(*here) if message else None

    def of_client(self, channel: str, external_id: str, message: str) -> PassageView | None:
        """What stands in this message of an account's chat."""
        here = RelayedMessage.channel == channel, RelayedMessage.external_id == external_id
        return self._one(*here, RelayedMessage.client_message == message) if message else None

    def is_note_album(self, topic_id: UUID, album: str) -> bool:
        """Whether anything sent together with it is a note."""
        note = select(RelayedMessage.id).where(
            RelayedMessage.topic_id == topic_id,
            RelayedMessage.album == album,
            RelayedMessage.part == PassageKind.NOTE.value,
        )
        return bool(album) and self._connection.execute(note.limit(1)).first() is not None

    def note_album(self, topic_id: UUID, album: str) -> None:
        """What was sent together with a note is one too, where it has not gone yet."""
        if album:
            self._connection.execute(
                update(RelayedMessage)
                .where(
                    RelayedMessage.topic_id == topic_id,
                    RelayedMessage.album == album,
                    RelayedMessage.part == PassageKind.ANSWER.value,
                    RelayedMessage.state == Passage.QUEUED.value,
                )
                .values(part=PassageKind.NOTE.value, state=Passage.SENT.value)
            )

    def begin(self, id_: UUID) -> bool:
        """Before an answer leaves; false where it left, was given up, or became a note."""
        begun = (
            update(RelayedMessage)
            .where(
                RelayedMessage.id == id_,
                RelayedMessage.part == PassageKind.ANSWER.value,
                RelayedMessage.state == Passage.QUEUED.value,
            )
            .values(state=Passage.SENDING.value)
        )
        return self._connection.execute(begun).rowcount == 1

    def settle(self, id_: UUID, state: Passage, reason: str = "") -> None:
        self._put(id_, state=state.value, reason=reason)

    def arrived(self, id_: UUID, *, staff_message: str | None = None, client_message: str | None = None) -> None:
        """It stands in this message at the other end."""
        values: dict[str, str] = {"state": Passage.SENT.value}
        if staff_message:
            values["staff_message"] = staff_message
        if client_message:
            values["client_message"] = client_message
        self._put(id_, **values)

    def lost(self, channel: str, message_id: str) -> PassageView | None:
        """An answer that the messenger took and did not bring after all; None where the message is another's."""
        found = self._one(
            RelayedMessage.channel == channel,
            RelayedMessage.client_message == message_id,
            RelayedMessage.part == PassageKind.ANSWER.value,
        )
        if found is not None:
            self.settle(found.id, Passage.FAILED, "reported")
        return found

    def unsend(self, id_: UUID, text: str) -> None:
        """An answer that has not gone is a note after all."""
        self._put(id_, part=PassageKind.NOTE.value, state=Passage.SENT.value, text=text)

    def reword(self, id_: UUID, text: str) -> int:
        """Other words; returns how often that has happened."""
        edits = update(RelayedMessage).where(RelayedMessage.id == id_).values(edits=RelayedMessage.edits + 1, text=text)
        self._connection.execute(edits)
        return self._connection.execute(select(RelayedMessage.edits).where(RelayedMessage.id == id_)).scalar_one()

    def _put(self, id_: UUID, **values: object) -> None:
        self._connection.execute(update(RelayedMessage).where(RelayedMessage.id == id_).values(**values))

    def _one(self, *where: Any) -> PassageView | None:
        newest = select(*_COLUMNS).where(*where).order_by(RelayedMessage.at.desc()).limit(1)
        row = self._connection.execute(newest).first()
        return _view(row) if row else None


def _view(row: Row[Any]) -> PassageView:
    fields = dict(row._mapping)
    fields["part"], fields["state"] = PassageKind(fields["part"]), Passage(fields["state"])
    fields["file"] = Enclosure(**fields["file"]) if fields["file"] else None
    return PassageView(**fields)
