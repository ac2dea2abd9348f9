"""Phones, mails and addresses from the section of contact information."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.requisites import phone as checked_phone
from integrations.onec.odata.profile import Profile
from integrations.onec.odata.values import ref, words

_PHONE = "Телефон"
_MAIL = "АдресЭлектроннойПочты"
_ADDRESS = "Адрес"
_DELIVERY = ("достав",)
_FACTUAL = ("факт", "місцезнаход", "местонахожд")
_REGISTERED = ("юрид", "юр. ", "прописк", "реєстрац", "регистрац")
_MOBILE = ("моб", "mobile")
_TOWN = re.compile(r"^(?:\d{5},\s*)?(?:(?:м|г|місто|город|с|смт|селище)\.?\s+[^,]+,\s*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contact information as people named it, and as the configuration did."""

    name: str
    predefined: str

    def says(self, *words: str) -> bool:
        said = f"{self.name} {self.predefined}".lower()
        return any(word in said for word in words)


@dataclass(frozen=True, slots=True)
class Address:
    """`key` tells the addresses of one owner apart and stays when the address is corrected."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Contacts:
    phone: str
    email: str
    addresses: tuple[Address, ...]
    registered: str = ""
    """Where the client is registered; the address of a client that has only one."""


def read(section: object, profile: Profile, kinds: Mapping[str, Kind]) -> Contacts:
    """The mobile or else the first phone that is one, the first mail, where to deliver to."""
    rows = [row for row in section if isinstance(row, dict)] if isinstance(section, list) else []
    table = profile.contact
    by_type: dict[str, list[tuple[str, Kind, dict[str, Any]]]] = {}
    for row in rows:
        own = ref(table.read(row, "kind")) or ""
        kind = kinds.get(own, Kind("", ""))
        by_type.setdefault(words(table.read(row, "type")), []).append((own, kind, row))
    phones = by_type.get(_PHONE, [])
    mobile_first = sorted(phones, key=lambda phone: not phone[1].says(*_MOBILE))
    numbers = [words(table.read(row, "phone")) or words(table.read(row, "text")) for _, _, row in mobile_first]
    mails = [words(table.read(row, "email")) or words(table.read(row, "text")) for _, _, row in by_type.get(_MAIL, [])]
    texts = [(own, kind, words(table.read(row, "text"))) for own, kind, row in by_type.get(_ADDRESS, [])]
    return Contacts(
        _first_phone(numbers), next((mail for mail in mails if "@" in mail), ""), _places(texts), _registered(texts)
    )


def _first_phone(numbers: Iterable[str]) -> str:
    """As it is written, preferring one that is a phone at all."""
    said = [number for number in numbers if number]
    for number in said:
        try:
            checked_phone(number)
        except ValueError:
            continue
        return number
    return said[0] if said else ""


def _places(texts: list[tuple[str, Kind, str]]) -> tuple[Address, ...]:
    """Addresses of delivery; where there are none, the one where the client really is, or else any."""
    filled = [address for address in texts if address[2]]
    delivery = [address for address in filled if address[1].says(*_DELIVERY)]
    factual = [address for address in filled if address[1].says(*_FACTUAL)]
    chosen = delivery or factual[:1] or filled[:1]
    seen: dict[str, int] = {}
    places = []
    for own, _, said in chosen:
        seen[own] = number = seen.get(own, 0) + 1
        key = own if number == 1 else f"{own}:{number}"
        places.append(Address(key, _short(said), said))
    return tuple(places)


def _registered(texts: list[tuple[str, Kind, str]]) -> str:
    filled = [(kind, said) for _, kind, said in texts if said]
    by_law = [said for kind, said in filled if kind.says(*_REGISTERED)]
    return next(iter(by_law), filled[0][1] if len(filled) == 1 else "")


def _short(address: str) -> str:
    """What tells it from the client's other places: without the post code and the town."""
    return _TOWN.sub("", address.strip()) or address
