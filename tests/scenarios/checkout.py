"""From the cart to the order: minimum, place, day, note, summary, and a confirm that cannot happen twice."""

from datetime import timedelta

from tests.scenarios.steps import (
    CREAM,
    GOUDA,
    MILK,
    give_up,
    joined,
    opens,
    orders,
    pack_by,
    places,
    puts,
    reprice,
    to_summary,
    withdraw,
)
from tests.scenarios.world import World, scenario


@scenario
async def an_order_from_the_cart_to_the_confirm(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await olena.taps("Кошик")
    await olena.taps("Оформити")
    olena.sees("Куди привезти?", "Ранок на Подолі", "Ранок на Печерську")
    await olena.taps("Ранок на Подолі")
    olena.sees("Коли привезти?", "вт, 24 листопада", "23.11 17:00")
    olena.sees_buttons("Вт 24.11", "Сб 28.11", "Пн 30.11")
    await olena.taps("Ср 25.11")
    await olena.taps("Примітка")
    await olena.writes("  Привезти\nдо 10 ранку ")
    olena.sees("Перевірте замовлення", "2 ящ (24 шт) × 47,90 грн = 1 149,60 грн", "ср, 25 листопада")
    olena.sees("Київ, вул. Ранок на Подолі, 1", "Примітка: Привезти до 10 ранку")
    await olena.taps("Підтвердити")
    olena.sees("Замовлення K-000001 прийнято", "ср, 25 листопада", "Привезти до 10 ранку", "Разом: 1 149,60 грн")
    olena.sees("Замовлено: Олена, 23.11 10:00", "скасувати можна до 24.11 17:00")
    await olena.taps("Кошик")
    olena.sees("Кошик порожній")
    assert await orders(world) == 1


@scenario
async def below_the_minimum_the_missing_sum_is_said(world: World) -> None:
    olena = await joined(world)
    await puts(olena, GOUDA, "1 кг")
    await olena.taps("Кошик")
    olena.sees("Мінімальне замовлення 500,00 грн: додайте товарів ще на 188,00 грн")
    await olena.taps("Оформити")
    olena.sees("Мінімальне замовлення 500,00 грн", "Кошик · Кафе «Ранок»")
    assert await orders(world) == 0


@scenario
async def a_summary_can_be_changed_before_the_confirm(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    await olena.taps("Адреса")
    await olena.taps("Ранок на Печерську")
    await olena.taps("Дата")
    await olena.taps("Чт 26.11")
    await olena.taps("Примітка")
    await olena.writes("дзвонити")
    await olena.taps("Примітка")
    await olena.taps("Без примітки")
    olena.sees("Ранок на Печерську", "чт, 26 листопада")
    olena.sees_not("Примітка:")
    await olena.taps("Назад до кошика")
    olena.sees("Кошик · Кафе «Ранок»")


@scenario
async def a_client_with_one_place_is_not_asked_where(world: World) -> None:
    iryna = await joined(world, "Ірина")
    await puts(iryna, MILK, "2 ящ")
    await iryna.taps("Кошик")
    await iryna.taps("Оформити")
    iryna.sees("Коли привезти?")
    await iryna.taps("Вт 24.11")
    iryna.sees("Київ, вул. Готель, 1")
    await iryna.taps("Підтвердити")
    iryna.sees("Замовлення K-000001 прийнято", "1 102,80 грн")


@scenario
async def a_confirm_pressed_twice_makes_one_order(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    confirm = await olena.payload_of("Підтвердити")
    for _ in range(3):
        await olena.presses(confirm)
        olena.sees("Замовлення K-000001")
    await world.again(olena)
    assert await orders(world) == 1


@scenario
async def a_confirm_of_yesterdays_screen_does_not_order_todays_cart(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    confirm = await olena.payload_of("Підтвердити")
    await olena.taps("Підтвердити")
    await puts(olena, CREAM, "1 ящ")
    await reprice(world, MILK, "49.00")
    await olena.presses(confirm)
    olena.sees("Замовлення K-000001", "1 149,60 грн")
    await olena.taps("Кошик")
    olena.sees("Вершки", "2 274,00 грн")
    assert await orders(world) == 1


@scenario
async def a_summary_older_than_the_cart_is_shown_anew(world: World) -> None:
    olena, andrii = await joined(world, "Олена"), await joined(world, "Андрій")
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    await puts(andrii, CREAM, "1 шт")
    await olena.taps("Підтвердити")
    olena.sees("Кошик або ціна змінилися", "Перевірте замовлення", "Вершки", "1 339,10 грн")
    assert await orders(world) == 0
    await olena.taps("Підтвердити")
    olena.sees("Замовлення K-000001 прийнято", "1 339,10 грн")


@scenario
async def a_price_that_moved_before_the_confirm_is_shown_first(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    await reprice(world, MILK, "49.00")
    await olena.taps("Підтвердити")
    olena.sees("Кошик або ціна змінилися", "Перевірте замовлення", "24 шт) × 49,00 грн = 1 176,00 грн")
    assert await orders(world) == 0
    await olena.taps("Підтвердити")
    olena.sees("прийнято", "1 176,00 грн")


@scenario
async def what_was_withdrawn_before_the_confirm_is_said_and_left_out(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await puts(olena, GOUDA, "1 кг")
    await to_summary(olena)
    await withdraw(world, GOUDA)
    await olena.taps("Підтвердити")
    olena.sees("Кошик або ціна змінилися", "1 рядок більше не можна замовити")
    olena.sees_not("Сир гауда")
    await olena.taps("Підтвердити")
    olena.sees("K-000001", "1 149,60 грн")


@scenario
async def a_day_whose_cut_off_passed_before_the_confirm_is_asked_for_again(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    world.clock.moment += timedelta(hours=7)  # 17:00 in Kyiv
    await olena.taps("Підтвердити")
    olena.sees("На цей день уже запізно", "Коли привезти?")
    assert "Вт 24.11" not in olena.screen.buttons
    assert await orders(world) == 0
    await olena.taps("Ср 25.11")
    await olena.taps("Підтвердити")
    olena.sees("прийнято", "ср, 25 листопада")


@scenario
async def a_day_chosen_too_late_is_asked_for_again(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await olena.taps("Кошик")
    await olena.taps("Оформити")
    await olena.taps("Ранок на Подолі")
    world.clock.moment += timedelta(hours=7)
    await olena.taps("Вт 24.11")
    olena.sees("На цей день уже запізно", "Коли привезти?")
    olena.sees_buttons("Ср 25.11")


@scenario
async def what_was_confirmed_by_one_is_not_confirmed_by_another(world: World) -> None:
    olena, andrii = await joined(world, "Олена"), await joined(world, "Андрій")
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    await andrii.taps("Кошик")
    await andrii.taps("Оформити")
    await olena.taps("Підтвердити")
    await andrii.taps("Підтвердити")
    andrii.sees("Замовлення K-000001", "Замовлено: Олена")
    assert await orders(world) == 1


@scenario
async def another_clients_summary_cannot_be_confirmed(world: World) -> None:
    olena, iryna = await joined(world, "Олена"), await joined(world, "Ірина")
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    confirm = await olena.payload_of("Підтвердити")
    await iryna.presses(confirm)
    iryna.sees("Цього тут уже немає")
    iryna.sees_not("Олена", "1 149,60")
    assert await orders(world) == 0


@scenario
async def another_clients_place_cannot_be_chosen(world: World) -> None:
    olena, iryna = await joined(world, "Олена"), await joined(world, "Ірина")
    await puts(olena, MILK, "2 ящ")
    await olena.taps("Кошик")
    await olena.taps("Оформити")
    place = await olena.payload_of("Ранок на Подолі")
    await puts(iryna, MILK, "2 ящ")
    await iryna.presses(place)
    iryna.sees("Цього тут уже немає")


@scenario
async def a_note_too_long_is_refused_and_asked_again(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    await olena.taps("Примітка")
    await olena.writes("довго " * 100)
    olena.sees("щонайбільше 500 символів")
    await olena.writes("<b>швидко</b> & тихо 🤫")
    olena.sees("Примітка: <b>швидко</b> & тихо 🤫")
    await olena.taps("Підтвердити")
    olena.sees("Примітка: <b>швидко</b> & тихо 🤫")


@scenario
async def every_order_has_the_next_number(world: World) -> None:
    olena = await joined(world)
    assert [await places(olena), await places(olena), await places(olena)] == ["K-000001", "K-000002", "K-000003"]


@scenario
async def a_place_given_up_before_the_confirm_is_chosen_anew(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    confirm = await olena.payload_of("Підтвердити")
    await give_up(world, "Ранок на Подолі")
    await olena.presses(confirm)
    olena.sees("Спершу оберіть, куди привезти")
    assert await orders(world) == 0


@scenario
async def a_multiple_changed_before_the_confirm_is_explained(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "41 шт")
    await to_summary(olena)
    confirm = await olena.payload_of("Підтвердити")
    await pack_by(world, MILK, "6")
    await olena.presses(confirm)
    olena.sees("кратно 6 шт", "36 або 42")
    assert await orders(world) == 0
    await opens(olena, MILK)
    await olena.taps("Рахувати в: шт")
    await olena.taps("+6 шт")
    olena.sees("У кошику: 42 шт")
