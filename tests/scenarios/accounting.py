"""Orders and their 1C: they are written there, and what the office does with them there is told here."""

from bot.domain.accounting import Subject
from bot.domain.order import State
from tests.scenarios.accounting_steps import (
    CAFE,
    HOTEL,
    changes,
    connected,
    document,
    lines,
    takes_by_phone,
    told,
)
from tests.scenarios.steps import CREAM, GOUDA, MILK, joined, places, states
from tests.scenarios.world import World, scenario


@scenario
async def an_order_is_written_in_1c_once_and_shows_its_number_there(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await places(olena)
    olena.sees_not("Номер у нашому обліку")
    await world.hears(olena)
    await world.hears(olena)
    assert world.backroom.ledger.written == [("K-000001", 1)]
    await olena.taps("Мої замовлення")
    await olena.taps("1")
    olena.sees("Номер у нашому обліку: ГО-000001")
    olena.sees_not("Ціни")


@scenario
async def an_order_by_phone_appears_in_the_chat(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await takes_by_phone(world, CAFE, (MILK, 24, "47.90"), (GOUDA, 2, "312.00"))
    await world.hears(olena)
    olena.sees(
        "Ми прийняли замовлення: Кафе «Ранок»", "K-000001: прийняте", "Молоко", "24 шт × 47,90 грн = 1 149,60 грн"
    )
    olena.sees(
        "Київ, вул. Ранок на Подолі, 1", "ср, 25 листопада", "Разом: 1 773,60 грн", "Номер у нашому обліку: ГО-000777"
    )
    await world.backroom.takes_in(Subject.ORDERS)
    assert told(world) == ["Ми прийняли замовлення: Кафе «Ранок»"]
    await olena.taps("Скасувати замовлення")
    await olena.taps("Так, скасувати")
    await world.hears(olena)
    assert document(world).state is State.CANCELLED


@scenario
async def of_an_order_by_phone_only_people_of_that_client_hear(world: World) -> None:
    olena, andrii, iryna = [await joined(world, name) for name in ("Олена", "Андрій", "Ірина")]
    await connected(world)
    await takes_by_phone(world, HOTEL, (MILK, 24, "45.95"))
    for person in (olena, andrii, iryna):
        await world.hears(person)
    assert told(world) == ["Ми прийняли замовлення: Готель «Дніпро»"]
    iryna.sees("K-000001", "1 102,80 грн")
    olena.sees_not("K-000001")
    andrii.sees_not("K-000001")


@scenario
async def a_change_by_the_office_is_told_with_the_order_as_it_is_now(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await places(olena)
    await world.hears(olena)
    await changes(world, **lines((MILK, 12, "47.90"), (CREAM, 2, "189.50")))
    await world.hears(olena)
    olena.sees("Менеджер змінив ваше замовлення", "K-000001", "12 шт × 47,90 грн", "Вершки", "Разом: 953,80 грн")
    await changes(world, note="телефонувати заздалегідь")
    assert told(world) == ["Менеджер змінив ваше замовлення. Тепер воно таке:"]
    await olena.taps("Повторити замовлення")
    olena.sees("Повторити замовлення K-000001", "За сьогоднішніми цінами: 953,80 грн")
    assert world.backroom.ledger.written == [("K-000001", 1)]


@scenario
async def the_states_of_an_order_are_told_as_it_travels(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await places(olena)
    await world.hears(olena)
    for state, words in (
        (State.ACCEPTED, "прийняте складом"),
        (State.SHIPPED, "у дорозі"),
        (State.CLOSED, "доставлене"),
    ):
        await changes(world, state=state)
        await world.hears(olena)
        olena.sees(f"Замовлення K-000001 на 1 149,60 грн: {words}.")
    await changes(world, state=State.SHIPPED)
    assert len(told(world)) == 3
    await olena.taps("Відкрити замовлення")
    olena.sees("K-000001: доставлене")
    assert "Змінити" not in olena.screen.buttons


@scenario
async def an_order_cancelled_by_the_office_is_told_with_whom_to_ask(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await places(olena)
    await world.hears(olena)
    await changes(world, state=State.CANCELLED)
    await world.hears(olena)
    olena.sees("K-000001 на 1 149,60 грн: скасоване", "запитайте менеджера")
    await olena.taps("Менеджер")
    olena.sees("Оксана Менеджер")
    assert await states(world) == ["cancelled"]
