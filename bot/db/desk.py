"""Topics of the staff groups, and the talks in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Client, DeskTopic, Difference, Order, PayAttempt, PayLink, Talk
from bot.domain.desk import TalkView, TopicView
from bot.domain.notice import Notice, NoticeKind

_TOPIC = [DeskTopic.__table__.c[name] for name in TopicView.__dataclass_fields__]
_TALK = [Talk.__table__.c[name] for name in TalkView.__dataclass_fields__]


class DeskTopics:
    """Where each client is talked about, and who talks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- topics -------------------------------------------------------------------------------------------------------

    def topic(self, topic_id: UUID) -> TopicView | None:
        return self._one(DeskTopic.id == topic_id)

    def topic_of(self, desk: str, subject: str) -> TopicView | None:
        return self._one(and_(DeskTopic.desk == desk, DeskTopic.subject == subject))

    def topic_at(self, place: str, thread: str) -> TopicView | None:
        """None for the general topic of a group, and for one of somebody else's."""
        return self._one(and_(DeskTopic.place == place, DeskTopic.thread == thread)) if thread else None

    def thread_of(self, place: str, client_id: UUID) -> str:
        """Of a client's topic in a group; empty where there is none."""
        here = select(DeskTopic.thread).where(DeskTopic.place == place, DeskTopic.client_id == client_id)
        return self._connection.execute(here.limit(1)).scalar() or ""

    def client_about(self, notice: Notice) -> UUID | None:
        """The client whom a notice for staff is about; None where it is about more than one, or about nobody."""
        try:
            about = UUID(notice.about)
        except ValueError:
            return None
        match notice.kind:
            case NoticeKind.DIFFERENCE:
                of_order = select(Difference.order_id).where(Difference.id == about).scalar_subquery()
                found = select(Order.client_id).where(Order.id == of_order)
            case NoticeKind.MONEY | NoticeKind.HELD | NoticeKind.REFUND_ASKED:
                found = (
                    select(PayLink.client_id)
                    .join(PayAttempt, PayAttempt.link_id == PayLink.id)
                    .where(PayAttempt.id == about)
                )
            case NoticeKind.CREDIT_HELD | NoticeKind.CREDIT_RELEASED:
                found = select(Order.client_id).where(Order.id == about)
            case _:
                return None
        return self._connection.execute(found).scalar()

    def require_topic(
        self, desk: str, place: str, subject: str, title: str, at: datetime, *, client_id: UUID | None = None,
        account: tuple[str, str] | None = None,
    ) -> TopicView:  # fmt: skip
        """The topic of a client or an account at a desk; one whose desk has another group by now begins there anew."""
        channel, external_id = account or (None, None)
        self._connection.execute(
            self._insert(DeskTopic)
            .values(
                id=uuid4(), desk=desk, place=place, thread="", subject=subject, client_id=client_id, channel=channel,
                external_id=external_id, title=title, card_shown="", closed=False, checked_at=at, last_at=at,
            )
            .on_conflict_do_nothing(index_elements=["desk", "subject"])
        )  # fmt: skip
        self._connection.execute(
            update(DeskTopic)
            .where(DeskTopic.desk == desk, DeskTopic.subject == subject, DeskTopic.place != place)
            .values(place=place, thread="", card_message=None, card_shown="")
        )
        self._connection.execute(
            update(DeskTopic)
            .where(DeskTopic.desk == desk, DeskTopic.subject == subject)
            .values(last_at=at, title=title)
        )
        found = self.topic_of(desk, subject)
        assert found is not None
        return found

    def opened(self, topic_id: UUID, thread: str, named: str) -> None:
        self._put(topic_id, thread=thread, named=named, card_message=None, card_shown="", closed=False)

    def renamed(self, topic_id: UUID, named: str) -> None:
        """The thread is called so in the messenger."""
        self._put(topic_id, named=named)

    def follow_names(self, topics: Sequence[TopicView]) -> list[TopicView]:
        """The same topics, under the names that their clients have by now."""
        rows = self._connection.execute(
            select(DeskTopic.id, Client.name)
            .join(Client, Client.id == DeskTopic.client_id)
            .where(DeskTopic.id.in_([one.id for one in topics]), Client.name != DeskTopic.title)
        )
        names = {row.id: row.name for row in rows}
        for topic_id, name in names.items():
            self._put(topic_id, title=name)
        return [replace(one, title=names.get(one.id, one.title)) for one in topics]

    def lost(self, topic_id: UUID, thread: str) -> None:
        """Somebody deleted it; nothing where another has been made since."""
        gone = update(DeskTopic).where(DeskTopic.id == topic_id, DeskTopic.thread == thread)
        self._connection.execute(gone.values(thread="", card_message=None, card_shown=""))

    def set_closed(self, place: str, thread: str, *, closed: bool) -> None:
        here = update(DeskTopic).where(DeskTopic.place == place, DeskTopic.thread == thread)
        self._connection.execute(here.values(closed=closed))

    def card_put(self, topic_id: UUID, message: str, shown: str, at: datetime) -> None:
        self._put(topic_id, card_message=message, card_shown=shown, card_at=at)

    def note_next(self, topic_id: UUID, by: str, until: datetime) -> None:
        self._put(topic_id, noting_by=by, noting_until=until)

    def noted_next(self, topic_id: UUID, by: str, at: datetime) -> bool:
        """Whether they had pressed that their next message is a note; that is used up by this."""
        used = self._connection.execute(
            update(DeskTopic)
            .where(DeskTopic.id == topic_id, DeskTopic.noting_by == by, DeskTopic.noting_until > at)
            .values(noting_by=None, noting_until=None)
        )
        return used.rowcount == 1

    def to_check(self, since: datetime, shown_before: datetime, *, others: int) -> list[TopicView]:
        """Topics with a thread whose card may have changed: those something happened in, and the next few of others."""
        may = and_(DeskTopic.thread != "", or_(DeskTopic.card_at.is_(None), DeskTopic.card_at <= shown_before))
        active = self._all(and_(may, DeskTopic.last_at >= since), 200)
        others_ = self._all(and_(may, DeskTopic.last_at < since), others)
        return [*active, *others_]

    def checked(self, topics: Sequence[UUID], at: datetime) -> None:
        self._connection.execute(update(DeskTopic).where(DeskTopic.id.in_(topics)).values(checked_at=at))

    def move_place(self, old: str, new: str) -> None:
        """The group has a new id; its threads went with it where it had any."""
        self._connection.execute(update(DeskTopic).where(DeskTopic.place == old).values(place=new))

    # --- talks --------------------------------------------------------------------------------------------------------

    def talk(self, channel: str, external_id: str) -> TalkView | None:
        found = self._talks(Talk.channel == channel, Talk.external_id == external_id)
        return found[0] if found else None

    def talks_in(self, topic_id: UUID) -> list[TalkView]:
        """The latest first."""
        return self._talks(Talk.topic_id == topic_id)

    def asked(self, channel: str, external_id: str, topic_id: UUID, at: datetime) -> None:
        """The account waits for an answer, since now unless it waits already."""
        self._upsert(channel, external_id, topic_id, at, {})
        waits = update(Talk).where(Talk.channel == channel, Talk.external_id == external_id)
        self._connection.execute(waits.where(Talk.waiting_since.is_(None)).values(waiting_since=at))

    def answered(self, channel: str, external_id: str, topic_id: UUID, by: str, name: str, at: datetime) -> bool:
        """Somebody of the staff has answered, and speaks from now on; true where it was not they who spoke before."""
        before = self.talk(channel, external_id)
        first = before is None or before.taken_by != by or before.topic_id != topic_id
        since = at if first or before is None else before.since
        told: dict[str, object] = {"taken_by": by, "taken_name": name, "since": since, "answered_at": at}
        waited: dict[str, object] = {"waiting_since": None, "asked_again_at": None, "escalated_at": None}
        self._upsert(channel, external_id, topic_id, at, told | waited)
        return first

    def handed_back(self, channel: str, external_id: str, by: str | None = None) -> bool:
        """The bot speaks again; false where it did already, or where somebody else than `by` does."""
        mine = update(Talk).where(Talk.channel == channel, Talk.external_id == external_id, Talk.taken_by.is_not(None))
        if by is not None:
            mine = mine.where(Talk.taken_by == by)
        return self._connection.execute(mine.values(taken_by=None, taken_name="", since=None)).rowcount == 1

    def silent(self, before: datetime) -> list[TalkView]:
        """Taken over, and nobody has said anything since."""
        return self._talks(Talk.taken_by.is_not(None), Talk.last_at <= before)

    def waiting(self) -> list[tuple[TalkView, datetime | None, datetime | None]]:
        """Who waits for an answer, with when that was said again and when it was said to everybody."""
        rows = self._connection.execute(
            select(*_TALK, Talk.asked_again_at, Talk.escalated_at)
            .where(Talk.waiting_since.is_not(None), or_(Talk.asked_again_at.is_(None), Talk.escalated_at.is_(None)))
            .order_by(Talk.waiting_since)
            .limit(200)
        )
        return [(TalkView(*row[: len(_TALK)]), *row[len(_TALK) :]) for row in rows]

    def reminded(self, talk: TalkView, *, everybody: bool, at: datetime) -> None:
        column = "escalated_at" if everybody else "asked_again_at"
        here = update(Talk).where(Talk.channel == talk.channel, Talk.external_id == talk.external_id)
        self._connection.execute(here.values({column: at}))

    def _upsert(
        self, channel: str, external_id: str, topic_id: UUID, at: datetime, values: Mapping[str, object]
    ) -> None:
        changed = {"topic_id": topic_id, "last_at": at, **values}
        self._connection.execute(
            self._insert(Talk)
            .values(channel=channel, external_id=external_id, **{"taken_name": "", **changed})
            .on_conflict_do_update(index_elements=["channel", "external_id"], set_=changed)
        )

    def _one(self, where: Any) -> TopicView | None:
        row = self._connection.execute(select(*_TOPIC).where(where)).first()
        return TopicView(*row) if row else None

    def _all(self, where: Any, limit: int) -> list[TopicView]:
        rows = self._connection.execute(
            select(*_TOPIC).where(where).order_by(DeskTopic.checked_at, DeskTopic.id).limit(limit)
        )
        return [TopicView(*row) for row in rows]

    def _put(self, topic_id: UUID, **values: object) -> None:
        self._connection.execute(update(DeskTopic).where(DeskTopic.id == topic_id).values(**values))

    def _talks(self, *where: Any) -> list[TalkView]:
        found = select(*_TALK).where(*where).order_by(Talk.last_at.desc(), Talk.channel, Talk.external_id)
        return [TalkView(*row) for row in self._connection.execute(found)]

    def _insert(self, table: type) -> Any:
        return (postgresql if self._connection.dialect.name == "postgresql" else sqlite).insert(table)
