"""Containers of signatures made by hand, octet by octet: with the national algorithms that no library would write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import core, parser

GOST_34_311, DSTU_4145 = "1.2.804.2.1.1.1.1.2.1", "1.2.804.2.1.1.1.1.3.1.1"
EDRPOU, RNOKPP = "1.2.804.2.1.1.1.11.1.4.2.1", "1.2.804.2.1.1.1.11.1.4.1.1"
COMMON_NAME, SURNAME, GIVEN_NAME, ORGANIZATION = "2.5.4.3", "2.5.4.4", "2.5.4.42", "2.5.4.10"
SERIAL_NUMBER, ORGANIZATION_ID = "2.5.4.5", "2.5.4.97"
DATA, SIGNED_DATA, TIME_STAMP_INFO = (
    "1.2.840.113549.1.7.1",
    "1.2.840.113549.1.7.2",
    "1.2.840.113549.1.9.16.1.4",
)
SIGNING_TIME, SIGNATURE_STAMP = "1.2.840.113549.1.9.5", "1.2.840.113549.1.9.16.2.14"
NOON = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def emit(kind: int, method: int, tag: int, content: bytes) -> bytes:
    """By class, whether it holds others, and tag."""
    return bytes(parser.emit(kind, method, tag, content))


def seq(*parts: bytes) -> bytes:
    return emit(0, 1, 16, b"".join(parts))


def set_of(*parts: bytes) -> bytes:
    return emit(0, 1, 17, b"".join(parts))


def tagged(number: int, *parts: bytes) -> bytes:
    return emit(2, 1, number, b"".join(parts))


def endless(first: int, *parts: bytes) -> bytes:
    """Of no told length, as programs write that sign while they read."""
    return bytes([first, 0x80]) + b"".join(parts) + b"\0\0"


def oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


def whole(number: int) -> bytes:
    return bytes(core.Integer(number).dump())


def octets(content: bytes) -> bytes:
    return emit(0, 0, 4, content)


def utf8(text: str) -> bytes:
    return emit(0, 0, 12, text.encode())


def printable(text: str) -> bytes:
    return emit(0, 0, 19, text.encode())


def utc_time(at: datetime) -> bytes:
    return bytes(core.UTCTime(at).dump())


def name(parts: Sequence[tuple[str, bytes]]) -> bytes:
    return seq(*(set_of(seq(oid(kind), value)) for kind, value in parts))


CENTRE = name([(ORGANIZATION, utf8("АТ «Центр»")), (COMMON_NAME, utf8("КНЕДП «Центр»")), ("2.5.4.6", printable("UA"))])
NATIONAL_KEY = seq(
    seq(
        oid(DSTU_4145),
        seq(
            seq(
                seq(whole(257), whole(12)),
                whole(0),
                octets(bytes(33)),
                whole(1 << 256),
                octets(bytes(range(33))),
            ),
            octets(bytes(64)),
        ),
    ),
    emit(0, 0, 3, b"\0" + octets(bytes(33))),
)


def attribute(kind: str, *values: bytes) -> bytes:
    return seq(oid(kind), set_of(*values))


def extension(kind: str, value: bytes) -> bytes:
    return seq(oid(kind), octets(value))


def codes(*pairs: tuple[str, str]) -> bytes:
    """The extension where Ukrainian certificates keep their owner's codes."""
    return extension("2.5.29.9", seq(*(attribute(kind, printable(code)) for kind, code in pairs)))


def certificate(
    serial: int,
    subject: Sequence[tuple[str, bytes]],
    *extensions: bytes,
    issuer: bytes = CENTRE,
    key: bytes = NATIONAL_KEY,
) -> bytes:
    """Of a key by DSTU 4145, whose signature is made of zeros."""
    algorithm = seq(oid(DSTU_4145))
    body = seq(
        tagged(0, whole(2)),
        whole(serial),
        algorithm,
        issuer,
        seq(utc_time(NOON), utc_time(NOON.replace(year=2028))),
        name(subject),
        key,
        *([tagged(3, seq(*extensions))] if extensions else []),
    )
    return seq(body, algorithm, emit(0, 0, 3, b"\0" + octets(bytes(64))))


def signer(
    serial: int,
    *,
    at: datetime | None = NOON,
    issuer: bytes = CENTRE,
    signed: Sequence[bytes] = (),
    unsigned: Sequence[bytes] = (),
    named: bytes = b"",
) -> bytes:
    """By issuer and number, or as `named` says."""
    told = [*([attribute(SIGNING_TIME, utc_time(at))] if at else []), *signed]
    return seq(
        whole(1),
        named or seq(issuer, whole(serial)),
        seq(oid(GOST_34_311)),
        *([tagged(0, *told)] if told else []),
        seq(oid(DSTU_4145)),
        octets(bytes(64)),
        *([tagged(1, *unsigned)] if unsigned else []),
    )


def container(content: bytes | None, certificates: Sequence[bytes], signers: Sequence[bytes]) -> bytes:
    """In DER; with None for a signature that stands apart from its content."""
    inside = [tagged(0, octets(content))] if content is not None else []
    return wrapped(seq(oid(DATA), *inside), certificates, signers)


def wrapped(encapsulated: bytes, certificates: Sequence[bytes], signers: Sequence[bytes]) -> bytes:
    body = seq(
        whole(1),
        set_of(seq(oid(GOST_34_311))),
        encapsulated,
        *([tagged(0, *certificates)] if certificates else []),
        set_of(*signers),
    )
    return seq(oid(SIGNED_DATA), tagged(0, body))


def stamp(at: datetime, kind: str = SIGNATURE_STAMP) -> bytes:
    """A time stamp as an attribute: of the signature, among what is not signed, unless `kind` says otherwise."""
    told = bytes(core.GeneralizedTime(at).dump())
    info = seq(whole(1), oid("1.2.3"), seq(seq(oid(GOST_34_311)), octets(bytes(32))), whole(7), told)
    return attribute(kind, wrapped(seq(oid(TIME_STAMP_INFO), tagged(0, octets(info))), [], []))


@dataclass(frozen=True)
class Person:
    """Who signs in the tests."""

    serial: int
    code: str
    name: str = "КОВАЛЬ ОЛЕНА ІВАНІВНА"
    company: str = "ТОВ «Хорека»"

    def certificate(self) -> bytes:
        subject = [(ORGANIZATION, utf8(self.company)), (COMMON_NAME, utf8(self.name))]
        return certificate(self.serial, subject, codes((EDRPOU, self.code)))


def signed_by(content: bytes, *people: Person) -> bytes:
    """What a service gives: the content with all who signed it."""
    return container(content, [one.certificate() for one in people], [signer(one.serial) for one in people])
