"""Campaigns, whom the mailed ones are for, and what became of them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, null, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Account, Campaign, Client, Dispatch, Membership, Muted, Person, StoppedAddress
from bot.domain.campaign import KINDS, CampaignReport, CampaignView, Purpose, Recipient
from bot.domain.dispatch import Address, DispatchState, Way
from bot.domain.money import ZERO
from bot.domain.notice import RULES

_WAITING = (DispatchState.QUEUED, DispatchState.HELD, DispatchState.SENDING)
_SEEN = (DispatchState.SEEN,)
_DELIVERED = (DispatchState.DELIVERED, *_SEEN)
_SENT = (DispatchState.SENT, DispatchState.UNSURE, *_DELIVERED)
_IN_VAIN = (DispatchState.FAILED.value, DispatchState.DROPPED.value)
Whose = tuple[UUID | None, UUID]
"""A person and the client whom they are told of."""


class Campaigns:
    """Many people told the same kind of thing, a few at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def begin(self, campaign: CampaignView) -> bool:
        """False where another one of its purpose is running."""
        begun = self._connection.execute(
            self._insert(Campaign)
            .values(
                id=campaign.id, purpose=campaign.purpose.value, started_at=campaign.started_at,
                started_by=campaign.started_by, clients=[str(one) for one in campaign.clients], since=campaign.since,
                pace=campaign.pace, most=campaign.most, category_id=campaign.category, running=True, ended_by="",
            )
            .on_conflict_do_nothing()
            .returning(Campaign.id)
        )  # fmt: skip
        return begun.first() is not None

    def running(self, purpose: Purpose) -> CampaignView | None:
        found = select(Campaign.__table__).where(Campaign.running.is_(True), Campaign.purpose == purpose.value)
        row = self._connection.execute(found).first()
        return _campaign(row) if row else None

    def campaign(self, campaign_id: UUID) -> CampaignView | None:
        row = self._connection.execute(select(Campaign.__table__).where(Campaign.id == campaign_id)).first()
        return _campaign(row) if row else None

    def last(self, purposes: Collection[Purpose], limit: int) -> list[CampaignView]:
        """Newest first."""
        found = select(Campaign.__table__).where(Campaign.purpose.in_([one.value for one in purposes]))
        rows = self._connection.execute(found.order_by(Campaign.started_at.desc(), Campaign.id).limit(limit))
        return [_campaign(row) for row in rows]

    def end(self, campaign_id: UUID, at: datetime, by: str = "") -> bool:
        """Nobody more is told by it; false where it has ended already."""
        ended = update(Campaign).where(Campaign.id == campaign_id, Campaign.running.is_(True))
        return bool(self._connection.execute(ended.values(running=None, ended_at=at, ended_by=by)).rowcount)

    def told_by(self, campaign: CampaignView) -> set[Whose]:
        """Whom the campaign has come to, whatever became of it."""
        found = select(Dispatch.person_id, Dispatch.client_id).where(*_its(campaign))
        return {(row.person_id, row.client_id) for row in self._connection.execute(found)}

    def report(self, campaign: CampaignView) -> CampaignReport:
        its = _its(campaign)
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

    def called(self, code: str) -> list[UUID]:
        """Active clients that the book of record or the state calls so."""
        found = select(Client.id).where(Client.active, or_(Client.external_id == code, Client.tax_code == code))
        return list(self._connection.execute(found).scalars())

    # --- who orders ---------------------------------------------------------------------------------------------------

    def buyers(self, purpose: Purpose, clients: Collection[UUID]) -> list[Recipient]:
        """Everybody who orders, for each of their clients; of these clients alone where some are named.

        A client of whom no person is known stands for itself, by its own address.
        """
        told, stopped, muted = self._told(purpose), self._stopped(), self._muted(purpose)
        chats = self._chats()
        found = [
            _recipient((row.person_id, row.client_id), row, chats.get(row.person_id, ()), stopped, told, muted)
            for row in self._connection.execute(_within(_PEOPLE, clients))
        ] + [
            _recipient((None, row.client_id), row, (), stopped, told, muted)
            for row in self._connection.execute(_within(_ALONE, clients))
        ]
        return sorted(found, key=lambda one: (one.clients, str(one.client_id), one.name, str(one.person_id)))

    def _told(self, purpose: Purpose) -> dict[Whose, datetime]:
        """When they were last told so, by a message that has not failed to arrive."""
        found = (
            select(Dispatch.person_id, Dispatch.client_id, func.max(Dispatch.queued_at).label("at"))
            .where(Dispatch.kind == KINDS[purpose].value, Dispatch.state.not_in(_IN_VAIN))
            .group_by(Dispatch.person_id, Dispatch.client_id)
        )
        return {(row.person_id, row.client_id): row.at for row in self._connection.execute(found)}

    def _stopped(self) -> frozenset[tuple[str, str]]:
        rows = self._connection.execute(select(StoppedAddress.way, StoppedAddress.address))
        return frozenset((row.way, row.address) for row in rows)

    def _muted(self, purpose: Purpose) -> frozenset[UUID]:
        topic = RULES[KINDS[purpose]].topic
        return frozenset(self._connection.execute(select(Muted.person_id).where(Muted.topic == topic.value)).scalars())

    def _chats(self) -> dict[UUID, list[Address]]:
        rows = self._connection.execute(
            select(Account.person_id, Account.channel, Account.external_id, Account.session_opened_at)
            .where(Account.person_id.is_not(None), Account.reachable)
            .order_by(Account.last_event_at.desc(), Account.external_id)
        )
        found: dict[UUID, list[Address]] = {}
        for row in rows:
            found.setdefault(row.person_id, []).append(
                Address(Way(row.channel), row.external_id, row.session_opened_at)
            )
        return found


_PEOPLE = (
    select(
        Person.id.label("person_id"), Person.name, Person.phone, Person.email, Client.id.label("client_id"),
        Client.name.label("client"),
    )
    .join(Membership, Membership.person_id == Person.id)
    .join(Client, Client.id == Membership.client_id)
    .where(Person.active, Client.active, Membership.orders.is_(True))
)  # fmt: skip
_HAS_PEOPLE = (
    select(Membership.person_id)
    .join(Person, Person.id == Membership.person_id)
    .where(Membership.client_id == Client.id, Person.active)
    .exists()
)
_ALONE = select(
    Client.id.label("client_id"), Client.name.label("client"), Client.name, Client.email, null().label("phone")
).where(Client.active, Client.email.is_not(None), ~_HAS_PEOPLE)


def _within(found: Any, clients: Collection[UUID]) -> Any:
    return found.where(Client.id.in_(clients)) if clients else found


def _recipient(
    whose: Whose,
    row: Any,
    chats: Iterable[Address],
    stopped: Collection[tuple[str, str]],
    told: dict[Whose, datetime],
    muted: Collection[UUID],
) -> Recipient:
    own = [Address(way, to) for way, to in ((Way.MAIL, row.email), (Way.SMS, row.phone)) if to]
    known = [*chats, *own]
    open_ = tuple(address for address in known if (address.way.value, address.to) not in stopped)
    return Recipient(
        whose[0], row.name, whose[1], (row.client,), open_, len(open_) < len(known), told.get(whose), whose[0] in muted
    )


def _its(campaign: CampaignView) -> tuple[Any, ...]:
    return Dispatch.kind == KINDS[campaign.purpose].value, Dispatch.about == str(campaign.id)


def _campaign(row: Any) -> CampaignView:
    return CampaignView(
        row.id, Purpose(row.purpose), row.started_at, row.started_by, tuple(UUID(one) for one in row.clients),
        row.since, row.pace, row.most, row.category_id, row.ended_at, row.ended_by,
    )  # fmt: skip
