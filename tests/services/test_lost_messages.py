"""Messages that left and did not arrive: the notice goes another way, once, and not where it is known to be there."""

from datetime import timedelta

import pytest

from bot.conversation.messenger import Delivery
from bot.domain.dispatch import DispatchState, Terms, Way
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.money import Money
from bot.domain.notice import NoticeKind
from bot.domain.sms import SmsReport, SmsState
from bot.services.dispatch import Dispatching
from bot.services.journal import Journal, WayFigures
from tests.services.ways import MAILBOX, PHONE, RUN, Ways
from tests.support.desk import MONDAY_MORNING

DELIVERED, SEEN, FAILED = Delivery.DELIVERED, Delivery.SEEN, Delivery.FAILED


async def test_what_viber_could_not_bring_after_all_goes_by_sms(ways: Ways) -> None:
    await ways.joins_viber()
    await ways.tell()
    assert [to for to, _ in ways.viber.said] == ["andrii"]
    await ways.hears("m1", FAILED)
    await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]
    assert (await ways.row()).tried == {Way.VIBER}
    assert await ways.journal() == [("sent", "")]


async def test_a_failure_told_twice_sends_one_text_message(ways: Ways) -> None:
    await ways.joins_viber()
    await ways.tell()
    for _ in range(2):
        await ways.hears("m1", FAILED, FAILED)
        await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]


@pytest.mark.parametrize("news", [[DELIVERED, FAILED], [SEEN, FAILED], [FAILED, DELIVERED], [FAILED, SEEN]])
async def test_what_is_known_to_have_arrived_goes_no_other_way(ways: Ways, news: list[Delivery]) -> None:
    await ways.joins_viber()
    await ways.tell()
    await ways.hears("m1", *news)
    await ways.speak()
    assert ways.sms.sent == []
    row = await ways.row()
    assert (row.state.value, row.way, row.address) == ((set(news) - {FAILED}).pop().value, Way.VIBER, "andrii")


async def test_what_has_no_other_way_has_failed(ways: Ways) -> None:
    await ways.joins_viber()
    await ways.change(phone=None)
    await ways.tell()
    await ways.hears("m1", FAILED)
    await ways.speak()
    assert await ways.journal() == [("failed", "not delivered")]


async def test_what_failed_and_arrived_after_all_has_arrived(ways: Ways) -> None:
    await ways.joins_viber()
    await ways.change(phone=None)
    await ways.tell()
    await ways.hears("m1", FAILED)
    await ways.speak()
    await ways.hears("m1", SEEN)
    assert await ways.journal() == [("seen", "")]


@pytest.mark.parametrize(("age", "sent"), [(timedelta(days=3), [PHONE]), (timedelta(days=3, minutes=1), [])])
async def test_old_news_is_not_sent_again(ways: Ways, age: timedelta, sent: list[str]) -> None:
    await ways.joins_viber()
    await ways.tell()
    ways.room.clock.moment += age
    await ways.hears("m1", FAILED)
    await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == sent


async def test_what_is_paid_meanwhile_is_not_asked_for_by_another_way(ways: Ways) -> None:
    await ways.joins_viber()
    order_id = await ways.tell()
    await ways.room.cancel(order_id)
    await ways.hears("m1", FAILED)
    await ways.speak()
    assert (ways.sms.sent, await ways.journal()) == ([], [("dropped", "nothing_left")])


async def test_what_is_not_worth_a_text_message_has_failed(ways: Ways) -> None:
    await ways.joins_viber()
    await ways.tell(NoticeKind.ORDER_PAID)
    await ways.hears("m1", FAILED)
    await ways.speak()
    assert (ways.sms.sent, await ways.journal()) == ([], [("failed", "not delivered")])


async def test_a_text_message_that_is_finally_not_delivered_goes_by_mail_and_is_paid_for_all_the_same(
    ways: Ways,
) -> None:
    await ways.tell()
    await ways.change(email=MAILBOX)
    ways.room.later(seconds=31)
    ways.sms.said["1"] = SmsReport(SmsState.FAILED, ways.room.clock(), Money(85))
    for _ in range(2):
        await ways.returns.reports(RUN)
        await ways.speak()
    assert [letter.to for letter in ways.post.letters] == [MAILBOX]
    month = await Journal(ways.room.books, ways.room.clock).month()
    assert month.ways == [WayFigures(Way.MAIL, sent=1), WayFigures(Way.SMS, failed=1, cost=Money(85))]
    assert await ways.room.books.read(lambda tx: tx.dispatches.spent(ways.room.clock().replace(day=1))) == Money(85)


async def test_a_text_message_that_was_not_delivered_and_went_no_other_way_is_counted_once(ways: Ways) -> None:
    await ways.tell()
    ways.room.later(seconds=31)
    ways.sms.said["1"] = SmsReport(SmsState.FAILED, ways.room.clock())
    await ways.returns.reports(RUN)
    await ways.speak()
    month = await Journal(ways.room.books, ways.room.clock).month()
    assert month.ways == [WayFigures(Way.SMS, failed=1, cost=Money(240))]
    assert await ways.room.books.read(lambda tx: tx.dispatches.spent(ways.room.clock().replace(day=1))) == Money(240)


async def test_a_letter_that_may_have_left_and_came_back_goes_by_sms(ways: Ways) -> None:
    await ways.change(email=MAILBOX)
    ways.post.after = [Ambiguous("mail", "data", "TimeoutError")]
    with pytest.raises(Unavailable):
        await ways.tell()
    assert await ways.journal() == [("unsure", "mail TimeoutError")]
    await ways.bounces()
    await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]
    assert ways.post.returned == []
    assert await ways.room.books.read(lambda tx: tx.reach.stopped(Way.MAIL, MAILBOX))


async def test_a_letter_that_came_back_before_we_know_that_it_left_waits_in_the_mailbox(ways: Ways) -> None:
    await ways.change(email=MAILBOX)
    ways.post.meanwhile = ways.bounces
    await ways.tell()
    assert (len(ways.post.returned), await ways.journal()) == (1, [("sent", "")])
    await ways.returns.bounces(RUN)
    await ways.speak()
    assert ([phone for phone, _ in ways.sms.sent], ways.post.returned) == ([PHONE], [])


async def test_a_letter_that_came_back_twice_is_told_by_one_text_message(ways: Ways) -> None:
    await ways.change(email=MAILBOX)
    await ways.tell()
    for reason in ("5.2.2", "5.1.1"):
        await ways.bounces(reason=reason)
        await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]
    assert (await ways.row()).tried == {Way.MAIL}


@pytest.mark.parametrize("news", [DELIVERED, SEEN])
async def test_news_that_overtake_our_own_note_of_the_sending_count(ways: Ways, news: Delivery) -> None:
    await ways.joins_viber()
    ways.viber.meanwhile = lambda number: ways.hears(number, news)
    await ways.tell()
    row = await ways.row()
    assert (row.state, row.sent_at) == (DispatchState(news.value), ways.room.clock())


async def test_a_failure_that_overtakes_our_own_note_of_the_sending_sends_it_by_sms(ways: Ways) -> None:
    await ways.joins_viber()
    ways.viber.meanwhile = lambda number: ways.hears(number, FAILED)
    await ways.tell()
    await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]


async def test_a_call_back_of_a_text_message_that_overtakes_it_makes_us_ask_at_once(ways: Ways) -> None:
    ways.sms.meanwhile = lambda number: ways.returns.told(number, SmsReport(SmsState.DELIVERED, None))
    await ways.tell()
    ways.sms.said["1"] = SmsReport(SmsState.DELIVERED, ways.room.clock())
    await ways.returns.reports(RUN)
    assert await ways.journal() == [("delivered", "")]


async def test_what_was_kept_for_a_way_that_did_not_take_it_is_there_for_the_next(ways: Ways) -> None:
    terms = Terms(ways={Way.VIBER, Way.SMS}, budget=Money(240))
    ways.room.dispatching = Dispatching(ways.room.books, terms, ways.room.clock)
    await ways.joins_viber()
    ways.viber.errors = [Rejected("viber", "send", 6)]
    await ways.tell()
    await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]


@pytest.mark.parametrize(("after", "state"), [(timedelta(minutes=59), "sent"), (timedelta(hours=2), "held")])
async def test_what_was_urgent_hours_ago_wakes_nobody_at_night(ways: Ways, after: timedelta, state: str) -> None:
    ways.room.clock.moment = MONDAY_MORNING.replace(hour=19)  # nine in the evening in Kyiv
    await ways.change_role(orders=True)
    await ways.joins_viber()
    await ways.tell(NoticeKind.ORDER_TAKEN)
    ways.room.clock.moment += after
    await ways.hears("m1", FAILED)
    await ways.speak()
    assert [one for one, _ in await ways.journal()] == [state]
