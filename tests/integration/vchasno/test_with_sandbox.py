"""Our client and the sandbox of the service, which know nothing of each other: a contract from upload to its files."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.domain.errors import Rejected
from bot.domain.money import Money
from bot.domain.signing import DocumentKind, Doubt, FirstSigner, Recipient, ServiceState, doubts
from bot.ports.signing import OutgoingDocument
from integrations.cades import read_container
from integrations.vchasno import Vchasno, VchasnoSettings, connect
from sandbox.vchasno import create_app

OWN, HOTEL, EMAIL = "41870016", "31451288", "office@hotel.example"
CONTENT = b"%PDF-1.7 contract"  # of the file that goes there


@dataclass
class Both:
    """The client, and the control side of the service."""

    signing: Vchasno
    http: httpx.AsyncClient

    async def does(self, path: str, **fields: Any) -> None:
        answer = await self.http.post(f"/_control/{path}", json=fields)
        assert answer.status_code == 200, answer.text

    async def state(self, ref: str) -> ServiceState:
        return (await self.signing.states([ref]))[ref].state

    async def doubts(self, ref: str, folder: Path) -> tuple[Doubt, ...]:
        """What a look at the container finds, against the file that was sent and the service's own list."""
        files = await self.signing.files(ref, folder)
        assert files.container is not None
        container = read_container(files.container.read_bytes())
        return doubts(container, CONTENT, OWN, [HOTEL], await self.signing.signatures(ref))

    async def count(self) -> int:
        return len((await self.http.get("/_control/state")).json()["documents"])


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    server = TestServer(create_app("secret", OWN, "ТОВ «Гурт»"))
    await server.start_server()
    base = str(server.make_url("")).rstrip("/")
    async with httpx.AsyncClient(trust_env=False) as ours, httpx.AsyncClient(base_url=base, trust_env=False) as http:
        settings = VchasnoSettings(token=SecretStr("secret"), base_url=base)
        yield Both(connect(settings, ours, now=lambda: datetime.now(UTC)), http)
    await server.close()


def contract(file: Path, first: FirstSigner = FirstSigner.RECIPIENT) -> OutgoingDocument:
    return OutgoingDocument(
        "contract-7", DocumentKind.CONTRACT, "Договір поставки № 7/26", "7/26", date(2026, 11, 2), file,
        "contract-7.pdf", Recipient(HOTEL, EMAIL), first, Money.of("1234.50"),
    )  # fmt: skip


async def test_the_client_signs_first_on_the_page_and_the_files_come_back(
    both: Both, file: Path, tmp_path: Path
) -> None:
    signing = both.signing
    made = await signing.upload(contract(file))
    assert (made.state, made.recipients) == (ServiceState.READY, (Recipient(HOTEL, EMAIL),))
    await signing.send(made.ref)
    assert await both.state(made.ref) is ServiceState.SENT
    link = await signing.sign_link(made.ref, HOTEL, EMAIL)
    assert "Ви підписали" in (await both.http.post(link, data={"do": "sign"}, follow_redirects=True)).text
    await both.does(f"documents/{made.ref}/owner-signs")
    assert await both.state(made.ref) is ServiceState.SIGNED

    marks = await signing.signatures(made.ref)
    assert [(mark.code, mark.ours) for mark in marks] == [(HOTEL, False), (OWN, True)]
    files = await signing.files(made.ref, tmp_path)
    assert files.original.read_bytes() == CONTENT
    assert None not in (files.container, files.archive, files.printable)
    assert await both.doubts(made.ref, tmp_path) == ()


async def test_we_sign_first_and_a_strangers_signature_is_seen(both: Both, file: Path, tmp_path: Path) -> None:
    made = await both.signing.upload(contract(file, FirstSigner.OWNER))
    await both.does(f"documents/{made.ref}/owner-signs")
    assert await both.state(made.ref) is ServiceState.WAITING_CLIENT
    await both.does(f"documents/{made.ref}/client-signs", edrpou="37193071", name="ТОВ «Інша»")
    assert await both.doubts(made.ref, tmp_path) == (Doubt.STRANGER_SIGNED, Doubt.CLIENT_MISSING)


async def test_a_changed_file_in_the_container_is_seen(both: Both, file: Path, tmp_path: Path) -> None:
    made = await both.signing.upload(contract(file, FirstSigner.OWNER))
    await both.does(f"documents/{made.ref}/owner-signs")
    await both.does(f"documents/{made.ref}/client-signs")
    await both.does("faults", kind="other_content")
    assert await both.doubts(made.ref, tmp_path) == (Doubt.CONTENT_DIFFERS,)


@pytest.mark.parametrize("fault", ["wrong_recipient", "no_recipient"])
async def test_a_recipient_that_the_service_mistook_is_put_right(both: Both, file: Path, fault: str) -> None:
    await both.does("faults", kind=fault)
    made = await both.signing.upload(contract(file))
    assert (made.state, made.recipients) == (ServiceState.READY, (Recipient(HOTEL, EMAIL),))


async def test_an_upload_whose_answer_is_lost_is_found_and_not_repeated(both: Both, file: Path) -> None:
    await both.does("faults", kind="lost_answer", call="upload")
    made = await both.signing.upload(contract(file))
    again = await both.signing.upload(contract(file))
    assert (made.ref == again.ref, await both.count()) == (True, 1)


async def test_a_rejection_comes_with_its_words_and_a_deleted_document_is_gone(both: Both, file: Path) -> None:
    made = await both.signing.upload(contract(file))
    await both.signing.send(made.ref)
    await both.does(f"documents/{made.ref}/client-rejects", text="Потрібно 21 день")
    assert await both.state(made.ref) is ServiceState.REJECTED
    assert await both.signing.rejection(made.ref) == "Потрібно 21 день"
    await both.signing.withdraw(made.ref)
    assert (await both.signing.look(made.ref)).state is ServiceState.GONE


async def test_the_window_of_changes_brings_every_page(both: Both, file: Path) -> None:
    refs = set()
    for number in range(4):
        words = contract(file)
        refs.add((await both.signing.upload(OutgoingDocument(**(_fields(words) | {"key": f"c-{number}"})))).ref)
    now = datetime.now(UTC)
    seen = [one.ref async for page in both.signing.changed(now - timedelta(hours=1), now) for one in page]
    assert set(seen) >= refs


async def test_who_is_registered_what_the_tariff_allows_and_that_it_is_missing(both: Both) -> None:
    await both.does("companies", edrpou=HOTEL, name="ТОВ «Готель»", registered=True)
    assert [await both.signing.registered(code) for code in (HOTEL, "37193071")] == [True, False]
    await both.does("tariff", left=7, total=100)
    assert (await both.signing.allowance()).left == 7
    await both.does("tariff", integration=False)
    with pytest.raises(Rejected, match="access_denied"):
        await both.signing.registered(HOTEL)


def _fields(document: OutgoingDocument) -> dict[str, Any]:
    return {name: getattr(document, name) for name in OutgoingDocument.__slots__}
