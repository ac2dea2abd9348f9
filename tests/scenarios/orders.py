"""After the confirm: history, changes and cancels until the cut-off, repeats against today's catalogue."""

from datetime import timedelta

from bot.domain.order import State
from tests.scenarios.steps import (
    CREAM,
    GOUDA,
    MILK,
    joined,
    orders,
    places,
    puts,
    reprice,
    set_state,
    states,
    to_summary,
    withdraw,
)
from tests.scenarios.world import World, scenario


@scenario
async def an_order_is_cancelled_before_the_cut_off(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    await olena.taps("Скасувати замовлення")
    olena.sees("Скасувати замовлення K-000001 на 1 149,60 грн?")
    await olena.taps("Ні, лишити")
    olena.sees("K-000001: прийняте")
    await olena.taps("Скасувати замовлення")
    await olena.taps("Так, скасувати")
    olena.sees("Замовлення скасовано", "K-000001: скасоване")
    assert "Змінити" not in olena.screen.buttons
    await world.again(olena)
    assert await states(world) == ["cancelled"]


@scenario
async def after_the_cut_off_an_order_stands(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    change, ask_cancel = await olena.payload_of("Змінити"), await olena.payload_of("Скасувати замовлення")
    await olena.taps("Скасувати замовлення")
    cancel = await olena.payload_of("Так, скасувати")
    world.clock.moment += timedelta(hours=7)
    await olena.presses(cancel)
    olena.sees("Замовлення можна було змінити до 23.11 17:00", "менеджер")
    await olena.presses(ask_cancel)
    olena.sees("Це замовлення вже не можна змінити")
    await olena.presses(change)
    olena.sees("Замовлення можна було змінити до 23.11 17:00")
    await olena.taps("Мої замовлення")
    await olena.taps("1")
    olena.sees("K-000001: прийняте")
    assert "Змінити" not in olena.screen.buttons
    assert await states(world) == ["placed"]


@scenario
async def an_order_on_its_way_is_final_before_the_cut_off_too(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    change = await olena.payload_of("Змінити")
    await set_state(world, State.SHIPPED)
    await olena.presses(change)
    olena.sees("Стан замовлення: у дорозі", "менеджер")


@scenario
async def an_order_is_changed_under_its_number(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    await olena.taps("Змінити")
    olena.sees("Зміна замовлення K-000001", "2 ящ (24 шт)")
    await puts(olena, CREAM, "1 ящ")
    await olena.taps("Кошик")
    olena.sees("Зміна замовлення K-000001", "Разом: 3 423,60 грн")
    await olena.taps("Оформити")
    olena.sees("Перевірте зміни до замовлення K-000001", "Ранок на Подолі", "вт, 24 листопада")
    confirm = await olena.payload_of("Підтвердити зміни")
    await olena.taps("Підтвердити зміни")
    olena.sees("K-000001", "Разом: 3 423,60 грн")
    await olena.presses(confirm)
    olena.sees("K-000001", "Разом: 3 423,60 грн")
    assert await orders(world) == 1


@scenario
async def a_change_given_up_leaves_the_order_and_the_open_cart(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    change = await olena.payload_of("Змінити")
    await puts(olena, GOUDA, "1 кг")
    await olena.presses(change)
    olena.sees("Зміна замовлення K-000001", "Молоко")
    await olena.taps("1")
    await olena.taps("+5 ящ")
    await olena.taps("Кошик")
    await olena.taps("Лишити, як було")
    olena.sees("Замовлення лишилося, як було", "Сир гауда", "Разом: 312,00 грн")
    await olena.taps("Мої замовлення")
    await olena.taps("1")
    olena.sees("Разом: 1 149,60 грн")


@scenario
async def a_change_begun_in_time_and_confirmed_too_late_changes_nothing(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    await olena.taps("Змінити")
    await puts(olena, CREAM, "1 ящ")
    await olena.taps("Кошик")
    await olena.taps("Оформити")
    await olena.taps("Дата")
    await olena.taps("Ср 25.11")
    world.clock.moment += timedelta(hours=7)
    await olena.taps("Підтвердити зміни")
    olena.sees("Замовлення можна було змінити до 23.11 17:00")
    await olena.taps("Мої замовлення")
    await olena.taps("1")
    olena.sees("Разом: 1 149,60 грн", "вт, 24 листопада")


@scenario
async def another_clients_order_is_neither_seen_nor_touched(world: World) -> None:
    olena, iryna = await joined(world, "Олена"), await joined(world, "Ірина")
    await places(olena)
    payloads = [await olena.payload_of(label) for label in ("Змінити", "Скасувати замовлення", "Повторити замовлення")]
    await olena.taps("Скасувати замовлення")
    payloads.append(await olena.payload_of("Так, скасувати"))
    for payload in payloads:
        await iryna.presses(payload)
        iryna.sees("Цього тут уже немає")
        iryna.sees_not("K-000001", "1 149,60")
    await iryna.taps("Мої замовлення")
    iryna.sees("Замовлень ще немає")
    assert await states(world) == ["placed"]


@scenario
async def an_order_of_another_client_of_the_same_person_is_opened_for_that_client(world: World) -> None:
    """A notice may concern any of the clients a person acts for; the order of a stranger stays closed."""
    olena, iryna = await joined(world, "Олена"), await joined(world, "Ірина")
    await places(olena)
    await olena.taps("Мої замовлення")
    shown = await olena.payload_of("1")
    await iryna.presses(shown)
    iryna.sees("Замовлення K-000001", "1 149,60")
    await iryna.taps("Кошик")
    await iryna.taps("Мої замовлення")
    iryna.sees("K-000001")
    await iryna.taps("Ще")
    iryna.sees("Кафе «Ранок»")
    await iryna.taps("Інший клієнт")
    await iryna.taps("Готель «Дніпро»")
    await puts(iryna, MILK, "2 ящ")
    await iryna.taps("Кошик")
    await iryna.taps("Оформити")
    await iryna.taps("Вт 24.11")
    await iryna.taps("Підтвердити")
    await iryna.taps("Мої замовлення")
    theirs = await iryna.payload_of("1")
    await olena.presses(theirs)
    olena.sees("Цього тут уже немає")
    olena.sees_not("K-000002")


@scenario
async def the_last_order_is_repeated_with_one_look(world: World) -> None:
    olena, andrii = await joined(world, "Олена"), await joined(world, "Андрій")
    await places(olena)
    await andrii.taps("Повторити")
    andrii.sees("Повторити замовлення K-000001", "2 ящ (24 шт) × 47,90 грн", "За сьогоднішніми цінами: 1 149,60 грн")
    await andrii.taps("Покласти в кошик")
    andrii.sees("Замовлення в кошику", "Разом: 1 149,60 грн")
    await world.again(andrii)
    await andrii.taps("Кошик")
    andrii.sees("Разом: 1 149,60 грн")
    await to_summary(andrii)
    await andrii.taps("Підтвердити")
    andrii.sees("K-000002", "Замовлено: Андрій")


@scenario
async def a_repeat_says_what_is_gone_and_which_price_moved(world: World) -> None:
    olena = await joined(world)
    await puts(olena, CREAM, "1 ящ")
    await puts(olena, GOUDA, "1 кг")
    await places(olena)
    await reprice(world, MILK, "52.69")
    await reprice(world, CREAM, "170.55")
    await withdraw(world, GOUDA)
    await olena.taps("Повторити")
    olena.sees("52,69 грн, дорожче на 10 %", "170,55 грн, дешевше на 10 %", "уже немає в продажу")
    olena.sees("За сьогоднішніми цінами: 3 311,16 грн")
    await olena.taps("Покласти в кошик")
    olena.sees("Молоко", "Вершки", "Разом: 3 311,16 грн")
    olena.sees_not("Сир гауда")


@scenario
async def an_order_of_which_nothing_is_left_cannot_be_repeated(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    await withdraw(world, MILK)
    await olena.taps("Повторити")
    olena.sees("уже немає в продажу")
    assert "Покласти в кошик" not in olena.screen.buttons


@scenario
async def a_repeat_is_added_to_the_cart_or_replaces_it(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    await puts(olena, MILK, "1 ящ")
    await puts(olena, GOUDA, "1 кг")
    await olena.taps("Повторити")
    olena.sees("У вашому кошику 2 рядки")
    await olena.taps("Додати до кошика")
    olena.sees("3 ящ (36 шт)", "Сир гауда", "Разом: 2 036,40 грн")
    await olena.taps("Повторити")
    await olena.taps("Замінити кошик")
    olena.sees("2 ящ (24 шт)", "Разом: 1 149,60 грн")
    olena.sees_not("Сир гауда")


@scenario
async def a_cancelled_order_is_not_the_one_to_repeat(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    await places(olena)
    await olena.taps("Скасувати замовлення")
    await olena.taps("Так, скасувати")
    await olena.taps("Повторити")
    await olena.writes("повторити")
    olena.sees("Повторити замовлення K-000001")


@scenario
async def the_usual_basket_is_what_the_client_takes_most(world: World) -> None:
    olena = await joined(world)
    await puts(olena, GOUDA, "1 кг")
    await places(olena)
    await places(olena)
    await olena.taps("Кошик")
    await olena.taps("Звичний кошик")
    olena.sees("1. Молоко", "2. Сир гауда")
    await olena.taps("1")
    await olena.taps("+1 ящ")
    await olena.taps("Назад")
    olena.sees("Звичний кошик", "у кошику: 12 шт")
    await withdraw(world, GOUDA)
    await olena.taps("Кошик")
    await olena.taps("Замовити")
    await olena.taps("Звичний кошик")
    olena.sees_not("Сир гауда")


@scenario
async def history_is_turned_page_by_page(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Мої замовлення")
    olena.sees("Замовлень ще немає")
    for _ in range(9):
        world.clock.moment += timedelta(minutes=1)
        await places(olena)
    await olena.taps("Мої замовлення")
    olena.sees("1. K-000009", "8. K-000002")
    olena.sees_not("K-000001")
    await olena.taps("Сторінка 2 з 2")
    olena.sees("1. K-000001", "прийняте", "1 149,60 грн")
    await olena.taps("1")
    olena.sees("K-000001: прийняте", "Разом: 1 149,60 грн")
    await olena.taps("Мої замовлення")
    olena.sees("1. K-000009")


@scenario
async def a_double_tap_puts_an_old_order_into_the_cart_once(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    await olena.taps("Повторити замовлення")
    put = await olena.payload_of("Покласти в кошик")
    await olena.presses(put)
    olena.sees("2 ящ (24 шт)", "Разом: 1 149,60 грн")
    await olena.presses(put)
    olena.sees("Кошик або ціна змінилися", "2 ящ (24 шт)", "Разом: 1 149,60 грн")


@scenario
async def what_was_added_to_an_order_past_its_cut_off_goes_into_the_next_one(world: World) -> None:
    olena, andrii = await joined(world), await joined(world, "Андрій")
    await places(olena)
    await olena.taps("Змінити")
    await puts(olena, MILK, "3 ящ")
    world.clock.moment += timedelta(hours=7)
    await puts(andrii, GOUDA, "2")
    await olena.taps("Кошик")
    olena.sees("1 ящ (12 шт)", "Сир гауда", "Разом: 1 198,80 грн")
    olena.sees_not("Зміна замовлення")


@scenario
async def of_two_orders_only_one_is_changed_at_a_time(world: World) -> None:
    olena, andrii = await joined(world), await joined(world, "Андрій")
    await places(olena)
    await places(andrii)
    change_second = await andrii.payload_of("Змінити")
    await olena.taps("Змінити")
    leave = await olena.payload_of("Лишити, як було")
    await andrii.presses(change_second)
    andrii.sees("Замовлення K-000001 уже змінюється")
    await olena.presses(leave)
    olena.sees("Замовлення лишилося, як було")
    await andrii.presses(change_second)
    andrii.sees("Зміна замовлення K-000002")
    await olena.presses(leave)
    olena.sees("Кошик або ціна змінилися", "Зміна замовлення K-000002")


@scenario
async def an_old_button_does_not_empty_a_later_cart(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await olena.taps("Кошик")
    await olena.taps("Очистити кошик")
    empty = await olena.payload_of("Так, очистити")
    await to_summary(olena)
    await olena.taps("Підтвердити")
    await puts(olena, GOUDA, "2")
    await olena.presses(empty)
    olena.sees("Кошик змінився, нічого не прибрано", "Сир гауда")
