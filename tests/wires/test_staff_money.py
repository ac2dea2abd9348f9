"""Managers in their group on Telegram: what they are told of money, and how it goes back, once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db.books import Books
from bot.domain.money import Money
from bot.domain.notice import FINANCE, MANAGERS
from bot.domain.payment import Outcome
from tests.scenarios.accounting_steps import connected
from tests.scenarios.paying import pays, tokens
from tests.scenarios.steps import joined, places
from tests.support.accounting import Ledger
from tests.support.chat import Talker
from tests.support.desk import open_office
from tests.support.gateway import Gateway
from tests.wires.test_staff import GROUP, OKSANA, PETRO, Group, labels, payload_of
from tests.wires.world import over_telegram


@pytest.fixture
async def group(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    office = open_office(shop, tmp_path, accounting=ledger, staff={str(GROUP): MANAGERS}, gateway=Gateway())
    async with over_telegram(
        office, "polling", ledger, {desk: ("telegram", str(GROUP)) for desk in (MANAGERS, FINANCE)}
    ) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        yield group


def gateway(group: Group) -> Gateway:
    assert group.world.backroom.gateway is not None
    return group.world.backroom.gateway


async def paid_by_olena(group: Group) -> Talker:
    olena = await joined(group.world)
    await places(olena)
    await pays(group.world)
    return olena


async def to_the_confirm(group: Group, who: int, label: str, reason: str) -> None:
    """From the newest message to its last question, in the same message."""
    for press in ("Повернути", label, reason):
        message = (await group.messages())[-1]
        await group.presses(who, message, press)


async def test_a_payment_goes_back_whole_with_a_reason_that_the_client_reads(group: Group, ledger: Ledger) -> None:
    olena = await paid_by_olena(group)
    told = await group.hears("Кафе «Ранок»: Замовлення K-000001", "Сплачено: 1 149,60 грн, картка 44****4444")
    assert labels(told) == ["Повернути", "Оновити"]
    await to_the_confirm(group, OKSANA, "Усе", "Замовлення скасовано")
    sure = await group.reads("Повернути 1 149,60 грн на картку 44****4444? Замовлення скасовано.")
    assert sure["message_id"] == told["message_id"]
    await group.presses(OKSANA, sure, "Так, повернути")
    await group.reads("Повертаємо 1 149,60 грн: Замовлення скасовано. Доручення: Оксана, 23.11 10:00.")
    await group.hears("Повернуто: 1 149,60 грн", "Доручення: Оксана")
    await group.world.hears(olena)
    olena.sees("Гроші повернуто на картку.", "Причина: Замовлення скасовано.")
    assert gateway(group).moved == [("refund", gateway(group).charges[0].reference, 114_960, "Замовлення скасовано")]
    assert [one.payment.refund for one in ledger.receipts.values()] == [False, True]


async def test_two_who_press_at_once_give_back_once(group: Group) -> None:
    await paid_by_olena(group)
    await group.hears("K-000001")
    await to_the_confirm(group, OKSANA, "Усе", "Брак або недовіз")
    sure = await group.reads("Повернути 1 149,60 грн")
    await group.presses(OKSANA, sure, "Так, повернути")
    await group.presses(PETRO, sure, "Так, повернути")
    await group.reads("Доручення: Оксана")
    await group.hears("Повернуто 1 149,60 грн")
    await group.presses(PETRO, sure, "Так, повернути")
    await group.world.backroom.works()
    assert len(gateway(group).moved) == 1


async def test_of_a_double_payment_the_surplus_goes_back(group: Group) -> None:
    olena = await joined(group.world)
    await places(olena)
    (token,) = await tokens(group.world)
    late = await group.world.backroom.opens_page(token)
    await pays(group.world)
    await group.world.backroom.says(late, Outcome.PAID)
    await group.hears("Надійшло на 1 149,60 грн більше, ніж треба: поверніть або лишіть авансом.")
    await to_the_confirm(group, PETRO, "Усе", "Сплачено зайве")
    await group.presses(PETRO, (await group.messages())[-1], "Так, повернути")
    await group.hears("Сплачено: 1 149,60 грн", "Повернуто 1 149,60 грн: Сплачено зайве. Доручення: Петро")
    assert [one[1] for one in gateway(group).moved] == [late]


async def test_a_held_sum_is_taken_by_one_tap(group: Group) -> None:
    olena = await joined(group.world)
    await places(olena)
    reference = await group.world.backroom.opens_page((await tokens(group.world))[0])
    await group.world.backroom.says(reference, Outcome.HELD)
    held = await group.hears("1 149,60 грн заблоковано на картці з 23.11 10:00")
    await group.presses(OKSANA, held, "Списати")
    await group.presses(PETRO, held, "Відпустити")
    await group.hears("Заблоковані 1 149,60 грн списано. Доручення: Оксана")
    assert gateway(group).moved == [("settle", reference, 114_960, "")]
    await group.world.hears(olena)
    olena.sees("Дякуємо, оплата надійшла.")


async def test_a_client_gives_nothing_back(group: Group) -> None:
    olena = await paid_by_olena(group)
    told = await group.hears("K-000001")
    await to_the_confirm(group, OKSANA, "Усе", "Сплачено помилково")
    sure = (await group.messages())[-1]
    for payload in (payload_of(told, "Повернути"), payload_of(sure, "Так, повернути")):
        await olena.presses(payload)
        olena.sees("Ця кнопка працює лише в тій групі працівників, для якої її створено.")
    await group.world.backroom.works()
    assert gateway(group).moved == []
    reference = gateway(group).charges[0].reference
    said = await group.world.books.read(lambda tx: tx.payments.said(reference))
    assert said[-1].refunded == Money(0)
