"""Whom a notice concerns, and by which ways each of them can be reached."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Account, Client, Membership, Muted, Person, StoppedAddress
from bot.domain.client import Identity
from bot.domain.dispatch import Address, Way
from bot.domain.notice import Audience, Topic


class Reach:
    """People of clients, their addresses, and what they do not want to hear."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def audience(self, client_id: UUID, audience: Audience) -> list[UUID]:
        """Active people of the client who are to hear of it and can be reached somehow, by name."""
        roles: dict[Audience, ColumnElement[bool]] = {
            Audience.ORDERS: Membership.orders.is_(True),
            Audience.PAYS: Membership.pays.is_(True),
            Audience.BOTH: or_(Membership.orders, Membership.pays),
            Audience.SIGNS: Membership.signs.is_(True),
        }
        if audience is Audience.SIGNS and not self._has(client_id, Membership.signs):
            audience = Audience.OWES
        if audience is Audience.OWES:
            audience = Audience.PAYS if self._has(client_id, Membership.pays) else Audience.ORDERS
        account = select(Account.person_id).where(Account.person_id == Person.id, Account.reachable).exists()
        rows = self._connection.execute(
            select(Person.id)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.client_id == client_id, roles[audience], Person.active)
            .where(or_(account, Person.phone.is_not(None), Person.email.is_not(None)))
            .order_by(Person.name, Person.id)
        )
        return list(rows.scalars())

    def _has(self, client_id: UUID, role: Any) -> bool:
        """Whether anybody active has the role for the client."""
        found = select(Membership.person_id).join(Person, Person.id == Membership.person_id)
        with_role = found.where(Membership.client_id == client_id, role, Person.active)
        return self._connection.execute(with_role.limit(1)).first() is not None

    def has_people(self, client_id: UUID) -> bool:
        """Whether anybody is known who acts for the client."""
        found = select(Person.id).join(Membership, Membership.person_id == Person.id)
        return (
            self._connection.execute(found.where(Membership.client_id == client_id, Person.active).limit(1)).first()
            is not None
        )

    def addresses(self, person_id: UUID | None, client_id: UUID) -> list[Address]:
        """All of a person's that something may be sent to, the chat used last first; without one, the client's own."""
        if person_id is None:
            email = self._connection.execute(select(Client.email).where(Client.id == client_id)).scalar()
            found = [Address(Way.MAIL, email)] if email else []
        else:
            found = [*self._chats(person_id), *self._own(person_id)]
        return [address for address in found if not self.stopped(address.way, address.to)]

    def _chats(self, person_id: UUID) -> list[Address]:
        rows = self._connection.execute(
            select(Account.channel, Account.external_id, Account.session_opened_at)
            .where(Account.person_id == person_id, Account.reachable)
            .order_by(Account.last_event_at.desc(), Account.external_id)
        )
        return [Address(Way(row.channel), row.external_id, row.session_opened_at) for row in rows]

    def _own(self, person_id: UUID) -> list[Address]:
        row = self._connection.execute(select(Person.email, Person.phone).where(Person.id == person_id)).first()
        given = ((Way.MAIL, row.email), (Way.SMS, row.phone)) if row else ()
        return [Address(way, to) for way, to in given if to]

    def recipient(self, way: Way, address: str, person_id: UUID | None) -> Identity:
        """A person as the reader of a letter or of a text message."""
        row = self._connection.execute(select(Person.name, Person.language).where(Person.id == person_id)).first()
        name, language = (row.name, row.language) if row else ("", None)
        return Identity(way.value, address, name=name, language=language, person_id=person_id)

    def mutes(self, person_id: UUID) -> frozenset[Topic]:
        found = self._connection.execute(select(Muted.topic).where(Muted.person_id == person_id))
        return frozenset(Topic(topic) for topic in found.scalars())

    def mute(self, person_id: UUID, topic: Topic, *, muted: bool) -> None:
        if muted:
            values = {"person_id": person_id, "topic": topic.value}
            self._connection.execute(self._insert(Muted).values(**values).on_conflict_do_nothing())
        else:
            self._connection.execute(delete(Muted).where(Muted.person_id == person_id, Muted.topic == topic.value))

    def stop(self, way: Way, address: str, reason: str, at: datetime) -> None:
        """Nothing is sent there any more."""
        values = {"way": way.value, "address": address, "reason": reason, "at": at}
        self._connection.execute(self._insert(StoppedAddress).values(**values).on_conflict_do_nothing())

    def resume(self, way: Way, address: str) -> bool:
        """Something may be sent there again; false where nothing stood against it."""
        gone = delete(StoppedAddress).where(StoppedAddress.way == way.value, StoppedAddress.address == address)
        return bool(self._connection.execute(gone).rowcount)

    def spellings(self, mailbox: str) -> list[str]:
        """The mailbox as people and clients have it, whatever its capital letters, and as it is given."""
        people = select(Person.email).where(func.lower(Person.email) == mailbox.lower())
        clients = select(Client.email).where(func.lower(Client.email) == mailbox.lower())
        found = {*self._connection.execute(people).scalars(), *self._connection.execute(clients).scalars()}
        return sorted({mailbox, *(one for one in found if one)})

    def stopped(self, way: Way, address: str) -> bool:
        found = select(StoppedAddress.at).where(StoppedAddress.way == way.value, StoppedAddress.address == address)
        return self._connection.execute(found).first() is not None
