"""What may happen to a contract at the service, beside its straight way of test_with_sandbox.py."""

import hashlib
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.money import Money
from bot.domain.signing import Allowance, FirstSigner, ServiceState, doubts
from bot.ports import SignedFiles
from integrations.cades import read_container
from tests.integration.vchasno.double import KEY
from tests.integration.vchasno.world import HOTEL, MORNING, OURS, PDF, THEIRS, World, opened


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with opened() as both:
        yield both


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "9f86d081884c7d65"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "brought"
    path.mkdir()
    return path


async def state(world: World, ref: str) -> ServiceState:
    return (await world.signing.states([ref]))[ref].state


# --- going there -----------------------------------------------------------------------------------------------------


async def test_a_contract_is_there_as_it_was_meant(world: World, file: Path) -> None:
    sent = await world.uploaded(file, amount=Money.of("1234.50"))
    (there,) = await world.there()
    assert {name: there[name] for name in ("title", "number", "date", "amount", "category", "vendor_id", "status")} == {
        "title": "Договір поставки № 7/26",
        "number": "7/26",
        "date": "2026-11-02",
        "amount": 123450,
        "category": 3,
        "vendor_id": KEY,
        "status": 7001,
    }
    assert there["first_sign_by"] == "recipient"
    assert (sent.ref, sent.state, sent.key, sent.recipients) == (there["id"], ServiceState.READY, KEY, (HOTEL,))
    assert sent.page == f"{world.address}/app/documents/{sent.ref}"


async def test_asked_for_again_it_is_the_same(world: World, file: Path) -> None:
    first = await world.uploaded(file)
    for number in range(4):
        await world.uploaded(file, key=f"contract-8{number}")
    assert (await world.uploaded(file)).ref == first.ref
    assert len(await world.there()) == 5


async def test_after_a_lost_answer_that_lists_do_not_show_yet_there_is_still_one(world: World, file: Path) -> None:
    await world.acts("settings", index_lag=60)
    await world.fails("lost_answer", "upload")
    for _ in range(3):
        with pytest.raises(Ambiguous):
            await world.uploaded(file)
        world.clock.pass_(seconds=20)
    sent = await world.uploaded(file)
    assert [one["id"] for one in await world.there()] == [sent.ref]


@pytest.mark.parametrize(
    ("kind", "error"), [("server_error", Ambiguous), ("html", Ambiguous), ("too_many", Unavailable)]
)
async def test_an_upload_that_failed_is_done_when_it_is_asked_for_again(
    world: World, file: Path, kind: str, error: type[Exception]
) -> None:
    await world.fails(kind, "upload")
    with pytest.raises(error):
        await world.uploaded(file)
    world.clock.pass_(minutes=3)
    await world.uploaded(file)
    assert len(await world.there()) == 1


async def test_another_recipient_that_stays_stops_the_contract(world: World, file: Path) -> None:
    sent = await world.uploaded(file)
    await world.signing.send(sent.ref)
    await world.acts(f"documents/{sent.ref}/recipient", edrpou="37193071", email="other@company.example")
    with pytest.raises(Rejected) as refusal:
        await world.uploaded(file)
    assert (refusal.value.code, refusal.value.of_system) == ("wrong_recipient", False)


# --- to the client and back ------------------------------------------------------------------------------------------


async def test_a_contract_that_we_sign_first_waits_for_the_client(world: World, file: Path) -> None:
    ref = (await world.uploaded(file, first=FirstSigner.OWNER)).ref
    await world.acts(f"documents/{ref}/owner-signs", send=False)
    assert await state(world, ref) is ServiceState.SIGNING_OWNER
    await world.signing.send(ref)
    assert await state(world, ref) is ServiceState.WAITING_CLIENT


async def test_the_client_signs_by_a_link(world: World, file: Path) -> None:
    ref = (await world.uploaded(file)).ref
    link = await world.signing.sign_link(ref, HOTEL.code, HOTEL.email, "https://shop.example/back")
    assert link.startswith(f"{world.address}/sign-sessions/")
    assert (await world.http.get(link)).is_success
    assert await state(world, ref) is ServiceState.SENT
    with pytest.raises(Rejected):
        await world.signing.sign_link(ref, "37193071", "other@company.example")


async def test_a_send_whose_answer_was_lost_is_seen_to_have_gone(world: World, file: Path) -> None:
    ref = (await world.uploaded(file)).ref
    await world.fails("lost_answer", "send")
    await world.signing.send(ref)
    assert await state(world, ref) is ServiceState.SENT


@pytest.mark.parametrize("code", [7005, 7009, 7010])
async def test_a_state_nobody_knows_moves_nothing(world: World, file: Path, code: int) -> None:
    ref = (await world.uploaded(file)).ref
    await world.acts(f"documents/{ref}/status", code=code)
    found = (await world.signing.states([ref]))[ref]
    assert (found.state, found.code) == (ServiceState.UNKNOWN, str(code))


async def test_states_of_many_come_and_what_is_gone_is_left_out(world: World, file: Path) -> None:
    refs = [(await world.uploaded(file, key=f"contract-{number}")).ref for number in range(3)]
    await world.signing.withdraw(refs[0])
    assert set(await world.signing.states([*refs, "unknown"])) == set(refs[1:])
    assert (await world.signing.look(refs[0])).state is ServiceState.GONE


async def test_what_changed_in_the_window_comes_by_pages(world: World, file: Path) -> None:
    refs = [(await world.uploaded(file, key=f"contract-{number}")).ref for number in range(7)]
    pages = [page async for page in world.signing.changed(MORNING, MORNING + timedelta(minutes=1))]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert {one.ref for page in pages for one in page} == set(refs)
    assert {one.key for page in pages for one in page} == {f"contract-{number}" for number in range(7)}
    later = MORNING + timedelta(days=1)
    assert [page async for page in world.signing.changed(later, later + timedelta(hours=1))] == []


# --- what was signed -------------------------------------------------------------------------------------------------


async def test_a_signed_contract_comes_back_with_a_container_that_leaves_no_doubt(
    world: World, file: Path, folder: Path
) -> None:
    ref = await world.signed(file)
    brought = await world.signing.files(ref, folder)
    listed = await world.signing.signatures(ref)
    assert brought.container is not None
    held = read_container(brought.container.read_bytes())
    assert hashlib.sha256(brought.original.read_bytes()).digest() == hashlib.sha256(PDF).digest()
    assert held.content == PDF
    assert doubts(held, PDF, OURS, [THEIRS], listed) == ()
    assert [(one.code, one.ours) for one in listed] == [(THEIRS, False), (OURS, True)]
    assert sorted(one.codes[0] for one in held.signatures) == [THEIRS, OURS]
    assert {one.at for one in held.signatures} == {MORNING}


async def test_the_archive_and_the_printed_sheet_come_as_they_are(world: World, file: Path, folder: Path) -> None:
    brought = await world.signing.files(await world.signed(file), folder)
    assert brought.archive is not None
    assert brought == SignedFiles(
        folder / "original.pdf", folder / "signatures.p7s", folder / "archive.zip", folder / "printable.pdf"
    )
    assert len([name for name in zipfile.ZipFile(brought.archive).namelist() if name.endswith(".p7s")]) == 2


# --- taking back -----------------------------------------------------------------------------------------------------


async def test_a_contract_is_taken_back_once_and_again(world: World, file: Path) -> None:
    ref = (await world.uploaded(file)).ref
    await world.signing.send(ref)
    await world.signing.withdraw(ref)
    await world.signing.withdraw(ref)
    assert await world.there() == []


async def test_a_contract_that_everybody_signed_is_not_taken_back(world: World, file: Path) -> None:
    ref = await world.signed(file)
    with pytest.raises(Rejected, match="signed"):
        await world.signing.withdraw(ref)
    assert [one["id"] for one in await world.there()] == [ref]


# --- the account -----------------------------------------------------------------------------------------------------


async def test_a_token_that_is_not_known_is_a_matter_for_staff(file: Path) -> None:
    async with opened(token="another") as world:
        with pytest.raises(Rejected) as refusal:
            await world.uploaded(file)
    assert (refusal.value.code, refusal.value.of_system) == ("login_required", True)


async def test_without_the_tariff_everything_is_a_matter_for_staff(world: World) -> None:
    await world.acts("tariff", integration=False)
    with pytest.raises(Rejected) as refusal:
        await world.signing.ping()
    assert (refusal.value.code, refusal.value.of_system) == ("access_denied", True)


async def test_a_quota_that_is_used_up_is_a_matter_for_staff(world: World, file: Path) -> None:
    await world.acts("tariff", left=1, total=10)
    await world.uploaded(file)
    assert (await world.signing.allowance()).left == 0
    with pytest.raises(Rejected) as refusal:
        await world.uploaded(file, key="contract-8")
    assert (refusal.value.code, refusal.value.of_system) == ("rate_upload_overlimit", True)


async def test_the_tariff_and_what_is_left_are_told(world: World) -> None:
    await world.acts("tariff", left=42, total=100)
    assert await world.signing.allowance() == Allowance("Інтеграція", 42, None)
    assert await world.signing.check() == "тариф «Інтеграція»; документів лишилося 42"


async def test_only_who_is_registered_is_registered(world: World) -> None:
    await world.acts("companies", edrpou=THEIRS, registered=True)
    assert [await world.signing.registered(code) for code in (THEIRS, "37193071", OURS)] == [True, False, True]


@pytest.mark.parametrize("kind", ["server_error", "html", "too_many"])
async def test_a_reading_is_asked_again_until_it_is_answered(world: World, file: Path, kind: str) -> None:
    ref = (await world.uploaded(file)).ref
    await world.fails(kind, "statuses", times=2)
    assert await state(world, ref) is ServiceState.READY
    await world.fails(kind, "statuses", times=3)
    with pytest.raises(Unavailable):
        await world.signing.states([ref])


async def test_a_document_wrapped_in_a_list_is_read_too(world: World, file: Path) -> None:
    await world.acts("settings", wrapped=True)
    assert (await world.uploaded(file)).state is ServiceState.READY
