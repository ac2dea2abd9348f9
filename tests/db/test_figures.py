"""The owner's figures as the database counts them: exactly, by the day in Kyiv, on each database."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink
from bot.domain.bank import Apart, LineState
from bot.domain.dispatch import DispatchState
from bot.domain.figures import Counted, Dates, Figures, Waits, together
from bot.domain.money import ZERO, Money
from bot.domain.notice import NoticeKind
from bot.domain.paying import sums
from bot.domain.payment import Outcome
from tests.db.owner import Rows, kyiv

MONDAY, TUESDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)
WEEK = Dates(MONDAY, SUNDAY)
PAID, HELD, REFUNDED = Outcome.PAID, Outcome.HELD, Outcome.REFUNDED


async def days(books: Books, fill: Callable[[Rows], object], dates: Dates = WEEK) -> dict[date, Figures]:
    def counted(tx: Tx) -> dict[date, Figures]:
        fill(Rows(tx))
        return tx.figures.by_day(dates)

    return await books.write(counted)


def of(count: int, hryvnias: str) -> Counted:
    return Counted(count, Money.of(hryvnias))


async def test_a_week_in_which_nothing_happened_has_no_days(stocked: Books) -> None:
    assert await days(stocked, lambda _: None) == {}
    assert await stocked.read(lambda tx: tx.figures.statements_until(WEEK)) is None
    assert await stocked.read(lambda tx: tx.figures.came_by_card(kyiv(23), kyiv(29))) == Counted()


async def test_orders_are_online_by_their_channel_and_a_day_begins_at_midnight_in_kyiv(stocked: Books) -> None:
    def fill(rows: Rows) -> None:
        rows.order(kyiv(22, 23, minute=59), "1.00")
        rows.order(kyiv(23, 0), "100.10", "telegram")
        rows.order(kyiv(23, 23, minute=59), "200.20", "viber")
        rows.order(kyiv(24, 0), "300.30", "onec")
        rows.order(kyiv(29, 23, minute=59), "400.40", "desk")
        rows.order(kyiv(30, 0), "1.00")
        rows.order(kyiv(25), "1.00", cancelled=True)
        rows.order(kyiv(25), "1.00", "past")

    assert await days(stocked, fill) == {
        MONDAY: Figures(online=of(2, "300.30")),
        TUESDAY: Figures(elsewhere=of(1, "300.30")),
        SUNDAY: Figures(elsewhere=of(1, "400.40")),
    }


async def test_the_day_is_kyivs_on_both_sides_of_the_change_of_clocks(stocked: Books) -> None:
    def fill(rows: Rows) -> None:
        rows.order(datetime(2026, 10, 24, 20, 59, tzinfo=UTC), "1.00")
        rows.order(datetime(2026, 10, 24, 21, 0, tzinfo=UTC), "2.00")
        rows.order(datetime(2026, 10, 25, 21, 30, tzinfo=UTC), "3.00")
        rows.order(datetime(2026, 10, 25, 22, 0, tzinfo=UTC), "4.00")

    october = Dates(date(2026, 10, 1), date(2026, 10, 31))
    found = await days(stocked, fill, october)
    assert {day.day: one.online.sum.amount for day, one in found.items()} == {24: 1, 25: 5, 26: 4}


async def test_a_card_payment_counts_once_on_the_day_it_came_less_what_went_back(stocked: Books) -> None:
    def fill(rows: Rows) -> None:
        rows.card(kyiv(23), (PAID, "100.00", "0"), (PAID, "100.00", "0"))
        rows.card(kyiv(23), (PAID, "50.00", "0"), (PAID, "50.00", "20.00"))
        rows.card(kyiv(23), (PAID, "70.00", "0"), (REFUNDED, "70.00", "0"))
        rows.card(kyiv(24), (HELD, "30.00", "0"), (PAID, "25.00", "0"))
        rows.card(kyiv(24), (HELD, "30.00", "0"), (REFUNDED, "30.00", "30.00"))
        rows.card(kyiv(24), (Outcome.DECLINED, "30.00", "0"))
        rows.card(kyiv(22, 23), (PAID, "9.00", "0"), (PAID, "9.00", "0.50"))

    found = await days(stocked, fill)
    assert found == {MONDAY: Figures(cards=of(2, "130.00")), TUESDAY: Figures(cards=of(1, "25.00"))}
    assert await stocked.read(lambda tx: tx.figures.came_by_card(kyiv(23, 0), kyiv(30, 0))) == of(3, "155.00")


async def test_a_transfer_is_a_clients_once_it_is_booked_or_found_in_1c(stocked: Books) -> None:
    def fill(rows: Rows) -> None:
        for state in (LineState.AUTOMATIC, LineState.AUTOMATIC, LineState.CHOSEN, LineState.SPLIT):
            rows.transfer(MONDAY, "10.00", state)
        rows.transfer(MONDAY, "5.00", LineState.IGNORED, apart=Apart.THERE.value)
        for state in (LineState.NEW, LineState.OFFERED, LineState.UNKNOWN, LineState.UNDONE):
            rows.transfer(TUESDAY, "1.00", state)
        for apart in (Apart.OWN, Apart.FEE, Apart.ACQUIRER, Apart.NO_CLIENT):
            rows.transfer(TUESDAY, "99.00", LineState.IGNORED, apart=apart.value)
        rows.transfer(TUESDAY, "-99.00", LineState.IGNORED, apart=Apart.OUTGOING.value)
        rows.transfer(TUESDAY, "99.00", LineState.OFFERED, currency="EUR")
        rows.transfer(date(2026, 11, 30), "99.00", LineState.CHOSEN)

    assert await days(stocked, fill) == {
        MONDAY: Figures(transfers=of(5, "45.00"), automatic=2), TUESDAY: Figures(unknown=of(4, "4.00")),
    }  # fmt: skip
    assert await stocked.read(lambda tx: tx.figures.statements_until(WEEK)) == TUESDAY


async def test_a_wait_is_from_the_day_of_the_order_or_the_document_to_the_day_of_the_payment(stocked: Books) -> None:
    def fill(rows: Rows) -> None:
        ordered, late = rows.order(kyiv(20, 23, minute=30), "1.00"), rows.order(kyiv(23, 0), "1.00")
        rows.card(kyiv(23, 0, minute=10), (PAID, "1.00", "0"), order=ordered)
        rows.card(kyiv(23, 9), (PAID, "1.00", "0"), document="d1", dated=date(2026, 11, 9))
        rows.card(kyiv(23, 9), (PAID, "1.00", "0"), document="d2")
        rows.card(kyiv(23, 9), (PAID, "1.00", "0"), (REFUNDED, "1.00", "0"), order=late)
        rows.transfer(MONDAY, "1.00", LineState.CHOSEN, order=late)
        rows.transfer(MONDAY, "1.00", LineState.SPLIT, document="d3", dated=date(2026, 11, 25))
        rows.transfer(MONDAY, "1.00", LineState.UNDONE, document="d4", dated=date(2026, 11, 1))

    found = await days(stocked, fill)
    assert found[MONDAY].waits == Waits(((0, 2), (3, 1), (14, 1)))


async def test_a_reminder_counts_once_however_many_read_it_and_only_if_it_reached_somebody(stocked: Books) -> None:
    def fill(rows: Rows) -> None:
        rows.reminder(kyiv(23, 23, minute=30), "d1", people=3)
        rows.reminder(kyiv(24), "d1", state=DispatchState.SEEN)
        rows.reminder(kyiv(24), "d2", state=DispatchState.FAILED)
        rows.reminder(kyiv(24), "d3", state=DispatchState.UNSURE)

    found = await days(stocked, fill)
    assert {day: one.reminders for day, one in found.items()} == {MONDAY: 1, TUESDAY: 1}


async def test_a_reminder_brought_what_came_for_its_documents_within_three_days(stocked: Books) -> None:
    def fill(rows: Rows) -> None:
        rows.reminder(kyiv(21, 10), "d1", "d2")
        rows.reminder(kyiv(22, 10), "d2", "d3")
        rows.reminder(kyiv(20, 10), "old")
        rows.card(kyiv(22, 9), (PAID, "1.00", "0"), document="d1")
        rows.card(kyiv(23, 9), (PAID, "40.00", "0"), document="d2")
        rows.card(kyiv(24, 9), (PAID, "5.00", "0"), (PAID, "5.00", "0.01"), document="d1")
        rows.card(kyiv(24, 9), (PAID, "6.00", "0"), document="old")
        rows.card(kyiv(24, 9), (PAID, "7.00", "0"), document="another")
        rows.transfer(TUESDAY, "8.00", LineState.AUTOMATIC, document="d1")
        rows.transfer(date(2026, 11, 25), "9.00", LineState.CHOSEN, document="d1")
        rows.transfer(date(2026, 11, 25), "10.00", LineState.CHOSEN, document="d3")
        rows.reminder(kyiv(26, 10), "d9")
        rows.card(kyiv(26, 9), (PAID, "11.00", "0"), document="d9")

    found = await days(stocked, fill)
    assert {day.day: one.brought for day, one in found.items() if one.brought.count} == {
        23: of(1, "40.00"), 24: of(1, "8.00"), 25: of(1, "10.00"),
    }  # fmt: skip


async def test_money_for_an_order_that_is_the_debt_is_brought_too(stocked: Books) -> None:
    def fill(rows: Rows) -> None:
        order = rows.order(kyiv(10), "1.00")
        rows._tx.documents.adopt(order, DocumentLink("ref-of-order", "ГО-1", "1"))
        rows.reminder(kyiv(23, 10), "ref-of-order")
        rows.card(kyiv(23, 11), (PAID, "1.00", "0"), order=order)

    assert (await days(stocked, fill))[MONDAY].brought == of(1, "1.00")


async def test_messages_are_counted_by_what_they_are_and_cost_what_the_journal_says(stocked: Books) -> None:
    def fill(rows: Rows) -> None:
        rows.message(NoticeKind.ORDER_STATE, kyiv(23), DispatchState.SEEN)
        rows.message(NoticeKind.PAY_LINK, kyiv(23), DispatchState.SENT, price="2.40")
        rows.message(NoticeKind.PRICE_LIST, kyiv(23), DispatchState.DELIVERED)
        rows.message(NoticeKind.OFFER, kyiv(23), DispatchState.DROPPED, price="9.00")
        rows.message(NoticeKind.ACCESS, kyiv(23), DispatchState.FAILED, price="1.20")
        rows.message(NoticeKind.ACCESS, kyiv(23), DispatchState.UNSURE, price="0.95")
        rows.lost(rows.message(NoticeKind.PAY_LINK, kyiv(24), DispatchState.SENT, price="1.20"), kyiv(28), "0.95")
        rows.reminder(kyiv(24), "d1", people=2)

    found = await days(stocked, fill)
    assert found == {
        MONDAY: Figures(messages=2, price_lists=1, sent=3, cost=Money.of("4.55")),
        TUESDAY: Figures(reminders=1, messages=1, sent=3, cost=Money.of("4.55")),
    }
    tallies = await stocked.read(lambda tx: tx.journal.tallies(kyiv(23, 0), kyiv(30, 0)))
    went = [one.cost for one in tallies if one.state is not DispatchState.DROPPED]
    assert together(found.values()).cost == sum(went, ZERO)


async def test_cards_are_reckoned_as_every_other_sum_of_payments_is(stocked: Books) -> None:
    chance = Random(7)
    words = [[_word(chance) for _ in range(chance.randint(1, 5))] for _ in range(300)]

    def filled(tx: Tx) -> list[str]:
        rows = Rows(tx)
        return [rows.card(kyiv(23), *said) for said in words]

    references = await stocked.write(filled)
    said = await stocked.read(lambda tx: tx.payments.said_of(references))
    kept = [sums(one).kept for one in said.values()]
    paid = [one for one in kept if one]
    assert len(paid) == 60
    came = await stocked.read(lambda tx: tx.figures.came_by_card(kyiv(23, 0), kyiv(25, 0)))
    assert came == Counted(len(paid), sum(paid, ZERO))


def _word(chance: Random) -> tuple[Outcome, str, str]:
    outcome = chance.choice([PAID, PAID, HELD, REFUNDED, Outcome.DECLINED, Outcome.UNDER_WAY])
    return outcome, f"{chance.randint(1, 9)}.00", f"{chance.randint(0, 9)}.00"
