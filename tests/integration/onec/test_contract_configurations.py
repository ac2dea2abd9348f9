"""A signed contract in every configuration, whatever it calls things and whichever fields it lacks."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest

from tests.integration.onec.contracts import CONTRACTS, card_of, contract_of, line_of, signed
from tests.integration.onec.world import Base, changed, clients_of, opened

NAMES = {
    "ut_ua": {
        "number": "Номер", "date": "Дата", "until": "СрокДействия", "kind": "ВидДоговора",
        "days": "ДопустимоеЧислоДнейЗадолженности", "limit": "ДопустимаяСуммаЗадолженности",
        "currency": "ВалютаВзаиморасчетов_Key", "comment": "Комментарий",
    },
    "bas_ut": {
        "number": "Номер", "date": "Дата", "until": "ДатаОкончанияДействия", "kind": "ТипДоговора",
        "limit": "ДопустимаяСуммаЗадолженности", "currency": "ВалютаВзаиморасчетов_Key",
        "comment": "ДополнительнаяИнформация",
    },
    "unf": {
        "number": "НомерДоговора", "date": "ДатаДоговора", "kind": "ВидДоговора", "days": "СрокОплатыПокупателя",
        "currency": "ВалютаРасчетов_Key", "signed": "ДоговорПодписан", "comment": "Комментарий",
    },
    "bp": {
        "number": "Номер", "date": "Дата", "until": "СрокДействия", "kind": "ВидДоговора", "days": "СрокОплаты",
        "currency": "ВалютаВзаиморасчетов_Key", "signed": "ДоговорПодписан", "comment": "Комментарий",
    },
}  # fmt: skip
SAID = {
    "number": "17/26", "date": "2026-11-27T00:00:00", "until": "2027-12-31T00:00:00", "kind": "СПокупателем",
    "days": 14, "limit": 20000, "signed": True,
}  # fmt: skip


@pytest.fixture(params=sorted(NAMES))
async def base(request: pytest.FixtureRequest, http: httpx.AsyncClient) -> AsyncIterator[Base]:
    async with opened(http, request.param) as base:
        yield base


def told(base: Base, there: dict[str, Any]) -> dict[str, Any]:
    """The contract's fields by our words."""
    return {word: there[name] for word, name in NAMES[base.profile].items() if word in SAID}


async def test_a_signed_contract_says_what_the_configuration_has_fields_for(base: Base) -> None:
    contract = await signed(base)
    handed = await base.accounting().record_contract(contract, None)
    assert handed.otherwise == ()
    names, there = NAMES[base.profile], await contract_of(base, handed.link.ref)
    assert told(base, there) == {word: SAID[word] for word in names if word in SAID}
    assert {there["Организация_Key"], there[names["currency"]]} & {"00000000-0000-0000-0000-000000000000"} == set()
    assert there["Комментарий"] == line_of(contract)
    assert (await card_of(base, contract.client))[names["comment"]] == line_of(contract)
    assert contract.client in (there.get("Owner_Key"), there.get("Owner"), there.get("Контрагент_Key"))


async def test_the_first_contract_of_a_base_is_entered(base: Base) -> None:
    for row in (await base.raw(CONTRACTS))["value"]:
        await base.delete(f"{CONTRACTS}(guid'{row['Ref_Key']}')")
    contract = await signed(base)
    handed = await base.accounting().record_contract(contract, None)
    assert handed.otherwise == ()
    calls = [call["query"] for call in await base.requests() if call["path"].endswith(CONTRACTS)]
    assert [query for query in calls if "filter" in query] == []
    assert (await base.accounting().record_contract(contract, None)).link == handed.link
    assert len((await base.raw(CONTRACTS))["value"]) == 1


async def test_it_is_written_once(base: Base) -> None:
    contract = await signed(base)
    handed = await base.accounting().record_contract(contract, None)
    assert await base.accounting().record_contract(contract, None) == handed
    assert await base.accounting().record_contract(contract, handed.link) == handed
    assert [call.partition(" ")[0] for call in await base.writings()] == ["POST", "PATCH"]


async def test_it_is_found_under_a_reference_of_the_bases_own(base: Base) -> None:
    await base.quirk(honours_client_ref=False)
    contract = await signed(base)
    handed = await base.accounting().record_contract(contract, None)
    assert handed.link.ref != str(contract.id)
    assert (await base.accounting().record_contract(contract, None)).link == handed.link


async def test_the_offices_contract_of_that_number_and_day_is_filled_in(base: Base) -> None:
    onec, client = base.accounting(), await base.counterparty()
    (theirs,) = changed(await clients_of(onec))[client].contracts
    await base.change(
        f"{CONTRACTS}(guid'{theirs.external_id}')",
        **{NAMES[base.profile][word]: SAID[word] for word in ("number", "date")},
        Комментарий="Оригінал у сейфі",
    )
    contract = await signed(base)
    handed = await onec.record_contract(contract, None)
    assert handed.link.ref == theirs.external_id
    there = await contract_of(base, theirs.external_id)
    assert there["Комментарий"] == f"Оригінал у сейфі\n{line_of(contract)}"


async def test_it_comes_back_with_the_client(base: Base) -> None:
    onec, contract = base.accounting(), await signed(base)
    ref = (await onec.record_contract(contract, None)).link.ref
    contracts = changed(await clients_of(onec))[contract.client].contracts
    (came,) = [one for one in contracts if one.external_id == ref]
    ends = {"unf": None}.get(base.profile, date(2027, 12, 31))
    assert (came.number, came.dated, came.until, came.active) == ("17/26", date(2026, 11, 27), ends, True)
    assert came.payment_days == {"bas_ut": None}.get(base.profile, 14)
