"""From a client's topic: who acts for the client; somebody is taken away, two become one, and all that is undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.desk import Staff, TopicView
from bot.domain.desk_jobs import Spoken, say_job
from bot.domain.dialogue import Turn
from bot.domain.errors import NotFound, Outdated
from bot.domain.people_change import UNDONE_WITHIN, AccountView, ChangeKind, ChangeView, PersonView, Why
from bot.services.desk_rights import require_client

CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Who acts for the client, and what can still be undone, newest first."""

    topic: TopicView
    people: Sequence[PersonView]
    changes: Sequence[ChangeView]


@dataclass(frozen=True, slots=True)
class OneView:
    """A person of the client; `others` may be the same human: people of the client, and namesakes anywhere."""

    topic: TopicView
    person: PersonView
    others: Sequence[PersonView]


def mark(key: UUID | str) -> int:
    """The same for the same person or account; short enough for a button beside a topic."""
    return int.from_bytes(sha256(str(key).encode()).digest()[:5], "big")


class DeskPeople:
    """Whoever is affected is told by the bot; what was done can be undone for some days."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def view(self, topic_id: UUID, staff: Staff, now: datetime) -> PeopleView:
        """Raises NotFound."""
        return await self._books.read(_view, topic_id, staff, now)

    async def one(self, topic_id: UUID, staff: Staff, person: int) -> OneView:
        """Raises NotFound, also for somebody of another client."""
        return await self._books.read(_one, topic_id, staff, person)

    async def unlink(self, turn: Turn, topic_id: UUID, staff: Staff, person: int, why: Why) -> PeopleView:
        """They act for the client no more, whatever 1C says of this contact. Raises NotFound."""

        def unlink(tx: Tx, buyer: Buyer) -> None:
            who = _one(tx, topic_id, staff, person).person
            roles = tx.people.membership(who.id, buyer.id) or {}
            tx.people.unlink(who.id, buyer.id)
            by = (staff.key, staff.name)
            change = tx.people.note(ChangeKind.UNLINKED, buyer.id, who.id, roles, by, turn.at, why=why.value)
            _quiet(tx, topic_id, who.accounts)
            _tell(tx, who.accounts, Spoken.UNLINKED, change, buyer.name)

        return await self._changed(turn, topic_id, staff, unlink)

    async def sign_out(self, turn: Turn, topic_id: UUID, staff: Staff, account: int, why: Why) -> PeopleView:
        """An account of one of the client's people is nobody's. Raises NotFound."""

        def sign_out(tx: Tx, buyer: Buyer) -> None:
            found = [(who, one) for who in tx.people.of_client(buyer.id) for one in who.accounts]
            who, gone = next(((who, one) for who, one in found if mark(one.key) == account), (None, None))
            if who is None or gone is None or not tx.people.sign_out(gone, who.id):
                raise NotFound("account")
            kept = {"client": str(gone.client_id) if gone.client_id else ""}
            change = tx.people.note(
                ChangeKind.SIGNED_OUT, buyer.id, who.id, kept, (staff.key, staff.name), turn.at, why=why.value,
                account=gone,
            )  # fmt: skip
            _quiet(tx, topic_id, [gone])
            _tell(tx, [gone], Spoken.SIGNED_OUT, change, "")

        return await self._changed(turn, topic_id, staff, sign_out)

    async def merge(self, turn: Turn, topic_id: UUID, staff: Staff, person: int, other: int) -> PeopleView:
        """`other` turned out to be `person`: their clients, roles and accounts are the person's. Raises NotFound."""

        def merge(tx: Tx, buyer: Buyer) -> None:
            view = _one(tx, topic_id, staff, person)
            who, same = view.person, next((one for one in view.others if mark(one.id) == other), None)
            if same is None:
                raise NotFound("person")
            before, theirs = tx.people.memberships(who.id), tx.people.memberships(same.id)
            kept = {
                "into": _written(before), "of": _written(theirs),
                "accounts": [[one.channel, one.external_id, str(one.client_id or "")] for one in same.accounts],
            }  # fmt: skip
            for client_id, roles in theirs.items():
                tx.people.unlink(same.id, client_id)
                _given(tx, who.id, client_id, roles, before.get(client_id))
            for account in same.accounts:
                tx.people.hand(account, same.id, who.id)
            tx.people.merge(same.id, who.id)
            by = (staff.key, staff.name)
            change = tx.people.note(ChangeKind.MERGED, buyer.id, who.id, kept, by, turn.at, other=same.id)
            clients = tx.clients.of_person(who.id)
            _tell(tx, tx.people.accounts(who.id), Spoken.MERGED, change, ", ".join(one.name for one in clients))

        return await self._changed(turn, topic_id, staff, merge)

    async def undo(self, turn: Turn, topic_id: UUID, staff: Staff, change_id: UUID) -> PeopleView:
        """As it was before. Raises NotFound; Outdated where it was undone, or too long ago."""

        def undo(tx: Tx, buyer: Buyer) -> None:
            change = tx.people.change(change_id)
            if change is None or change.client_id != buyer.id:
                raise NotFound("change")
            if turn.at - change.at > UNDONE_WITHIN or not tx.people.undo(change_id, staff.name, turn.at):
                raise Outdated("change")
            UNDOINGS[change.kind](tx, change, buyer)

        return await self._changed(turn, topic_id, staff, undo)

    async def _changed(
        self, turn: Turn, topic_id: UUID, staff: Staff, change: Callable[[Tx, Buyer], None]
    ) -> PeopleView:
        def effect(tx: Tx) -> None:
            change(tx, require_client(tx, topic_id, staff)[1])

        return await self._books.apply(turn, effect, lambda tx: _view(tx, topic_id, staff, turn.at))


def _view(tx: Tx, topic_id: UUID, staff: Staff, now: datetime) -> PeopleView:
    topic, buyer = require_client(tx, topic_id, staff)
    return PeopleView(topic, tx.people.of_client(buyer.id), tx.people.changes_of(buyer.id, now - UNDONE_WITHIN))


def _one(tx: Tx, topic_id: UUID, staff: Staff, person: int) -> OneView:
    topic, buyer = require_client(tx, topic_id, staff)
    people = tx.people.of_client(buyer.id)
    found = next((one for one in people if mark(one.id) == person), None)
    if found is None:
        raise NotFound("person")
    here = [one for one in people if one.id != found.id]
    known = {one.id for one in people}
    elsewhere = [one for one in tx.people.namesakes(found.id, found.name) if one.id not in known]
    return OneView(topic, found, [*here, *elsewhere][:CANDIDATES])


def _undo_unlink(tx: Tx, change: ChangeView, buyer: Buyer) -> None:
    tx.people.link(change.person_id, buyer.id, change.kept)
    _tell(tx, tx.people.accounts(change.person_id), Spoken.LINKED, change.id, buyer.name)


def _undo_sign_out(tx: Tx, change: ChangeView, buyer: Buyer) -> None:
    client = str(change.kept.get("client") or "")
    account = AccountView(change.channel, change.external_id, UUID(client) if client else None)
    if not tx.people.sign_in(account, change.person_id):
        raise Outdated("account")  # it is somebody's by now
    _tell(tx, [account], Spoken.SIGNED_IN, change.id, buyer.name)


def _undo_merge(tx: Tx, change: ChangeView, _: Buyer) -> None:
    """What the two had; roles that either got since stay with the one they were merged into."""
    assert change.other_id is not None
    kept: dict[str, Any] = dict(change.kept)
    for written, roles in kept["of"].items():
        client_id, before = UUID(written), kept["into"].get(written)
        if before is None:
            tx.people.unlink(change.person_id, client_id)
        else:
            tx.people.set_roles(change.person_id, client_id, before)
        tx.people.link(change.other_id, client_id, roles)
    tx.people.part(change.other_id)
    accounts = [AccountView(channel, to, UUID(client) if client else None) for channel, to, client in kept["accounts"]]
    for account in accounts:
        tx.people.hand(account, change.person_id, change.other_id)
    _tell(tx, [*tx.people.accounts(change.person_id), *accounts], Spoken.PARTED, change.id, "")


UNDOINGS: dict[ChangeKind, Callable[[Tx, ChangeView, Buyer], None]] = {
    ChangeKind.UNLINKED: _undo_unlink,
    ChangeKind.SIGNED_OUT: _undo_sign_out,
    ChangeKind.MERGED: _undo_merge,
}


def _given(tx: Tx, person_id: UUID, client_id: UUID, roles: dict[str, Any], own: dict[str, Any] | None) -> None:
    """What either may do, the one may do; the contact that was known first stays."""
    if own is None:
        tx.people.link(person_id, client_id, roles)
        return
    both = {name: own[name] or roles[name] for name in ("orders", "pays", "signs", "contact")}
    tx.people.set_roles(person_id, client_id, both)


def _written(memberships: dict[UUID, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(client_id): roles for client_id, roles in memberships.items()}


def _quiet(tx: Tx, topic_id: UUID, accounts: Sequence[AccountView]) -> None:
    """Nobody of the staff speaks with them in this topic any more."""
    for talk in tx.desk.talks_in(topic_id):
        if (talk.channel, talk.external_id) in {(one.channel, one.external_id) for one in accounts}:
            tx.desk.handed_back(talk.channel, talk.external_id)


def _tell(tx: Tx, accounts: Sequence[AccountView], spoken: Spoken, change: UUID, name: str) -> None:
    for one in accounts:
        tx.jobs.add(say_job(one.channel, one.external_id, spoken, str(change), name))
