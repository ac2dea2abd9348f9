"""Who signed what, by the container alone."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from bot.domain.signing import ContainedSignature, SignatureContainer
from integrations.cades import read_container
from tests.support.containers import (
    CENTRE,
    COMMON_NAME,
    DATA,
    EDRPOU,
    GIVEN_NAME,
    NOON,
    ORGANIZATION,
    ORGANIZATION_ID,
    RNOKPP,
    SERIAL_NUMBER,
    SIGNED_DATA,
    SURNAME,
    Person,
    attribute,
    certificate,
    codes,
    container,
    emit,
    endless,
    extension,
    name,
    octets,
    oid,
    printable,
    seq,
    set_of,
    signed_by,
    signer,
    stamp,
    tagged,
    utc_time,
    utf8,
    whole,
    wrapped,
)

PDF = b"%PDF-1.7 contract"
LONG = 0x58E2D9E7F900307B040000007D6E0C00B2C50F00
OLENA = [(ORGANIZATION, utf8("ТОВ «Хорека»")), (COMMON_NAME, utf8("КОВАЛЬ ОЛЕНА ІВАНІВНА"))]


def only(raw: bytes) -> ContainedSignature:
    (signature,) = read_container(raw).signatures
    return signature


def test_a_signature_by_national_algorithms_is_read_with_its_owner() -> None:
    owner = certificate(LONG, OLENA, codes((RNOKPP, "3141592653"), (EDRPOU, "12345678")))
    assert read_container(container(PDF, [owner], [signer(LONG)])) == SignatureContainer(
        content=PDF,
        signatures=(
            ContainedSignature(
                codes=("12345678", "3141592653"),
                name="КОВАЛЬ ОЛЕНА ІВАНІВНА",
                company="ТОВ «Хорека»",
                serial="58E2D9E7F900307B040000007D6E0C00B2C50F00",
                at=NOON,
                issuer="КНЕДП «Центр»",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("said", "extensions", "expected"),
    [
        ([(ORGANIZATION_ID, utf8("NTRUA-12345678"))], [], ("12345678",)),
        ([(SERIAL_NUMBER, printable("TINUA-3141592653"))], [], ("3141592653",)),
        (
            [(ORGANIZATION_ID, utf8("NTRUA-12345678")), (SERIAL_NUMBER, printable("TINUA-3141592653"))],
            [codes((EDRPOU, "12345678"))],
            ("12345678", "3141592653"),
        ),
        ([(SERIAL_NUMBER, printable("2468598"))], [], ()),
        ([(SERIAL_NUMBER, printable("UA-43174711-2019"))], [], ()),
        ([], [codes((RNOKPP, " аа123456 "))], ()),
        ([], [codes((EDRPOU, "12345678"), (RNOKPP, "12345678"))], ("12345678",)),
        ([], [codes(("1.2.804.2.1.1.1.11.1.4.7.1", "3141592653"))], ("3141592653",)),
        ([], [codes(("1.2.804.2.1.1.1.11.1.4.11.1", "19860301-12345"))], ()),
        ([], [codes((EDRPOU, "<script>"))], ()),
        ([], [extension("2.5.29.9", b"\x30\x7f")], ()),
        ([], [seq(oid("2.5.29.15"), b"\x01\x01\xff", octets(b"\x03\x02\x03\x08")), codes((EDRPOU, "12345678"))],
         ("12345678",)),
        ([], [], ()),
    ],
)  # fmt: skip
def test_codes_are_found_wherever_a_certificate_keeps_them(
    said: list[tuple[str, bytes]], extensions: list[bytes], expected: tuple[str, ...]
) -> None:
    owner = certificate(7, [*OLENA, *said], *extensions)
    assert only(container(PDF, [owner], [signer(7)])).codes == expected


def test_a_code_from_an_old_passport_is_read_in_its_letters() -> None:
    told = extension("2.5.29.9", seq(attribute(RNOKPP, utf8("аб123456"))))
    assert only(container(PDF, [certificate(7, OLENA, told)], [signer(7)])).codes == ("АБ123456",)


def test_a_person_without_a_common_name_is_called_by_the_other_two() -> None:
    owner = certificate(7, [(GIVEN_NAME, utf8("Олена Іванівна")), (SURNAME, utf8("Коваль"))])
    found = only(container(PDF, [owner], [signer(7)]))
    assert (found.name, found.company) == ("Коваль Олена Іванівна", "")


def test_every_signer_is_matched_with_their_own_certificate() -> None:
    others = [certificate(7, OLENA, codes((EDRPOU, "87654321")), issuer=name([(COMMON_NAME, utf8("Інший центр"))]))]
    people = [Person(number, f"{number:08}", f"Людина {number}") for number in range(1, 65)]
    raw = container(
        PDF, [*others, *(one.certificate() for one in reversed(people))], [signer(1), signer(64), signer(7)]
    )
    assert [(one.serial, one.codes, one.name) for one in read_container(raw).signatures] == [
        ("1", ("00000001",), "Людина 1"),
        ("40", ("00000064",), "Людина 64"),
        ("7", ("00000007",), "Людина 7"),
    ]
    assert len(read_container(signed_by(PDF, *people)).signatures) == 64


def test_a_signer_whose_certificate_is_not_there_is_known_by_its_number_alone() -> None:
    raw = container(PDF, [Person(8, "12345678").certificate()], [signer(0xAB)])
    assert read_container(raw).signatures == (ContainedSignature((), "", "", "AB", NOON, "КНЕДП «Центр»"),)


def test_without_any_certificate_signers_are_still_counted() -> None:
    assert [one.serial for one in read_container(container(PDF, [], [signer(7), signer(8)])).signatures] == ["7", "8"]


def test_a_signer_may_be_named_by_the_key() -> None:
    owner = certificate(7, OLENA, extension("2.5.29.14", octets(b"key")), codes((EDRPOU, "12345678")))
    found = only(container(PDF, [owner], [signer(0, named=emit(2, 0, 0, b"key"))]))
    assert (found.serial, found.codes) == ("7", ("12345678",))
    stranger = only(container(PDF, [certificate(7, OLENA)], [signer(0, named=emit(2, 0, 0, b""))]))
    assert (stranger.serial, stranger.codes) == ("", ())


def test_a_content_that_stands_apart_is_none() -> None:
    assert read_container(container(None, [], [signer(7)])).content is None
    assert read_container(container(b"", [], [])) == SignatureContainer(b"", ())
    assert read_container(wrapped(seq(oid(DATA), tagged(0, seq())), [], [])).content is None


# --- the moment ------------------------------------------------------------------------------------------------------


def test_the_moment_is_the_signers_word_and_else_a_time_stamps() -> None:
    later = NOON + timedelta(seconds=5)
    both, stamped, neither = (
        signer(7, unsigned=[stamp(later)]),
        signer(7, at=None, unsigned=[stamp(later)]),
        signer(7, at=None),
    )
    assert [one.at for one in read_container(container(PDF, [], [both, stamped, neither])).signatures] == [
        NOON,
        later,
        None,
    ]


@pytest.mark.parametrize("broken", [utf8("вчора"), emit(0, 0, 23, b"991399999999Z"), emit(0, 0, 24, b"20261102120000")])
def test_a_moment_that_cannot_be_read_is_none(broken: bytes) -> None:
    raw = container(PDF, [], [signer(7, at=None, signed=[attribute("1.2.840.113549.1.9.5", broken)])])
    assert only(raw).at is None


def test_a_moment_that_is_not_signed_says_nothing() -> None:
    unsigned = [attribute("1.2.840.113549.1.9.5", utc_time(NOON))]
    assert only(container(PDF, [], [signer(7, at=None, unsigned=unsigned)])).at is None


def test_a_content_that_was_stamped_has_its_moment_from_there() -> None:
    content_stamp = stamp(NOON, "1.2.840.113549.1.9.16.2.20")
    assert only(container(PDF, [], [signer(7, at=None, signed=[content_stamp])])).at == NOON


def test_a_broken_time_stamp_is_none() -> None:
    raw = container(PDF, [], [signer(7, at=None, unsigned=[attribute("1.2.840.113549.1.9.16.2.14", seq())])])
    assert only(raw).at is None


# --- as other programs write it --------------------------------------------------------------------------------------


def test_a_content_in_pieces_of_no_told_length_is_put_together() -> None:
    pieces = [PDF[start : start + 5] for start in range(0, len(PDF), 5)]
    inside = endless(0xA0, endless(0x24, *(octets(piece) for piece in pieces)))
    owner = Person(7, "12345678").certificate()
    body = endless(
        0x30, whole(1), set_of(), endless(0x30, oid(DATA), inside), endless(0xA0, owner), endless(0x31, signer(7))
    )
    found = read_container(endless(0x30, oid(SIGNED_DATA), endless(0xA0, body)))
    assert (found.content, found.signatures[0].codes) == (PDF, ("12345678",))


def test_a_container_of_a_library_is_read() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COMMON_NAME, "Петренко Іван"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "ТОВ «Комора»"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_IDENTIFIER, "NTRUA-87654321"),
        ]
    )
    made = datetime(2026, 1, 1, tzinfo=UTC)
    owner = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(0x00F00D)
        .not_valid_before(made)
        .not_valid_after(made + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    raw = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(PDF)
        .add_signer(owner, key, hashes.SHA256())
        .sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    )
    found = read_container(raw)
    assert found.content == PDF
    assert [(one.codes, one.name, one.company, one.serial, one.issuer) for one in found.signatures] == [
        (("87654321",), "Петренко Іван", "ТОВ «Комора»", "F00D", "Петренко Іван")
    ]
    assert found.signatures[0].at is not None


# --- hostile ---------------------------------------------------------------------------------------------------------

GOOD = signed_by(PDF, Person(7, "12345678"), Person(8, "87654321"))


def test_a_container_that_is_cut_off_anywhere_is_refused() -> None:
    for length in range(len(GOOD)):
        with pytest.raises(ValueError, match="not a container"):
            read_container(GOOD[:length])


def test_an_octet_that_is_turned_over_never_breaks_the_reading() -> None:
    kinds = {_outcome(GOOD[:at] + bytes([GOOD[at] ^ 0xFF]) + GOOD[at + 1 :]) for at in range(len(GOOD))}
    assert kinds == {"read", "refused"}


def _outcome(raw: bytes) -> str:
    try:
        read_container(raw)
    except ValueError:
        return "refused"
    return "read"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04" + bytes(100),
        b"\x30\x80" * 500_000,
        b"\x30\x84\x7f\xff\xff\xff",
        b"\x30\x89" + b"\xff" * 9,
        b"\x3f" + b"\xff" * 1_000_000,
        b"\x30\x80" + b"\x05\x00" * 2_000_000,
        seq(oid(SIGNED_DATA)),
        seq(oid(DATA), tagged(0, octets(PDF))),
        seq(oid(SIGNED_DATA), tagged(0)),
        seq(oid(SIGNED_DATA), tagged(0, seq(whole(1)))),
        container(PDF, [], [signer(number) for number in range(101)]),
        container(PDF, [seq()] * 401, []),
        container(PDF, [], [seq(whole(1))]),
        container(PDF, [], [seq(whole(1), seq(CENTRE, whole(1 << 1000)))]),
    ],
)
def test_what_is_no_container_or_without_end_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="not a container"):
        read_container(raw)


def test_a_million_of_things_that_nobody_asks_for_are_not_read() -> None:
    many = endless(0xA1, b"\x05\x00" * 1_000_000)
    raw = seq(oid(SIGNED_DATA), tagged(0, seq(whole(1), set_of(), seq(oid(DATA)), many, set_of())))
    with pytest.raises(ValueError, match="too much of it"):
        read_container(raw)


def test_what_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(ValueError, match="too large"):
        read_container(bytes(64 * 1024 * 1024 + 1))


@pytest.mark.parametrize(
    "broken",
    [
        seq(),
        seq(seq()),
        octets(b"no certificate"),
        certificate(7, [(COMMON_NAME, seq())], issuer=seq(seq())),
        certificate(7, [("2.5.4.3", emit(0, 0, 12, b"\xff\xfe"))]),
        certificate(7, [("2.5.4.3", utf8("я" * 10_000))]),
    ],
)
def test_a_certificate_that_is_broken_leaves_its_signer_without_a_name(broken: bytes) -> None:
    found = only(container(PDF, [broken], [signer(7)]))
    assert (found.codes, found.name, found.serial) == ((), "", "7")


@pytest.mark.parametrize(
    "told",
    [
        emit(0, 0, 12, "Олена Коваль".encode()),
        emit(0, 0, 30, "Олена Коваль".encode("utf-16-be")),
        emit(0, 0, 28, "Олена Коваль".encode("utf-32-be")),
    ],
)
def test_a_name_is_read_in_any_of_the_string_types(told: bytes) -> None:
    assert only(container(PDF, [certificate(7, [(COMMON_NAME, told)])], [signer(7)])).name == "Олена Коваль"


def test_words_of_a_certificate_are_one_line() -> None:
    owner = certificate(7, [(COMMON_NAME, utf8("Олена\n\x00 Коваль\u202e"))])
    assert only(container(PDF, [owner], [signer(7)])).name == "Олена Коваль"


def test_fifteen_megabytes_of_nesting_inside_the_content_are_only_content() -> None:
    content = b"\x30\x80" * (8 * 1024 * 1024)
    assert read_container(container(content, [], [])).content == content


def test_the_moment_of_a_container_needs_no_certificate() -> None:
    raw = container(PDF, [], [signer(7, at=None, signed=[attribute("1.2.840.113549.1.9.5", utc_time(NOON))])])
    assert only(raw).at == NOON
