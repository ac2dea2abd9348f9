"""The cart of a client: shared by its people, kept, and never emptied by mistake."""

from datetime import timedelta

from tests.scenarios.steps import CREAM, FLOUR, GOUDA, MILK, forget_price, joined, opens, puts, reprice, withdraw
from tests.scenarios.world import World, scenario


@scenario
async def two_people_of_a_client_share_one_cart(world: World) -> None:
    olena, andrii = await joined(world, "Олена"), await joined(world, "Андрій")
    await puts(olena, MILK, "1 ящ")
    await puts(andrii, CREAM, "2 шт")
    await opens(andrii, MILK)
    andrii.sees("У кошику: 1 ящ (12 шт)")
    await andrii.taps("+1 ящ")
    await olena.taps("Кошик")
    olena.sees("2 ящ (24 шт)", "2 шт × 189,50 грн", "Разом: 1 528,60 грн")


@scenario
async def another_clients_cart_is_not_seen(world: World) -> None:
    olena, iryna = await joined(world, "Олена"), await joined(world, "Ірина")
    await puts(olena, MILK, "1 ящ")
    await iryna.taps("Кошик")
    iryna.sees("Кошик · Готель «Дніпро»", "Кошик порожній")


@scenario
async def a_person_of_several_clients_orders_for_each_apart(world: World) -> None:
    iryna = await joined(world, "Ірина")
    await puts(iryna, MILK, "1 ящ")
    await iryna.taps("Ще")
    iryna.sees("Готель «Дніпро»")
    await iryna.taps("Інший клієнт")
    await iryna.taps("Кафе «Ранок»")
    iryna.sees("Кафе «Ранок»")
    await iryna.taps("Кошик")
    iryna.sees("Кошик · Кафе «Ранок»", "Кошик порожній")
    await opens(iryna, MILK)
    iryna.sees("Ціна: 47,90 грн")
    await iryna.taps("Ще")
    await iryna.taps("Інший клієнт")
    await iryna.taps("Готель «Дніпро»")
    await iryna.taps("Кошик")
    iryna.sees("1 ящ (12 шт) × 45,95 грн", "551,40 грн")


@scenario
async def a_person_of_one_client_is_offered_no_other(world: World) -> None:
    olena, iryna = await joined(world, "Олена"), await joined(world, "Ірина")
    await olena.taps("Ще")
    assert "Інший клієнт" not in olena.screen.buttons
    await iryna.taps("Ще")
    await iryna.taps("Інший клієнт")
    hotel = await iryna.payload_of("Готель")
    await olena.presses(hotel)
    olena.sees("не дозволено замовляти для цього клієнта")
    await olena.taps("Кошик")
    olena.sees("Кошик · Кафе «Ранок»")


@scenario
async def a_line_opens_from_the_cart_and_leads_back_there(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "1 ящ")
    await puts(olena, CREAM, "1 ящ")
    await olena.taps("Кошик")
    await olena.taps("1")
    await olena.taps("+1 ящ")
    await olena.taps("Назад")
    olena.sees("Кошик · Кафе «Ранок»", "2 ящ (24 шт)")


@scenario
async def a_cart_is_emptied_only_after_a_second_thought(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "1 ящ")
    await olena.taps("Кошик")
    await olena.taps("Очистити кошик")
    olena.sees("Прибрати з кошика 1 рядок на 574,80 грн?")
    await olena.taps("Ні, лишити")
    olena.sees("Разом: 574,80 грн")
    await olena.taps("Очистити кошик")
    await olena.taps("Так, очистити")
    olena.sees("Кошик порожній")


@scenario
async def a_cart_that_grew_meanwhile_is_not_emptied(world: World) -> None:
    olena, andrii = await joined(world, "Олена"), await joined(world, "Андрій")
    await puts(olena, MILK, "1 ящ")
    await olena.taps("Кошик")
    await olena.taps("Очистити кошик")
    await puts(andrii, CREAM, "1 ящ")
    await olena.taps("Так, очистити")
    olena.sees("Кошик змінився, нічого не прибрано", "Молоко", "Вершки")


@scenario
async def emptying_told_twice_spares_what_was_put_in_after_it(world: World) -> None:
    olena, andrii = await joined(world, "Олена"), await joined(world, "Андрій")
    await puts(olena, MILK, "1 ящ")
    await olena.taps("Кошик")
    await olena.taps("Очистити кошик")
    await olena.taps("Так, очистити")
    await puts(andrii, CREAM, "1 ящ")
    await world.again(olena)
    await olena.taps("Кошик")
    olena.sees("Вершки", "Разом: 2 274,00 грн")


@scenario
async def a_cart_waits_and_follows_todays_prices(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "1 ящ")
    await puts(olena, GOUDA, "1 кг")
    world.clock.moment += timedelta(days=40)
    await reprice(world, MILK, "50.00")
    await withdraw(world, GOUDA)
    await olena.taps("Кошик")
    olena.sees("12 шт) × 50,00 грн = 600,00 грн", "Сир гауда", "більше не можна замовити", "Разом: 600,00 грн")


@scenario
async def a_cart_of_nothing_that_is_sold_cannot_be_placed(world: World) -> None:
    olena = await joined(world)
    await puts(olena, FLOUR, "50 кг")
    await forget_price(world, FLOUR)
    await olena.taps("Кошик")
    olena.sees("більше не можна замовити", "Разом: 0,00 грн")
    assert not [label for label in olena.screen.buttons if label.startswith("Оформити")]


@scenario
async def an_empty_cart_says_what_to_do(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Кошик")
    olena.sees("Кошик порожній. Оберіть товари або повторіть попереднє замовлення.")
    await olena.taps("Звичний кошик")
    olena.sees("Після перших замовлень")
    await olena.taps("Кошик")
    await olena.taps("Повторити останнє")
    olena.sees("Повторювати ще нічого")
    await olena.taps("Обрати товари")
    olena.sees("Наші товари")
