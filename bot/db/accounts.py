"""Accounts in messengers: who they belong to, and the ways to join."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from bot.db.identity import STATEMENT, identity
from bot.db.models import (
    Account,
    ChatMove,
    Client,
    Dialogue,
    Invite,
    Lead,
    Membership,
    Person,
    PhoneCode,
)
from bot.domain.client import Identity


class Accounts:
    """Accounts, invites, phone codes and leads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def identity(self, channel: str, external_id: str, event_id: str | None = None) -> Identity:
        """The account with its person, client, manager and dialogue; a stranger's is empty with `known` false.

        For the event that changed the dialogue last it is as that event found it: told again after a crash, it is
        understood as it was the first time.
        """
        row = self._connection.execute(STATEMENT, {"channel": channel, "external_id": external_id}).first()
        if row is None:
            return Identity(channel, external_id, known=False)
        return identity(row, channel, external_id, event_id)

    def meet(self, channel: str, external_id: str, name: str, at: datetime, session_from: datetime | None) -> None:
        """Remember the account, that it is reachable, and when its session opened."""
        values = {
            "name": name,
            "reachable": True,
            "last_event_at": at,
            "session_opened_at": session_from,
        }
        found = self._connection.execute(
            update(Account).where(Account.channel == channel, Account.external_id == external_id).values(**values)
        )
        if not found.rowcount:
            self._connection.execute(
                self._insert(Account)
                .values(channel=channel, external_id=external_id, created_at=at, **values)
                .on_conflict_do_nothing()
            )

    def set_reachable(self, channel: str, external_id: str, reachable: bool) -> None:
        self._connection.execute(
            update(Account)
            .where(Account.channel == channel, Account.external_id == external_id)
            .values(reachable=reachable)
        )

    def set_language(self, channel: str, external_id: str, language: str) -> None:
        self._connection.execute(
            update(Account)
            .where(Account.channel == channel, Account.external_id == external_id)
            .values(language=language)
        )

    def sign_in(self, channel: str, external_id: str, person_id: UUID, at: datetime) -> None:
        """The account is this person's from now on, acting for their first client."""
        self._connection.execute(
            update(Account)
            .where(Account.channel == channel, Account.external_id == external_id)
            .values(person_id=person_id, client_id=self._first_client(person_id))
        )
        self._connection.execute(
            update(Lead)
            .where(Lead.channel == channel, Lead.external_id == external_id, Lead.closed_at.is_(None))
            .values(closed_at=at)
        )

    def sign_out(self, channel: str, external_id: str) -> None:
        self._connection.execute(
            update(Account)
            .where(Account.channel == channel, Account.external_id == external_id)
            .values(person_id=None, client_id=None)
        )

    def choose_client(self, channel: str, external_id: str, client_id: UUID) -> None:
        self._connection.execute(
            update(Account)
            .where(Account.channel == channel, Account.external_id == external_id)
            .values(client_id=client_id)
        )

    def people_with_phone(self, phone: str) -> list[UUID]:
        """Active people with this phone, or with that of somebody who turned out to be them, for an active client."""
        other = aliased(Person)
        was = select(other.id).where(other.merged_into == Person.id, other.phone == phone).exists()
        rows = self._connection.execute(
            select(Person.id)
            .where(or_(Person.phone == phone, was), Person.active)
            .where(
                select(Membership.client_id)
                .join(Client, Client.id == Membership.client_id)
                .where(Membership.person_id == Person.id, Client.active)
                .exists()
            )
            .order_by(Person.name, Person.id)
        )
        return list(rows.scalars())

    def to_tell(self, client_id: UUID) -> list[tuple[str, str]]:
        """One reachable account of everybody who orders for the client: Telegram first, it costs nothing."""
        rows = self._connection.execute(
            select(Account.person_id, Account.channel, Account.external_id)
            .join(Membership, Membership.person_id == Account.person_id)
            .join(Person, Person.id == Account.person_id)
            .where(Membership.client_id == client_id, Membership.orders, Person.active, Account.reachable)
            .order_by(Account.channel, Account.last_event_at.desc(), Account.external_id)
        )
        return [(row.channel, row.external_id) for row in {row.person_id: row for row in reversed(list(rows))}.values()]

    def add_invite(self, token_hash: str, person_id: UUID, at: datetime, expires_at: datetime) -> None:
        self._connection.execute(
            insert(Invite).values(token_hash=token_hash, person_id=person_id, created_at=at, expires_at=expires_at)
        )

    def use_invite(self, token_hash: str, at: datetime) -> UUID | None:
        """Whose invite it is, used up by this; None for a wrong, used or expired one."""
        used = self._connection.execute(
            update(Invite)
            .where(Invite.token_hash == token_hash, Invite.used_at.is_(None), Invite.expires_at > at)
            .values(used_at=at)
        )
        if not used.rowcount:
            return None
        return self._connection.execute(select(Invite.person_id).where(Invite.token_hash == token_hash)).scalar_one()

    def phone_code(self, channel: str, external_id: str) -> PhoneCode | None:
        row = self._connection.execute(
            select(PhoneCode.__table__).where(PhoneCode.channel == channel, PhoneCode.external_id == external_id)
        ).first()
        return PhoneCode(**row._mapping) if row else None

    def codes_to(self, phone: str, since: datetime) -> int:
        """How many codes went to the phone since then, whoever claimed it."""
        return self._connection.execute(
            select(func.coalesce(func.sum(PhoneCode.sent), 0)).where(
                PhoneCode.phone == phone, PhoneCode.window_from >= since
            )
        ).scalar_one()

    def save_phone_code(self, code: PhoneCode) -> None:
        self.drop_phone_code(code.channel, code.external_id)
        columns = PhoneCode.__table__.columns.keys()
        self._connection.execute(insert(PhoneCode).values({name: getattr(code, name) for name in columns}))

    def drop_phone_code(self, channel: str, external_id: str) -> None:
        self._connection.execute(
            delete(PhoneCode).where(PhoneCode.channel == channel, PhoneCode.external_id == external_id)
        )

    def add_lead(self, channel: str, external_id: str, name: str, phone: str | None, words: str, at: datetime) -> None:
        """One open lead an account; what is told later is added to it."""
        open_lead = and_(Lead.channel == channel, Lead.external_id == external_id, Lead.closed_at.is_(None))
        row = self._connection.execute(select(Lead.id, Lead.words).where(open_lead)).first()
        if row is None:
            self._connection.execute(
                insert(Lead).values(
                    id=uuid4(),
                    channel=channel,
                    external_id=external_id,
                    name=name,
                    phone=phone,
                    words=words[:2000],
                    created_at=at,
                )
            )
            return
        values: dict[str, str] = {"words": f"{row.words}\n{words}".strip()[-2000:]}
        if phone:
            values["phone"] = phone
        self._connection.execute(update(Lead).where(Lead.id == row.id).values(**values))

    def lead_phone(self, channel: str, external_id: str) -> str | None:
        """The phone that somebody unknown left."""
        left = select(Lead.phone).where(Lead.channel == channel, Lead.external_id == external_id)
        return self._connection.execute(left.where(Lead.phone.is_not(None)).order_by(Lead.created_at.desc())).scalar()

    def move_chat(self, channel: str, old_id: str, new_id: str) -> None:
        """Everything stored under the old chat id follows to the new one."""
        if old_id == new_id:
            return
        for table in (Account, Dialogue):
            taken = self._connection.execute(
                select(table.external_id).where(table.channel == channel, table.external_id == new_id)
            ).first()
            of_old = and_(table.channel == channel, table.external_id == old_id)
            self._connection.execute(
                delete(table).where(of_old) if taken else update(table).where(of_old).values(external_id=new_id)
            )
        self._connection.execute(
            self._insert(ChatMove)
            .values(channel=channel, old_id=old_id, new_id=new_id)
            .on_conflict_do_update(index_elements=["channel", "old_id"], set_={"new_id": new_id})
        )

    def chat_now(self, channel: str, chat_id: str) -> str:
        """Where a chat known by an old id is today."""
        for _ in range(5):
            moved = self._connection.execute(
                select(ChatMove.new_id).where(ChatMove.channel == channel, ChatMove.old_id == chat_id)
            ).scalar()
            if moved is None:
                break
            chat_id = moved
        return chat_id

    def _first_client(self, person_id: UUID) -> UUID | None:
        return self._connection.execute(
            select(Client.id)
            .join(Membership, Membership.client_id == Client.id)
            .where(Membership.person_id == person_id, Client.active)
            .order_by(Membership.orders.desc(), Client.name, Client.id)
            .limit(1)
        ).scalar()

    def _insert(self, table: type) -> Any:
        return (postgresql if self._connection.dialect.name == "postgresql" else sqlite).insert(table)
