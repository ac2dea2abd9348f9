"""A payment by transfer is the configuration's own bank receipt, once, and can be taken back while it is a draft."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest

from bot.domain.accounting import BankReceipt, BankSlip, DocumentLink, OutgoingPayment, PaymentPart
from bot.domain.errors import Ambiguous, Rejected
from bot.domain.money import Money
from integrations.onec.odata import OnecAccounting
from tests.integration.onec.world import Base, opened

KINDS = {
    "ut_ua": "Document_ПлатежноеПоручениеВходящее",
    "bas_ut": "Document_ПоступлениеБезналичныхДенежныхСредств",
    "unf": "Document_ПоступлениеНаСчет",
    "bp": "Document_ПоступлениеНаРасчетныйСчет",
}


@pytest.fixture(params=list(KINDS))
async def base(request: pytest.FixtureRequest, http: httpx.AsyncClient) -> AsyncIterator[Base]:
    async with opened(http, request.param) as base:
        yield base


async def transfer(base: Base, amount: int = 20000) -> OutgoingPayment:
    payment = await base.paid(
        amount, reference="Банк-37", card="", fee=None, purpose="Оплата зг. рах. №42",
        allocations=(PaymentPart(None, await base.shipment(), Money(15000)),),
    )  # fmt: skip
    return replace(payment, slip=BankSlip("77", payment.paid_at.date(), "ТОВ Ромашка"))


async def receipts(onec: OnecAccounting, since: date) -> list[BankReceipt]:
    return [one async for page in onec.bank_receipts(since) for one in page]


async def test_a_transfer_becomes_a_draft_that_says_what_it_pays(base: Base) -> None:
    payment = await transfer(base)
    handed = await base.accounting().receive(payment, None)
    assert handed.otherwise == ()
    assert (handed.link.ref, handed.link.posted) == (str(payment.id), False)
    document = await base.raw(f"{KINDS[base.profile]}(guid'{payment.id}')")
    assert (document["НазначениеПлатежа"], document["НомерВходящегоДокумента"]) == ("Оплата зг. рах. №42", "77")
    assert document["Комментарий"].startswith(f"Комора Банк-37 [{payment.id.hex[:8]}]; ТОВ Ромашка")
    assert await base.debt() == "583.40"


async def test_an_accountant_posts_it_and_the_debt_is_closed(base: Base) -> None:
    link = (await base.accounting().receive(await transfer(base), None)).link
    await base.act(link.ref, "post")
    assert await base.debt() == "433.40"


async def test_a_lost_answer_makes_no_second_document(base: Base) -> None:
    payment, onec = await transfer(base), base.accounting()
    await base.fault("lost_answer", method="POST", path=KINDS[base.profile])
    with pytest.raises(Ambiguous):
        await onec.receive(payment, None)
    link = (await onec.receive(payment, None)).link
    assert [one.link.ref for one in await receipts(onec, payment.paid_at.date()) if one.ours] == [link.ref]


async def test_what_the_base_has_loaded_itself_is_listed_beside_ours(base: Base) -> None:
    payment, onec = await transfer(base), base.accounting()
    await onec.receive(payment, None)
    answer = await base.http.post(
        f"{base.address}/_control/payments",
        json={"counterparty": payment.client, "amount": "58.34", "purpose": "за каву", "number": "12"},
    )
    assert answer.status_code < 300
    found = await receipts(onec, payment.paid_at.date() - timedelta(days=1))
    assert sorted((one.amount.kopiykas, one.number, one.ours, one.link.posted) for one in found if one.number) == [
        (5834, "12", False, True), (20000, "77", True, False),
    ]  # fmt: skip
    assert {one.client for one in found} == {payment.client}


async def test_a_draft_is_taken_back_once(base: Base) -> None:
    payment, onec = await transfer(base), base.accounting()
    link = (await onec.receive(payment, None)).link
    await onec.take_back(payment, link)
    await onec.take_back(payment, link)
    document = await base.raw(f"{KINDS[base.profile]}(guid'{link.ref}')")
    assert document["DeletionMark"] is True


async def test_a_draft_whose_answer_was_lost_is_taken_back_too(base: Base) -> None:
    payment, onec = await transfer(base), base.accounting()
    await base.fault("lost_answer", method="POST", path=KINDS[base.profile])
    with pytest.raises(Ambiguous):
        await onec.receive(payment, None)
    await onec.take_back(payment, None)
    assert [one.marked for one in await receipts(onec, payment.paid_at.date()) if one.ours] == [True]


async def test_what_was_never_written_needs_no_taking_back(base: Base) -> None:
    await base.accounting().take_back(await transfer(base), None)
    assert await base.writings() == []


async def test_a_posted_one_is_left_and_told(base: Base) -> None:
    payment, onec = await transfer(base), base.accounting()
    link = (await onec.receive(payment, None)).link
    await base.act(link.ref, "post")
    with pytest.raises(Rejected) as caught:
        await onec.take_back(payment, link)
    assert caught.value.code == "posted"


async def test_one_that_somebody_changed_is_left_and_told(base: Base) -> None:
    payment, onec = await transfer(base), base.accounting()
    link = (await onec.receive(payment, None)).link
    with pytest.raises(Rejected) as caught:
        await onec.take_back(payment, DocumentLink(link.ref, link.number, "AAAAAAAAAAA="))
    assert caught.value.code == "changed_there"


async def test_a_base_that_does_not_show_such_documents_has_none(base: Base) -> None:
    await base.quirk(unpublished=[KINDS[base.profile]])
    assert await receipts(base.accounting(), date(2026, 1, 1)) == []
