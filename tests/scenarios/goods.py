"""What people are told of goods without asking, and what of all that they switch off."""

from datetime import timedelta

from bot.domain.accounting import Subject
from bot.domain.pricelist import OfferRecord, WarehouseRecord
from bot.services.price_news import price_news_job
from tests.scenarios.accounting_steps import connected, costs, told
from tests.scenarios.steps import MILK, RICE, joined, opens, places
from tests.scenarios.world import World, scenario

BURRATA = "15662"
ASK, STOP = "Повідомити, як з’явиться", "Не повідомляти"


async def comes(world: World, sku: str, pieces: int = 7) -> None:
    """1C says that so much of the article is there."""
    offer = OfferRecord(f"sku:{sku}", 2, stock=(("w", pieces * 1000),))
    world.backroom.ledger.price_list[Subject.STOCK] = [WarehouseRecord("w", "Основний", 1), offer]
    await world.backroom.takes_in(Subject.STOCK)


async def price_news(world: World) -> None:
    """Another look at prices; while a session is open, so that it can be told for nothing everywhere."""
    world.clock.moment += timedelta(minutes=1)
    await world.books.write(lambda tx: tx.jobs.add(price_news_job(world.clock())))
    await world.backroom.works()


@scenario
async def who_waits_for_goods_hears_when_they_come(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await opens(olena, BURRATA)
    olena.sees("Немає на складі")
    await olena.taps(ASK)
    olena.sees("Повідомимо, щойно з’явиться")
    olena.sees_buttons(STOP)
    await comes(world, BURRATA)
    await world.hears(olena)
    olena.sees("Знову є на складі", "Моцарела бурата 125 г")
    await olena.taps("1")
    olena.sees("Залишилося мало: 7 шт")
    assert ASK not in olena.screen.buttons
    await comes(world, BURRATA, 0)
    await comes(world, BURRATA, 9)
    assert told(world) == ["Знову є на складі. Ви просили повідомити:"]


@scenario
async def who_changes_their_mind_is_not_told(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await opens(olena, BURRATA)
    await olena.taps(ASK)
    await olena.taps(STOP)
    olena.sees("Не повідомлятимемо")
    olena.sees_buttons(ASK)
    await comes(world, BURRATA)
    assert told(world) == []


@scenario
async def a_wish_told_twice_is_one_wish_and_the_card_still_works(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await opens(olena, BURRATA)
    await olena.taps("Рахувати в: шт")
    ask = await olena.payload_of(ASK)
    await olena.taps(ASK)
    await world.again(olena)
    await olena.presses(ask)
    olena.sees("Повідомимо, щойно з’явиться.")
    olena.sees_buttons("Рахувати в: ящ", STOP)
    await olena.taps("+5 шт")
    olena.sees("У кошику: 5 шт", "Повідомимо, щойно з’явиться.")
    await comes(world, BURRATA)
    assert len(told(world)) == 1


@scenario
async def an_old_button_does_not_wait_for_what_is_there(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await opens(olena, BURRATA)
    ask = await olena.payload_of(ASK)
    await comes(world, BURRATA)
    await olena.presses(ask)
    olena.sees("Уже є на складі", "Залишилося мало: 7 шт")
    await comes(world, BURRATA, 0)
    await comes(world, BURRATA, 9)
    assert told(world) == []


@scenario
async def nobody_waits_for_what_their_client_may_not_see(world: World) -> None:
    olena, iryna = await joined(world), await joined(world, "Ірина")
    await connected(world)
    await comes(world, RICE, 0)
    await opens(olena, RICE)
    await iryna.presses(await olena.payload_of(ASK))
    iryna.sees("Цього тут уже немає")
    await comes(world, RICE)
    assert told(world) == []


@scenario
async def prices_that_moved_are_told_in_the_morning(world: World) -> None:
    olena = await joined(world)
    await connected(world)
    await places(olena)
    await world.hears(olena)
    await price_news(world)
    costs(world, (MILK, "52.69"))
    await world.backroom.takes_in(Subject.PRICES)
    await price_news(world)
    await world.hears(olena)
    olena.sees("Нові ціни на те, що ви зазвичай берете", "47,90 → 52,69 грн/шт (+10 %)")
    await price_news(world)
    assert [line for line in told(world) if line.startswith("Нові ціни")] == [
        "Нові ціни на те, що ви зазвичай берете:"
    ]  # fmt: skip
    await olena.taps("Звичний кошик")
    olena.sees("52,69 грн/шт")


@scenario
async def topics_are_switched_off_and_on_and_twice_is_once(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Ще")
    await olena.taps("Сповіщення")
    olena.sees("Замовлення: увімкнено", "Гроші: увімкнено", "Ціни й наявність: увімкнено", "Повідомляємо завжди")
    off = await olena.payload_of("Ціни: вимкнути")
    await olena.taps("Ціни: вимкнути")
    olena.sees("Ціни й наявність: вимкнено")
    await world.again(olena)
    await olena.presses(off)
    olena.sees("Ціни й наявність: вимкнено", "Замовлення: увімкнено")
    await opens(olena, BURRATA)
    await olena.taps(ASK)
    olena.sees("Такі сповіщення у вас вимкнено")
    await olena.taps("Ще")
    await olena.taps("Сповіщення")
    await olena.taps("Ціни: увімкнути")
    olena.sees("Ціни й наявність: увімкнено")


@scenario
async def what_must_be_told_cannot_be_switched_off(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Ще")
    await olena.taps("Сповіщення")
    payload = (await olena.payload_of("Ціни: вимкнути")).replace("prices", "access")
    await olena.presses(payload)
    olena.sees("Ця кнопка застаріла")
    stranger = world.person("Хтось")
    await stranger.starts()
    await stranger.presses(payload)
    stranger.sees("ГастроОпт")
