"""1C is silent and nobody is stopped: orders are agreed on the last known prices, which are looked at afterwards."""

from datetime import timedelta

from bot.domain.accounting import Subject
from bot.domain.order import State
from tests.scenarios.accounting_steps import connected, costs, document, marked, told
from tests.scenarios.steps import GOUDA, MILK, joined, places, puts, to_summary, withdraw
from tests.scenarios.world import World, scenario
from tests.support.chat import Talker


async def orders_in_silence(world: World, name: str = "Олена") -> Talker:
    """Somebody whose order was agreed while 1C did not answer."""
    person = await joined(world, name)
    await connected(world)
    await world.backroom.falls_silent()
    await places(person)
    return person


async def is_asked(world: World, price: str = "52.69") -> Talker:
    """Somebody whose milk turned out dearer when 1C was back."""
    person = await orders_in_silence(world)
    costs(world, (MILK, price))
    await world.backroom.answers()
    await world.hears(person)
    return person


@scenario
async def while_1c_is_silent_orders_are_taken_on_the_last_known_prices(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    world.clock.moment += timedelta(minutes=30)
    await world.backroom.falls_silent()
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    olena.sees("Ціни станом на 23.11 10:00", "Разом: 1 149,60 грн")
    await olena.taps("Підтвердити")
    olena.sees("K-000001 прийнято", "Поки що взято останні відомі ціни")
    await world.hears(olena)
    assert (world.backroom.ledger.written, await marked(world)) == ([], [True])
    await world.backroom.answers()
    assert (world.backroom.ledger.written, await marked(world)) == ([("K-000001", 1)], [False])
    assert told(world) == []
    await olena.taps("Мої замовлення")
    await olena.taps("1")
    olena.sees("Номер у нашому обліку")
    olena.sees_not("останні відомі")


@scenario
async def prices_not_taken_in_for_hours_are_only_the_last_known_ones(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    world.clock.moment += timedelta(hours=2, minutes=1)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    olena.sees("Ціни станом на 23.11 10:00")
    await world.backroom.takes_in(Subject.PRICES)
    await olena.taps("Кошик")
    await olena.taps("Оформити")
    olena.sees("Перевірте замовлення")
    olena.sees_not("Ціни станом на")


@scenario
async def a_dearer_order_is_asked_about_and_agreed(world: World) -> None:
    olena = await is_asked(world)
    olena.sees("Замовлення K-000001: ціни змінилися", "52,69 грн, дорожче на 10 %", "Було погоджено: 1 149,60 грн")
    olena.sees("Тепер: 1 264,56 грн", "Відповісти можна до 23.11 17:00")
    agree = await olena.payload_of("Погодити нові ціни")
    await olena.taps("Погодити нові ціни")
    olena.sees("нові ціни погоджено", "Разом: 1 264,56 грн")
    for _ in range(2):
        await olena.presses(agree)
        olena.sees("K-000001: прийняте", "Разом: 1 264,56 грн")
    await world.again(olena)
    await world.hears(olena)
    assert world.backroom.ledger.written == [("K-000001", 1), ("K-000001", 2)]
    assert (str(document(world).total.amount), await marked(world)) == ("1264.56", [False])
    assert told(world) == ["Замовлення K-000001: ціни змінилися"]


@scenario
async def until_it_is_answered_the_order_stands_and_keeps_asking(world: World) -> None:
    olena = await is_asked(world)
    assert str(document(world).total.amount) == "1149.60"
    await olena.taps("Мої замовлення")
    await olena.taps("1")
    olena.sees("Ціни відтоді змінилися", "Разом: 1 149,60 грн")
    await olena.taps("Переглянути нові ціни")
    olena.sees("Тепер: 1 264,56 грн")
    world.clock.moment += timedelta(minutes=1)
    await world.backroom.falls_silent()
    await world.backroom.answers()
    assert told(world) == ["Замовлення K-000001: ціни змінилися"]


@scenario
async def a_dearer_order_is_changed_instead_and_not_asked_about_again(world: World) -> None:
    olena = await is_asked(world)
    agree = await olena.payload_of("Погодити нові ціни")
    await olena.taps("Змінити")
    olena.sees("Зміна замовлення K-000001", "52,69 грн")
    await olena.taps("1")
    await olena.taps("−1 ящ")
    await olena.taps("Кошик")
    await olena.taps("Оформити")
    await olena.taps("Підтвердити зміни")
    olena.sees("K-000001", "Разом: 632,28 грн")
    olena.sees_not("Ціни відтоді змінилися")
    await olena.presses(agree)
    olena.sees("Разом: 632,28 грн")
    await world.hears(olena)
    assert str(document(world).total.amount) == "632.28"


@scenario
async def a_dearer_order_is_cancelled_instead(world: World) -> None:
    olena = await is_asked(world)
    agree = await olena.payload_of("Погодити нові ціни")
    await olena.taps("Скасувати замовлення")
    await olena.taps("Так, скасувати")
    olena.sees("K-000001: скасоване")
    olena.sees_not("Ціни відтоді змінилися")
    await olena.presses(agree)
    olena.sees("K-000001: скасоване", "Разом: 1 149,60 грн")
    await world.hears(olena)
    assert document(world).state is State.CANCELLED


@scenario
async def an_old_button_does_not_agree_to_a_price_that_moved_again(world: World) -> None:
    olena = await is_asked(world)
    agree = await olena.payload_of("Погодити нові ціни")
    costs(world, (MILK, "57.48"))
    await world.backroom.takes_in(Subject.PRICES)
    await olena.presses(agree)
    olena.sees("Ціна знову змінилася", "57,48 грн, дорожче на 20 %", "Тепер: 1 379,52 грн")
    assert str(document(world).total.amount) == "1149.60"
    await olena.taps("Погодити нові ціни")
    await world.hears(olena)
    olena.sees("Разом: 1 379,52 грн")
    assert str(document(world).total.amount) == "1379.52"


@scenario
async def after_the_cut_off_new_prices_are_for_the_manager(world: World) -> None:
    olena = await is_asked(world)
    agree = await olena.payload_of("Погодити нові ціни")
    show = await _opens_the_order(olena)
    world.clock.moment += timedelta(hours=7)
    await olena.presses(agree)
    olena.sees("Замовлення можна було змінити до 23.11 17:00", "менеджер")
    await olena.presses(show)
    olena.sees("зверніться до менеджера", "Тепер: 1 264,56 грн")
    assert "Погодити нові ціни" not in olena.screen.buttons


@scenario
async def what_is_gone_is_left_out_of_an_agreed_order(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await world.backroom.falls_silent()
    await puts(olena, GOUDA, "1 кг")
    await places(olena)
    await withdraw(world, GOUDA)
    await world.backroom.answers()
    await world.hears(olena)
    olena.sees("Сир гауда", "уже немає в продажу", "Було погоджено: 1 461,60 грн", "Тепер: 1 149,60 грн")
    await olena.taps("Погодити нові ціни")
    olena.sees("Молоко", "Разом: 1 149,60 грн")
    olena.sees_not("Сир гауда")


@scenario
async def a_cheaper_order_is_told_without_asking(world: World) -> None:
    olena = await orders_in_silence(world)
    costs(world, (MILK, "43.11"))
    await world.backroom.answers()
    await world.hears(olena)
    olena.sees("Замовлення K-000001 подешевшало", "Тепер замовлення коштує 1 034,64 грн")
    await olena.taps("Відкрити замовлення")
    olena.sees("24 шт) × 43,11 грн", "Разом: 1 034,64 грн")
    assert (str(document(world).total.amount), await marked(world)) == ("1034.64", [False])
    assert told(world) == ["Замовлення K-000001 подешевшало"]


@scenario
async def another_client_cannot_agree_in_somebodys_place(world: World) -> None:
    iryna, olena = await joined(world, "Ірина"), await is_asked(world)
    agree = await olena.payload_of("Погодити нові ціни")
    await iryna.presses(agree)
    iryna.sees("Цього тут уже немає")
    iryna.sees_not("1 264,56")
    assert await marked(world) == [True]


async def _opens_the_order(person: Talker) -> str:
    """What the order's own button to its new prices would send."""
    await person.taps("Мої замовлення")
    await person.taps("1")
    return await person.payload_of("Переглянути нові ціни")
