"""The same business out of every configuration, whatever it calls things."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest

from bot.domain.accounting import OutgoingOrder, PaymentPart, Subject
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.pricelist import ArticleRecord, CategoryRecord, Complete, OfferRecord, PriceTypeRecord, WarehouseRecord
from bot.domain.requisites import ClientKind
from tests.integration.onec.world import (
    BUTTER,
    FILLET,
    MILK,
    Base,
    catalogue_of,
    changed,
    clients_of,
    opened,
    orders_of,
    receivables_of,
)


@pytest.fixture(params=["ut_ua", "bas_ut", "unf", "bp"])
async def base(request: pytest.FixtureRequest, http: httpx.AsyncClient) -> AsyncIterator[Base]:
    async with opened(http, request.param) as base:
        yield base


async def test_clients_with_terms_people_and_addresses(base: Base) -> None:
    clients = changed(await clients_of(base.accounting()))
    coffee = clients[await base.counterparty("ранкова")]
    assert (coffee.name, coffee.kind, coffee.tax_code) == ("Кав’ярня «Ранкова кава»", ClientKind.LEGAL, "32855961")
    assert (coffee.price_type, coffee.payment_days, coffee.active) == ("Оптова", 7, True)
    assert [(person.name, person.phone) for person in coffee.people] == [("Олена Коваль", "380671112011")]
    points = [(point.name, point.address) for point in coffee.points]
    assert points == [("вул. Сагайдачного, 15", "м. Київ, вул. Сагайдачного, 15")]
    (contract,) = coffee.contracts
    assert contract.main
    bondar = clients[await base.counterparty("бондар")]
    assert (bondar.kind, bondar.tax_code, bondar.price_type) == (ClientKind.FOP, "2530414071", "Роздрібна")
    assert [(person.name, person.phone) for person in bondar.people] == [("ФОП Бондар", "380501112233")]


async def test_a_second_pass_brings_nothing_and_names_everybody(base: Base) -> None:
    onec = base.accounting()
    known = {own: client.version for own, client in changed(await clients_of(onec)).items()}
    pages = await clients_of(onec, known)
    assert changed(pages) == {}
    assert sorted(own for page in pages for own in page.present) == sorted(known)


async def test_a_changed_client_alone_comes_again(base: Base) -> None:
    onec = base.accounting()
    known = {own: client.version for own, client in changed(await clients_of(onec)).items()}
    coffee = await base.counterparty("ранкова")
    await base.change_client(coffee, price_type="Роздрібна")
    pages = await clients_of(onec, known)
    assert {own: client.price_type for own, client in changed(pages).items()} == {coffee: "Роздрібна"}
    assert sorted(own for page in pages for own in page.present) == sorted(known)


async def test_the_catalogue_with_prices_and_stock(base: Base) -> None:
    records = await catalogue_of(base.accounting(), *Subject)
    articles = {record.sku: record for record in records if isinstance(record, ArticleRecord)}
    milk = articles[MILK]
    assert sorted(sku or "" for sku in articles) == [MILK, BUTTER, FILLET]
    assert (milk.name, milk.base_unit, milk.vat, milk.active) == ("Молоко 2,6% 1 л", "шт", 20_000, True)
    assert {record.name for record in records if isinstance(record, CategoryRecord)} == {"Молочні продукти"}
    types = {record.external_id: record.name for record in records if isinstance(record, PriceTypeRecord)}
    offers = [record for record in records if isinstance(record, OfferRecord) and record.article == milk.external_id]
    prices = {types[kind]: kopiykas for offer in offers for kind, kopiykas in offer.prices}
    assert prices == {"Оптова": 4790, "Роздрібна": 4950}
    (place,) = (record for record in records if isinstance(record, WarehouseRecord))
    assert [offer.stock for offer in offers if offer.stock] == [((place.external_id, 88_000),)]
    assert [record.kind for record in records if isinstance(record, Complete)] == ["article", "price", "stock"]


async def test_what_is_owed_by_document(base: Base) -> None:
    (debt,) = await receivables_of(base.accounting())
    assert debt.client == await base.counterparty("ранкова")
    assert debt.balance == Money(58340)
    assert debt.head is not None
    assert (debt.head.kind, debt.head.amount) == ("shipment", Money(78340))
    assert debt.due is not None
    assert (debt.due - debt.head.date).days == 7
    (known,) = await receivables_of(base.accounting(), {debt.document})
    assert (known.head, known.balance) == (None, debt.balance)


async def test_an_order_there_and_back(base: Base) -> None:
    onec = base.accounting()
    order = await base.ordered((MILK, "12"), (FILLET, "3.5"))
    handed = await onec.submit(order, None)
    assert handed.otherwise == ()
    assert await onec.submit(order, handed.link) == handed
    changed_order = replace(order, revision=2, note="Ще раз")
    again = await onec.submit(changed_order, handed.link)
    assert again.otherwise == ()
    found = (await orders_of(onec, since=order.placed_at.date()))[handed.link.ref]
    assert (found.ours, found.client, found.total) == ("K-000123", order.client, Money(74245))
    assert [(line.quantity, line.amount) for line in found.lines] == [
        (Decimal(12), Money(57480)),
        (Decimal("3.5"), Money(16765)),
    ]
    cancelled = await onec.submit(replace(changed_order, cancelled=True), again.link)
    found = (await orders_of(onec, {handed.link.ref: again.link.version}))[handed.link.ref]
    assert (found.link, found.state) == (cancelled.link, State.CANCELLED)


async def test_a_new_order_says_that_it_was_placed_and_managers_move_it_on(base: Base) -> None:
    onec = base.accounting()
    order = await base.ordered((MILK, "12"))
    link = (await onec.submit(order, None)).link
    first = (await orders_of(onec))[link.ref].state
    assert first is (State.PLACED if base.profile in ("bas_ut", "unf") else None)
    await base.act(link.ref, "post")
    await base.act(link.ref, "state", state="accepted")
    assert (await orders_of(onec))[link.ref].state is State.ACCEPTED
    assert (await onec.submit(order, link)).otherwise == ()


async def test_an_order_taken_by_phone_is_shipped(base: Base) -> None:
    onec = base.accounting()
    taken = await base.phone_order(
        counterparty=await base.counterparty(), lines=[{"article": await base.article(MILK), "quantity": "2"}]
    )
    ref = str(taken["ref"])
    before = (await orders_of(onec))[ref]
    assert before.ours is None
    assert before.state in (State.ACCEPTED, State.PLACED)
    await base.act(ref, "state", state="shipped")
    assert (await orders_of(onec, {ref: before.link.version}))[ref].state is State.SHIPPED


async def test_a_payment_and_its_refund_against_a_shipment_and_an_order(base: Base) -> None:
    onec = base.accounting(post_payments=True)
    order = (await onec.submit(await base.ordered((MILK, "2")), None)).link.ref
    parts = (PaymentPart(None, await base.shipment(), Money(15000)), PaymentPart(order, None, Money(3000)))
    payment = await base.paid(20000, allocations=parts)
    handed = await onec.receive(payment, None)
    assert (handed.link.posted, handed.otherwise) == (True, ())
    assert await base.debt() == "433.40"
    assert await onec.receive(payment, handed.link) == handed
    assert [debt.balance for debt in await receivables_of(onec) if debt.document == parts[0].document] == [Money(43340)]
    refund = await onec.receive(await base.paid(20000, allocations=parts, refund=True), None)
    assert (refund.link.posted, refund.otherwise) == (True, ())
    assert await base.debt() == "583.40"
    (back, came) = await base.payments()
    assert (back["refund"], came["refund"]) == (True, False)
    assert [(one["kind"], one["amount"]) for one in came["parts"]] == [
        ("shipment", "150.00"), ("order", "30.00"), ("", "20.00"),
    ]  # fmt: skip


async def test_nothing_is_missing_of_its_own_profile(base: Base) -> None:
    onec = base.accounting()
    assert [finding.text for finding in await onec.check() if finding.vital] == []
    assert (await onec.describe())[0].profile == base.profile


async def test_another_profile_is_told_apart(base: Base) -> None:
    wrong = "unf" if base.profile != "unf" else "bas_ut"
    findings = await base.accounting(profile=wrong).check()
    assert len([finding for finding in findings if finding.vital]) > 5
    assert (await base.accounting(profile=wrong).describe())[0].profile == base.profile


async def test_orders_before_the_day_are_not_told(base: Base) -> None:
    assert await orders_of(base.accounting(), since=date(2100, 1, 1)) == {}


async def discounted(base: Base, **changes: Any) -> OutgoingOrder:
    """An order that a promotion took 5 percent off; a kopiyka does not divide."""
    order = await base.ordered((MILK, "12"), (FILLET, "3.5"))
    milk, fillet = order.lines
    lines = (
        replace(milk, discount=Money(2874), amount=Money(54606)),
        replace(fillet, discount=Money(839), amount=Money(15926)),
    )
    return replace(order, lines=lines, total=Money(70532), **changes)


async def test_a_discounted_order_stands_there_to_the_kopiyka_and_is_no_difference(base: Base) -> None:
    order, onec = await discounted(base), base.accounting()
    handed = await onec.submit(order, None)
    assert (handed.otherwise, handed.moved) == ((), False)
    document = await base.order(str(order.id))
    assert (document["total"], [line["amount"] for line in document["lines"]]) == ("705.32", ["546.06", "159.26"])
    assert (document["agrees"], [line["agrees"] for line in document["lines"]]) == (True, [True, True])
    there = await onec.find(order)
    assert there is not None
    assert (there.total, [line.amount for line in there.lines]) == (Money(70532), [Money(54606), Money(15926)])
    assert await onec.submit(order, handed.link) == handed
    assert await base.accounting().submit(order, None) == handed


async def test_a_manager_who_changes_a_quantity_keeps_the_discount(base: Base) -> None:
    order, onec = await discounted(base), base.accounting()
    await onec.submit(order, None)
    await base.act(str(order.id), "lines", lines=[{"line": 1, "quantity": "6"}])
    there = await onec.find(order)
    assert there is not None
    assert there.lines[0].amount in (Money(27303), Money(27306))
    assert there.total == there.lines[0].amount + Money(15926)


async def test_a_discount_that_comes_later_goes_over_the_draft(base: Base) -> None:
    order, onec = await base.ordered((MILK, "12"), (FILLET, "3.5")), base.accounting()
    first = await onec.submit(order, None)
    later = await discounted(base, id=order.id, revision=2, placed_at=order.placed_at)
    handed = await onec.submit(later, first.link)
    assert (handed.otherwise, handed.moved) == ((), False)
    document = await base.order(str(order.id))
    assert (document["total"], document["agrees"]) == ("705.32", True)


async def test_without_a_field_for_a_discount_the_price_is_what_is_left(http: httpx.AsyncClient) -> None:
    async with opened(http, "bp") as base:
        order = await discounted(base)
        await base.accounting().submit(order, None)
        rows = (await base.order(str(order.id)))["lines"]
        assert [(row["price"], row["amount"]) for row in rows] == [("45.51", "546.06"), ("45.50", "159.26")]


async def test_with_one_the_price_is_the_full_one(http: httpx.AsyncClient) -> None:
    for profile in ("ut_ua", "bas_ut", "unf"):
        async with opened(http, profile) as base:
            order = await discounted(base)
            await base.accounting().submit(order, None)
            rows = (await base.order(str(order.id)))["lines"]
            said = [(row["price"], row["discount_percent"], row["amount"]) for row in rows]
            assert said == [("47.90", "5.00", "546.06"), ("47.90", "5.00", "159.26")]
