"""Whatever breaks between us and 1C: no order is lost, none is there twice, and who has to act is told."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from integrations.onec.odata import OnecAccounting
from integrations.onec.odata.client import Patience
from tests.integration.onec.world import FILLET, MILK, Base, clients_of, orders_of
from tests.support.loopback import serving

ORDER = "Document_ЗаказПокупателя"


async def refused(onec: OnecAccounting, base: Base) -> OutsideError:
    with pytest.raises(OutsideError) as caught:
        await onec.submit(await base.ordered(number=f"K-{uuid4().hex[:8]}"), None)
    return caught.value


async def test_an_exception_in_1cs_code_is_refused_with_its_words_for_staff(base: Base, onec: OnecAccounting) -> None:
    await base.fault("minus1", method="POST", path=ORDER, text="Не хватает товара " * 20)
    error = await refused(onec, base)
    assert isinstance(error, Rejected)
    assert error.code == "-1"
    assert not error.of_system
    assert len(getattr(error, "text", "")) == 300
    assert "товара" not in str(error)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_lock_is_waited_out(base: Base, onec: OnecAccounting, method: str) -> None:
    await base.fault("locked", method=method, path=ORDER, times=3)
    error = await refused(onec, base)
    assert isinstance(error, Unavailable)
    assert error.code == "locked"
    assert await base.from_site() == []


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_page_of_html_is_no_answer(base: Base, onec: OnecAccounting, method: str) -> None:
    await base.fault("html200", method=method, path=ORDER, times=3)
    error = await refused(onec, base)
    assert isinstance(error, Unavailable)
    assert error.code == "html"


@pytest.mark.parametrize(("kind", "code"), [("broken_json", "broken answer"), ("wrong_encoding", "encoding")])
async def test_a_reading_that_cannot_be_read_did_not_happen(
    base: Base, onec: OnecAccounting, kind: str, code: str
) -> None:
    await base.fault(kind, path="Catalog_ДоговорыКонтрагентов", times=3)
    with pytest.raises(Unavailable) as caught:
        await clients_of(onec)
    assert caught.value.code == code


@pytest.mark.parametrize(("kind", "code"), [("broken_json", "broken answer"), ("wrong_encoding", "encoding")])
async def test_a_writing_whose_answer_cannot_be_read_may_have_happened(
    base: Base, onec: OnecAccounting, kind: str, code: str
) -> None:
    order = await base.ordered()
    await base.fault(kind, method="POST", path=ORDER)
    with pytest.raises(Ambiguous) as caught:
        await onec.submit(order, None)
    assert caught.value.code == code
    await onec.submit(order, None)
    assert len(await base.from_site()) == 1


async def test_an_empty_answer_to_a_new_order_is_unknown(base: Base, onec: OnecAccounting) -> None:
    await base.fault("empty", method="POST", path=ORDER)
    assert isinstance(await refused(onec, base), Ambiguous)


async def test_a_reading_is_tried_again(base: Base, onec: OnecAccounting) -> None:
    await base.fault("drop", method="GET", path=ORDER, times=2)
    handed = await onec.submit(await base.ordered(), None)
    assert handed.otherwise == ()


@pytest.mark.parametrize(("status", "means"), [(500, Ambiguous), (502, Ambiguous), (503, Ambiguous)])
async def test_a_writing_is_never_repeated_within_a_call(
    base: Base, onec: OnecAccounting, status: int, means: type[OutsideError]
) -> None:
    await base.fault("status", method="POST", path=ORDER, status=status)
    error = await refused(onec, base)
    assert type(error) is means
    assert await base.writings() == [f"POST {ORDER} {status}"]


async def test_a_changed_password_is_told_apart_from_missing_rights(base: Base, onec: OnecAccounting) -> None:
    await onec.ping()
    await base.password("інший")
    with pytest.raises(Rejected) as caught:
        await onec.ping()
    assert (caught.value.code, caught.value.of_system) == ("unauthorized", True)
    await base.password("кава:з молоком")
    await base.fault("access20")
    with pytest.raises(Rejected) as caught:
        await onec.ping()
    assert (caught.value.code, caught.value.of_system) == ("access", True)


async def test_a_base_that_is_not_published_now_is_waited_for(base: Base, onec: OnecAccounting) -> None:
    await base.power("404")
    with pytest.raises(Unavailable) as caught:
        await onec.ping()
    assert caught.value.code == "publication"


@pytest.mark.parametrize("mode", ["drop", "503"])
async def test_a_base_that_is_off_is_waited_for_and_told_once(base: Base, onec: OnecAccounting, mode: str) -> None:
    await onec.ping()
    await base.power(mode)
    with capture_logs() as logs:
        for _ in range(3):
            with pytest.raises(Unavailable):
                await onec.ping()
        await base.power(mode, on=True)
        await onec.ping()
        await onec.ping()
    assert [entry["event"] for entry in logs] == ["1c is away", "1c is back"]


async def test_nobody_is_named_in_the_log(base: Base, onec: OnecAccounting) -> None:
    with capture_logs() as logs:
        for kind in ("status", "html200", "broken_json", "minus1", "drop"):
            await base.fault(kind, method="POST", path=ORDER, status=502, text="Кав’ярня «Ранкова кава» 0671112011")
            await refused(onec, base)
    said = str(logs)
    assert "1c is away" in said
    assert not [word for word in ("кава", "067", "K-000123", "filter", "http://") if word in said]


async def test_an_entity_that_is_not_published_is_named(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(unpublished=[ORDER])
    error = await refused(onec, base)
    assert isinstance(error, Rejected)
    assert (error.code, error.of_system) == (f"entity:{ORDER}", True)


async def test_what_is_not_compulsory_may_be_unpublished(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(unpublished=["Catalog_КонтактныеЛицаКонтрагентов", "Catalog_Пользователи"])
    (page,) = await clients_of(onec)
    assert {(client.name, client.manager) for client in page.changed} == {
        ("Кав’ярня «Ранкова кава»", ""),
        ("ФОП Бондар", ""),
    }


async def test_the_first_answer_may_be_slow(base: Base) -> None:
    await base.quirk(first_request_delay=1.5)
    await base.accounting(patience=Patience(first=20, ordinary=1, heavy=1)).ping()


async def test_an_answer_that_takes_too_long_is_given_up(base: Base) -> None:
    await base.fault("slow", path="Catalog_Валюты", seconds=60)
    with pytest.raises(Unavailable) as caught:
        await base.accounting(patience=Patience(first=0.5, ordinary=0.5, heavy=0.5)).ping()
    assert caught.value.code == "timeout"


async def test_a_page_that_was_too_much_for_the_server_is_asked_for_in_halves(base: Base, onec: OnecAccounting) -> None:
    await clients_of(onec)
    await base.fault("status", path="Catalog_ДоговорыКонтрагентов", status=504)
    await base.forget_requests()
    assert len(await clients_of(onec)) == 1
    assert (await base.tops("Catalog_ДоговорыКонтрагентов", "DataVersion"))[:2] == ["500", "250"]


async def test_pages_shrink_until_the_base_can_bear_them(base: Base, onec: OnecAccounting) -> None:
    for number in range(60):
        await base.phone_order(
            counterparty=await base.counterparty(), lines=[{"article": await base.article(MILK), "quantity": "1"}],
            comment=f"{number}",
        )  # fmt: skip
    await base.quirk(page_bytes_limit=30_000)
    await base.forget_requests()
    found = await orders_of(onec, {})
    assert len(found) == 62
    assert (await base.tops(ORDER))[:3] == ["200", "100", "50"]


async def test_objects_asked_for_by_reference_come_in_smaller_lots_too(base: Base, onec: OnecAccounting) -> None:
    milk, coffee = await base.article(MILK), await base.counterparty()
    for _ in range(60):
        await base.phone_order(counterparty=coffee, lines=[{"article": milk, "quantity": "1"}])
    await base.quirk(page_bytes_limit=20_000)
    found = await orders_of(onec, {"another": "version"})
    assert len(found) == 62
    lots = [call["query"].count("guid'") for call in await base.requests() if "$filter=Ref_Key eq" in call["query"]]
    assert lots[:2] == [28, 14]


async def test_a_base_that_fails_on_conditions_by_date_is_read_newest_first(base: Base) -> None:
    await base.quirk(date_filter=False)
    found = await orders_of(base.accounting(date_filter=False))
    assert len(found) == 2
    handed = await base.accounting(date_filter=False).submit(await base.ordered((FILLET, "1")), None)
    assert handed.otherwise == ()


async def test_a_wrong_charset_is_not_believed(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(announce_charset="windows-1251")
    (page,) = await clients_of(onec)
    assert "Кав’ярня «Ранкова кава»" in {client.name for client in page.changed}


async def test_an_endless_answer_is_cut_off(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.onec.odata.client.ANSWER_LIMIT", 1000)

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(10):
            await response.write(b" " * 1000)
        return response

    app = web.Application()
    app.router.add_get("/{path:.*}", endless)
    async with serving(app) as address:
        stranger: Any = replace(base, address=address)
        with pytest.raises(Unavailable) as caught:
            await stranger.accounting().ping()
        assert caught.value.code == "too_large"
