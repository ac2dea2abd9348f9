"""From a client's topic: a pay link sent once more, a refund begun by finance or asked of it."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bot.db.books import Books
from bot.domain.accounting import Subject
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.payment import Outcome
from keyboards.desk_actions import RequestRefund, SendOrderLink, ShowCardPayments
from keyboards.staff_actions import GiveBack
from tests.db.people import DNIPRO, RANOK
from tests.db.test_orders import place
from tests.services.desk.room import GROUP, MONEY, OLENA_TELEGRAM, OLENA_VIBER, DeskRoom, words_of
from tests.services.test_receivables_in import debt
from tests.support.gateway import Gateway

LINKS, REFUND = "Посилання на оплату", "Повернення коштів"


async def ordered(room: DeskRoom, buyer: object = RANOK) -> UUID:
    room.clock.moment += timedelta(seconds=1)
    return await room.books.write(lambda tx: place(tx, buyer, at=room.clock()))  # type: ignore[arg-type]


async def owes(room: DeskRoom) -> None:
    room.ledger.owes(
        debt("d1", "1000.00", due=date(2026, 11, 20), client=RANOK.name),
        debt("d2", "500.00", due=date(2026, 11, 30), client=RANOK.name),
    )
    await room.backroom.takes_in(Subject.RECEIVABLES)


async def paid(room: DeskRoom, order: UUID) -> UUID:
    """By card, the whole order."""
    assert room.gateway is not None
    view = await room.office.app.ordering.order(RANOK, order)
    _, address = await room.office.app.payments.offer(view)
    assert address is not None
    reference = await room.backroom.opens_page(address.rpartition("/")[2])
    await room.backroom.says(reference, Outcome.PAID)
    attempt = await room.books.read(lambda tx: tx.payments.attempt(reference))
    assert attempt is not None
    return attempt.id


def got(room: DeskRoom) -> list[str]:
    """What Olena was told about paying, whichever way it went."""
    return [one for who in (OLENA_VIBER, OLENA_TELEGRAM) for one in room.heard(who) if "спосіб сплатити" in one]


async def topic_of(room: DeskRoom) -> UUID:
    topic = await room.books.read(lambda tx: tx.desk.topic_at(GROUP, "1"))
    assert topic is not None
    return topic.id


async def test_orders_and_debts_are_offered_with_what_is_left_of_each(till: DeskRoom) -> None:
    await owes(till)
    await ordered(till)
    await till.asks()
    assert words_of(await till.opens_menu(LINKS)) == (
        "Яке посилання на оплату надіслати клієнтові?\n\n"
        "1. Замовлення K-000001 від 23.11 10:00: 1 149,60 грн до сплати\n"
        "2. Накладна РН-d1 від 10.11.2026: 1 000,00 грн\n    прострочено з Пт 20.11\n"
        "3. Накладна РН-d2 від 10.11.2026: 500,00 грн\n    сплатити до Пн 30.11\n"
        "4. Усі борги: 1 500,00 грн\n"
        "5. Усе прострочене: 1 000,00 грн"
    )


async def test_the_link_of_an_order_goes_to_those_who_pay_once_however_often_it_is_pressed(till: DeskRoom) -> None:
    await ordered(till)
    await till.asks()
    shown = await till.opens_menu(LINKS)
    for _ in range(2):
        assert await till.presses_as(shown, "1") == "Посилання на оплату йде 3 людям (Оксана)."
    (told,) = got(till)
    assert told.startswith("Кафе «Ранок»: менеджер надсилає спосіб сплатити.")
    assert "Замовлення K-000001" in told
    await till.later(minutes=2)
    await till.presses_as(await till.opens_menu(LINKS), "1")
    assert len(got(till)) == 2


@pytest.mark.parametrize(
    ("number", "asked"), [("1", "1 000,00 грн"), ("2", "500,00 грн"), ("3", "1 500,00 грн"), ("4", "1 000,00 грн")]
)
async def test_the_link_of_debts_asks_what_is_left_of_them(till: DeskRoom, number: str, asked: str) -> None:
    await owes(till)
    await till.asks()
    await till.presses_as(await till.opens_menu(LINKS), number)
    (told,) = got(till)
    assert f"До сплати: {asked}" in told


async def test_what_was_paid_meanwhile_is_not_asked_for(till: DeskRoom) -> None:
    order = await ordered(till)
    await till.asks()
    shown = await till.opens_menu(LINKS)
    await paid(till, order)
    assert "застаріла" in await till.presses_as(shown, "1")
    assert words_of(await till.opens_menu(LINKS)) == "Зараз немає за що платити."
    assert got(till) == []


async def test_an_order_of_another_client_is_not_sent_to_this_one(till: DeskRoom) -> None:
    order = await ordered(till, DNIPRO)
    await till.asks()
    forged = SendOrderLink(await topic_of(till), order, 1).pack()
    await till.does(till._tap(forged, ("telegram", "Оксана"), GROUP, "1"))
    assert got(till) == []
    assert (await till.log())[-1] == ("Оксана", "SendOrderLink", "", "refused")


async def test_a_cancelled_order_is_not_asked_for(till: DeskRoom) -> None:
    order = await ordered(till)
    await till.asks()
    shown = await till.opens_menu(LINKS)
    await till.books.write(lambda tx: tx.orders.set_state(order, State.PLACED, State.CANCELLED, till.clock(), None))
    assert "застаріла" in await till.presses_as(shown, "1")


async def test_without_a_gateway_the_card_has_no_such_buttons(room: DeskRoom) -> None:
    await room.asks()
    assert {LINKS, REFUND} & set(room.card().labels) == set()


async def test_a_manager_asks_finance_for_a_refund_and_finance_gives_it_back(till: DeskRoom) -> None:
    await paid(till, await ordered(till))
    await till.asks()
    shown = await till.opens_menu(REFUND)
    assert words_of(shown) == (
        "Яку оплату повернути?\n\n"
        "1. Кафе «Ранок»: Замовлення K-000001: до 1 149,60 грн, картка 44****4444\n\n"
        "Гроші повертають фінанси: ваше прохання піде до їхньої групи."
    )
    for _ in range(2):
        said = await till.presses_as(shown, "1")
        assert said == "Фінанси попрошено повернути до 1 149,60 грн (Оксана)."
    asked = [one for one in till.telegram.to(MONEY) if "просить" in one.text]
    (request,) = asked
    assert request.text.startswith("Оксана просить повернути цю оплату.\n\nКафе «Ранок»: Замовлення K-000001")
    assert "Повернути" in request.labels
    give = [request.screen]
    for label in ("Повернути", "Усе", "Замовлення скасовано", "Так, повернути"):
        from tests.services.desk.room import payload_of

        screen = await till.does(till._tap(payload_of(give[-1], label), ("telegram", "Бухгалтер"), MONEY))
        assert screen is not None
        give.append(screen)
    assert till.gateway is not None
    assert [(kind, kopiykas) for kind, _, kopiykas, _ in till.gateway.moved] == [("refund", 114960)]


async def test_a_managers_own_press_of_finances_buttons_is_refused_and_logged(till: DeskRoom) -> None:
    from bot.domain.money_move import Reason

    payment = await paid(till, await ordered(till))
    forged = GiveBack(payment, 114960, 0, Reason.CANCELLED).pack()
    screen = await till.does(till._tap(forged, ("telegram", "Оксана"), GROUP))
    assert screen is not None
    assert words_of(screen).startswith("Це для іншої групи працівників.")
    assert till.gateway is not None
    assert till.gateway.moved == []
    assert (await till.log())[-1] == ("Оксана", "GiveBack", "", "refused")


async def test_where_finance_has_no_group_managers_give_money_back(shop: Books, tmp_path: Path) -> None:
    room = DeskRoom(shop, tmp_path, gateway=Gateway())
    await room.opens()
    await paid(room, await ordered(room))
    await room.asks()
    shown = await room.opens_menu(REFUND)
    assert "Гроші повертають фінанси" not in words_of(shown)
    await room.opens_menu(REFUND, "1", "Повернути", "Усе", "Замовлення скасовано", "Так, повернути")
    assert room.gateway is not None
    assert [(kind, kopiykas) for kind, _, kopiykas, _ in room.gateway.moved] == [("refund", 114960)]


async def test_a_payment_of_another_client_is_not_asked_back_from_here(till: DeskRoom) -> None:
    payment = await paid(till, await ordered(till))
    await till.asks()
    strangers = await till.books.write(
        lambda tx: tx.desk.require_topic(
            "managers", GROUP, f"client:{DNIPRO.id.hex}", "Готель", till.clock(), client_id=DNIPRO.id
        )
    )
    await till.does(till._tap(RequestRefund(strangers.id, payment).pack(), ("telegram", "Оксана"), GROUP))
    assert [one for one in till.telegram.to(MONEY) if "просить" in one.text] == []
    assert (await till.log())[-1] == ("Оксана", "RequestRefund", "", "refused")


async def test_what_was_given_back_is_not_asked_for_again(till: DeskRoom) -> None:
    payment = await paid(till, await ordered(till))
    await till.asks()
    shown = await till.opens_menu(REFUND)
    attempt = await till.books.read(lambda tx: tx.payments.attempt_by_id(payment))
    assert attempt is not None
    await till.backroom.says(attempt.reference, Outcome.REFUNDED, refunded=Money(114960))
    assert "застаріла" in await till.presses_as(shown, "1")
    assert words_of(await till.opens_menu(REFUND)) == "Зараз немає оплат карткою, які можна повернути."


async def test_a_topic_of_somebody_unknown_has_nothing_to_pay(till: DeskRoom) -> None:
    await till.says("Добрий день", ("viber", "стороння"))
    topic = await topic_of(till)
    screen = await till.does(till._tap(ShowCardPayments(topic).pack(), ("telegram", "Оксана"), GROUP, "1"))
    assert screen is not None
    assert words_of(screen) == "Цього тут уже немає."
    assert {LINKS, REFUND} & set(till.card().labels) == set()
