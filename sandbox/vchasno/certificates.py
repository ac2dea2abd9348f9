"""A test authority: a root made anew with every sandbox, and a certificate for whoever signs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

from sandbox.vchasno.company import Company

DIRECTORY_ATTRIBUTES = ObjectIdentifier("2.5.29.9")
RNOKPP, EDRPOU = "1.2.804.2.1.1.1.11.1.4.1.1", "1.2.804.2.1.1.1.11.1.4.2.1"
VALID = timedelta(days=730)
ISSUER = "Тестовий КНЕДП пісочниці «Вчасно»"


@dataclass(frozen=True, slots=True)
class Identity:
    """A key and the certificate of it, with what the certificate says."""

    company: Company
    name: str
    code: str
    key: ec.EllipticCurvePrivateKey
    certificate: bytes
    serial: int


class Authority:
    """Issues certificates on P-256; nobody trusts it."""

    def __init__(self, at: datetime) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "UA"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, ISSUER),
                x509.NameAttribute(NameOID.COMMON_NAME, ISSUER),
            ]
        )
        self._issued: dict[tuple[str, str, str], Identity] = {}
        root = _builder(self._name, self._name, self._key.public_key(), at)
        root = root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.certificate = root.sign(self._key, hashes.SHA256()).public_bytes(Encoding.DER)

    def identity(self, company: Company, at: datetime) -> Identity:
        """The same for the same person of the same company."""
        known = company.edrpou, company.signer, company.name
        if known not in self._issued:
            self._issued[known] = self._issue(company, at)
        return self._issued[known]

    def _issue(self, company: Company, at: datetime) -> Identity:
        key = ec.generate_private_key(ec.SECP256R1())
        built = _builder(_subject(company), self._name, key.public_key(), at)
        codes = [(RNOKPP, company.signer_code)] + ([] if company.is_person else [(EDRPOU, company.edrpou)])
        built = built.add_extension(x509.UnrecognizedExtension(DIRECTORY_ATTRIBUTES, _directory(codes)), critical=False)
        made = built.sign(self._key, hashes.SHA256())
        der = made.public_bytes(Encoding.DER)
        return Identity(company, company.signer, company.signer_code, key, der, made.serial_number)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime
) -> x509.CertificateBuilder:
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    built = built.serial_number(x509.random_serial_number())
    return built.not_valid_before(at - timedelta(days=1)).not_valid_after(at + VALID)


def _subject(company: Company) -> x509.Name:
    surname, _, given = company.signer.partition(" ")
    said = [
        (NameOID.COUNTRY_NAME, "UA"),
        (NameOID.ORGANIZATION_NAME, "ФІЗИЧНА ОСОБА" if company.is_person else (company.name or company.edrpou)[:64]),
        (NameOID.TITLE, "" if company.is_person else company.position[:64]),
        (NameOID.COMMON_NAME, company.signer[:64]),
        (NameOID.SURNAME, surname[:40]),
        (NameOID.GIVEN_NAME, given[:64]),
        (NameOID.SERIAL_NUMBER, f"TINUA-{company.signer_code}"),
        (NameOID.ORGANIZATION_IDENTIFIER, "" if company.is_person else f"NTRUA-{company.edrpou}"),
    ]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in said if value])


def _directory(codes: list[tuple[str, str]]) -> bytes:
    """SubjectDirectoryAttributes of one printable string each."""
    attributes = b"".join(
        _wrapped(0x30, core.ObjectIdentifier(kind).dump() + _wrapped(0x31, core.PrintableString(code).dump()))
        for kind, code in codes
    )
    return _wrapped(0x30, attributes)


def _wrapped(tag: int, body: bytes) -> bytes:
    assert len(body) < 128
    return bytes([tag, len(body)]) + body
