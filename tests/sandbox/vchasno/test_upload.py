"""An upload: words in the query, the file in the body."""

from typing import Any

import pytest

from tests.sandbox.vchasno.conftest import CAFE, HOTEL, OWN, Service


async def test_an_upload_is_201_with_the_document_as_its_words_say(service: Service) -> None:
    answer = await service.upload(
        title="Договір постачання", doc_number="12/26", date_document="2026-01-05", amount=1234567, category=3,
        recipient_edrpou=HOTEL, recipient_emails="office@hotel.example,dir@hotel.example", vendor_id="c-1",
        show_recipients=1,
    )  # fmt: skip
    (made,) = answer.json()["documents"]
    assert answer.status_code == 201
    kept = {name: made[name] for name in ("title", "number", "date", "amount", "category", "vendor_id", "status")}
    assert kept == {
        "title": "Договір постачання", "number": "12/26", "date": "2026-01-05", "amount": 1234567, "category": 3,
        "vendor_id": "c-1", "status": 7001,
    }  # fmt: skip
    (recipient,) = made["recipients"]
    assert (recipient["edrpou"], recipient["emails"]) == (HOTEL, ["office@hotel.example", "dir@hotel.example"])
    assert (made["date_created"], made["url"]) == (
        "2026-01-05T10:00:00+02:00",
        f"{service.url}/app/documents/{made['id']}",
    )


async def test_recipients_come_only_with_the_flag_and_unknown_fields_without_asking(service: Service) -> None:
    id = await service.uploaded()
    assert "recipients" not in await service.got(f"/documents/{id}")
    with_flag = await service.got(f"/documents/{id}", params={"with_recipients": "1"})
    assert with_flag["recipients"][0]["edrpou"] == HOTEL
    assert with_flag["is_imported"] == 0


@pytest.mark.parametrize(
    "words",
    [{}, {"recipient_edrpou": HOTEL}, {"recipient_emails": "office@hotel.example"}],
    ids=["neither", "no mail", "no code"],
)
async def test_without_code_and_mail_it_stays_a_draft(service: Service, words: dict[str, Any]) -> None:
    assert (await service.upload(**words)).json()["documents"][0]["status"] == 7000


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"amount": "123.45"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"category": "99999"}, "category"),
        ({"date_document": "05.01.2026"}, "date_document"),
        ({"date_document": "1767600000"}, "date_document"),
        ({"first_sign_by": "nobody"}, "first_sign_by"),
        ({"recipient_edrpou": "12"}, "recipient_edrpou"),
        ({"recipient_emails": "no mail"}, "recipient_emails"),
    ],
)
async def test_a_wrong_word_is_refused_and_named(service: Service, words: dict[str, str], field: str) -> None:
    answer = await service.upload(**words)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert list(answer.json()["details"]) == [field]


@pytest.mark.parametrize("code", ["123456789", "АА123456", CAFE])
async def test_the_number_of_a_passport_is_a_recipient_too(service: Service, code: str) -> None:
    id = await service.uploaded(recipient_edrpou=code)
    assert await service.status(id) == 7001


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("contract.exe", b"MZ"),
        ("contract", b"x"),
        ("contract.pdf", b""),
        ("big.pdf", b"x" * (15 * 1024 * 1024 + 1)),
    ],
    ids=["format", "no format", "empty", "over 15 MB"],
)
async def test_a_file_of_a_wrong_kind_or_size_is_refused(service: Service, name: str, content: bytes) -> None:
    answer = await service.upload(name, content)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


async def test_the_file_part_is_called_file_and_the_body_is_multipart(service: Service) -> None:
    assert await service.refused("POST", "/documents", files={"document": ("a.pdf", b"x")}) == (400, "invalid_request")
    assert await service.refused("POST", "/documents", json={"title": "x"}) == (400, "invalid_request")


async def test_words_in_the_form_are_not_looked_at(service: Service) -> None:
    answer = await service.ask(
        "POST", "/documents", data={"title": "Не той"}, files={"file": ("act.pdf", b"x", "application/pdf")}
    )
    assert answer.json()["documents"][0]["title"] == "act"


async def test_the_same_upload_twice_is_two_documents(service: Service) -> None:
    await service.uploaded(vendor_id="same")
    await service.uploaded(vendor_id="same")
    assert len((await service.got("/documents", params={"vendor_id": "same"}))["documents"]) == 2


async def test_a_file_named_by_the_convention_brings_its_own_words(service: Service) -> None:
    name = f"{OWN}_{HOTEL}_20260105_Договір_12_office@hotel.example_c-9_120000.pdf"
    (made,) = (await service.upload(name, show_recipients=1)).json()["documents"]
    found = (made["title"], made["number"], made["date"], made["vendor_id"], made["amount"], made["status"])
    assert found == ("Договір", "12", "2026-01-05", "c-9", 120000, 7001)
    (other,) = (await service.upload(name, title="Моя назва")).json()["documents"]
    assert (other["title"], other["number"]) == ("Моя назва", "12")


async def test_the_quota_of_the_tariff_ends(service: Service) -> None:
    await service.control("tariff", left=1, total=100)
    await service.uploaded()
    assert await service.refused("POST", "/documents", files={"file": ("a.pdf", b"x")}) == (
        400, "rate_upload_overlimit",
    )  # fmt: skip
    billing = await service.got("/company/billing")
    assert billing["limits"]["documents_sent"] == {"used": 100, "limit": 100, "is_unlimited": False}
    assert billing["rates"][0]["units_left"] == 0


async def test_the_service_can_take_another_recipient_or_none(service: Service) -> None:
    await service.control("faults", kind="wrong_recipient")
    wrong = await service.got(f"/documents/{await service.uploaded()}", params={"with_recipients": "1"})
    assert [one["edrpou"] for one in wrong["recipients"]] == ["37193071"]
    await service.control("faults", kind="no_recipient")
    none = await service.got(f"/documents/{await service.uploaded()}", params={"with_recipients": "1"})
    assert (none["status"], none["recipients"]) == (7000, [])
    await service.done(
        "PATCH", f"/documents/{none['id']}/recipient", json={"edrpou": HOTEL, "email": "a@hotel.example"}
    )
    assert await service.status(none["id"]) == 7001
