"""People without access, and the links that invite them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy.orm import aliased

from bot.db.models import Account, Client, Dispatch, Invite, Membership, Person, StoppedAddress
from bot.domain.campaign import Recipient
from bot.domain.dispatch import Address, DispatchState, Way
from bot.domain.notice import RULES, Audience, NoticeKind

_TWIN = aliased(Person)
_SAME = or_(_TWIN.id == Person.id, _TWIN.phone == Person.phone)
"""The same human, perhaps known twice: 1C has a contact of a person for every client."""
_ACCESS = Dispatch.kind == NoticeKind.ACCESS.value
_HAS_JOINED = select(Account.person_id).join(_TWIN, _TWIN.id == Account.person_id).where(_SAME).exists()
_TOLD_AT = (
    select(func.max(Dispatch.queued_at))
    .join(_TWIN, _TWIN.id == Dispatch.person_id)
    .where(_SAME, _ACCESS, Dispatch.state.not_in([DispatchState.FAILED.value, DispatchState.DROPPED.value]))
    .scalar_subquery()
)
_SMS_STOPPED, _MAIL_STOPPED = aliased(StoppedAddress), aliased(StoppedAddress)
_ROLES = {
    Audience.ORDERS: Membership.orders.is_(True),
    Audience.PAYS: Membership.pays.is_(True),
    Audience.BOTH: or_(Membership.orders, Membership.pays),
}


class Invitations:
    """Who is to be invited, and what became of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newcomers(self, clients: Collection[UUID], now: datetime) -> list[Recipient]:
        """By their clients' names; of these clients alone where some are named."""
        by_hand = (
            select(func.max(Invite.created_at))
            .where(Invite.person_id == Person.id, Invite.used_at.is_(None), Invite.expires_at > now)
            .where(~select(Dispatch.id).where(Dispatch.person_id == Person.id, _ACCESS).exists())
            .scalar_subquery()
        )
        found = (
            select(
                Person.id, Person.name, Person.phone, Person.email, Client.id.label("client_id"),
                Client.name.label("client"), Membership.orders, _TOLD_AT.label("told_at"), by_hand.label("given_at"),
                _SMS_STOPPED.at.label("phone_stopped"), _MAIL_STOPPED.at.label("mail_stopped"),
            )
            .join(Membership, Membership.person_id == Person.id)
            .join(Client, Client.id == Membership.client_id)
            .outerjoin(_SMS_STOPPED, and_(_SMS_STOPPED.way == Way.SMS.value, _SMS_STOPPED.address == Person.phone))
            .outerjoin(_MAIL_STOPPED, and_(_MAIL_STOPPED.way == Way.MAIL.value, _MAIL_STOPPED.address == Person.email))
            .where(Person.active, Client.active, _ROLES[RULES[NoticeKind.ACCESS].audience], ~_HAS_JOINED)
            .order_by(Client.name, Client.id, Person.name, Person.id)
        )  # fmt: skip
        if clients:
            found = found.where(Client.id.in_(clients))
        people: dict[UUID, list[Any]] = {}
        for row in self._connection.execute(found):
            people.setdefault(row.id, []).append(row)
        return [_newcomer(rows) for rows in people.values()]

    def has_joined(self, person_id: UUID) -> bool:
        """Whether the person, or somebody with the same phone, has an account."""
        found = select(Person.id).where(Person.id == person_id, _HAS_JOINED)
        return self._connection.execute(found).first() is not None


def _newcomer(rows: Sequence[Any]) -> Recipient:
    """Of the rows of one person, one for each client."""
    first = min(rows, key=lambda row: (not row.orders, row.client, row.client_id))
    own = ((Way.MAIL, first.email, first.mail_stopped), (Way.SMS, first.phone, first.phone_stopped))
    known = [(Address(way, to), stopped) for way, to, stopped in own if to]
    return Recipient(
        first.id,
        first.name,
        first.client_id,
        tuple(row.client for row in rows),
        tuple(address for address, stopped in known if stopped is None),
        any(stopped is not None for _, stopped in known),
        max((at for at in (first.told_at, first.given_at) if at is not None), default=None),
    )
