"""«My balance» and parts of orders: what is seen, chosen, typed, and what stands there once it is paid."""

from datetime import date, timedelta

from sqlalchemy import select, update

from bot.db.models import Client, Membership, PayLink
from bot.db.tx import Tx
from bot.domain.accounting import DocumentHead, ReceivableRecord, Subject
from bot.domain.money import Money
from bot.domain.payment import Outcome
from tests.scenarios.accounting_steps import CAFE, HOTEL
from tests.scenarios.steps import MILK, joined, places, puts, to_summary
from tests.scenarios.world import World, scenario
from tests.support.chat import Talker
from tests.support.wholesaler import uid


async def owe(world: World, *sums: str, client: str = CAFE) -> None:
    """By shipments of the tenth, the first of them due a day ago, the next ones later; the client owes nothing else."""
    dated = date(2026, 11, 10)
    others = {name: one for name, one in world.backroom.ledger.owed.items() if one.client != client}
    world.backroom.ledger.owed = others
    for number, sum_ in enumerate(sums):
        head = DocumentHead("shipment", f"РН-{number + 1}", dated, Money.of(sum_))
        due = date(2026, 11, 22) + timedelta(days=number)
        world.backroom.ledger.owes(ReceivableRecord(f"{client} {number + 1}", client, None, Money.of(sum_), due, head))
    await world.backroom.takes_in(Subject.RECEIVABLES)


async def tokens(world: World) -> list[str]:
    """Of all links, the newest first."""

    def read(tx: Tx) -> list[str]:
        found = select(PayLink.token).order_by(PayLink.made_at.desc(), PayLink.id)
        return list(tx._connection.execute(found).scalars())

    return await world.books.read(read)


async def pays(world: World) -> str:
    """Somebody pays by the newest link; returns the attempt's reference."""
    reference = await world.backroom.opens_page((await tokens(world))[0])
    await world.backroom.says(reference, Outcome.PAID)
    return reference


async def with_debts(world: World) -> Talker:
    olena = await joined(world)
    await owe(world, "1000.00", "500.50", "250.00")
    await olena.taps("Мій баланс")
    return olena


@scenario
async def debts_are_chosen_and_paid_by_one_link(world: World) -> None:
    olena = await with_debts(world)
    olena.sees("До сплати: 1 750,50 грн", "Прострочено: 1 000,00 грн")
    olena.sees("Накладна РН-1 від 10.11.2026: 1 000,00 грн", "прострочено з Нд 22.11", "сплатити до Вт 24.11")
    await olena.taps("1")
    await olena.taps("3")
    olena.sees("Вибрано: 1 250,00 грн")
    await olena.taps("3")
    olena.sees("Вибрано: 1 000,00 грн")
    await olena.taps("Сплатити вибране")
    olena.sees("До сплати: 1 000,00 грн", "Накладна РН-1 від 10.11.2026: 1 000,00 грн", "Посилання діє до 26.11 10:00")
    olena.sees_buttons("Сплатити 1")
    await pays(world)
    await world.hears(olena)
    olena.sees("Дякуємо, оплата надійшла.", "Сплачено: 1 000,00 грн", "Накладна РН-1")
    await olena.taps("Мій баланс")
    olena.sees("До сплати: 750,50 грн")
    olena.sees_not("РН-1 ", "Прострочено", "Вибрано")


@scenario
async def everything_is_paid_by_one_tap_and_a_repeat_makes_no_second_link(world: World) -> None:
    olena = await with_debts(world)
    await olena.taps("Сплатити все")
    olena.sees("До сплати: 1 750,50 грн", "РН-1", "РН-2", "РН-3")
    await world.again(olena)
    await olena.taps("Мій баланс")
    await olena.taps("Сплатити все")
    assert len(await tokens(world)) == 1
    await pays(world)
    await world.hears(olena)
    await olena.taps("Мій баланс")
    olena.sees("Зараз боргів немає.")


@scenario
async def only_what_is_overdue_is_paid_by_one_tap(world: World) -> None:
    olena = await with_debts(world)
    olena.sees("Прострочено: 1 000,00 грн", "Сплатити протягом тижня: 750,50 грн")
    overdue = await olena.payload_of("Сплатити прострочене")
    await olena.taps("Сплатити прострочене")
    olena.sees("До сплати: 1 000,00 грн", "Накладна РН-1 від 10.11.2026: 1 000,00 грн")
    olena.sees_not("РН-2")
    await pays(world)
    await world.hears(olena)
    await olena.presses(overdue)
    olena.sees("Сума вже інша", "До сплати: 750,50 грн")
    assert "Сплатити прострочене" not in olena.screen.buttons


@scenario
async def a_typed_sum_pays_the_oldest_debt_first(world: World) -> None:
    olena = await with_debts(world)
    await olena.taps("Інша сума")
    olena.sees("Лишилося сплатити 1 750,50 грн")
    await olena.writes("1 200,25")
    olena.sees("До сплати: 1 200,25 грн", "РН-1 від 10.11.2026: 1 000,00 грн", "РН-2 від 10.11.2026: 200,25 грн")
    await pays(world)
    await world.hears(olena)
    await olena.taps("Мій баланс")
    olena.sees("До сплати: 550,25 грн", "РН-2 від 10.11.2026: 300,25 грн")


@scenario
async def a_sum_that_cannot_be_is_answered_and_can_be_typed_anew(world: World) -> None:
    olena = await with_debts(world)
    await olena.taps("Інша сума")
    for typed, words in (
        ("скільки є", "Це не сума. Введіть гривні"),
        ("0", "Сума має бути більша за нуль"),
        ("-500", "Сума має бути більша за нуль"),
        ("1750,51", "введіть 1 750,50 грн або менше"),
    ):
        await olena.writes(typed)
        olena.sees(words)
    assert await tokens(world) == []
    await olena.writes("1750,50")
    olena.sees("До сплати: 1 750,50 грн")
    assert len(await tokens(world)) == 1


@scenario
async def before_an_order_an_overdue_debt_is_said_and_paid_by_one_link(world: World) -> None:
    olena = await joined(world)
    await owe(world, "1000.00", "500.50")
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    olena.sees("Офіс може притримати це замовлення:", "• прострочено: 1 000,00 грн")
    olena.sees("Сплатіть 1 000,00 грн боргу, і замовлення поїде без затримки.")
    olena.sees_buttons("Підтвердити замовлення")
    await olena.taps("Сплатити 1")
    olena.sees("До сплати: 1 000,00 грн", "Накладна РН-1 від 10.11.2026: 1 000,00 грн")
    await pays(world)
    await world.hears(olena)
    await olena.taps("Кошик")
    await olena.taps("Оформити")
    olena.sees_not("притримати")
    await olena.taps("Підтвердити")
    olena.sees("Замовлення K-000001 прийнято")


@scenario
async def an_order_is_only_warned_of_and_can_be_placed_all_the_same(world: World) -> None:
    olena = await joined(world)
    await owe(world, "1000.00")
    await world.books.write(_limited)
    await puts(olena, MILK, "2 ящ")
    await to_summary(olena)
    olena.sees(
        "• кредитний ліміт 1 500,00 грн, використано 1 000,00 грн, це замовлення 1 149,60 грн: бракує 649,60 грн"
    )
    await olena.taps("Підтвердити")
    olena.sees("Замовлення K-000001 прийнято")


@scenario
async def who_only_orders_is_warned_without_sums(world: World) -> None:
    andrii = await joined(world, "Андрій")
    await owe(world, "1000.00")
    await world.books.write(_only_orders)
    await puts(andrii, MILK, "2 ящ")
    await to_summary(andrii)
    andrii.sees("Офіс може притримати це замовлення через борги.")
    andrii.sees_not("1\u00a0000,00", "Сплатіть")


@scenario
async def an_order_is_paid_in_parts(world: World) -> None:
    olena = await joined(world)
    await places(olena)
    world.clock.moment += timedelta(minutes=1)
    await olena.taps("Частина суми")
    olena.sees("Замовлення K-000001: лишилося сплатити 1 149,60 грн.")
    await olena.writes("2000")
    olena.sees("введіть 1 149,60 грн або менше")
    await olena.writes("149,60")
    olena.sees("До сплати: 149,60 грн", "Замовлення K-000001: 149,60 грн")
    await pays(world)
    await world.hears(olena)
    olena.sees("Дякуємо, оплата надійшла.", "Лишилося сплатити: 1 000,00 грн")
    await olena.taps("Відкрити замовлення")
    olena.sees_buttons("Сплатити 1")


@scenario
async def a_sum_that_moved_since_it_was_shown_is_not_asked_for(world: World) -> None:
    olena = await with_debts(world)
    all_ = await olena.payload_of("Сплатити все")
    await owe(world, "300.00")
    await olena.presses(all_)
    olena.sees("Сума вже інша", "До сплати: 300,00 грн")
    assert await tokens(world) == []


@scenario
async def a_withdrawn_link_leads_to_nothing(world: World) -> None:
    olena = await with_debts(world)
    await olena.taps("Сплатити все")
    await olena.taps("Відкликати посилання")
    olena.sees("Посилання відкликано.")
    await world.again(olena)
    await olena.taps("Мій баланс")
    await olena.taps("Сплатити все")
    assert len(await tokens(world)) == 2


@scenario
async def old_debts_say_of_when_they_are(world: World) -> None:
    olena = await with_debts(world)
    olena.sees_not("За даними обліку")
    world.clock.moment += timedelta(hours=3)
    await olena.taps("Мій баланс")
    olena.sees("За даними обліку на 23.11 10:00", "До сплати: 1 750,50 грн")


@scenario
async def who_only_orders_sees_no_debts_where_somebody_pays(world: World) -> None:
    olena, andrii = await with_debts(world), await joined(world, "Андрій")
    all_ = await olena.payload_of("Сплатити все")
    await world.books.write(_only_orders)
    await andrii.taps("Мій баланс")
    andrii.sees("Борги цього клієнта бачать лише ті, хто за нього платить")
    await andrii.presses(all_)
    andrii.sees("Борги цього клієнта бачать лише ті, хто за нього платить")
    assert await tokens(world) == []


@scenario
async def a_button_of_another_client_pays_nothing_of_theirs(world: World) -> None:
    olena = await with_debts(world)
    await olena.taps("Сплатити все")
    revoke = await olena.payload_of("Відкликати посилання")
    await places(olena)
    part = await olena.payload_of("Частина суми")
    iryna = await joined(world, "Ірина")
    await owe(world, "70.00", client=HOTEL)
    await world.hears(iryna)
    iryna.sees("Кафе «Ранок»: замовлено на 1 149,60 грн")
    await iryna.taps("Мій баланс")
    iryna.sees("До сплати: 70,00 грн")
    for payload in (revoke, part):
        await iryna.presses(payload)
        iryna.sees("Цього тут уже немає")
    assert await world.backroom.opens_page((await tokens(world))[-1])


def _limited(tx: Tx) -> None:
    cafe = update(Client).where(Client.id == uid("Кафе «Ранок»"))
    tx._connection.execute(cafe.values(credit_limit=Money.of(1500)))


def _only_orders(tx: Tx) -> None:
    andrii = update(Membership).where(Membership.person_id == uid("Андрій"))
    tx._connection.execute(andrii.values(pays=False))
