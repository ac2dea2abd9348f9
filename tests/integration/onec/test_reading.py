"""What comes in: only what changed, and nothing that the base keeps elsewhere is lost."""

import asyncio
import json
from contextlib import aclosing
from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest
from aiohttp import web

from bot.domain.accounting import DocumentLink, Subject
from bot.domain.errors import Rejected, Unavailable
from bot.domain.order import State
from bot.domain.pricelist import Complete, OfferRecord, Problem
from bot.ports import Accounting
from integrations.onec.odata import OnecAccounting
from integrations.onec.odata.client import AT_ONCE
from tests.integration.onec.world import (
    MILK,
    Base,
    Passed,
    before,
    catalogue_of,
    changed,
    clients_of,
    opened,
    orders_of,
    receivables_of,
)
from tests.support.loopback import serving


async def without_contacts(request: web.Request, passed: Passed) -> web.Response:
    """Objects without a section of contact information."""
    status, body = await passed(request, request.rel_url.raw_path)
    for row in body.get("value", [body]):
        row.pop("КонтактнаяИнформация", None)
    return web.json_response(body, status=status)


async def supplier(request: web.Request, passed: Passed) -> web.Response:
    """One of the clients only supplies, the flags of the other were never set."""
    status, body = await passed(request, request.rel_url.raw_path)
    for row in body.get("value", []):
        if row.get("Покупатель"):
            supplies = row["Ref_Key"] == "2589d284-cb16-5a35-8775-951a4fdd21a7"
            row |= {"Покупатель": False, "Поставщик": supplies}
    return web.json_response(body, status=status)


async def independent(request: web.Request, passed: Passed) -> web.Response:
    """Prices in a register that no documents write: its slices have no `_RecordType` in their name."""
    if "_RecordType/" in request.path:
        error = {"code": "6", "message": {"lang": "ru", "value": "-"}}
        return web.json_response({"odata.error": error}, status=400)
    status, body = await passed(request, request.rel_url.raw_path.replace("/SliceLast", "_RecordType/SliceLast"))
    return web.json_response(body, status=status)


async def test_contacts_may_be_kept_in_a_register_of_their_own(base: Base) -> None:
    async with before(base, without_contacts) as same:
        onec = same.accounting()
        clients = changed(await clients_of(onec))
        coffee = clients[await base.counterparty("ранкова")]
        assert [(person.name, person.phone) for person in coffee.people] == [("Олена Коваль", "+380671112011")]
        assert [point.address for point in coffee.points] == ["м. Київ, вул. Сагайдачного, 15"]
        known = {own: client.version for own, client in clients.items()}
        assert changed(await clients_of(onec, known)) == {}


async def test_a_client_marked_for_deletion_is_not_active(base: Base, onec: OnecAccounting) -> None:
    coffee = await base.counterparty()
    await base.change_client(coffee, marked=True)
    clients = changed(await clients_of(onec))
    assert [own for own, client in clients.items() if not client.active] == [coffee]


async def test_those_who_only_supply_are_not_clients(base: Base) -> None:
    async with before(base, supplier) as same:
        onec = same.accounting()
        clients = changed(await clients_of(onec))
        assert [client.name for client in clients.values()] == ["Кав’ярня «Ранкова кава»"]
        pages = await clients_of(onec, {"someone": "else"})
        assert [page.present for page in pages] == [tuple(clients)]


async def test_a_light_pass_asks_for_versions_only(base: Base, onec: OnecAccounting) -> None:
    known = {own: client.version for own, client in changed(await clients_of(onec)).items()}
    await base.forget_requests()
    await clients_of(onec, known)
    selects = [call["query"].partition("$select=")[2].partition("&")[0] for call in await base.requests()]
    assert selects == [
        "Ref_Key,DataVersion,Owner_Key",
        "Ref_Key,DataVersion,Owner_Key",
        "Ref_Key,DataVersion,DeletionMark,IsFolder,Покупатель,Поставщик",
    ]


async def test_only_what_is_asked_for_is_read(base: Base, onec: OnecAccounting) -> None:
    await catalogue_of(onec, Subject.STOCK)
    paths = {call["path"].partition("standard.odata/")[2] for call in await base.requests()}
    assert paths == {"Catalog_Склады", "AccumulationRegister_ТоварыНаСкладах/Balance"}


async def test_a_list_that_did_not_arrive_whole_is_not_said_to_be_complete(base: Base, onec: OnecAccounting) -> None:
    await base.fault("drop", path="SliceLast", times=9)
    records = []
    with pytest.raises(Unavailable):
        async for record in onec.catalogue(frozenset({Subject.CATALOGUE, Subject.PRICES})):
            records.append(record)
    assert [record.kind for record in records if isinstance(record, Complete)] == ["article"]


async def test_a_slice_that_has_another_name_is_found(base: Base) -> None:
    async with before(base, independent) as same:
        records = await catalogue_of(same.accounting(), Subject.PRICES)
    assert len([record for record in records if isinstance(record, OfferRecord)]) == 6
    assert [record for record in records if isinstance(record, Problem)] == []


async def test_orders_of_known_versions_are_not_read_again(base: Base, onec: OnecAccounting) -> None:
    known = {ref: record.link.version for ref, record in (await orders_of(onec)).items()}
    assert await orders_of(onec, known) == {}
    ref = next(order["ref"] for order in await base.orders() if order["state"] == "accepted")
    await base.act(ref, "lines", lines=[{"line": 1, "quantity": "7"}])
    (record,) = (await orders_of(onec, known)).values()
    assert (record.link.ref, str(record.lines[0].quantity)) == (ref, "7")


async def test_an_order_closed_by_another_document_is_told_once_in_a_process(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "1"))
    link = (await onec.submit(order, None)).link
    await base.act(link.ref, "post")
    await base.act(link.ref, "state", state="shipped")
    first = await orders_of(onec, since=order.placed_at.date())
    assert first[link.ref].state is State.SHIPPED
    known = {ref: record.link.version for ref, record in first.items()}
    assert await orders_of(onec, known, since=order.placed_at.date()) == {}
    await base.act(link.ref, "state", state="closed")
    told = await orders_of(onec, known, since=order.placed_at.date())
    assert told[link.ref].state is State.CLOSED


async def shipped(base: Base, onec: OnecAccounting) -> tuple[DocumentLink, date]:
    """An order whose document was posted, and which another document ships; the link is from before that."""
    order = await base.ordered((MILK, "1"))
    link = (await onec.submit(order, None)).link
    await base.act(link.ref, "post")
    link = (await orders_of(onec, since=order.placed_at.date()))[link.ref].link
    await base.act(link.ref, "state", state="shipped")
    return link, order.placed_at.date()


async def test_a_state_told_elsewhere_is_offered_until_the_caller_comes_back_for_more(
    base: Base, onec: OnecAccounting
) -> None:
    link, day = await shipped(base, onec)
    known = {ref: record.link.version for ref, record in (await orders_of(base.accounting(), since=day)).items()}
    async with aclosing(onec.orders(day, known)) as pages:  # type: ignore[type-var]
        (record,) = await anext(pages)
    assert (record.link.ref, record.state) == (link.ref, State.SHIPPED)
    assert [one.state for one in (await orders_of(onec, known, since=day)).values()] == [State.SHIPPED]
    assert await orders_of(onec, known, since=day) == {}


async def test_a_state_that_came_with_a_changed_document_is_offered_once_more(base: Base, onec: OnecAccounting) -> None:
    """Whoever wrote the document meanwhile passes over what was read before."""
    link, day = await shipped(base, onec)
    known = {ref: record.link.version for ref, record in (await orders_of(base.accounting(), since=day)).items()}
    older = known | {link.ref: "older"}
    for told, expected in ((older, [link.ref]), (known, [link.ref]), (known, [])):
        assert list(await orders_of(onec, told, since=day)) == expected


async def test_a_debt_whose_documents_are_not_published_has_no_head(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(unpublished=["Document_РеализацияТоваровУслуг"])
    (debt,) = await receivables_of(onec)
    assert (debt.head, debt.due, debt.balance.kopiykas) == (None, None, 58340)


async def test_many_unknown_documents_are_read_by_date(
    base: Base, onec: OnecAccounting, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one = await receivables_of(onec)
    monkeypatch.setattr("integrations.onec.odata.receivables.MANY", 0)
    await base.forget_requests()
    assert await receivables_of(onec) == one_by_one
    assert [call for call in await base.requests() if "$filter=Date ge" in call["query"]] != []
    await base.quirk(unpublished=["Document_РеализацияТоваровУслуг"])
    assert [debt.head for debt in await receivables_of(onec)] == [None]


async def test_an_older_base_has_no_register_of_due_dates(http: httpx.AsyncClient) -> None:
    async with opened(http, "bas_ut") as base:
        (newer,) = await receivables_of(base.accounting())
        await base.quirk(unpublished=["AccumulationRegister_РасчетыСКлиентамиПоСрокам"])
        (older,) = await receivables_of(base.accounting())
    assert older == replace(newer, due=None)
    assert newer.due is not None


async def test_rights_that_are_missing_are_told_apart(base: Base, onec: OnecAccounting) -> None:
    await base.fault("access20", path="Catalog_ДоговорыКонтрагентов")
    with pytest.raises(Rejected) as caught:
        await clients_of(onec)
    assert caught.value.code == "access"


async def test_no_more_than_four_calls_at_once_and_in_their_order(http: httpx.AsyncClient, base: Base) -> None:
    running, most, came = 0, 0, 0
    full = asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        nonlocal running, most, came
        running, came = running + 1, came + 1
        most = max(most, running)
        if came == AT_ONCE:
            full.set()
        await full.wait()
        for _ in range(20):
            await asyncio.sleep(0)
        running -= 1
        return web.json_response({"value": []})

    app = web.Application()
    app.router.add_get("/{path:.*}", slow)
    finished: list[int] = []
    async with serving(app) as address:
        onec = replace(base, address=address, http=http).accounting()

        async def call(number: int) -> None:
            await onec.ping()
            finished.append(number)

        await asyncio.gather(*(call(number) for number in range(20)))
    assert (most, came) == (AT_ONCE, 20)
    assert set(finished[:AT_ONCE]) == set(range(AT_ONCE))


async def test_it_is_the_book_of_record_that_the_application_asks_for(onec: OnecAccounting) -> None:
    book: Accounting = onec
    assert book.system == "onec"


async def test_a_ping_is_one_small_call(base: Base, onec: OnecAccounting) -> None:
    await onec.ping()
    (call,) = await base.requests()
    assert call["path"].endswith("/Catalog_Валюты")
    assert call["query"] == "$format=application/json;odata=nometadata&$top=1&$select=Ref_Key"


async def test_a_page_of_the_web_server_instead_of_metadata_is_no_answer(base: Base, onec: OnecAccounting) -> None:
    await base.fault("html200", path="$metadata")
    with pytest.raises(Unavailable):
        await onec.check()
    await base.power("404")
    with pytest.raises(Unavailable) as caught:
        await onec.describe()
    assert caught.value.code == "publication"


async def test_an_answer_that_is_json_and_nothing_we_know_is_no_answer(base: Base, http: httpx.AsyncClient) -> None:
    said: list[Any] = [[], {"value": 5}, {"value": [1]}, "так", {}]

    async def odd(request: web.Request) -> web.Response:
        return web.Response(text=json.dumps(said[0]), content_type="application/json")

    app = web.Application()
    app.router.add_get("/{path:.*}", odd)
    async with serving(app) as address:
        onec = replace(base, address=address, http=http).accounting()
        while said:
            with pytest.raises(Unavailable) as caught:
                await onec.ping()
            assert caught.value.code == "broken answer"
            said.pop(0)
