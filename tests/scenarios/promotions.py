"""Discounts as people see them: in the cart, at the confirm, in the order, and after a change of mind."""

from datetime import date
from decimal import Decimal

from bot.domain.promotion import VCHASNO, Applies, Promotion, Rules
from tests.scenarios.steps import MILK, joined, puts, to_summary
from tests.scenarios.world import World, scenario
from tests.support.wholesaler import uid

LAST = date(2026, 12, 27)
ONLINE = Promotion("online_order:2026-11-20", Decimal(5), Applies.ONLINE_ORDER, date(2026, 11, 20), LAST)
GRANTED = Promotion(VCHASNO, Decimal(5), Applies.GRANT, once_per_client=True)


def run(world: World, *promotions: Promotion, most: int = 10) -> None:
    """These are what the wholesaler gives from now on."""
    world.backroom.promotions.rules = Rules(promotions, Decimal(most))


async def grant(world: World) -> None:
    promotions = world.backroom.promotions
    await world.books.write(lambda tx: promotions.grant(tx, uid("Кафе «Ранок»"), VCHASNO, "зареєструвалися"))


@scenario
async def what_comes_off_is_said_in_words_and_to_the_kopiyka(world: World) -> None:
    run(world, ONLINE)
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await olena.taps("Кошик")
    olena.sees("2 ящ (24 шт) × 47,90 грн = 1 149,60 грн", "Товари: 1 149,60 грн")
    olena.sees("Знижка 5 % за замовлення в боті (до 27 грудня): −57,48 грн", "Разом: 1 092,12 грн")
    await to_summary(olena)
    olena.sees("Знижка 5 % за замовлення в боті (до 27 грудня): −57,48 грн", "Разом: 1 092,12 грн")
    await olena.taps("Підтвердити")
    olena.sees("Замовлення K-000001 прийнято", "Товари: 1 149,60 грн", "−57,48 грн", "Разом: 1 092,12 грн")


@scenario
async def a_granted_discount_is_for_one_order_and_comes_back_with_its_cancel(world: World) -> None:
    run(world, ONLINE, GRANTED, most=8)
    await grant(world)
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    olena.sees("Знижка 5 % за реєстрацію у «Вчасно», один раз: −34,48 грн", "менша: знижки досягли своєї межі")
    olena.sees("Разом: 1 057,64 грн")
    await olena.taps("Підтвердити")
    await olena.taps("Скасувати замовлення")
    await olena.taps("Так, скасувати")
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    olena.sees("Знижка 5 % за реєстрацію у «Вчасно»", "Разом: 1 057,64 грн")
    await olena.taps("Підтвердити")
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    olena.sees_not("Вчасно")
    olena.sees("Разом: 1 092,12 грн")


@scenario
async def a_changed_order_keeps_its_discount(world: World) -> None:
    run(world, ONLINE)
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    await olena.taps("Підтвердити")
    run(world)
    await olena.taps("Змінити")
    olena.sees("Зміна замовлення K-000001", "−57,48 грн")
    await puts(olena, MILK, "3 ящ")
    await olena.taps("Кошик")
    await olena.taps("Оформити")
    olena.sees("Товари: 1 724,40 грн", "−86,22 грн", "Разом: 1 638,18 грн")
    await olena.taps("Підтвердити")
    olena.sees("Замовлення K-000001 змінено", "Разом: 1 638,18 грн")


@scenario
async def a_discount_that_is_over_is_not_taken_without_a_word(world: World) -> None:
    run(world, ONLINE)
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    olena.sees("Разом: 1 092,12 грн")
    run(world)
    await olena.taps("Підтвердити")
    olena.sees("Перевірте замовлення", "Разом: 1 149,60 грн")
    olena.sees_not("Знижка")
    await olena.taps("Підтвердити")
    olena.sees("Замовлення K-000001 прийнято", "Разом: 1 149,60 грн")
