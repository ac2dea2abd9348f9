"""A payment is in 1C once, against what it pays, and belongs to the accountant after that."""

from asyncio import gather
from dataclasses import replace
from typing import Any

import httpx
import pytest
from aiohttp import web

from bot.domain.accounting import DocumentLink, Kept, PaymentPart
from bot.domain.errors import Ambiguous, Rejected
from bot.domain.money import Money
from integrations.onec.odata import OnecAccounting
from tests.integration.onec.world import MILK, NOWHERE, Base, Json, Passed, before, changed, clients_of, opened

PAYMENT = "Document_ОплатаОтПокупателяПлатежнойКартой"


def part(amount: int, *, order: str | None = None, document: str | None = None) -> PaymentPart:
    return PaymentPart(order, document, Money(amount))


async def document_of(base: Base, ref: str) -> Json:
    return await base.raw(f"{PAYMENT}(guid'{ref}')")


async def test_a_payment_becomes_a_draft_that_says_what_it_pays(base: Base, onec: OnecAccounting) -> None:
    shipment, (order, *_) = await base.shipment(), await base.orders()
    parts = (part(15000, document=shipment), part(3000, order=order["ref"]))
    payment = await base.paid(20000, allocations=parts)
    handed = await onec.receive(payment, None)
    assert handed.otherwise == ()
    assert (handed.link.ref, handed.link.posted) == (str(payment.id), False)
    document = await document_of(base, handed.link.ref)
    assert (document["СуммаДокумента"], document["НомерПлатежнойКарты"], document["СуммаТорговойУступки"]) == (
        200, "44****4444", 3,
    )  # fmt: skip
    assert (document["ВидОперации"], document["Контрагент_Key"]) == ("ОплатаПокупателя", payment.client)
    assert document["Комментарий"] == (
        f"Комора K-000123-1 [{payment.id.hex[:8]}]; картка 44****4444; комісія 3,00 грн; Оплата замовлення K-000123"
    )
    lines = document["РасшифровкаПлатежа"]
    assert [(line["СуммаПлатежа"], line["ДокументРасчетовСКонтрагентом"] or line["Сделка"]) for line in lines] == [
        (150, shipment), (30, order["ref"]), (20, ""),
    ]  # fmt: skip
    assert lines[0]["ДокументРасчетовСКонтрагентом_Type"] == "StandardODATA.Document_РеализацияТоваровУслуг"
    assert lines[1]["Сделка_Type"] == "StandardODATA.Document_ЗаказПокупателя"
    assert await base.debt() == "583.40"


async def test_a_repeated_payment_is_one_document(base: Base, onec: OnecAccounting) -> None:
    payment = await base.paid()
    handed = await onec.receive(payment, None)
    assert await onec.receive(payment, handed.link) == handed
    assert await onec.receive(payment, None) == handed
    assert await base.writings() == [f"POST {PAYMENT} 201"]


async def test_after_a_lost_answer_there_is_one_document(base: Base, onec: OnecAccounting) -> None:
    payment = await base.paid()
    await base.fault("lost_answer", method="POST", path=PAYMENT)
    with pytest.raises(Ambiguous):
        await onec.receive(payment, None)
    assert (await onec.receive(payment, None)).link.ref == str(payment.id)
    assert len(await base.payments()) == 1


async def test_after_a_lost_answer_another_process_finds_the_document_under_another_reference(base: Base) -> None:
    await base.quirk(honours_client_ref=False)
    payment = await base.paid()
    await base.fault("lost_answer", method="POST", path=PAYMENT)
    with pytest.raises(Ambiguous):
        await base.accounting().receive(payment, None)
    handed = await base.accounting().receive(payment, None)
    (document,) = await base.payments()
    assert handed.link.ref == document["ref"] != str(payment.id)


async def test_a_payment_and_its_refunds_are_told_apart_by_what_they_carry(base: Base) -> None:
    await base.quirk(honours_client_ref=False)
    payment = await base.paid()
    refunds = [await base.paid(5000, refund=True) for _ in range(2)]
    links = [(await base.accounting().receive(one, None)).link.ref for one in (payment, *refunds)]
    assert [(await base.accounting().receive(one, None)).link.ref for one in (payment, *refunds)] == links
    assert len(set(links)) == len(await base.payments()) == 3


async def test_two_processes_at_once_write_one_document(base: Base, onec: OnecAccounting) -> None:
    payment = await base.paid()
    one, other = await gather(onec.receive(payment, None), base.accounting().receive(payment, None))
    assert one == other
    assert sorted(await base.writings()) == [f"POST {PAYMENT} 201", f"POST {PAYMENT} 400"]
    assert len(await base.payments()) == 1


async def test_a_document_that_is_said_to_exist_and_is_not_there_is_unknown(base: Base, onec: OnecAccounting) -> None:
    await base.fault("duplicate15", method="POST", path=PAYMENT)
    with pytest.raises(Ambiguous):
        await onec.receive(await base.paid(), None)


async def test_an_accountant_posts_the_draft_and_the_debt_is_closed(base: Base, onec: OnecAccounting) -> None:
    payment = await base.paid(20000, allocations=(part(20000, document=await base.shipment()),))
    link = (await onec.receive(payment, None)).link
    await base.act(link.ref, "post")
    assert await base.debt() == "383.40"
    handed = await onec.receive(payment, link)
    assert (handed.link.posted, handed.otherwise) == (True, ())


async def test_a_payment_that_should_be_posted_is(base: Base) -> None:
    onec = base.accounting(post_payments=True)
    payment = await base.paid(58340, allocations=(part(58340, document=await base.shipment()),))
    handed = await onec.receive(payment, None)
    assert (handed.link.posted, handed.otherwise) == (True, ())
    assert await base.debt() == "0.00"
    assert await onec.receive(payment, handed.link) == handed
    assert await base.writings() == [f"POST {PAYMENT} 201", "POST Post 200"]


async def test_a_payment_for_an_order_closes_its_debt_when_it_is_shipped(base: Base) -> None:
    milk = [{"article": await base.article(MILK), "quantity": "2"}]
    order = await base.phone_order(counterparty=await base.counterparty(), lines=milk)
    payment = await base.paid(9580, allocations=(part(9580, order=order["ref"]),))
    await base.accounting(post_payments=True).receive(payment, None)
    await base.act(order["ref"], "state", state="shipped")
    assert await base.debt() == "583.40"


async def test_a_payment_that_1c_does_not_post_stays_a_draft(base: Base) -> None:
    await base.fault("minus1", path="/Post", text="Не проведено: закритий період")
    handed = await base.accounting(post_payments=True).receive(await base.paid(), None)
    assert handed.otherwise == (Kept("Posted", "true", "Не проведено: закритий період"),)
    assert handed.link.posted is False


async def test_what_somebody_unposted_is_not_posted_again(base: Base) -> None:
    onec = base.accounting(post_payments=True)
    payment = await base.paid()
    link = (await onec.receive(payment, None)).link
    await base.act(link.ref, "unpost")
    assert (await onec.receive(payment, link)).link.posted is False


async def test_a_refund_is_a_document_of_its_own_and_makes_the_debt_grow_again(base: Base) -> None:
    onec = base.accounting(post_payments=True)
    whole = (part(20000, document=await base.shipment()),)
    payment = await base.paid(20000, allocations=whole)
    refund = await base.paid(20000, allocations=whole, refund=True)
    await onec.receive(payment, None)
    handed = await onec.receive(refund, None)
    assert handed.otherwise == ()
    document = await document_of(base, handed.link.ref)
    assert (document["ВидОперации"], document["СуммаДокумента"]) == ("ВозвратДенежныхСредствПокупателю", 200)
    assert "; повернення; " in document["Комментарий"]
    assert [shown["refund"] for shown in await base.payments()] == [True, False]
    assert await base.debt() == "583.40"


async def test_what_an_accountant_changed_is_told_and_left(base: Base) -> None:
    onec = base.accounting()
    payment = await base.paid(20000, allocations=(part(20000, document=await base.shipment()),))
    link = (await onec.receive(payment, None)).link
    lines = [{"LineNumber": "1", "СуммаПлатежа": 200}]
    await base.change(f"{PAYMENT}(guid'{link.ref}')", СуммаДокумента=200, РасшифровкаПлатежа=lines)
    await base.forget_requests()
    for accounting in (onec, base.accounting(post_payments=True)):
        handed = await accounting.receive(payment, link)
        assert {kept.field for kept in handed.otherwise} == {
            "РасшифровкаПлатежа[1].ДоговорКонтрагента_Key",
            "РасшифровкаПлатежа[1].ДокументРасчетовСКонтрагентом",
            "РасшифровкаПлатежа[1].ДокументРасчетовСКонтрагентом_Type",
        }
        assert (handed.link.posted, handed.moved) == (False, True)
    assert await base.writings() == []


async def test_a_sum_that_is_kept_otherwise_is_told_and_not_posted(base: Base) -> None:
    onec = base.accounting(post_payments=True)
    payment = await base.paid(20000)
    link = (await base.accounting().receive(payment, None)).link
    await base.change(f"{PAYMENT}(guid'{link.ref}')", СуммаДокумента=20)
    handed = await onec.receive(payment, link)
    assert handed.otherwise == (Kept("СуммаДокумента", "200.00", "20"),)
    assert (handed.link.posted, handed.moved) == (False, True)


async def test_a_payment_whose_document_was_taken_away_is_not_written_anew(base: Base, onec: OnecAccounting) -> None:
    payment = await base.paid()
    link = (await onec.receive(payment, None)).link
    await base.act(link.ref, "mark")
    for known in (link, None, DocumentLink(NOWHERE, "УТ00-000009", "AAAAAAAAAAA=")):
        with pytest.raises(Rejected) as caught:
            await onec.receive(payment, known)
        assert caught.value.code == "changed_there"
    assert await base.writings() == [f"POST {PAYMENT} 201"]


async def test_references_that_lead_nowhere_are_left_out_and_told(base: Base, onec: OnecAccounting) -> None:
    parts = (part(5000, document=NOWHERE), part(5000, order="не посилання"))
    payment = await base.paid(10000, contract=NOWHERE, allocations=parts)
    handed = await onec.receive(payment, None)
    assert handed.otherwise == (
        Kept("contract", NOWHERE, ""),
        Kept("document", NOWHERE, ""),
        Kept("order", "не посилання", ""),
    )
    document = await document_of(base, handed.link.ref)
    assert [line["СуммаПлатежа"] for line in document["РасшифровкаПлатежа"]] == [50, 50]
    assert NOWHERE not in str(document)


async def test_a_debt_that_hangs_on_the_client_has_no_document_to_name(base: Base, onec: OnecAccounting) -> None:
    payment = await base.paid()
    handed = await onec.receive(replace(payment, allocations=(part(20000, document=payment.client),)), None)
    assert handed.otherwise == ()


async def test_a_debt_that_hangs_on_a_contract_goes_to_that_contract(base: Base, onec: OnecAccounting) -> None:
    other = next(client for client in changed(await clients_of(onec)).values() if "Бондар" in client.name).contracts[0]
    payment = await base.paid(allocations=(part(20000, document=other.external_id),))
    handed = await onec.receive(payment, None)
    assert handed.otherwise == ()
    (line,) = (await document_of(base, handed.link.ref))["РасшифровкаПлатежа"]
    assert (line["ДоговорКонтрагента_Key"], line["ДокументРасчетовСКонтрагентом"]) == (other.external_id, "")


async def test_a_debt_that_hangs_on_an_order_goes_to_the_order(base: Base, onec: OnecAccounting) -> None:
    (order, *_) = await base.orders()
    handed = await onec.receive(await base.paid(allocations=(part(20000, document=order["ref"]),)), None)
    (line,) = (await document_of(base, handed.link.ref))["РасшифровкаПлатежа"]
    assert (line["Сделка"], line["ДокументРасчетовСКонтрагентом"]) == (order["ref"], "")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client": NOWHERE}, "unknown_client"),
        ({"client": "не посилання"}, "unknown_client"),
        ({"allocations": (part(20001),)}, "over_allocated"),
        ({"allocations": (part(25000), part(-5000))}, "over_allocated"),
    ],
)
async def test_what_cannot_be_right_is_refused_before_anything_is_written(
    base: Base, onec: OnecAccounting, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Rejected) as caught:
        await onec.receive(await base.paid(20000, **changes), None)
    assert caught.value.code == code
    assert await base.writings() == []


async def test_a_client_that_the_document_has_no_field_for_is_told(http: httpx.AsyncClient) -> None:
    async def forgetful(request: web.Request, passed: Passed) -> web.Response:
        status, body = await passed(request, request.rel_url.raw_path)
        if "Document_ОперацияПоПлатежнойКарте" in request.path:
            body = {name: value for name, value in body.items() if not name.startswith("Контрагент")}
        return web.json_response(body, status=status)

    async with opened(http, "bas_ut") as base, before(base, forgetful) as same:
        payment = await base.paid()
        handed = await same.accounting(post_payments=True).receive(payment, None)
    assert handed.otherwise == (Kept("Контрагент", payment.client, ""),)
    assert handed.link.posted is False


async def test_a_base_that_does_not_show_payments_is_named(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(unpublished=[PAYMENT])
    with pytest.raises(Rejected) as caught:
        await onec.receive(await base.paid(), None)
    assert caught.value.code == f"entity:{PAYMENT}"
    findings = [finding for finding in await onec.check() if finding.entity == PAYMENT]
    assert [(finding.field, finding.vital) for finding in findings] == [("", False)]


async def test_shipments_that_are_not_shown_leave_the_payment_on_the_account(base: Base, onec: OnecAccounting) -> None:
    shipment = await base.shipment()
    await base.quirk(unpublished=["Document_РеализацияТоваровУслуг"])
    handed = await onec.receive(await base.paid(allocations=(part(20000, document=shipment),)), None)
    assert handed.otherwise == (Kept("document", shipment, ""),)
