"""What a certificate says of its owner, without its key, which no library of ours would understand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from integrations.cades.elements import INTEGER, OCTETS, SEQUENCE, SET, Element, Source
from integrations.cades.values import octets, oid, text

COMMON_NAME, SURNAME, GIVEN_NAME, ORGANIZATION = "2.5.4.3", "2.5.4.4", "2.5.4.42", "2.5.4.10"
_SERIAL_NUMBER, _ORGANIZATION_ID = "2.5.4.5", "2.5.4.97"
_DIRECTORY_ATTRIBUTES, _KEY_ID = "2.5.29.9", "2.5.29.14"
_CODES = (
    "1.2.804.2.1.1.1.11.1.4.2.1",  # EDRPOU
    "1.2.804.2.1.1.1.11.1.4.1.1",  # RNOKPP
    "1.2.804.2.1.1.1.11.1.4.7.1",  # RNOKPP, elsewhere
)
_MARKED = re.compile(r"(?:NTR|TIN|PNO|IDC|PAS)UA-(.+)")
_CODE = re.compile(r"\w{6,14}")
_EXTENSIONS, _VERSION = 0xA3, 0xA0
_MOST = 64
_LONGEST_NUMBER = 64


@dataclass(frozen=True, slots=True)
class Certificate:
    """`issuer` is a name as it is written, by which a signature names it; `key_id` is empty where there is none."""

    issuer: bytes
    issued_by: str
    serial: str
    key_id: bytes
    codes: tuple[str, ...]
    name: str
    company: str


def read(element: Element) -> Certificate:
    """Raises ValueError."""
    fields = element.required(SEQUENCE).child().required(SEQUENCE).children(12)
    if fields and fields[0].first == _VERSION:
        fields = fields[1:]
    number, _, issuer, _, subject, _ = fields[:6]
    said = dict(_named(subject))
    extensions = dict(_extensions(fields[6:]))
    return Certificate(
        issuer=issuer.whole,
        issued_by=title(issuer),
        serial=serial(number),
        key_id=_key_id(extensions),
        codes=_codes(said, extensions),
        name=said.get(COMMON_NAME) or " ".join(filter(None, (said.get(SURNAME), said.get(GIVEN_NAME)))),
        company=said.get(ORGANIZATION, ""),
    )


def serial(number: Element) -> str:
    """Hexadecimal, upper case, without leading zeros. Raises ValueError."""
    if number.required(INTEGER).size > _LONGEST_NUMBER:
        raise ValueError("no serial number")
    return number.contents.hex().upper().lstrip("0") or "0"


def title(name: Element) -> str:
    """How an issuer is called."""
    said = dict(_named(name))
    return said.get(COMMON_NAME) or said.get(ORGANIZATION, "")


def _named(name: Element) -> Iterator[tuple[str, str]]:
    """The parts of a name; the first of several of one kind comes last, so that a dict keeps it."""
    parts = [part for group in name.required(SEQUENCE).children(_MOST) for part in group.required(SET).children(_MOST)]
    for part in reversed(parts):
        kind, value, *_ = part.required(SEQUENCE).children(2)
        yield oid(kind), text(value)


def _extensions(rest: list[Element]) -> Iterator[tuple[str, bytes]]:
    """Up to the first that is broken."""
    try:
        for field in rest:
            if field.first == _EXTENSIONS:
                for one in field.child().required(SEQUENCE).children(_MOST):
                    kind, *_, value = one.required(SEQUENCE).children(3)
                    yield oid(kind), octets(value)
    except ValueError:
        return


def _key_id(extensions: dict[str, bytes]) -> bytes:
    try:
        return Source(extensions[_KEY_ID]).root().required(OCTETS).contents
    except (KeyError, ValueError):
        return b""


def _codes(said: dict[str, str], extensions: dict[str, bytes]) -> tuple[str, ...]:
    """Each once, the company's before the person's."""
    found = dict(_directory(extensions.get(_DIRECTORY_ATTRIBUTES, b"")))
    marked = [match[1] for kind in (_ORGANIZATION_ID, _SERIAL_NUMBER) if (match := _MARKED.match(said.get(kind, "")))]
    codes = [found[kind] for kind in _CODES if kind in found] + marked
    return tuple(dict.fromkeys(code for one in codes if _CODE.fullmatch(code := one.strip().upper())))


def _directory(raw: bytes) -> Iterator[tuple[str, str]]:
    """The codes among the attributes of the owner; what else is there, or broken, says nothing."""
    try:
        for attribute in Source(raw).root().required(SEQUENCE).children(_MOST):
            kind, values = attribute.required(SEQUENCE).children(2)
            if (name := oid(kind)) in _CODES:
                yield name, text(values.child())
    except ValueError:
        return
