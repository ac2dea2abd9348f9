"""An order for a client from its topic: of an earlier one or of words, a draft first, placed once, told and undone."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from bot.conversation.action import unpack
from bot.conversation.event import Event, Kind, Sender
from bot.conversation.screen import Screen
from bot.db.books import Books
from bot.db.models import Client, Order, Price
from bot.domain.accounting import Subject
from bot.domain.credit import CreditRules, HeldState
from bot.domain.money import Money
from bot.domain.order import OrderView, State
from keyboards.actions import Confirm
from keyboards.desk_actions import DraftFrom, PlaceDraft
from tests.db.people import CREAM, DNIPRO, MILK, RANOK
from tests.db.test_orders import FLOUR_LINE, MILK_LINE, place
from tests.services.desk.room import GROUP, MONEY, OLENA_VIBER, DeskRoom, payload_of, words_of

ORDER = "Замовити за клієнта"
PLACE = "Оформити за клієнта"


async def orders(room: DeskRoom) -> list[OrderView]:
    """The café's, oldest first."""

    def read(tx: Any) -> list[OrderView]:
        ids = tx._connection.execute(select(Order.id).where(Order.client_id == RANOK.id).order_by(Order.number))
        return [tx.orders.view(one, RANOK.id) for one in ids.scalars()]

    return await room.books.read(read)


async def before(room: DeskRoom, *lines: Any) -> UUID:
    """An order of last week."""
    at = room.clock() - timedelta(days=7)
    return await room.books.write(lambda tx: place(tx, RANOK, *lines, at=at))


async def writes(room: DeskRoom, text: str, **more: Any) -> Screen:
    """Somebody of the staff writes a command in the topic."""
    by = Sender("telegram", "Оксана", "Оксана")
    event = Event(room._id(), by, Kind.WROTE, room.clock(), text=text, place=GROUP, thread="1", **more)
    screen = await room.does(replace(event, message=room._id()))
    assert screen is not None
    return screen


async def presses(room: DeskRoom, screen: Screen, label: str) -> Screen:
    shown = await room.does(room._tap(payload_of(screen, label), ("telegram", "Оксана"), GROUP, "1"))
    assert shown is not None
    return shown


async def drafted(room: DeskRoom, text: str, **more: Any) -> Screen:
    """Ready to be placed: of the café's two places one is chosen."""
    draft = await writes(room, text, **more)
    return await presses(room, await presses(room, draft, "Інша адреса"), "Ранок на Подолі")


async def test_the_last_orders_are_offered_and_one_of_them_becomes_a_draft_at_todays_prices(room: DeskRoom) -> None:
    await before(room, MILK_LINE, FLOUR_LINE)
    await room.asks()
    shown = await room.opens_menu(ORDER)
    assert "Повторити одне з останніх:\n1. K-000001 від 16.11 10:00: 1 149,60 грн, прийняте" in words_of(shown)
    draft = await room.opens_menu(ORDER, "1")
    said = words_of(draft)
    assert said.startswith("Чернетка замовлення для клієнта Кафе «Ранок» (Оксана)\n\n• Молоко")
    assert "Куди: Ранок на Подолі" in said
    assert "Коли: вт, 24 листопада" in said
    assert "Разом: 1 609,60 грн" in said
    assert len(await orders(room)) == 1


async def test_a_draft_is_placed_for_the_client_with_who_placed_it_and_the_client_is_told_and_can_cancel(
    room: DeskRoom,
) -> None:
    await before(room, MILK_LINE)
    await room.asks()
    draft = await room.opens_menu(ORDER, "1")
    assert (await room.presses_as(draft, PLACE)).startswith(
        "Замовлення K-000002 на 1 149,60 грн для клієнта Кафе «Ранок» оформлено (Оксана)."
    )
    placed = (await orders(room))[-1]
    assert (placed.placed_by, placed.channel, placed.state, placed.total) == (
        "Оксана",
        "desk",
        State.PLACED,
        Money(114960),
    )
    assert room.ledger.written == [("K-000002", 1)]
    told = [one for one in room.viber.to(OLENA_VIBER[1]) + room.telegram.to("olena") if "оформлено" in one.text]
    (notice,) = told
    assert notice.text.startswith("Для клієнта Кафе «Ранок» оформлено замовлення, менеджер Оксана.")
    assert "Скасувати замовлення" in notice.labels
    assert ("Оксана", "PlaceDraft", "Кафе «Ранок» K-000002", "done") in await room.log()
    who = ("viber", "олена==") if notice in room.viber.shown else ("telegram", "olena")
    asked = await room.does(room._tap(notice.payload("Скасувати замовлення"), who))
    assert asked is not None
    await room.does(room._tap(payload_of(asked, "Так, скасувати"), who))
    assert (await orders(room))[-1].state is State.CANCELLED


async def test_however_often_and_by_however_many_it_is_pressed_there_is_one_order(room: DeskRoom) -> None:
    await before(room, MILK_LINE)
    await room.asks()
    draft = await room.opens_menu(ORDER, "1")
    first = await room.presses_as(draft, PLACE)
    assert await room.presses_as(draft, PLACE) == first
    assert await room.presses_as(draft, PLACE, by="Петро") == first
    assert len(await orders(room)) == 2
    assert (await orders(room))[-1].placed_by == "Оксана"


async def test_a_pasted_order_is_read_line_by_line_and_what_is_not_sure_is_said(room: DeskRoom) -> None:
    await room.asks()
    draft = await writes(
        room, "/zamov\n10661 12 шт\nСир гауда брус 1,5 кг\nмука 7\nхалва 3\nслівки\nБорошно рисове 1 кг 10 шт"
    )
    said = words_of(draft)
    assert "• Молоко" in said.split("Не враховано:")[0]
    assert "Сир гауда брус\n    1,5 кг" in said
    left_out = said.split("Не враховано:")[1]
    assert "• халва 3: такого товару немає" in left_out
    assert "• слівки" in left_out


async def test_a_clients_message_is_read_where_the_command_answers_it(room: DeskRoom) -> None:
    question = await room.asks("молоко 24 шт\nвершки 33% 3")
    draft = await drafted(room, "/zamov", reply_to=question.id)
    assert "24 шт" in words_of(draft)
    assert PLACE in [b.label for row in draft.rows for b in row]


async def test_the_command_alone_says_how_to_write_it(room: DeskRoom) -> None:
    await room.asks()
    assert words_of(await writes(room, "/zamov")).startswith("Або напишіть, товар у рядок")
    assert words_of(await writes(room, "/zamov абракадабра")).startswith("Із цього нічого не вдалося замовити")
    assert words_of(await writes(room, "/zamov ,,,")).startswith("Немає замовлення, яке можна прочитати.")


async def test_the_minimum_holds_for_the_staff_too(room: DeskRoom) -> None:
    await room.asks()
    draft = await writes(room, "/zamov 10661 3")
    assert "Мінімальне замовлення 500,00 грн: додайте товарів ще на 356,30 грн." in words_of(draft)
    assert PLACE not in [b.label for row in draft.rows for b in row]


async def test_a_price_that_moved_since_the_draft_is_looked_at_again(room: DeskRoom) -> None:
    await room.asks()
    draft = await drafted(room, "/zamov 10661 24")
    dearer = update(Price).where(Price.article_id == MILK).values(price=Money(5000))
    await room.books.write(lambda tx: tx._connection.execute(dearer))
    assert "щось змінилося" in await room.presses_as(draft, PLACE)
    assert await orders(room) == []


async def test_the_day_and_the_place_can_be_chosen_and_an_older_confirm_is_void(room: DeskRoom) -> None:
    await room.asks()
    draft = await drafted(room, "/zamov 10661 24")
    days = await presses(room, draft, "Інший день")
    chosen = await presses(room, days, days.rows[0][1].label)
    assert "Коли: ср, 25 листопада" in words_of(chosen)
    assert "щось змінилося" in await room.presses_as(draft, PLACE)
    await room.presses_as(chosen, PLACE)
    assert [one.delivery_date for one in await orders(room)] == [date(2026, 11, 25)]


async def test_a_draft_that_was_given_up_or_replaced_orders_nothing(room: DeskRoom) -> None:
    await room.asks()
    first = await drafted(room, "/zamov 10661 24")
    second = await drafted(room, "/zamov 10661 36")
    assert "застаріла" in await room.presses_as(first, PLACE)
    assert await room.presses_as(second, "Не замовляти") == "Цю чернетку відкладено: за нею нічого не замовлено."
    assert "застаріла" in await room.presses_as(second, PLACE)
    assert await orders(room) == []


async def test_the_clients_own_cart_is_left_alone(room: DeskRoom) -> None:
    def cart(tx: Any) -> None:
        held = tx.carts.require_current(RANOK.id, room.clock())
        tx.carts.set_line(held, CREAM, Decimal(2), MILK_LINE.unit, room.clock(), present=Decimal(0))

    await room.books.write(cart)
    await room.asks()
    await room.presses_as(await drafted(room, "/zamov 10661 24"), PLACE)

    def kept(tx: Any) -> list[tuple[UUID, Decimal]]:
        held = tx.carts.current(RANOK.id)
        return [(article, quantity) for article, quantity, _ in tx.carts.quantities(held)]

    assert await room.books.read(kept) == [(CREAM, Decimal(2))]
    assert [len(one.lines) for one in await orders(room)] == [1]


async def test_a_client_cannot_confirm_a_draft_of_the_staff(room: DeskRoom) -> None:
    await room.asks()
    draft = await drafted(room, "/zamov 10661 24")
    action = unpack(payload_of(draft, PLACE))
    assert isinstance(action, PlaceDraft)
    await room.presses(Confirm(action.draft, action.version, action.kopiykas).pack())
    assert await orders(room) == []


async def test_an_order_of_another_client_is_not_repeated_here(room: DeskRoom) -> None:
    strange = await room.books.write(lambda tx: place(tx, DNIPRO, at=room.clock()))
    await room.asks()
    topic = await room.books.read(lambda tx: tx.desk.topic_at(GROUP, "1"))
    assert topic is not None
    screen = await room.does(room._tap(DraftFrom(topic.id, strange).pack(), ("telegram", "Оксана"), GROUP, "1"))
    assert screen is not None
    assert words_of(screen) == "Цього тут уже немає."
    assert (await room.log())[-1] == ("Оксана", "DraftFrom", "", "refused")


async def test_a_draft_pressed_in_another_group_or_by_a_stranger_is_refused_and_logged(rich: DeskRoom) -> None:
    await rich.asks()
    draft = await drafted(rich, "/zamov 10661 24")
    press = payload_of(draft, PLACE)
    await rich.does(rich._tap(press, ("telegram", "Бухгалтер"), MONEY))
    await rich.does(rich._tap(press, ("telegram", "Чужий"), "-999"))
    await rich.presses(press)
    assert await orders(rich) == []
    assert [one for one in await rich.log() if one[3] == "refused"] == [
        ("Бухгалтер", "PlaceDraft", "", "refused"),
        ("Чужий", "PlaceDraft", "-999", "refused"),
        ("олена==", "PlaceDraft", "", "refused"),
    ]


async def test_an_order_in_the_general_topic_is_for_nobody(room: DeskRoom) -> None:
    await room.asks()
    assert await room.answers("/zamov 10661 24", thread="") == "Цього тут уже немає."


async def test_an_order_over_the_limit_is_held_as_the_clients_own_would_be(shop: Books, tmp_path: Path) -> None:
    room = DeskRoom(shop, tmp_path, credit=CreditRules(on=True, holds=True))
    await room.opens()
    tight = update(Client).where(Client.id == RANOK.id).values(credit_limit=Money.of(100))
    await room.books.write(lambda tx: tx._connection.execute(tight))
    await room.backroom.takes_in(Subject.RECEIVABLES)
    await room.asks()
    draft = await drafted(room, "/zamov 10661 24")
    assert "кредитний ліміт 100,00 грн" in words_of(draft)
    placed = await room.presses_as(draft, PLACE)
    assert placed.endswith("Його притримано через борги: піде, щойно буде сплачено або відпущено.")
    assert [one.held for one in await orders(room)] == [HeldState.HELD]
