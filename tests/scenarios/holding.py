"""Orders that the credit gate holds, on every line."""

from sqlalchemy import update

from bot.db.models import Client, Membership
from bot.db.tx import Tx
from bot.domain.money import Money
from tests.scenarios.paying import owe, pays
from tests.scenarios.steps import joined, places, puts, to_summary
from tests.scenarios.world import World, scenario
from tests.support.chat import Talker
from tests.support.wholesaler import uid

PAY = "1"
"""How the button begins on every line; a messenger may have its own spaces."""


async def held(world: World) -> Talker:
    """Olena's order of 1149.60 over a limit of 1500, of which 1000 are used and a day late."""
    world.backroom.holds_orders()
    olena = await joined(world)
    await owe(world, "1000.00")
    await world.books.write(_limited)
    await places(olena)
    return olena


@scenario
async def an_order_over_the_limit_is_taken_held_and_goes_when_it_is_paid(world: World) -> None:
    olena = await held(world)
    olena.sees(
        "Замовлення K-000001 прийнято й притримано до оплати.",
        "• кредитний ліміт 1 500,00 грн, використано 1 000,00 грн, це замовлення 1 149,60 грн: бракує 649,60 грн",
        "• прострочено: 1 000,00 грн",
        "Поїде, щойно надійде 1 000,00 грн: це більша з двох сум",
    )
    await olena.taps("Мої замовлення")
    olena.sees("1 149,60 грн, притримане до оплати")
    await olena.taps("1")
    await olena.taps(PAY)
    olena.sees("До сплати: 1 000,00 грн", "РН-1")
    await pays(world)
    await world.hears(olena)
    olena.sees("Замовлення K-000001 на 1 149,60 грн більше нічого не тримає: беремо його в роботу.")
    await olena.taps("Відкрити замовлення")
    olena.sees("Замовлення K-000001: прийняте", "Змінити або скасувати можна до")
    olena.sees_not("притриман")


@scenario
async def the_summary_says_before_the_confirm_that_it_will_be_held(world: World) -> None:
    world.backroom.holds_orders()
    olena = await joined(world)
    await owe(world, "1000.00")
    await world.books.write(_limited)
    await puts(olena, "10661", "2 ящ")
    await to_summary(olena)
    olena.sees("Ми приймемо це замовлення, але притримаємо його до оплати:", "Сплатіть 1 000,00 грн боргу")


@scenario
async def a_payment_that_1c_tells_of_lets_it_go(world: World) -> None:
    olena = await held(world)
    await owe(world)
    await world.hears(olena)
    olena.sees("Замовлення K-000001 на 1 149,60 грн більше нічого не тримає")


@scenario
async def a_held_order_is_changed_and_then_cancelled(world: World) -> None:
    olena = await held(world)
    await olena.taps("Змінити")
    await olena.taps("Оформити")
    await olena.taps("Підтвердити")
    olena.sees("Замовлення K-000001 прийнято й притримано до оплати.")
    await olena.taps("Скасувати замовлення")
    await olena.taps("Так, скасувати")
    olena.sees("Замовлення K-000001: скасоване")
    olena.sees_not("притриман")


@scenario
async def who_only_orders_learns_that_it_waits_and_who_pays_hears_what_to_pay(world: World) -> None:
    world.backroom.holds_orders()
    olena, andrii = await joined(world), await joined(world, "Андрій")
    await owe(world, "1000.00")
    await world.books.write(_limited)
    await world.books.write(_only_orders)
    await places(andrii)
    andrii.sees("Воно чекає через борги. Їх бачать у «Мій баланс» ті, хто за клієнта платить.")
    andrii.sees_not("1 000,00", "і поїде")
    await world.hears(olena)
    olena.sees("Замовлення K-000001 на 1 149,60 грн притримано.", "Поїде, щойно надійде 1 000,00 грн")
    await olena.taps(PAY)
    olena.sees("До сплати: 1 000,00 грн")


@scenario
async def a_button_that_comes_too_late_asks_for_nothing(world: World) -> None:
    olena = await held(world)
    pay = await olena.payload_of(PAY)
    await owe(world, "350.40")
    await olena.presses(pay)
    olena.sees("До сплати: 350,40 грн")


def _limited(tx: Tx) -> None:
    cafe = update(Client).where(Client.id == uid("Кафе «Ранок»"))
    tx._connection.execute(cafe.values(credit_limit=Money.of(1500)))


def _only_orders(tx: Tx) -> None:
    andrii = update(Membership).where(Membership.person_id == uid("Андрій"))
    tx._connection.execute(andrii.values(pays=False))
