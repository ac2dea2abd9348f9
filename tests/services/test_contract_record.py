"""Signed contracts to the ledger: each once, whatever is lost on the way, and what differs there to the managers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from bot.db.contract_documents import ContractPaper
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink
from bot.domain.difference import DifferenceKind
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.job import JobState, Queue
from bot.domain.money import Money
from bot.jobs import Lane
from bot.services.contract_record import RECORD_CONTRACT, ContractRecords, SignedContract, record_contract
from bot.services.handover import buried
from tests.jobs.floor import Floor
from tests.services.backroom import Backroom, Told
from tests.services.cards import card
from tests.support.wholesaler import uid

ID = UUID("5f0c1c1e-3a52-4c3a-9a3a-0a2f1c9b7d11")
CAFE = uid("Кафе «Ранок»")
CONTRACT = SignedContract(
    id=ID,
    client_id=CAFE,
    number="17/26",
    dated=date(2026, 11, 23),
    name="Договір поставки № 17/26",
    signed_at=datetime(2026, 11, 23, 22, 30, tzinfo=UTC),
    service="Вчасно",
    signers=("Коваль О. П.", "Бойко І. В."),
    link="https://edo.example/d/1",
    until=date(2027, 12, 31),
    payment_days=14,
    credit_limit=Money.of("20000"),
    price_type=uid("vip"),
)
WORDS = "Підписано у Вчасно 24.11.2026, № 17/26, підписали: Коваль О. П.; Бойко І. В."


async def asks(room: Backroom, **changes: Any) -> bool:
    room.ledger.add_client(card("ranok"))
    return await room.books.write(lambda tx: record_contract(tx, replace(CONTRACT, **changes), room.clock()))


async def record(room: Backroom) -> int:
    return await room.run(RECORD_CONTRACT, ContractRecords(room.books, room.ledger, room.clock).record)


async def paper(room: Backroom, contract_id: UUID = ID) -> ContractPaper | None:
    return await room.books.read(lambda tx: tx.contract_documents.of(contract_id))


def is_recorded(tx: Tx) -> bool:
    found = tx.contract_documents.of(ID)
    return found is not None and found.recorded_at is not None


async def test_a_signed_contract_is_recorded_and_known_to_be(backroom: Backroom) -> None:
    assert await paper(backroom) is None
    assert await asks(backroom) is True
    asked = ContractPaper(ID, CAFE, "17/26", backroom.clock(), None, None)
    assert await paper(backroom) == asked
    backroom.later(minutes=1)
    await record(backroom)
    there = backroom.ledger.contracts[str(ID)]
    assert await paper(backroom) == replace(asked, link=there.link, recorded_at=backroom.clock())
    assert there.terms == {"until": date(2027, 12, 31), "payment_days": 14, "credit_limit": Money.of("20000")}
    assert backroom.ledger.told == {"ranok": [WORDS]}
    assert await backroom.differences() == []


async def test_it_is_asked_for_once_and_one_at_a_time_for_a_client(backroom: Backroom) -> None:
    assert [await asks(backroom), await asks(backroom), await asks(backroom, id=uid("another"))] == [True, False, True]
    jobs = await backroom.jobs(RECORD_CONTRACT)
    assert [job.key for job in jobs] == [f"record_contract:{ID}", f"record_contract:{uid('another')}"]
    assert {(job.queue, job.lock) for job in jobs} == {(Queue.ONEC, f"contracts:{CAFE}")}


async def test_nothing_is_recorded_of_what_was_rolled_back(room: Backroom) -> None:
    def half(tx: Tx) -> None:
        record_contract(tx, CONTRACT, room.clock())
        raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError):
        await room.books.write(half)
    assert (await paper(room), await room.jobs(RECORD_CONTRACT)) == (None, [])


async def test_everything_goes_by_the_ids_of_the_ledger(room: Backroom) -> None:
    sent = []
    taken = room.ledger.record_contract

    async def watched(contract: Any, known: DocumentLink | None) -> Any:
        sent.append((contract, known))
        return await taken(contract, known)

    room.ledger.record_contract = watched  # type: ignore[method-assign]
    await asks(room)
    await record(room)
    ((contract, known),) = sent
    assert (contract.id, contract.client, contract.price_type, known) == (ID, "ranok", "t-vip", None)
    assert (contract.number, contract.dated, contract.name) == ("17/26", CONTRACT.dated, CONTRACT.name)
    assert (contract.signed_at, contract.words, contract.link) == (CONTRACT.signed_at, WORDS, CONTRACT.link)
    assert (contract.until, contract.payment_days, contract.credit_limit) == (
        CONTRACT.until, 14, Money.of("20000"),
    )  # fmt: skip


async def test_a_contract_says_only_what_was_signed(room: Backroom) -> None:
    bare = {"until": None, "payment_days": None, "credit_limit": None, "price_type": None, "signers": (), "link": ""}
    await asks(room, **bare)
    await record(room)
    assert room.ledger.contracts[str(ID)].terms == {}
    assert room.ledger.told == {"ranok": ["Підписано у Вчасно 24.11.2026, № 17/26"]}


async def test_the_known_contract_is_filled_in(room: Backroom) -> None:
    room.ledger.enter_contract("k-1", "ranok", "стара", payment_days=14)
    await asks(room, known="k-1")
    await record(room)
    found = await paper(room)
    assert found is not None
    assert found.link == DocumentLink("k-1", "17/26", room.ledger.contracts["k-1"].link.version)
    assert (room.ledger.contracts["k-1"].terms["until"], list(room.ledger.contracts)) == (CONTRACT.until, ["k-1"])


async def test_an_answer_that_was_lost_is_found_and_not_written_again(room: Backroom) -> None:
    room.ledger.gives_own_refs = True
    room.ledger.loses = 1
    await asks(room)
    with pytest.raises(Ambiguous):
        await record(room)
    await record(room)
    assert (room.ledger.recorded, len(room.ledger.contracts)) == (["17/26"], 1)
    found = await paper(room)
    assert found is not None
    assert found.link is not None
    assert found.link.ref in room.ledger.contracts


async def test_a_contract_waits_out_a_silence(room: Backroom) -> None:
    room.ledger.silent = True
    await asks(room)
    with pytest.raises(Unavailable):
        await record(room)
    room.ledger.silent = False
    await record(room)
    assert room.ledger.recorded == ["17/26"]


async def test_a_job_that_is_run_once_more_does_not_ask_the_ledger(room: Backroom) -> None:
    await asks(room)
    await record(room)
    room._ran.clear()
    assert await record(room) == 1
    assert room.ledger.calls == ["record_contract"]


async def test_other_terms_there_are_left_and_the_managers_hear_of_them(room: Backroom) -> None:
    room.ledger.enter_contract("k-1", "ranok", "17/26", payment_days=7)
    await asks(room)
    await record(room)
    assert room.ledger.contracts["k-1"].terms["payment_days"] == 7
    (difference,) = await room.differences()
    assert (difference.kind, difference.order_id) == (DifferenceKind.CONTRACT_OTHERWISE, None)
    assert difference.detail == {"number": "17/26", "payment_days": "14 → 7"}
    assert await room.told_staff() == [Told("managers", "difference", str(difference.id))]


async def test_a_contract_that_somebody_took_away_there_is_refused(room: Backroom) -> None:
    room.ledger.enter_contract("k-1", "ranok", "17/26")
    room.ledger.mark_contract("k-1")
    await asks(room, known="k-1")
    with pytest.raises(Rejected) as caught:
        await record(room)
    assert caught.value.code == "changed_there"
    found = await paper(room)
    assert found is not None
    assert found.recorded_at is None


async def test_a_contract_that_is_refused_is_a_dead_letter_that_managers_can_replay(
    backroom: Backroom, filled_url: str
) -> None:
    floor = Floor(filled_url, backroom.books)
    backroom.ledger.refuses = "unknown_client"
    await asks(backroom)
    records = ContractRecords(backroom.books, backroom.ledger, backroom.clock)
    async with floor.working(
        {RECORD_CONTRACT: records.record}, {Queue.ONEC: Lane(2)},
        on_dead=lambda tx, job: buried(tx, job, floor.clock()),
    ):  # fmt: skip
        (dead,) = await floor.until_state(JobState.DEAD)
        assert await backroom.told_staff() == [Told("managers", "job_died", dead.id)]
        backroom.ledger.refuses = None
        await backroom.books.write(lambda tx: tx.jobs.replay(dead.id, floor.clock()))
        await floor.until(is_recorded)
    assert backroom.ledger.recorded == ["17/26"]
