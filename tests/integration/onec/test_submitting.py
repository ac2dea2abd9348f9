"""An order is in 1C once, as it was agreed, or it is said what became of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web

from bot.domain.accounting import DocumentLink, Kept, OutgoingOrder
from bot.domain.errors import Rejected
from bot.domain.money import Money
from integrations.onec.odata import OnecAccounting
from tests.integration.onec.world import BUTTER, FILLET, MILK, NOWHERE, Base, Passed, before, orders_of


async def test_an_order_becomes_a_draft_with_our_reference(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"), (FILLET, "3.5"))
    handed = await onec.submit(order, None)
    assert handed.link.ref == str(order.id)
    assert handed.link.number.startswith("УТ00-")
    assert handed.link.posted is False
    assert handed.otherwise == ()
    document = await base.order(str(order.id))
    assert document["total"] == "742.45"
    assert [(line["quantity"], line["price"], line["amount"]) for line in document["lines"]] == [
        ("12.000", "47.90", "574.80"),
        ("3.500", "47.90", "167.65"),
    ]
    assert document["counterparty_ref"] == order.client
    assert document["posted"] is False
    assert onec.honours_client_ref is True


async def test_the_comment_says_what_a_manager_needs_the_most_important_first(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered(provisional=True)
    await onec.submit(order, None)
    assert (await base.order(str(order.id)))["comment"] == (
        "Комора K-000123; ціни на момент замовлення не перевірено; Дзвоніть за годину; "
        "доставка 01.12.2026: Кухня, вул. Лугова, 1; замовив: Олена"
    )


async def test_lines_carry_units_and_the_vat_inside_the_sum(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "1"), (BUTTER, "1"))
    dear, cheap = order.lines
    dear = replace(dear, quantity=Decimal(10), discount=Money(12012), amount=Money(120048), price=Money(13206))
    cheap = replace(cheap, vat=None)
    await onec.submit(replace(order, lines=(dear, cheap), total=dear.amount + cheap.amount), None)
    lines = (await base.raw(f"Document_ЗаказПокупателя(guid'{order.id}')"))["Товары"]
    assert [line["LineNumber"] for line in lines] == ["1", "2"]
    assert [line["СуммаНДС"] for line in lines] == [200.08, 0]
    assert [line["СтавкаНДС"] for line in lines] == ["НДС20", "БезНДС"]
    assert [line["ПроцентСкидкиНаценки"] for line in lines] == [9.1, 0]
    assert [line["Коэффициент"] for line in lines] == [1, 1]
    assert all(line["ЕдиницаИзмерения_Key"] != NOWHERE for line in lines)


async def test_the_header_names_organization_contract_currency_and_warehouse(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered()
    await onec.submit(order, None)
    document = await base.raw(f"Document_ЗаказПокупателя(guid'{order.id}')")
    empty = "00000000-0000-0000-0000-000000000000"
    references = ("Организация_Key", "ДоговорКонтрагента_Key", "ВалютаДокумента_Key", "СкладГруппа_Key")
    assert all(document[name] != empty for name in references)
    assert document["ДатаОтгрузки"] == "2026-12-01T00:00:00"
    assert document["АдресДоставки"] == "вул. Лугова, 1"
    assert document["СуммаВключаетНДС"] is True


async def test_the_same_order_again_writes_nothing(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered()
    first = await onec.submit(order, None)
    assert await onec.submit(order, None) == first
    assert await onec.submit(order, first.link) == first
    assert await base.accounting().submit(order, None) == first
    assert await base.writings() == ["POST Document_ЗаказПокупателя 201"]


async def test_a_changed_order_changes_its_document(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"))
    link = (await onec.submit(order, None)).link
    again = await base.ordered((MILK, "24"), (BUTTER, "1"), id=order.id, revision=2, placed_at=order.placed_at)
    handed = await onec.submit(again, link)
    assert handed.link.version != link.version
    assert handed.otherwise == ()
    document = await base.order(str(order.id))
    assert [line["quantity"] for line in document["lines"]] == ["24.000", "1.000"]
    assert document["comment"].startswith("Комора K-000123 зм. 2; ")
    assert len(await base.from_site()) == 1


async def test_a_document_that_a_manager_changed_is_left_alone(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"))
    link = (await onec.submit(order, None)).link
    await base.act(str(order.id), "lines", lines=[{"line": 1, "quantity": "6"}])
    changed = await base.ordered((MILK, "24"), id=order.id, revision=2, placed_at=order.placed_at)
    with pytest.raises(Rejected) as caught:
        await onec.submit(changed, link)
    assert caught.value.code == "changed_there"
    assert (await base.order(str(order.id)))["lines"][0]["quantity"] == "6.000"


async def test_a_change_made_while_ours_was_being_prepared_is_noticed(base: Base) -> None:
    order = await base.ordered((MILK, "12"))

    async def meanwhile(request: web.Request, passed: Passed) -> web.Response:
        if "Catalog_Номенклатура" in request.path and await base.from_site():
            await base.act(str(order.id), "lines", lines=[{"line": 1, "quantity": "6"}])
        status, body = await passed(request, request.rel_url.raw_path)
        return web.json_response(body, status=status)

    async with before(base, meanwhile) as same:
        link = (await same.accounting().submit(order, None)).link
        changed = await base.ordered((MILK, "24"), id=order.id, revision=2, placed_at=order.placed_at)
        with pytest.raises(Rejected) as caught:
            await same.accounting().submit(changed, link)
    assert caught.value.code == "changed_there"
    assert (await base.order(str(order.id)))["lines"][0]["quantity"] == "6.000"


async def test_what_a_manager_changed_is_told_when_the_same_order_comes_again(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"))
    await onec.submit(order, None)
    await base.act(str(order.id), "lines", lines=[{"line": 1, "quantity": "6"}])
    handed = await onec.submit(order, None)
    assert Kept("Товары[1].Количество", "12", "6") in handed.otherwise
    assert await base.writings() == ["POST Document_ЗаказПокупателя 201"]


async def test_a_posted_document_is_not_changed(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"))
    link = (await onec.submit(order, None)).link
    await base.act(str(order.id), "post")
    assert (await onec.submit(order, link)).link.posted is True
    for wanted in (await base.ordered((MILK, "1"), id=order.id, revision=2), replace(order, cancelled=True)):
        with pytest.raises(Rejected) as caught:
            await onec.submit(wanted, link)
        assert caught.value.code == "posted"
    document = await base.order(str(order.id))
    assert (document["marked"], document["lines"][0]["quantity"]) == (False, "12.000")


async def test_a_cancelled_order_is_marked_for_deletion_and_never_deleted(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered()
    link = (await onec.submit(order, None)).link
    cancelled = replace(order, revision=2, cancelled=True)
    handed = await onec.submit(cancelled, link)
    assert (await base.order(str(order.id)))["marked"] is True
    assert await onec.submit(cancelled, handed.link) == handed
    assert await base.writings() == ["POST Document_ЗаказПокупателя 201", "PATCH Document_ЗаказПокупателя 200"]


async def test_an_order_whose_document_was_marked_there_is_not_revived(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered()
    link = (await onec.submit(order, None)).link
    await base.act(str(order.id), "mark")
    with pytest.raises(Rejected) as caught:
        await onec.submit(replace(order, revision=2, note="Ще"), link)
    assert caught.value.code == "changed_there"


async def test_a_document_that_disappeared_is_not_written_anew(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered()
    with pytest.raises(Rejected) as caught:
        await onec.submit(order, DocumentLink(NOWHERE, "УТ00-000009", "AAAAAAAAAAA="))
    assert caught.value.code == "changed_there"
    assert await base.writings() == []


async def test_an_unknown_client_is_found_before_anything_is_written(base: Base, onec: OnecAccounting) -> None:
    for client in (NOWHERE, "не посилання"):
        with pytest.raises(Rejected) as caught:
            await onec.submit(await base.ordered(client=client), None)
        assert caught.value.code == "unknown_client"
    assert await base.writings() == []


@pytest.mark.parametrize("article", [NOWHERE, None, "10661"])
async def test_an_unknown_article_is_named_by_its_number(base: Base, onec: OnecAccounting, article: str | None) -> None:
    order = await base.ordered((MILK, "1"), (BUTTER, "1"))
    lines = (order.lines[0], replace(order.lines[1], article=article))
    with pytest.raises(Rejected) as caught:
        await onec.submit(replace(order, lines=lines), None)
    assert caught.value.code == "unknown_article:11011"
    assert await base.writings() == []


async def test_a_broken_reference_that_is_not_compulsory_is_left_out_and_told(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered(contract=NOWHERE, price_type=NOWHERE)
    handed = await onec.submit(order, None)
    assert handed.otherwise == (Kept("contract", NOWHERE, ""), Kept("price_type", NOWHERE, ""))
    document = await base.raw(f"Document_ЗаказПокупателя(guid'{order.id}')")
    assert NOWHERE not in (document["ДоговорКонтрагента_Key"], document["ТипЦен_Key"])


async def test_a_text_that_1c_cut_is_told(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered(delivery_address="вул. Довга, " * 20)
    handed = await onec.submit(order, None)
    (cut,) = handed.otherwise
    assert handed.moved is False
    assert (cut.field, len(cut.sent), len(cut.kept)) == ("АдресДоставки", 240, 100)
    assert (await onec.submit(order, handed.link)).link == handed.link


async def test_an_order_that_should_be_posted_is(base: Base) -> None:
    onec = base.accounting(post_orders=True)
    order = await base.ordered()
    handed = await onec.submit(order, None)
    assert (handed.link.posted, handed.otherwise) == (True, ())
    assert (await onec.submit(order, handed.link)) == handed
    assert await base.writings() == ["POST Document_ЗаказПокупателя 201", "POST Post 200"]


async def test_an_order_that_1c_does_not_post_stays_a_draft(base: Base) -> None:
    await base.fault("minus1", path="/Post", text="Не проведено: закритий період")
    handed = await base.accounting(post_orders=True).submit(order := await base.ordered(), None)
    assert handed.otherwise == (Kept("Posted", "true", "Не проведено: закритий період"),)
    assert handed.link.posted is False
    assert (await base.order(str(order.id)))["posted"] is False


async def test_the_organization_is_found_by_its_code_or_refused(base: Base) -> None:
    with pytest.raises(Rejected) as caught:
        await base.accounting(organization="ТОВ «Інша»").submit(await base.ordered(), None)
    assert caught.value.code == "unknown_organization"
    assert await base.writings() == []


async def test_an_order_is_found_as_it_stands_there(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"))
    assert await onec.find(order) is None
    link = (await onec.submit(order, None)).link
    found = await onec.find(order)
    assert found is not None
    assert (found.link, found.ours, found.client) == (link, "K-000123", order.client)
    assert (found.placed_at, found.delivery_date) == (order.placed_at, date(2026, 12, 1))
    (line,) = found.lines
    assert (line.name, line.quantity, line.price, line.amount) == (
        "Молоко 2,6% 1 л", Decimal(12), Money(4790), Money(57480),
    )  # fmt: skip


DOCUMENT = "Document_ЗаказПокупателя"
EMPTY = "00000000-0000-0000-0000-000000000000"


async def entered(base: Base, onec: OnecAccounting, **changes: Any) -> tuple[OutgoingOrder, DocumentLink]:
    """An order of the office, with its own terms, as our books have it."""
    taken = await base.phone_order(
        counterparty=await base.counterparty(), lines=[{"article": await base.article(MILK), "quantity": "12"}]
    )
    ref, terms = taken["ref"], {"Комментарий": "Ключ у сусідів; набрати", "ДоговорКонтрагента_Key": EMPTY}
    await base.act(ref, "unpost")
    await base.change(f"{DOCUMENT}(guid'{ref}')", **terms)
    link = (await orders_of(onec))[ref].link
    return await base.ordered((MILK, "24"), id=UUID(ref), revision=2, note="До 9:00; тихо", **changes), link


async def test_a_change_of_an_order_of_the_office_leaves_their_header_and_comment(
    base: Base, onec: OnecAccounting
) -> None:
    order, link = await entered(base, onec)
    handed = await onec.submit(order, link)
    assert (handed.otherwise, handed.moved) == ((), False)
    document = await base.raw(f"{DOCUMENT}(guid'{order.id}')")
    assert document["Комментарий"] == (
        "Комора K-000123 зм. 2; змінено через Комору: До 9:00, тихо; Ключ у сусідів; набрати"
    )
    assert document["ДоговорКонтрагента_Key"] == EMPTY
    assert [line["Количество"] for line in document["Товары"]] == [24]
    assert (document["СуммаДокумента"], document["ДатаОтгрузки"]) == (1149.6, "2026-12-01T00:00:00")
    assert document["АдресДоставки"] == "вул. Лугова, 1"


async def test_the_next_change_of_an_order_of_the_office_leaves_them_too(base: Base, onec: OnecAccounting) -> None:
    order, link = await entered(base, onec)
    link = (await onec.submit(order, link)).link
    again = await base.ordered((MILK, "6"), id=order.id, revision=3, note="")
    handed = await onec.submit(again, link)
    assert (handed.otherwise, await onec.submit(again, handed.link)) == ((), handed)
    document = await base.raw(f"{DOCUMENT}(guid'{order.id}')")
    assert document["Комментарий"] == "Комора K-000123 зм. 3; змінено через Комору; Ключ у сусідів; набрати"
    assert document["ДоговорКонтрагента_Key"] == EMPTY
    assert [line["Количество"] for line in document["Товары"]] == [6]
    found = (await orders_of(onec))[str(order.id)]
    assert (found.ours, found.link) == ("K-000123", handed.link)


async def test_an_order_of_ours_whose_mark_was_taken_away_keeps_what_the_manager_wrote(
    base: Base, onec: OnecAccounting
) -> None:
    order = await base.ordered((MILK, "12"))
    await onec.submit(order, None)
    await base.change(f"{DOCUMENT}(guid'{order.id}')", **{"Комментарий": "Самовивіз"})
    link = (await orders_of(onec))[str(order.id)].link
    await onec.submit(replace(order, revision=2, note=""), link)
    document = await base.raw(f"{DOCUMENT}(guid'{order.id}')")
    assert document["Комментарий"] == "Комора K-000123 зм. 2; змінено через Комору; Самовивіз"


async def test_a_document_of_the_office_is_not_posted_by_us(base: Base) -> None:
    onec = base.accounting(post_orders=True)
    order, link = await entered(base, onec)
    handed = await onec.submit(order, link)
    assert (handed.link.posted, handed.otherwise) == (False, ())
