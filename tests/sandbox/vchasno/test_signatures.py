"""The container: what openssl says of it, who is in it, what the archive holds."""

import base64
import io
import subprocess
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, core
from hypothesis import given
from hypothesis import strategies as st

from sandbox.vchasno.certificates import Authority
from sandbox.vchasno.company import Company
from sandbox.vchasno.container import packed, sign, taken
from sandbox.vchasno.refusal import Refused
from tests.sandbox.vchasno.conftest import CAFE, FILE, HOTEL, OWN, Service

NOON = datetime(2026, 1, 5, 10, tzinfo=UTC)
WHOLE = packed([sign(Authority(NOON).identity(Company(OWN, "ТОВ «Гурт»"), NOON), FILE, NOON)], None)


def verified(der: bytes, folder: Path, content: bytes | None = None) -> tuple[int, bytes]:
    """The code of openssl, and the content it found; certificates are nobody's to trust."""
    (folder / "a.p7s").write_bytes(der)
    (folder / "content").write_bytes(content or b"")
    detached = ["-content", str(folder / "content")] if content is not None else []
    asked = ["openssl", "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", str(folder / "a.p7s")]
    done = subprocess.run([*asked, *detached], capture_output=True, check=False)
    return done.returncode, done.stdout


def parts(der: bytes) -> Any:
    return cms.ContentInfo.load(der, strict=True)["content"]


def codes(certificate: Any) -> dict[str, str]:
    """Of subjectDirectoryAttributes."""
    (extension,) = [one for one in certificate["tbs_certificate"]["extensions"] if one["extn_id"].dotted == "2.5.29.9"]
    found = {}
    for attribute in core.SequenceOf.load(extension["extn_value"].contents, spec=core.Sequence):
        kind = core.ObjectIdentifier.load(attribute[0].dump()).dotted
        found[kind] = core.SetOf.load(attribute[1].dump(), spec=core.PrintableString)[0].native
    return found


async def signed(service: Service, **words: Any) -> str:
    id = await service.sent(**words)
    await service.acts(id, "client-signs", name="ТОВ «Готель»", signer="Ткаченко Марія Іванівна")
    return id


async def test_the_container_is_valid_for_openssl_and_holds_the_file_and_both_signers(
    service: Service, tmp_path: Path
) -> None:
    id = await signed(service)
    answer = await service.ask("GET", f"/documents/{id}/p7s")
    assert verified(answer.content, tmp_path) == (0, FILE)
    assert [len(parts(answer.content)[name]) for name in ("certificates", "signer_infos")] == [2, 2]


async def test_a_changed_file_is_seen(service: Service, tmp_path: Path) -> None:
    id = await signed(service)
    await service.control("faults", kind="other_content")
    answer = await service.ask("GET", f"/documents/{id}/p7s")
    code, _ = verified(answer.content, tmp_path)
    assert (code != 0, parts(answer.content)["encap_content_info"]["content"].native != FILE) == (True, True)


async def test_a_certificate_names_the_person_the_company_and_their_codes(service: Service) -> None:
    id = await signed(service)
    der = (await service.ask("GET", f"/documents/{id}/p7s")).content
    by_code = {one.chosen.subject.native["organization_identifier"]: one.chosen for one in parts(der)["certificates"]}
    theirs = by_code[f"NTRUA-{HOTEL}"]
    assert sorted(by_code) == [f"NTRUA-{HOTEL}", f"NTRUA-{OWN}"]
    names = {
        name: theirs.subject.native[name] for name in ("common_name", "surname", "given_name", "organization_name")
    }
    assert names == {
        "common_name": "Ткаченко Марія Іванівна", "surname": "Ткаченко", "given_name": "Марія Іванівна",
        "organization_name": "ТОВ «Готель»",
    }  # fmt: skip
    assert codes(theirs)["1.2.804.2.1.1.1.11.1.4.2.1"] == HOTEL
    assert len(codes(theirs)["1.2.804.2.1.1.1.11.1.4.1.1"]) == 10


async def test_a_person_in_business_signs_by_their_own_code_alone(service: Service) -> None:
    id = await signed(service, recipient_edrpou=CAFE)
    der = (await service.ask("GET", f"/documents/{id}/p7s")).content
    (theirs,) = [
        one.chosen for one in parts(der)["certificates"] if "organization_identifier" not in one.chosen.subject.native
    ]
    assert codes(theirs) == {"1.2.804.2.1.1.1.11.1.4.1.1": CAFE}


async def test_signed_attributes_have_the_time_of_signing(service: Service) -> None:
    id = await service.sent()
    await service.control("clock", advance=3600)
    await service.acts(id, "client-signs")
    der = (await service.ask("GET", f"/documents/{id}/p7s")).content
    found = [
        {one["type"].native: one["values"][0].native for one in info["signed_attrs"]}["signing_time"]
        for info in parts(der)["signer_infos"]
    ]
    assert sorted(found) == [datetime(2026, 1, 5, 8, tzinfo=UTC), datetime(2026, 1, 5, 9, tzinfo=UTC)]


async def test_the_list_of_signatures_says_the_same_as_the_container(service: Service) -> None:
    id = await signed(service)
    ours, theirs = await service.got(f"/documents/{id}/signatures")
    der = (await service.ask("GET", f"/documents/{id}/p7s")).content
    serials = [f"{one.chosen.serial_number:X}" for one in parts(der)["certificates"]]
    assert sorted([ours["serial_number"], theirs["serial_number"]]) == sorted(serials)
    said = {name: theirs[name] for name in ("edrpou", "company_name", "signer_name", "timestamp", "is_ecdsa", "stamp")}
    assert said == {
        "edrpou": HOTEL, "company_name": "ТОВ «Готель»", "signer_name": "Ткаченко Марія Іванівна",
        "timestamp": "2026-01-05T10:00:00+02:00", "is_ecdsa": True, "stamp": None,
    }  # fmt: skip


async def test_the_archive_has_the_original_and_a_signature_for_each_signer(service: Service, tmp_path: Path) -> None:
    id = await signed(service, title="Договір № 7")
    answer = await service.ask("GET", f"/documents/{id}/archive", params={"with_instruction": "1"})
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == [
        "Договір № 7.pdf", f"Договір № 7.pdf_1_{OWN}.p7s", f"Договір № 7.pdf_2_{HOTEL}.p7s", "Квитанція.pdf",
        "Інструкція.pdf",
    ]  # fmt: skip
    assert archive.read("Договір № 7.pdf") == FILE
    assert verified(archive.read(f"Договір № 7.pdf_2_{HOTEL}.p7s"), tmp_path, FILE) == (0, FILE)
    one = await service.ask(
        "GET", f"/documents/{id}/archive", params={"convert_to_signature_format": "internal_appended"}
    )
    packed = zipfile.ZipFile(io.BytesIO(one.content))
    assert packed.namelist() == ["Договір № 7.pdf", "Договір № 7.pdf.p7s", "Квитанція.pdf"]


async def test_the_original_is_bit_for_bit_what_was_uploaded(service: Service) -> None:
    id = await service.uploaded()
    assert (await service.ask("GET", f"/documents/{id}/original")).content == FILE
    assert await service.refused("GET", f"/documents/{id}/original", params={"version": "v2"}) == (404, "")
    assert await service.refused("GET", f"/documents/{id}/p7s") == (404, "")


async def test_a_printed_sheet_is_a_pdf(service: Service) -> None:
    id = await signed(service)
    answer = await service.ask("GET", f"/documents/{id}/pdf/print")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


async def test_a_ready_signature_of_the_owner_is_taken(service: Service, tmp_path: Path) -> None:
    made = await service.sent()
    archive = (await service.ask("GET", f"/documents/{made}/archive")).content
    detached = zipfile.ZipFile(io.BytesIO(archive)).read(f"Договір.pdf_1_{OWN}.p7s")
    id = await service.uploaded()
    body = {"signature": base64.b64encode(detached).decode()}
    await service.done("POST", f"/documents/{id}/signatures", 201, json=body)
    assert await service.status(id) == 7003
    der = (await service.ask("GET", f"/documents/{id}/p7s")).content
    assert verified(der, tmp_path) == (0, FILE)


@pytest.mark.parametrize("signature", ["не base64", base64.b64encode(b"no container").decode()])
async def test_what_is_no_signature_is_refused(service: Service, signature: str) -> None:
    id = await service.uploaded()
    answer = await service.refused("POST", f"/documents/{id}/signatures", json={"signature": signature})
    assert answer == (400, "invalid_request")


async def test_a_signature_of_another_file_is_refused(service: Service) -> None:
    made = (await service.upload("other.pdf", b"another file")).json()["documents"][0]["id"]
    await service.acts(made, "status", code=7001)
    await service.acts(made, "owner-signs", send=False)
    archive = (await service.ask("GET", f"/documents/{made}/archive")).content
    name = next(one for one in zipfile.ZipFile(io.BytesIO(archive)).namelist() if one.endswith(".p7s"))
    detached = base64.b64encode(zipfile.ZipFile(io.BytesIO(archive)).read(name)).decode()
    id = await service.uploaded()
    answer = await service.refused("POST", f"/documents/{id}/signatures", json={"signature": detached})
    assert answer == (400, "invalid_request")


async def test_downloads_come_with_the_types_they_really_have(service: Service) -> None:
    id = await service.uploaded()
    answer = await service.got("/download-documents", params={"ids": [id]})
    assert (answer["status"], answer["ready"], answer["pending"], answer["total"]) == ("ready", 1, 0, 1)
    assert answer["documents"][0]["original_url"] == f"{service.url}/api/v2/documents/{id}/original"


@given(at=st.integers(0, 900), byte=st.integers(0, 255), cut=st.integers(0, 1200))
def test_a_spoilt_container_is_refused_or_read_and_never_breaks_the_service(at: int, byte: int, cut: int) -> None:
    spoilt = bytearray(WHOLE)
    spoilt[at] = byte
    with suppress(Refused):
        taken(bytes(spoilt[: len(WHOLE) - cut]), FILE)
