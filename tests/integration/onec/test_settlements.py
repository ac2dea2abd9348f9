"""How a client's account has moved, out of every configuration: opening, each document, closing."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import httpx
import pytest
from aiohttp import web

from bot.domain.errors import Rejected, Unavailable
from bot.domain.money import ZERO, Money
from bot.domain.settlements import Settlements
from integrations.onec.odata import OnecAccounting
from tests.integration.onec.world import NOWHERE, Base, Passed, before, opened, receivables_of

LONG_AGO = date(2020, 1, 1)


@pytest.fixture(params=["ut_ua", "bas_ut", "unf", "bp"])
async def any_base(request: pytest.FixtureRequest, http: httpx.AsyncClient) -> AsyncIterator[Base]:
    async with opened(http, request.param) as base:
        yield base


def said(found: Settlements) -> list[tuple[str, bool, Money, Money]]:
    """Whether it has a number, in the place of the number."""
    return [(one.kind, bool(one.number), one.debit, one.credit) for one in found.movements]


async def test_a_shipment_and_its_payments_stand_with_their_sums(any_base: Base) -> None:
    onec, client = any_base.accounting(), await any_base.counterparty()
    found = await onec.settlements(client, LONG_AGO)
    assert found.opening == ZERO
    assert ("shipment", True, Money(78340), ZERO) in said(found)
    assert sum((one.credit for one in found.movements if one.kind == "payment"), ZERO) == Money(20000)
    assert found.closing == Money(58340)
    assert [one.day for one in found.movements] == sorted(one.day for one in found.movements)


async def test_the_closing_balance_is_what_the_debts_add_up_to(any_base: Base) -> None:
    onec, client = any_base.accounting(), await any_base.counterparty()
    await any_base.pay(client, "600.00")
    debts = [debt.balance for debt in await receivables_of(onec) if debt.client == client]
    found = await onec.settlements(client, LONG_AGO)
    assert (found.closing, sum(debts, ZERO)) == (Money(-1660), Money(-1660))


async def test_what_was_before_the_day_is_the_opening_balance(any_base: Base) -> None:
    onec, client = any_base.accounting(), await any_base.counterparty()
    whole = await onec.settlements(client, LONG_AGO)
    last = whole.movements[-1].day
    later = await onec.settlements(client, last)
    earlier = [one for one in whole.movements if one.day < last]
    assert later.opening == sum((one.change for one in earlier), ZERO)
    assert later.movements == whole.movements[len(earlier) :]
    nothing = await onec.settlements(client, last + timedelta(days=400))
    assert (nothing.opening, nothing.movements, nothing.closing) == (Money(58340), (), Money(58340))


async def test_what_is_other_peoples_is_not_told(any_base: Base) -> None:
    other = await any_base.counterparty("бондар")
    await any_base.pay(await any_base.counterparty(), "100.00")
    found = await any_base.accounting().settlements(other, LONG_AGO)
    assert (found.opening, found.movements) == (ZERO, ())


async def test_a_refund_is_owed_again(any_base: Base) -> None:
    onec, client = any_base.accounting(post_payments=True), await any_base.counterparty()
    await onec.receive(await any_base.paid(5000, refund=True), None)
    found = await onec.settlements(client, LONG_AGO)
    assert [one.debit for one in found.movements if one.kind == "payment" and one.debit] == [Money(5000)]
    assert found.closing == Money(63340)


async def test_a_client_without_any_is_told_of_nothing(onec: OnecAccounting) -> None:
    found = await onec.settlements(NOWHERE, LONG_AGO)
    assert (found.opening, found.movements, found.closing) == (ZERO, (), ZERO)
    with pytest.raises(Rejected, match="not_a_client"):
        await onec.settlements("ranok", LONG_AGO)


async def test_what_keeps_moving_while_it_is_read_is_not_told(base: Base) -> None:
    client = await base.counterparty()

    async def meanwhile(request: web.Request, passed: Passed) -> web.Response:
        status, body = await passed(request, request.rel_url.raw_path)
        if request.path.endswith("BalanceAndTurnovers"):
            await base.pay(client, "1.00")
        return web.json_response(body, status=status)

    async with before(base, meanwhile) as same:
        with pytest.raises(Unavailable) as caught:
            await same.accounting().settlements(client, LONG_AGO)
    assert caught.value.code == "does not add up"


async def test_moved_once_while_it_was_read_it_is_read_again(base: Base) -> None:
    client, moved = await base.counterparty(), list[str]()

    async def meanwhile(request: web.Request, passed: Passed) -> web.Response:
        status, body = await passed(request, request.rel_url.raw_path)
        if request.path.endswith("BalanceAndTurnovers") and not moved:
            moved.append("1.00")
            await base.pay(client, "1.00")
        return web.json_response(body, status=status)

    async with before(base, meanwhile) as same:
        assert (await same.accounting().settlements(client, LONG_AGO)).closing == Money(58240)


async def test_an_older_base_keeps_them_in_another_register(http: httpx.AsyncClient) -> None:
    async with opened(http, "bas_ut") as base:
        onec, client = base.accounting(), await base.counterparty()
        newer = await onec.settlements(client, LONG_AGO)
        await base.quirk(unpublished=["AccumulationRegister_РасчетыСКлиентамиПоСрокам"])
        assert await base.accounting().settlements(client, LONG_AGO) == newer


async def test_a_document_that_cannot_be_read_has_no_number(base: Base, onec: OnecAccounting) -> None:
    client = await base.counterparty()
    await base.quirk(unpublished=["Document_РеализацияТоваровУслуг"])
    found = await onec.settlements(client, LONG_AGO)
    assert [(one.number, one.debit) for one in found.movements if one.kind == "shipment"] == [("", Money(78340))]


async def test_a_silent_base_is_unavailable(base: Base, onec: OnecAccounting) -> None:
    await base.power("404")
    with pytest.raises(Unavailable):
        await onec.settlements(await base.counterparty(), LONG_AGO)
