"""Who is who: people of a client with their accounts, and what staff changed about that."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import aliased

from bot.db.directory import ANOTHER_CLIENT
from bot.db.models import Account, Client, Membership, PeopleChange, Person
from bot.domain.people_change import AccountView, ChangeKind, ChangeView, PersonView

_ROLES = ("orders", "pays", "signs", "contact")


class People:
    """Reads, and the changes themselves; the decisions are in bot/services/desk_people.py."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._unlinked: frozenset[tuple[UUID, UUID, str]] | None = None
        self._merged: Mapping[UUID, UUID] | None = None

    # --- reads --------------------------------------------------------------------------------------------------------

    def of_client(self, client_id: UUID) -> list[PersonView]:
        """Active people of the client, by name."""
        rows = self._connection.execute(
            select(Person.id, Person.name, Person.phone, Membership.orders, Membership.pays, Membership.signs)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.client_id == client_id, Person.active)
            .order_by(Person.name, Person.id)
        )
        return self._with_accounts([PersonView(*row, (), ()) for row in rows])

    def namesakes(self, person_id: UUID, name: str) -> list[PersonView]:
        """Other active people who are called so, whatever the letters' case, by their phone."""
        rows = self._connection.execute(
            select(Person.id, Person.name, Person.phone).where(Person.active, Person.id != person_id)
        )
        named = [row for row in rows if row.name.casefold() == name.casefold()]
        found = [PersonView(row.id, row.name, row.phone, False, False, False, (), ()) for row in named]
        return self._with_accounts(sorted(found, key=lambda one: (one.phone or "", str(one.id))))

    def change(self, change_id: UUID) -> ChangeView | None:
        return next(iter(self._changes(PeopleChange.id == change_id)), None)

    def changes_of(self, client_id: UUID, since: datetime) -> list[ChangeView]:
        """Those that stand, newest first."""
        return self._changes(
            PeopleChange.client_id == client_id, PeopleChange.at >= since, PeopleChange.undone_at.is_(None)
        )

    def is_unlinked(self, person_id: UUID, client_id: UUID, contact: str) -> bool:
        """Whether staff took this contact away from the client; one written down anew there is another."""
        if self._unlinked is None:
            rows = self._connection.execute(
                select(PeopleChange.person_id, PeopleChange.client_id, PeopleChange.kept).where(
                    PeopleChange.kind == ChangeKind.UNLINKED.value, PeopleChange.undone_at.is_(None)
                )
            )
            self._unlinked = frozenset((row[0], row[1], str(row[2].get("contact") or "")) for row in rows)
        return (person_id, client_id, contact) in self._unlinked

    def merged_into(self, person_id: UUID) -> UUID | None:
        """Whom this person turned out to be."""
        if self._merged is None:
            rows = self._connection.execute(
                select(Person.id, Person.merged_into).where(Person.merged_into.is_not(None))
            )
            self._merged = {row.id: row.merged_into for row in rows}
        return self._merged.get(person_id)

    def membership(self, person_id: UUID, client_id: UUID) -> dict[str, Any] | None:
        return self.memberships(person_id).get(client_id)

    def memberships(self, person_id: UUID) -> dict[UUID, dict[str, Any]]:
        rows = self._connection.execute(
            select(Membership.client_id, *(Membership.__table__.c[name] for name in _ROLES)).where(
                Membership.person_id == person_id
            )
        )
        return {row.client_id: {name: row._mapping[name] for name in _ROLES} for row in rows}

    def accounts(self, person_id: UUID) -> list[AccountView]:
        rows = self._connection.execute(
            select(Account.channel, Account.external_id, Account.client_id, Account.name, Account.last_event_at)
            .where(Account.person_id == person_id)
            .order_by(Account.channel, Account.external_id)
        )
        return [AccountView(*row) for row in rows]

    # --- changes ------------------------------------------------------------------------------------------------------

    def unlink(self, person_id: UUID, client_id: UUID) -> None:
        """The person acts for the client no more; their accounts act for another of theirs."""
        self._connection.execute(
            delete(Membership).where(Membership.person_id == person_id, Membership.client_id == client_id)
        )
        mine = update(Account).where(Account.person_id == person_id, Account.client_id == client_id)
        self._connection.execute(mine.values(client_id=ANOTHER_CLIENT))

    def link(self, person_id: UUID, client_id: UUID, roles: Mapping[str, Any]) -> None:
        """As it was; whoever has got the role meanwhile keeps it."""
        if self.membership(person_id, client_id) is None:
            values = {name: roles[name] for name in _ROLES}
            self._connection.execute(insert(Membership).values(person_id=person_id, client_id=client_id, **values))
        idle = update(Account).where(Account.person_id == person_id, Account.client_id.is_(None))
        self._connection.execute(idle.values(client_id=client_id))

    def set_roles(self, person_id: UUID, client_id: UUID, roles: Mapping[str, Any]) -> None:
        here = update(Membership).where(Membership.person_id == person_id, Membership.client_id == client_id)
        self._connection.execute(here.values(**{name: roles[name] for name in _ROLES}))

    def sign_out(self, account: AccountView, person_id: UUID) -> bool:
        """False where it is not theirs any more."""
        gone = self._account(account).where(Account.person_id == person_id)
        return self._connection.execute(gone.values(person_id=None, client_id=None)).rowcount == 1

    def sign_in(self, account: AccountView, person_id: UUID) -> bool:
        """False where it is somebody's by now."""
        back = self._account(account).where(Account.person_id.is_(None))
        return self._connection.execute(back.values(person_id=person_id, client_id=account.client_id)).rowcount == 1

    def hand(self, account: AccountView, before: UUID, after: UUID) -> None:
        """The account is another person's, where it is this one's still."""
        theirs = self._account(account).where(Account.person_id == before)
        self._connection.execute(theirs.values(person_id=after, client_id=account.client_id))

    def merge(self, person_id: UUID, into: UUID) -> None:
        """The first is the second from now on, and so is whoever was the first."""
        self._connection.execute(update(Person).where(Person.merged_into == person_id).values(merged_into=into))
        self._connection.execute(update(Person).where(Person.id == person_id).values(active=False, merged_into=into))

    def part(self, person_id: UUID) -> None:
        self._connection.execute(update(Person).where(Person.id == person_id).values(active=True, merged_into=None))

    def note(
        self, kind: ChangeKind, client_id: UUID, person_id: UUID, kept: Mapping[str, Any], by: tuple[str, str],
        at: datetime, *, why: str = "", other: UUID | None = None, account: AccountView | None = None,
    ) -> UUID:  # fmt: skip
        """`by` is an account and a name of the staff."""
        change = uuid4()
        where = {"channel": account.channel, "external_id": account.external_id} if account else {}
        self._connection.execute(
            insert(PeopleChange).values(
                id=change, kind=kind.value, client_id=client_id, person_id=person_id, other_id=other, kept=dict(kept),
                why=why, by_account=by[0], by_name=by[1], at=at, undone_by="",
                **({"channel": "", "external_id": ""} | where),
            )
        )  # fmt: skip
        return change

    def undo(self, change_id: UUID, by: str, at: datetime) -> bool:
        """False where somebody did before."""
        here = update(PeopleChange).where(PeopleChange.id == change_id, PeopleChange.undone_at.is_(None))
        return self._connection.execute(here.values(undone_at=at, undone_by=by)).rowcount == 1

    def _account(self, account: AccountView) -> Any:
        return update(Account).where(Account.channel == account.channel, Account.external_id == account.external_id)

    def _with_accounts(self, people: Sequence[PersonView]) -> list[PersonView]:
        return [replace(one, accounts=tuple(self.accounts(one.id)), clients=self._clients(one.id)) for one in people]

    def _clients(self, person_id: UUID) -> tuple[str, ...]:
        names = (
            select(Client.name)
            .join(Membership, Membership.client_id == Client.id)
            .where(Membership.person_id == person_id, Client.active)
            .order_by(Client.name)
        )
        return tuple(self._connection.execute(names).scalars())

    def _changes(self, *where: Any) -> list[ChangeView]:
        person, other = aliased(Person), aliased(Person)
        rows = self._connection.execute(
            select(PeopleChange.__table__, person.name.label("person"), other.name.label("other"))
            .join(person, person.id == PeopleChange.person_id)
            .outerjoin(other, other.id == PeopleChange.other_id)
            .where(*where)
            .order_by(PeopleChange.at.desc(), PeopleChange.id)
        )
        return [
            ChangeView(
                row.id, ChangeKind(row.kind), row.client_id, row.person_id, row.person, row.other_id, row.other or "",
                row.channel, row.external_id, row.kept, row.why, row.by_name, row.at, row.undone_at,
            )
            for row in rows
        ]  # fmt: skip
