"""Accounts in messengers: who they belong to, and the ways to join."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from bot.db.models import (
    Account,
    Cart,
    CartLine,
    ChatMove,
    Client,
    Dialogue,
    Invite,
    Lead,
    Manager,
    Membership,
    Person,
    PhoneCode,
)
from bot.domain import dialogue
from bot.domain.client import Buyer, Identity, ManagerCard

_CURRENT_CART = aliased(Cart)
_CART_LINES = (
    select(func.count())
    .select_from(CartLine.__table__.join(Cart.__table__, CartLine.cart_id == Cart.id))
    .where(
        Cart.id
        == select(_CURRENT_CART.id)
        .where(_CURRENT_CART.client_id == Account.client_id, _CURRENT_CART.status == "open")
        .order_by(_CURRENT_CART.amends_order_id.is_(None))
        .limit(1)
        .correlate(Account)
        .scalar_subquery()
    )
    .correlate(Account)
    .scalar_subquery()
)
_IDENTITY = (
    select(
        Account.name,
        Account.language,
        Account.reachable,
        Account.last_event_at,
        Account.session_opened_at,
        Person.id,
        Person.name,
        Person.language,
        Client.id,
        Client.name,
        Client.price_type_id,
        Client.assortment_id,
        Client.minimum_order,
        Membership.orders,
        Membership.pays,
        Membership.signs,
        Manager.name,
        Manager.phone,
        Dialogue.step,
        Dialogue.data,
        Dialogue.left_by,
        Dialogue.found_step,
        Dialogue.found_data,
        _CART_LINES,
    )
    .select_from(Account)
    .outerjoin(Person, and_(Person.id == Account.person_id, Person.active))
    .outerjoin(Membership, and_(Membership.person_id == Person.id, Membership.client_id == Account.client_id))
    .outerjoin(Client, and_(Client.id == Membership.client_id, Client.active))
    .outerjoin(Manager, Manager.id == Client.manager_id)
    .outerjoin(Dialogue, and_(Dialogue.channel == Account.channel, Dialogue.external_id == Account.external_id))
    .where(Account.channel == bindparam("channel"), Account.external_id == bindparam("external_id"))
)


class Accounts:
    """Accounts, invites, phone codes and leads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def identity(self, channel: str, external_id: str, event_id: str | None = None) -> Identity:
        """The account with its person, client, manager and dialogue; a stranger's is empty with `known` false.

        For the event that changed the dialogue last it is as that event found it: told again after a crash, it is
        understood as it was the first time.
        """
        row = self._connection.execute(_IDENTITY, {"channel": channel, "external_id": external_id}).first()
        if row is None:
            return Identity(channel, external_id, known=False)
        (
            name,
            language,
            reachable,
            last_event_at,
            session_opened_at,
            person_id,
            person_name,
            person_language,
            client_id,
            client_name,
            price_type_id,
            assortment_id,
            minimum_order,
            orders,
            pays,
            signs,
            manager_name,
            manager_phone,
            step,
            data,
            left_by,
            found_step,
            found_data,
            cart_lines,
        ) = row
        if event_id is not None and event_id == left_by:
            step, data = found_step, found_data
        buyer = None
        if client_id is not None:
            buyer = Buyer(client_id, client_name, price_type_id, assortment_id, minimum_order, orders, pays, signs)
        return Identity(
            channel,
            external_id,
            name=person_name or name,
            language=language or person_language,
            reachable=reachable,
            person_id=person_id,
            buyer=buyer,
            manager=ManagerCard(manager_name, manager_phone) if manager_name else None,
            cart_lines=cart_lines,
            dialogue=dialogue.Dialogue(step, data) if step else dialogue.FREE,
            last_event_at=last_event_at,
            session_opened_at=session_opened_at,
        )

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
        """Active people with this phone who act for an active client."""
        rows = self._connection.execute(
            select(Person.id)
            .where(Person.phone == phone, Person.active)
            .where(
                select(Membership.client_id)
                .join(Client, Client.id == Membership.client_id)
                .where(Membership.person_id == Person.id, Client.active)
                .exists()
            )
            .order_by(Person.name, Person.id)
        )
        return list(rows.scalars())

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
