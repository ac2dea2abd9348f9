"""A contract that everybody signed is in the ledger within a minute, and its envelope says so."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.difference import DifferenceKind
from bot.domain.envelope import EnvelopeView, Happening
from bot.domain.job import Job, Queue, Run
from bot.domain.signing import DocumentKind, ServiceState
from bot.services.contract_record import RECORD_CONTRACT, ContractRecords
from bot.services.envelopes.recording import GATHER_CONTRACTS, Recording, recorded
from tests.db.people import OLENA, turn
from tests.services.backroom import Backroom
from tests.services.cards import card
from tests.services.signing import LAWYER, Signing

WORDS = (
    "Підписано у Вчасно 24.11.2026, № Д-26-0001, "
    "підписали: Іваненко Іван (ТОВ «Ранок»); Петренко Петро (ТОВ «ГастроОпт»)"
)


@pytest.fixture
async def signing(backroom: Backroom, tmp_path: Path) -> Signing:
    backroom.ledger.add_client(card("ranok"))
    await backroom.sign_in(OLENA, "telegram", "1")
    return Signing(backroom, tmp_path)


async def records(room: Backroom) -> int:
    """A minute of the background; how many contracts went."""
    tick = Run("0", Job(GATHER_CONTRACTS, Queue.LOCAL, {}, key=GATHER_CONTRACTS), 1)
    await Recording(room.books, room.clock).gather(tick)
    handler = ContractRecords(room.books, room.ledger, room.clock, then=recorded).record
    return await room.run(RECORD_CONTRACT, handler)


async def history(signing: Signing, envelope: EnvelopeView) -> list[Happening]:
    return [line.what for line in (await signing.folder(envelope.id)).history]


async def test_a_signed_contract_goes_to_the_ledger_and_its_envelope_says_so(signing: Signing) -> None:
    envelope = await signing.signed()
    assert await records(signing.room) == 1
    there = signing.room.ledger.contracts[str(envelope.id)]
    assert (there.client, there.link.number) == ("ranok", "Д-26-0001")
    assert there.terms == {"until": date(2027, 12, 31), "payment_days": 7}
    assert signing.room.ledger.told == {"ranok": [WORDS]}
    assert (await signing.view(envelope.id)).recorded == str(envelope.id)
    assert (await history(signing, envelope))[-1] is Happening.RECORDED
    assert await records(signing.room) == 0


async def test_what_is_not_signed_stays_here(signing: Signing) -> None:
    await signing.approved()
    assert await records(signing.room) == 0


async def test_an_act_of_reconciliation_is_no_contract(signing: Signing) -> None:
    envelope = await signing.asked(DocumentKind.RECONCILIATION)
    await signing.works()
    await signing.desk.approve(turn("lesia="), envelope.id, 1, LAWYER)
    await signing.works()
    signing.says(await signing.view(envelope.id), ServiceState.SIGNED)
    await signing.polls()
    assert (await signing.view(envelope.id)).sound is True
    assert await records(signing.room) == 0


async def test_a_strangers_signature_waits_for_somebody_to_accept_it(signing: Signing) -> None:
    signing.notary.signed_by = ["99999999"]
    envelope = await signing.signed()
    assert await records(signing.room) == 0
    await signing.desk.accept(turn("lesia accepts"), envelope.id, LAWYER)
    assert await records(signing.room) == 1
    assert (await signing.view(envelope.id)).recorded == str(envelope.id)


async def test_other_terms_in_the_ledger_are_told_and_the_envelope_names_the_offices_contract(signing: Signing) -> None:
    signing.room.ledger.enter_contract("k-1", "ranok", "Д-26-0001", payment_days=3)
    envelope = await signing.signed()
    await records(signing.room)
    assert (await signing.view(envelope.id)).recorded == "k-1"
    (difference,) = await signing.room.differences()
    assert (difference.kind, difference.detail["payment_days"]) == (DifferenceKind.CONTRACT_OTHERWISE, "7 → 3")
