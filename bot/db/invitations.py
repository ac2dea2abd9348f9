"""People without access, the links that invite them, and campaigns that do it for many."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from bot.db.models import Account, Campaign, Client, Dispatch, Invite, Membership, Person, StoppedAddress
from bot.domain.access import CampaignReport, CampaignView, Newcomer
from bot.domain.dispatch import Address, DispatchState, Way
from bot.domain.money import ZERO
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
_WAITING = (DispatchState.QUEUED, DispatchState.HELD, DispatchState.SENDING)
_SEEN = (DispatchState.SEEN,)
_DELIVERED = (DispatchState.DELIVERED, *_SEEN)
_SENT = (DispatchState.SENT, DispatchState.UNSURE, *_DELIVERED)


class Invitations:
    """Who is to be invited, and what became of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def newcomers(self, clients: Collection[UUID], now: datetime) -> list[Newcomer]:
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

    def called(self, code: str) -> list[UUID]:
        """Active clients that the book of record or the state calls so."""
        found = select(Client.id).where(Client.active, or_(Client.external_id == code, Client.tax_code == code))
        return list(self._connection.execute(found).scalars())

    # --- campaigns ----------------------------------------------------------------------------------------------------

    def begin(self, campaign: CampaignView) -> bool:
        """False where another one is running."""
        begun = self._connection.execute(
            self._insert(Campaign)
            .values(
                id=campaign.id, started_at=campaign.started_at, started_by=campaign.started_by,
                clients=[str(one) for one in campaign.clients], since=campaign.since, pace=campaign.pace,
                most=campaign.most, running=True, ended_by="",
            )
            .on_conflict_do_nothing()
            .returning(Campaign.id)
        )  # fmt: skip
        return begun.first() is not None

    def running(self) -> CampaignView | None:
        row = self._connection.execute(select(Campaign.__table__).where(Campaign.running.is_(True))).first()
        return _campaign(row) if row else None

    def campaign(self, campaign_id: UUID) -> CampaignView | None:
        row = self._connection.execute(select(Campaign.__table__).where(Campaign.id == campaign_id)).first()
        return _campaign(row) if row else None

    def campaigns(self, limit: int) -> list[CampaignView]:
        """Newest first."""
        found = select(Campaign.__table__).order_by(Campaign.started_at.desc(), Campaign.id).limit(limit)
        return [_campaign(row) for row in self._connection.execute(found)]

    def end(self, campaign_id: UUID, at: datetime, by: str = "") -> bool:
        """Nobody more is invited by it; false where it has ended already."""
        ended = update(Campaign).where(Campaign.id == campaign_id, Campaign.running.is_(True))
        return bool(self._connection.execute(ended.values(running=None, ended_at=at, ended_by=by)).rowcount)

    def invited_by(self, campaign_id: UUID) -> set[UUID]:
        """People whom the campaign has come to, whatever became of it."""
        found = select(Dispatch.person_id).where(_ACCESS, Dispatch.about == str(campaign_id))
        return {person for person in self._connection.execute(found).scalars() if person is not None}

    def report(self, campaign: CampaignView) -> CampaignReport:
        its = (_ACCESS, Dispatch.about == str(campaign.id))
        rows = self._connection.execute(
            select(Dispatch.state, Dispatch.reason, func.count(), func.sum(Dispatch.price))
            .where(*its)
            .group_by(Dispatch.state, Dispatch.reason)
        ).all()
        account = select(Account.person_id).where(Account.person_id == Dispatch.person_id).exists()
        joined = select(func.count(Dispatch.person_id.distinct())).where(*its, account)

        def count(states: Sequence[DispatchState]) -> int:
            return sum(many for state, _, many, _ in rows if state in states)

        failed: dict[str, int] = {}
        for state, reason, many, _ in rows:
            if state == DispatchState.FAILED:
                failed[reason] = failed.get(reason, 0) + many
        return CampaignReport(
            campaign, count(tuple(DispatchState)), count(_WAITING), count(_SENT), count(_DELIVERED), count(_SEEN),
            count((DispatchState.DROPPED,)), self._connection.execute(joined).scalar_one(),
            sum((price or ZERO for state, _, _, price in rows if state in _SENT), ZERO),
            dict(sorted(failed.items())),
        )  # fmt: skip


def _newcomer(rows: Sequence[Any]) -> Newcomer:
    """Of the rows of one person, one for each client."""
    first = min(rows, key=lambda row: (not row.orders, row.client, row.client_id))
    own = ((Way.MAIL, first.email, first.mail_stopped), (Way.SMS, first.phone, first.phone_stopped))
    known = [(Address(way, to), stopped) for way, to, stopped in own if to]
    return Newcomer(
        first.id,
        first.name,
        first.client_id,
        tuple(row.client for row in rows),
        tuple(address for address, stopped in known if stopped is None),
        any(stopped is not None for _, stopped in known),
        max((at for at in (first.told_at, first.given_at) if at is not None), default=None),
    )


def _campaign(row: Any) -> CampaignView:
    return CampaignView(
        row.id, row.started_at, row.started_by, tuple(UUID(one) for one in row.clients), row.since, row.pace,
        row.most, row.ended_at, row.ended_by,
    )  # fmt: skip
