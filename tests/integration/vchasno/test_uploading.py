"""A document goes there once, and with the recipient that was meant."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.money import Money
from bot.domain.signing import DocumentKind, FirstSigner, Recipient, ServiceState
from integrations.vchasno import Vchasno
from integrations.vchasno.uploading import MOST_BYTES
from tests.integration.vchasno.double import (
    CLIENT,
    DROPS,
    KEY,
    REF,
    Clock,
    Says,
    Service,
    contract,
    document,
    listed,
    refuses,
)

LIST, UPLOAD, READ = "GET documents", "POST documents", f"GET documents/{REF}"
ADDRESS = f"PATCH documents/{REF}/recipient"


def taken(service: Service, *answers: Any, found: list[Any] | None = None, read: list[Any] | None = None) -> None:
    service.says(LIST, *(found or [listed()]))
    service.says(UPLOAD, *(answers or [Says(listed(document()), 201)]))
    service.says(READ, *(read or [document()]))


def holding(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


async def test_a_document_goes_with_its_metadata_in_the_query_and_the_raw_token(
    service: Service, signing: Vchasno, file: Path
) -> None:
    taken(service)
    sent = await signing.upload(contract(file, amount=Money.of("1234.50"), first=FirstSigner.OWNER))
    asked = service.asked[1]
    assert service.heard() == [LIST, UPLOAD, READ]
    assert dict(asked.query) == {
        "title": "Договір поставки № 7/26",
        "doc_number": "7/26",
        "date_document": "2026-11-02",
        "category": "3",
        "recipient_edrpou": "12345678",
        "recipient_emails": "olena@horeca.example",
        "first_sign_by": "owner",
        "vendor_id": "contract-7",
        "show_recipients": "1",
        "amount": "123450",
    }
    assert asked.headers["Authorization"] == "t0ken-of-the-tests-5d41402abc4b2a76b9719d911017c592"
    assert b'name="file"; filename="contract-contract-7.pdf"' in asked.body
    assert b"%PDF-1.7 contract" in asked.body
    assert (sent.ref, sent.state, sent.code, sent.key) == (REF, ServiceState.READY, "7001", KEY)
    assert (sent.recipients, sent.page) == ((CLIENT,), f"https://edo.vchasno.ua/app/documents/{REF}")


@pytest.mark.parametrize(
    ("kind", "category", "name"),
    [
        (DocumentKind.CONTRACT, "3", "contract-k-1-x.pdf"),
        (DocumentKind.AMENDMENT, "4", "amendment-k-1-x.pdf"),
        (DocumentKind.RECONCILIATION, "16", "reconciliation-k-1-x.pdf"),
    ],
)
async def test_the_name_of_the_file_has_nothing_to_be_misread(
    service: Service, signing: Vchasno, file: Path, kind: DocumentKind, category: str, name: str
) -> None:
    key = "k_1/_x"
    taken(service, Says(listed(document(vendor_id=key)), 201))
    await signing.upload(contract(file, kind=kind, key=key))
    asked = service.asked[1]
    assert (dict(asked.query)["category"], dict(asked.query)["vendor_id"]) == (category, key)
    assert f'filename="{name}"'.encode() in asked.body


async def test_a_document_that_is_there_is_not_sent_again(service: Service, signing: Vchasno, file: Path) -> None:
    taken(service, found=[listed(document(status="7004"))], read=[document(status="7004")])
    assert (await signing.upload(contract(file))).state is ServiceState.WAITING_CLIENT
    assert service.heard() == [LIST, READ]
    assert service.asked[0].query == [("vendor_id", KEY), ("with_recipients", "1")]


async def test_documents_of_others_that_a_filter_lets_through_are_not_taken_for_it(
    service: Service, signing: Vchasno, file: Path
) -> None:
    other = document(id="00000000-0000-0000-0000-000000000001", vendor_id="contract-8")
    taken(service, found=[listed(other, cursor="2"), listed(document())])
    assert (await signing.upload(contract(file))).ref == REF
    assert service.heard() == [LIST, LIST, READ]
    assert dict(service.asked[1].query)["cursor"] == "2"


@pytest.mark.parametrize("lost", [DROPS, Says("", 500), Says("<html>", 201, "text/html"), Says({}, 201), Says()])
async def test_after_a_lost_answer_it_is_found_by_our_id(
    service: Service, signing: Vchasno, file: Path, lost: Says
) -> None:
    taken(service, lost, found=[listed(), listed(document())])
    assert (await signing.upload(contract(file))).ref == REF
    assert service.heard() == [LIST, UPLOAD, LIST, READ]


async def test_what_does_not_show_yet_is_not_sent_again_for_a_while(
    service: Service, signing: Vchasno, clock: Clock, file: Path
) -> None:
    taken(service, DROPS)
    for expected in ([LIST, UPLOAD, LIST], [LIST]):
        service.asked.clear()
        with pytest.raises(Ambiguous):
            await signing.upload(contract(file))
        assert service.heard() == expected
    clock.pass_(minutes=1, seconds=59)
    with pytest.raises(Ambiguous) as doubt:
        await signing.upload(contract(file))
    assert doubt.value.code == "not seen yet"
    clock.pass_(seconds=1)
    service.asked.clear()
    service.says(UPLOAD, Says(listed(document()), 201))
    assert (await signing.upload(contract(file))).ref == REF
    assert service.heard() == [LIST, UPLOAD, READ]


async def test_where_the_service_cannot_be_asked_after_a_lost_answer_nobody_knows(
    service: Service, signing: Vchasno, file: Path
) -> None:
    taken(service, DROPS, found=[listed(), refuses(500)])
    with pytest.raises(Ambiguous):
        await signing.upload(contract(file))
    assert service.heard() == [LIST, UPLOAD, LIST, LIST, LIST]


async def test_the_look_before_is_repeated_and_the_upload_never(service: Service, signing: Vchasno, file: Path) -> None:
    taken(service, refuses(503), found=[refuses(502), listed()])
    with pytest.raises(Unavailable):
        await signing.upload(contract(file))
    assert service.heard() == [LIST, LIST, UPLOAD]


@pytest.mark.parametrize("body", [document(), [document()], listed(document()), {"documents": document()}])
async def test_a_document_may_come_bare_or_in_a_list(service: Service, signing: Vchasno, file: Path, body: Any) -> None:
    taken(service, Says(body, 201), read=[body])
    assert (await signing.upload(contract(file))).ref == REF


# --- the recipient ---------------------------------------------------------------------------------------------------


async def test_a_recipient_that_was_not_kept_is_put_right(service: Service, signing: Vchasno, file: Path) -> None:
    taken(service, read=[document(status=7000, recipients=[]), document()])
    service.says(ADDRESS, Says())
    sent = await signing.upload(contract(file))
    assert service.heard() == [LIST, UPLOAD, READ, ADDRESS, READ]
    assert service.asked[3].json == {"edrpou": "12345678", "email": "olena@horeca.example"}
    assert service.asked[2].query == [("with_recipients", "1")]
    assert (sent.state, sent.recipients) == (ServiceState.READY, (CLIENT,))


@pytest.mark.parametrize(
    "kept",
    [
        [],
        None,
        [{"edrpou": "87654321", "emails": [CLIENT.email]}],
        [{"edrpou": CLIENT.code, "emails": ["nobody@horeca.example"]}],
    ],
)
async def test_a_recipient_that_cannot_be_put_right_stops_the_document(
    service: Service, signing: Vchasno, file: Path, kept: Any
) -> None:
    taken(service, read=[document(recipients=kept)])
    service.says(ADDRESS, Says())
    with pytest.raises(Rejected) as refusal:
        await signing.upload(contract(file))
    assert (refusal.value.code, refusal.value.of_system) == ("wrong_recipient", False)
    assert service.heard() == [LIST, UPLOAD, READ, ADDRESS, READ]


async def test_a_recipient_of_a_document_on_its_way_is_not_touched(
    service: Service, signing: Vchasno, file: Path
) -> None:
    there = document(status=7004, recipients=[{"edrpou": "87654321"}])
    taken(service, found=[listed(there)], read=[there])
    with pytest.raises(Rejected, match="wrong_recipient"):
        await signing.upload(contract(file))
    assert service.heard() == [LIST, READ]


@pytest.mark.parametrize(
    "kept",
    [
        {"edrpou": 12345678, "emails": "Olena@HoReCa.example, second@horeca.example"},
        {"edrpou": "12345678", "emails": None, "is_emails_hidden": 1},
        {"edrpou": " 12345678 ", "emails": []},
    ],
)
async def test_a_recipient_is_known_in_any_dress(
    service: Service, signing: Vchasno, file: Path, kept: dict[str, Any]
) -> None:
    taken(service, read=[document(recipients=[kept])])
    await signing.upload(contract(file))
    assert service.heard() == [LIST, UPLOAD, READ]


# --- what is refused unasked -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (bytes(MOST_BYTES + 1), "a.pdf", "too_large"),
        (b"MZ", "a.exe", "bad_format"),
        (b"%PDF", "a", "bad_format"),
    ],
)
async def test_a_file_the_service_would_not_take_is_refused_unasked(
    service: Service, signing: Vchasno, file: Path, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(Rejected) as refusal:
        await signing.upload(contract(holding(file, content), name=name))
    assert refusal.value.code == code
    assert service.asked == []


async def test_fifteen_megabytes_go(service: Service, signing: Vchasno, file: Path) -> None:
    taken(service)
    assert (await signing.upload(contract(holding(file, bytes(MOST_BYTES))))).ref == REF


@pytest.mark.parametrize(
    "recipient", [Recipient("", "a@b.example"), Recipient("12345678", ""), Recipient("12345678", "a@b.c,d@e.f")]
)
async def test_nobody_is_no_recipient(service: Service, signing: Vchasno, file: Path, recipient: Recipient) -> None:
    with pytest.raises(Rejected, match="bad_recipient"):
        await signing.upload(contract(file, recipient=recipient))
    assert service.asked == []
