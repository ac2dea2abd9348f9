"""An order from the first word to its cancel, with the product killed at every step: nothing is lost or doubled."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.kill.nursery import Nursery
from tests.kill.world import WAYS, MortalWorld, mortal_world
from tests.support.wholesaler import OLENA_PHONE

EVERYWHERE = ("before_commit", "after_commit", "before_screen", "after_screen")
WITH_AN_INBOX = ("in_keep", "after_keep")
PAIRS = [(way, point) for way in WAYS for point in EVERYWHERE]
PAIRS += [(way, point) for way in ("telegram-polling", "viber") for point in WITH_AN_INBOX]
FLOUR = "60010"


@pytest.mark.parametrize(("way", "point"), PAIRS)
async def test_an_order_survives_every_death(way: str, point: str, folder: Path, nursery: Nursery) -> None:
    async with mortal_world(way, point, folder, nursery) as world:
        await joins(world)
        await fills_the_cart(world)
        await places(world)
        await repeats(world)
        await cancels(world)


async def joins(world: MortalWorld) -> None:
    olena = world.person
    await world.dies(olena.starts(), writes=False)
    olena.sees("Поділіться номером")
    await world.dies(olena.shares_phone(OLENA_PHONE))
    if world.way == "viber":
        olena.sees("SMS", "2233")
        await world.dies(olena.writes(await world.code(OLENA_PHONE)))
    olena.sees("Добрий день, Олена!")


async def fills_the_cart(world: MortalWorld) -> None:
    olena = world.person
    await world.dies(olena.taps("Замовити"), writes=False)
    await world.dies(olena.taps("Борошно"), writes=False)
    await world.dies(olena.taps("1"), writes=False)
    olena.sees("Борошно пшеничне", "артикул 60010")
    await world.dies(olena.taps("+1 міш"))
    olena.sees("У кошику: 1 міш (25 кг) на 460,00 грн")
    await world.dies(olena.taps("+1 міш"))
    olena.sees("У кошику: 2 міш (50 кг) на 920,00 грн")
    assert world.cart == {FLOUR: Decimal(50)}
    await world.dies(olena.taps("Ввести кількість"))
    olena.sees("Скільки (міш)?")
    await world.dies(olena.writes("100 кг"))
    olena.sees("У кошику: 4 міш (100 кг) на 1 840,00 грн")
    assert world.cart == {FLOUR: Decimal(100)}


async def places(world: MortalWorld) -> None:
    olena = world.person
    await world.dies(olena.taps("Кошик"), writes=False)
    olena.sees("Разом: 1 840,00 грн")
    await world.dies(olena.taps("Оформити"), writes=False)
    await world.dies(olena.taps("Ранок на Подолі"))
    olena.sees("Коли привезти?")
    await world.dies(olena.taps(_last_day(olena.screen.buttons)))
    olena.sees("Перевірте замовлення", "Ранок на Подолі")
    await world.dies(olena.taps("Примітка"))
    olena.sees("Напишіть примітку")
    await world.dies(olena.writes("до обіду"))
    olena.sees("Перевірте замовлення", "Примітка: до обіду")
    assert world.orders == []
    await world.dies(olena.taps("Підтвердити"))
    olena.sees("Замовлення K-000001 прийнято", "Разом: 1 840,00 грн")
    assert (world.orders, world.cart) == ([("K-000001", "placed")], {})


async def repeats(world: MortalWorld) -> None:
    olena = world.person
    await world.dies(olena.taps("Повторити замовлення"), writes=False)
    await world.dies(olena.taps("Покласти в кошик"))
    olena.sees("Кошик · Кафе «Ранок»", "Разом: 1 840,00 грн")
    assert world.cart == {FLOUR: Decimal(100)}


async def cancels(world: MortalWorld) -> None:
    olena = world.person
    await world.dies(olena.taps("Мої замовлення"), writes=False)
    await world.dies(olena.taps("1"), writes=False)
    await world.dies(olena.taps("Скасувати замовлення"), writes=False)
    olena.sees("Скасувати замовлення K-000001")
    await world.dies(olena.taps("Так, скасувати"))
    olena.sees("скасоване")
    assert (world.orders, world.cart) == ([("K-000001", "cancelled")], {FLOUR: Decimal(100)})


def _last_day(buttons: list[str]) -> str:
    """The day of delivery farthest from its cut-off, whatever day it is."""
    return [label for label in buttons if label[-3:-2] == "." and label[-2:].isdecimal()][-1]
