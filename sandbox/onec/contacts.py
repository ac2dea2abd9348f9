"""Phones, mails and addresses as the base shows them: rows of contact information."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.onec.things import Counterparty, Person, Thing, User


@dataclass(slots=True)
class Contact:
    """`type`: address, phone or email; `kind` is the predefined name of the kind, `object` whose it is."""

    object: str
    type: str
    kind: str
    text: str
    comment: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def phone(self) -> str:
        return self.text.lstrip("+") if self.type == "phone" else ""

    @property
    def email(self) -> str:
        return self.text if self.type == "email" else ""


def contacts(thing: Thing, client: Counterparty | None = None) -> list[Contact]:
    """The rows of one object; a partner has those of its `client`."""
    return list(_contacts(client or thing))


def _contacts(thing: Thing) -> Iterator[Contact]:
    if isinstance(thing, Counterparty):
        yield from (Contact(thing.ref, "phone", "phone", one) for one in thing.phones)
        yield from (Contact(thing.ref, "email", "email", one) for one in thing.emails)
        if thing.legal_address:
            yield Contact(thing.ref, "address", "legal_address", thing.legal_address)
        for address in thing.addresses:
            yield Contact(thing.ref, "address", "delivery_address", address.text, address.name)
    elif isinstance(thing, Person):
        yield from (Contact(thing.ref, "phone", "person_phone", one) for one in thing.phones)
        yield from (Contact(thing.ref, "email", "person_email", one) for one in thing.emails)
    elif isinstance(thing, User) and thing.phone:
        yield Contact(thing.ref, "phone", "phone", thing.phone)
