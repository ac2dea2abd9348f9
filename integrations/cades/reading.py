"""A container of signatures (CMS SignedData in BER): its content, and every signer with the certificate it names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.signing import ContainedSignature, SignatureContainer
from integrations.cades.certificate import Certificate, read, serial, title
from integrations.cades.elements import OCTETS, OCTETS_IN_PIECES, SEQUENCE, SET, Element, Source
from integrations.cades.values import moment, octets, oid

MOST_BYTES = 64 * 1024 * 1024
MOST_SIGNERS = 100
MOST_CERTIFICATES = 400
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_TIME_STAMP_INFO = "1.2.840.113549.1.9.16.1.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_SIGNATURE_STAMP, _CONTENT_STAMP = "1.2.840.113549.1.9.16.2.14", "1.2.840.113549.1.9.16.2.20"
_INSIDE, _CERTIFICATES, _SIGNED, _UNSIGNED, _BY_KEY = 0xA0, 0xA0, 0xA0, 0xA1, 0x80
_MOST_ATTRIBUTES = 100


def read_container(data: bytes) -> SignatureContainer:
    """Reads, and verifies nothing. Raises ValueError for what is no container, is cut off, or has no end."""
    if len(data) > MOST_BYTES:
        raise ValueError("too large for a container of signatures")
    try:
        inside = _inside(Source(bytes(data)).root(), _SIGNED_DATA).required(SEQUENCE)
        _, _, encapsulated, *rest = inside.children(6)
        certificates = [one for field in rest if field.first == _CERTIFICATES for one in _certificates(field)]
        signers = rest[-1].required(SET).children(MOST_SIGNERS) if rest else []
        return SignatureContainer(
            content=_content(encapsulated),
            signatures=tuple(_signature(signer, certificates) for signer in signers),
        )
    except ValueError as error:
        raise ValueError(f"not a container of signatures: {error}") from None


def _inside(info: Element, wanted: str) -> Element:
    """What a ContentInfo of this kind holds. Raises ValueError."""
    kind, content = info.required(SEQUENCE).children(2)
    if oid(kind) != wanted:
        raise ValueError("something else")
    return content.required(_INSIDE).child()


def _content(encapsulated: Element) -> bytes | None:
    """None where the content is elsewhere, or no plain bytes."""
    _, *content = encapsulated.required(SEQUENCE).children(2)
    for one in content:
        value = one.required(_INSIDE).child()
        return octets(value) if value.first in (OCTETS, OCTETS_IN_PIECES) else None
    return None


def _certificates(field: Element) -> Iterator[Certificate]:
    """Those that can be read: others have no owner that could be told."""
    for one in field.children(MOST_CERTIFICATES):
        try:
            yield read(one)
        except ValueError:
            continue


@dataclass(frozen=True, slots=True)
class _Signer:
    """Which certificate a signer names: by issuer and number, or by its key."""

    issuer: Element | None
    serial: str
    key_id: bytes

    def is_of(self, certificate: Certificate) -> bool:
        if self.issuer is None:
            return bool(self.key_id) and certificate.key_id == self.key_id
        return certificate.issuer == self.issuer.whole and certificate.serial == self.serial


def _signer(named: Element) -> _Signer:
    if named.first == _BY_KEY:
        return _Signer(None, "", named.contents)
    issuer, number = named.required(SEQUENCE).children(2)
    return _Signer(issuer, serial(number), b"")


def _signature(info: Element, certificates: list[Certificate]) -> ContainedSignature:
    """What the certificate does not say is empty; without one there is its number at most."""
    _, named, *fields = info.required(SEQUENCE).children(7)
    signer, at = _signer(named), _signed_at(fields)
    owner = next((one for one in certificates if signer.is_of(one)), None)
    if owner is None:
        return ContainedSignature((), "", "", signer.serial, at, title(signer.issuer) if signer.issuer else "")
    return ContainedSignature(owner.codes, owner.name, owner.company, owner.serial, at, owner.issued_by)


def _signed_at(fields: list[Element]) -> datetime | None:
    """The signer's own word, else a time stamp's."""
    signed = dict(_attributes(fields, _SIGNED))
    unsigned = dict(_attributes(fields, _UNSIGNED))
    if _SIGNING_TIME in signed and (at := moment(signed[_SIGNING_TIME])):
        return at
    stamps = [unsigned.get(_SIGNATURE_STAMP), signed.get(_CONTENT_STAMP)]
    return next((at for stamp in stamps if stamp and (at := _stamped_at(stamp))), None)


def _attributes(fields: list[Element], which: int) -> Iterator[tuple[str, Element]]:
    """The first value of each."""
    for field in fields:
        for attribute in field.children(_MOST_ATTRIBUTES) if field.first == which else ():
            kind, values = attribute.required(SEQUENCE).children(2)
            if values.size:
                yield oid(kind), values.child()


def _stamped_at(stamp: Element) -> datetime | None:
    try:
        _, _, encapsulated, *_ = _inside(stamp, _SIGNED_DATA).required(SEQUENCE).children(6)
        kind, content = encapsulated.required(SEQUENCE).children(2)
        if oid(kind) != _TIME_STAMP_INFO:
            return None
        _, _, _, _, at, *_ = Source(octets(content.child())).root().required(SEQUENCE).children(10)
        return moment(at)
    except ValueError:
        return None
