"""A signed contract is in 1C once, in the client's card too, and nothing that a manager wrote is lost to it."""

from asyncio import gather
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from aiohttp import web

from bot.domain.accounting import DocumentLink, Kept
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.money import Money
from integrations.onec.odata import OnecAccounting
from tests.integration.onec.contracts import (
    CARDS,
    CONTRACTS,
    card_of,
    contract_of,
    contracts_of,
    entered,
    line_of,
    signed,
)
from tests.integration.onec.world import NOWHERE, Base, Passed, before, changed, clients_of

EMPTY = "00000000-0000-0000-0000-000000000000"
NEVER = "0001-01-01T00:00:00"
DAY = "2026-11-27T00:00:00"


async def test_a_signed_contract_is_entered_with_its_terms(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    handed = await onec.record_contract(contract, None)
    assert handed.otherwise == ()
    assert (handed.link.ref, handed.link.number) == (str(contract.id), "17/26")
    there = await contract_of(base, handed.link.ref)
    assert (there["Owner_Key"], there["Description"]) == (contract.client, "Договір поставки № 17/26 від 27.11.2026")
    assert (there["Номер"], there["Дата"], there["СрокДействия"]) == ("17/26", DAY, "2027-12-31T00:00:00")
    assert (there["ВидДоговора"], there["ВедениеВзаиморасчетов"]) == ("СПокупателем", "ПоДоговоруВЦелом")
    assert (there["КонтролироватьЧислоДнейЗадолженности"], there["ДопустимоеЧислоДнейЗадолженности"]) == (True, 14)
    assert (there["КонтролироватьСуммуЗадолженности"], there["ДопустимаяСуммаЗадолженности"]) == (True, 20000)
    assert EMPTY not in (there["Организация_Key"], there["ВалютаВзаиморасчетов_Key"])
    assert there["Комментарий"] == line_of(contract)


async def test_the_card_says_it_once_under_what_people_wrote_there(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    before_it = await card_of(base, contract.client)
    await base.change(f"{CARDS}(guid'{contract.client}')", Комментарий="Дзвонити до обіду")
    handed = await onec.record_contract(contract, None)
    assert await onec.record_contract(contract, handed.link) == handed
    card = await card_of(base, contract.client)
    assert card["Комментарий"] == f"Дзвонити до обіду\n{line_of(contract)}"
    assert card["ОсновнойДоговорКонтрагента_Key"] == before_it["ОсновнойДоговорКонтрагента_Key"] != EMPTY


async def test_a_card_without_a_main_contract_gets_this_one(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    await base.change(f"{CARDS}(guid'{contract.client}')", ОсновнойДоговорКонтрагента_Key=EMPTY)
    handed = await onec.record_contract(contract, None)
    assert (await card_of(base, contract.client))["ОсновнойДоговорКонтрагента_Key"] == handed.link.ref


async def test_terms_that_were_not_signed_are_not_written(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base, until=None, payment_days=None, credit_limit=None, link="")
    there = await contract_of(base, (await onec.record_contract(contract, None)).link.ref)
    assert (there["СрокДействия"], there["КонтролироватьЧислоДнейЗадолженности"]) == (NEVER, False)
    assert there["КонтролироватьСуммуЗадолженности"] is False
    assert there["Комментарий"] == line_of(contract).rpartition("; ")[0]


async def test_a_price_type_of_1c_is_named_and_an_unknown_one_is_told(base: Base, onec: OnecAccounting) -> None:
    retail = changed(await clients_of(onec))[await base.counterparty("бондар")].price_type_id
    handed = await onec.record_contract(await signed(base, price_type=retail), None)
    assert handed.otherwise == ()
    assert (await contract_of(base, handed.link.ref))["ТипЦен_Key"] == retail
    handed = await onec.record_contract(await signed(base, number="18/26", price_type=NOWHERE), None)
    assert handed.otherwise == (Kept("price_type", NOWHERE, ""),)
    assert (await contract_of(base, handed.link.ref))["ТипЦен_Key"] == EMPTY


@pytest.mark.parametrize(
    "fields",
    [
        {"Номер": "17/26", "Дата": DAY},
        {"Номер": "№ 17/26 ", "Дата": DAY},
        {"Номер": "17/26"},
        {"Description": "Договір № 17/26 від 27.11.2026"},
        {"Description": "Договір 17/26", "Дата": DAY},
    ],
)
async def test_a_contract_that_a_manager_entered_gets_what_is_empty_there(
    base: Base, onec: OnecAccounting, fields: dict[str, Any]
) -> None:
    ref = await entered(base, Комментарий="Оригінал у сейфі", **fields)
    contract = await signed(base)
    handed = await onec.record_contract(contract, None)
    assert (handed.link.ref, handed.otherwise) == (ref, ())
    there = await contract_of(base, ref)
    assert (there["Дата"], there["СрокДействия"]) == (DAY, "2027-12-31T00:00:00")
    assert (there["ДопустимоеЧислоДнейЗадолженности"], there["ДопустимаяСуммаЗадолженности"]) == (14, 20000)
    assert there["Комментарий"] == f"Оригінал у сейфі\n{line_of(contract)}"
    assert (await card_of(base, contract.client))["Комментарий"] == line_of(contract)
    assert [row["Ref_Key"] for row in await contracts_of(base)].count(ref) == 1
    assert len(await contracts_of(base)) == 2


async def test_of_two_contracts_of_that_number_the_one_of_that_day_is_taken(base: Base, onec: OnecAccounting) -> None:
    undated, dated = await entered(base, Номер="17/26"), await entered(base, Номер="17/26", Дата=DAY)
    assert (await onec.record_contract(await signed(base), None)).link.ref == dated
    assert (await contract_of(base, undated))["Комментарий"] == ""


async def test_what_a_manager_wrote_stays_and_is_told(base: Base, onec: OnecAccounting) -> None:
    ref = await entered(
        base,
        Description="Мій договір",
        Номер="17/26",
        Дата=DAY,
        СрокДействия="2026-12-31T00:00:00",
        КонтролироватьЧислоДнейЗадолженности=True,
        ДопустимоеЧислоДнейЗадолженности=0,
        КонтролироватьСуммуЗадолженности=False,
        ДопустимаяСуммаЗадолженности=5000,
    )
    handed = await onec.record_contract(await signed(base), None)
    assert handed.otherwise == (
        Kept("СрокДействия", "2027-12-31", "2026-12-31"),
        Kept("ДопустимоеЧислоДнейЗадолженности", "14", "0"),
        Kept("КонтролироватьСуммуЗадолженности", "True", "False"),
        Kept("ДопустимаяСуммаЗадолженности", "20000.00", "5000"),
    )
    there = await contract_of(base, ref)
    assert (there["Description"], there["СрокДействия"]) == ("Мій договір", "2026-12-31T00:00:00")
    assert (there["ДопустимоеЧислоДнейЗадолженности"], there["ДопустимаяСуммаЗадолженности"]) == (0, 5000)


@pytest.mark.parametrize(
    "fields",
    [
        {"Номер": "17/26", "Дата": "2025-11-27T00:00:00"},
        {"Номер": "17/26-1", "Дата": DAY},
        {"Номер": "17/26", "Дата": DAY, "DeletionMark": True},
        {"Номер": "17/26", "Дата": DAY, "ВидДоговора": "СПоставщиком"},
        {"Номер": "17/26", "Дата": DAY, "Организация_Key": NOWHERE},
        {"Description": "Договір № 17/26"},
    ],
)
async def test_another_contract_is_left_alone(base: Base, onec: OnecAccounting, fields: dict[str, Any]) -> None:
    ref = await entered(base, **fields)
    kept = await contract_of(base, ref)
    handed = await onec.record_contract(await signed(base), None)
    assert handed.link.ref != ref
    assert await contract_of(base, ref) == kept


async def test_the_known_contract_is_taken_whatever_its_number(base: Base, onec: OnecAccounting) -> None:
    ref = await entered(base, Номер="стара", Дата="2024-01-01T00:00:00")
    contract = await signed(base)
    handed = await onec.record_contract(contract, DocumentLink(ref, "стара", ""))
    assert handed.link.ref == ref
    assert handed.otherwise == (Kept("Номер", "17/26", "стара"), Kept("Дата", "2026-11-27", "2024-01-01"))
    assert (await contract_of(base, ref))["Комментарий"] == line_of(contract)


async def test_a_repeated_contract_is_written_once(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    handed = await onec.record_contract(contract, None)
    for known in (None, handed.link):
        assert await base.accounting().record_contract(contract, known) == handed
    assert await base.writings() == [f"POST {CONTRACTS} 201", f"PATCH {CARDS} 200"]


async def test_what_the_office_changed_afterwards_is_the_offices(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    link = (await onec.record_contract(contract, None)).link
    await base.change(f"{CONTRACTS}(guid'{link.ref}')", ДопустимоеЧислоДнейЗадолженности=0, Комментарий="")
    await base.forget_requests()
    handed = await onec.record_contract(contract, link)
    assert handed.otherwise == (Kept("ДопустимоеЧислоДнейЗадолженности", "14", "0"),)
    assert await base.writings() == []


async def test_after_a_lost_answer_there_is_one_contract(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    await base.fault("lost_answer", method="POST", path=CONTRACTS)
    with pytest.raises(Ambiguous):
        await onec.record_contract(contract, None)
    assert (await onec.record_contract(contract, None)).link.ref == str(contract.id)
    assert len(await contracts_of(base)) == 2
    assert (await card_of(base, contract.client))["Комментарий"] == line_of(contract)


async def test_after_a_lost_answer_another_process_finds_it_under_another_reference(base: Base) -> None:
    await base.quirk(honours_client_ref=False)
    contract = await signed(base)
    await base.fault("lost_answer", method="POST", path=CONTRACTS)
    with pytest.raises(Ambiguous):
        await base.accounting().record_contract(contract, None)
    handed = await base.accounting().record_contract(contract, None)
    assert handed.link.ref != str(contract.id)
    assert len(await contracts_of(base)) == 2


async def test_a_filling_whose_answer_was_lost_is_not_done_twice(base: Base, onec: OnecAccounting) -> None:
    ref = await entered(base, Номер="17/26", Дата=DAY)
    contract = await signed(base)
    await base.fault("lost_answer", method="PATCH", path=CONTRACTS)
    with pytest.raises(Ambiguous):
        await onec.record_contract(contract, None)
    assert (await onec.record_contract(contract, None)).link.ref == ref
    assert (await contract_of(base, ref))["Комментарий"] == line_of(contract)


async def test_a_card_whose_answer_was_lost_has_one_line(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    await base.fault("lost_answer", method="PATCH", path=CARDS)
    with pytest.raises(Ambiguous):
        await onec.record_contract(contract, None)
    await onec.record_contract(contract, None)
    assert (await card_of(base, contract.client))["Комментарий"] == line_of(contract)


async def test_two_processes_at_once_enter_one_contract(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    one, other = await gather(onec.record_contract(contract, None), base.accounting().record_contract(contract, None))
    assert one.link.ref == other.link.ref == str(contract.id)
    assert len(await contracts_of(base)) == 2


async def test_a_change_made_while_we_were_looking_is_kept(base: Base) -> None:
    ref = await entered(base, Номер="17/26", Дата=DAY)
    looked: list[str] = []

    async def busy(request: web.Request, passed: Passed) -> web.Response:
        """A manager writes the days between our first look and our change."""
        status, body = await passed(request, request.rel_url.raw_path)
        if request.path.endswith(CONTRACTS) and "$filter" in request.query and not looked:
            looked.append(request.path)
            await base.change(
                f"{CONTRACTS}(guid'{ref}')",
                КонтролироватьЧислоДнейЗадолженности=True,
                ДопустимоеЧислоДнейЗадолженности=3,
            )
        return web.json_response(body, status=status)

    async with before(base, busy) as same:
        handed = await same.accounting().record_contract(await signed(base), None)
    there = await contract_of(base, ref)
    assert (there["ДопустимоеЧислоДнейЗадолженности"], there["ДопустимаяСуммаЗадолженности"]) == (3, 20000)
    assert handed.otherwise == (Kept("ДопустимоеЧислоДнейЗадолженности", "14", "3"),)


async def test_a_contract_that_never_comes_to_rest_is_tried_later(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(if_match="412")
    await entered(base, Номер="17/26", Дата=DAY)
    await base.fault("status", method="PATCH", path=CONTRACTS, status=412, times=3)
    with pytest.raises(Unavailable):
        await onec.record_contract(await signed(base), None)
    assert (await onec.record_contract(await signed(base), None)).otherwise == ()


@pytest.mark.parametrize("known", [True, False])
async def test_a_contract_that_somebody_marked_for_deletion_is_not_written_anew(
    base: Base, onec: OnecAccounting, known: bool
) -> None:
    contract = await signed(base)
    link = (await onec.record_contract(contract, None)).link
    await base.change(f"{CONTRACTS}(guid'{link.ref}')", DeletionMark=True)
    await base.forget_requests()
    with pytest.raises(Rejected) as caught:
        await onec.record_contract(contract, link if known else None)
    assert caught.value.code == "changed_there"
    assert await base.writings() == []


async def test_a_known_contract_that_is_gone_is_told(base: Base, onec: OnecAccounting) -> None:
    with pytest.raises(Rejected) as caught:
        await onec.record_contract(await signed(base), DocumentLink(NOWHERE, "1", ""))
    assert caught.value.code == "changed_there"


@pytest.mark.parametrize("client", [NOWHERE, "не посилання"])
async def test_a_client_that_1c_does_not_know_is_refused(base: Base, onec: OnecAccounting, client: str) -> None:
    with pytest.raises(Rejected) as caught:
        await onec.record_contract(await signed(base, client=client), None)
    assert caught.value.code == "unknown_client"
    assert await base.writings() == []


async def test_a_card_that_is_closed_to_us_leaves_the_contract_and_is_told(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    await base.fault("access20", method="PATCH", path=CARDS)
    await base.fault("minus1", method="PATCH", path=CARDS, text="Картку змінює лише бухгалтер")
    said = [(await onec.record_contract(contract, None)).otherwise[0].kept for _ in range(2)]
    assert said[1] == "Картку змінює лише бухгалтер"
    assert (await onec.record_contract(contract, None)).otherwise == ()
    assert len(await contracts_of(base)) == 2


async def test_a_silent_1c_takes_it_later(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    await base.power("drop")
    with pytest.raises(Unavailable):
        await onec.record_contract(contract, None)
    await base.power("drop", on=True)
    assert (await onec.record_contract(contract, None)).otherwise == ()


async def test_contracts_that_1c_does_not_show_are_named(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    await base.quirk(unpublished=[CONTRACTS])
    with pytest.raises(Rejected) as caught:
        await onec.record_contract(contract, None)
    assert caught.value.code == f"entity:{CONTRACTS}"


async def test_a_number_that_is_too_long_is_cut_and_found_again(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base, number="П-" + "1234567890" * 3)
    handed = await onec.record_contract(contract, None)
    assert handed.otherwise == (Kept("Номер", contract.number, contract.number[:20]),)
    assert (await onec.record_contract(replace(contract, credit_limit=Money.of("20000")), None)).link == handed.link


async def test_the_last_day_of_a_contract_comes_in_with_the_client(base: Base, onec: OnecAccounting) -> None:
    contract = await signed(base)
    ref = (await onec.record_contract(contract, None)).link.ref
    client = changed(await clients_of(base.accounting()))[contract.client]
    found = {one.external_id: (one.number, one.dated, one.until, one.payment_days) for one in client.contracts}
    assert found[ref] == ("17/26", date(2026, 11, 27), date(2027, 12, 31), 14)
    assert [one.until for one in client.contracts if one.external_id != ref] == [None]
