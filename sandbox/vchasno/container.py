"""Signatures as CMS: one signer's part, a container of several, a ready one taken in."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from sandbox.vchasno.certificates import Identity
from sandbox.vchasno.refusal import Refused

EDRPOU_PREFIX = "NTRUA-"


@dataclass(frozen=True, slots=True)
class Signed:
    """One signer's part: a SignerInfo and the certificate it belongs to, both in DER."""

    info: bytes
    certificate: bytes


def sign(identity: Identity, content: bytes, at: datetime) -> Signed:
    """Over signed attributes: the content's type and digest, the time, the certificate (CAdES-BES)."""
    certificate = x509.Certificate.load(identity.certificate)
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", "data"),
            _attribute("signing_time", cms.Time({"utc_time": at.astimezone(UTC).replace(microsecond=0)})),
            _attribute("message_digest", hashlib.sha256(content).digest()),
            _attribute("signing_certificate_v2", _certificate_id(identity.certificate)),
        ]
    )
    signature = identity.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
    who = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": who}),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": signature,
        }
    )
    return Signed(info.dump(), identity.certificate)


def packed(signed: Sequence[Signed], content: bytes | None) -> bytes:
    """DER; with the content inside (internal_appended), or detached where it is None."""
    inside: dict[str, Any] = {"content_type": "data"}
    if content is not None:
        inside["content"] = content
    infos = [cms.SignerInfo.load(one.info) for one in signed]
    digests = {info["digest_algorithm"].dump(): info["digest_algorithm"] for info in infos}
    certificates = dict.fromkeys(one.certificate for one in signed)
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": list(digests.values()),
            "encap_content_info": inside,
            "certificates": [
                cms.CertificateChoices({"certificate": x509.Certificate.load(der)}) for der in certificates
            ],
            "signer_infos": infos,
        }
    )
    made: bytes = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()
    return made


@dataclass(frozen=True, slots=True)
class Given:
    """A signature made elsewhere, and what its certificate says of the signer."""

    signed: Signed
    name: str
    edrpou: str
    serial: str
    is_ecdsa: bool


def taken(der: bytes, content: bytes) -> list[Given]:
    """Every signer of a detached container over `content`. Raises Refused."""
    try:
        data = cms.ContentInfo.load(der, strict=True)["content"]
        certificates = [one.chosen for one in data["certificates"]]
        return [_given(info, certificates, content) for info in data["signer_infos"]]
    except (ValueError, TypeError, KeyError, StopIteration) as error:
        raise Refused("Підпис не читається", details={"signature": str(error)[:200]}) from None


def _given(info: Any, certificates: list[Any], content: bytes) -> Given:
    serial = info["sid"].chosen["serial_number"].native
    certificate = next(one for one in certificates if one.serial_number == serial)
    digests = [one["values"][0].native for one in info["signed_attrs"] if one["type"].native == "message_digest"]
    is_known = info["digest_algorithm"]["algorithm"].native == "sha256"  # the national digests are taken as they are
    if is_known and digests != [hashlib.sha256(content).digest()]:
        raise Refused("Підпис не відповідає документу")
    subject = certificate.subject.native
    code = str(subject.get("organization_identifier", "")).removeprefix(EDRPOU_PREFIX)
    signed = Signed(info.dump(), certificate.dump())
    ecdsa = str(info["signature_algorithm"]["algorithm"].native).endswith("ecdsa")
    return Given(signed, str(subject.get("common_name", "")), code, f"{serial:X}", ecdsa)


def _attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})


def _certificate_id(der: bytes) -> tsp.SigningCertificateV2:
    return tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(der).digest()})]})
