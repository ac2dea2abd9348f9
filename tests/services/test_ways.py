"""Text messages and letters as people read them, and what becomes of those afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from bot.db.models import Person
from bot.domain.dispatch import DispatchState, Way
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.job import Postponed
from bot.domain.mail import Bounce
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.sms import SmsRefusal, SmsReport, SmsState, segments
from bot.services.notices import tell_client
from tests.db.people import ANDRII, RANOK
from tests.services.ways import MAILBOX, PHONE, RUN, Ways


async def test_a_text_message_says_whose_it_is_how_much_and_where_to_pay_in_two_parts(ways: Ways) -> None:
    await ways.tell()
    ((phone, text),) = ways.sms.sent
    said, _, address = text.partition("https://")
    assert (phone, said) == (PHONE, "ГастроОпт: оплата замовлення K-000001, 1 149,60 грн: ")
    assert address.startswith("shop.example/pay/")
    assert segments(text) == 2
    (row,) = await ways.room.dispatches()
    assert (row.state, row.message_id, row.price) == (DispatchState.SENT, "1", Money(240))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "ГастроОпт: оплата заказа K-000001, 1 149,60 грн: "),
        ("en", "ГастроОпт: to pay for order K-000001, 1 149.60 UAH: "),
    ],
)
async def test_a_text_message_is_in_its_readers_language(ways: Ways, language: str, said: str) -> None:
    await ways.change(language=language)
    await ways.tell()
    ((_, text),) = ways.sms.sent
    assert text.partition("https://")[0] == said


async def test_a_letter_has_the_words_of_the_screen_its_links_and_a_way_out(ways: Ways) -> None:
    await ways.change(email=MAILBOX)
    await ways.tell()
    (letter,) = ways.post.letters
    (row,) = await ways.room.dispatches()
    assert (letter.to, letter.subject) == (MAILBOX, "Замовлення на оплату · ГастроОпт")
    assert letter.text.startswith("Кафе «Ранок»: замовлено на 1\u00a0149,60\u00a0грн\n\nЗамовлення K-000001, доставка ")
    assert "\n\nСплатити 1\u00a0149,60\u00a0грн: https://shop.example/pay/" in letter.text
    assert letter.text.endswith("ГастроОпт, +380440000000. Якщо щось незрозуміло, запитайте менеджера.")
    assert '<a href="https://shop.example/pay/' in letter.html
    assert "<b>Кафе «Ранок»: замовлено на 1\u00a0149,60\u00a0грн</b><br>" in letter.html
    assert letter.unsubscribe_url == f"https://shop.example/unsubscribe/{row.id}"
    (invoice,) = letter.attachments
    assert (invoice.name, invoice.mime, invoice.content[:5]) == ("Рахунок K-000001.pdf", "application/pdf", b"%PDF-")


async def test_a_name_cannot_break_out_of_a_letter(ways: Ways) -> None:
    await ways.change(email=MAILBOX)
    name = update(Person).where(Person.id != ANDRII).values(name='<script>alert("1")</script>')
    await ways.room.books.write(lambda tx: tx._connection.execute(name).rowcount)
    await ways.tell()
    (letter,) = ways.post.letters
    assert "<script>" not in letter.html
    assert "&lt;script&gt;" in letter.html


async def test_an_order_that_is_paid_already_is_not_asked_for(ways: Ways) -> None:
    order_id = await ways.room.place()
    notice = Notice(NoticeKind.PAY_LINK, str(order_id))
    await ways.room.books.write(lambda tx: tell_client(tx, RANOK.id, notice, ways.room.clock()))
    await ways.room.cancel(order_id)
    await ways.speak()
    assert (ways.sms.sent, await ways.journal()) == ([], [("dropped", "nothing_left")])


async def test_a_lost_answer_is_asked_for_again_under_the_same_key_where_that_is_harmless(ways: Ways) -> None:
    ways.sms.errors = [Ambiguous("sms", "send", "ReadTimeout")]
    with pytest.raises(Ambiguous):
        await ways.tell()
    await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]
    assert await ways.journal() == [("sent", "")]


async def test_where_it_is_not_harmless_a_text_message_is_never_sent_again(ways: Ways) -> None:
    ways.telling.carriers[Way.SMS].repeatable = False
    ways.sms.errors = [Ambiguous("sms", "send", "ReadTimeout")]
    with pytest.raises(Unavailable):
        await ways.tell()
    await ways.speak()
    assert (ways.sms.sent, await ways.journal()) == ([], [("unsure", "sms ReadTimeout")])


async def test_without_money_messages_wait_and_the_managers_hear_of_it_once_a_day(ways: Ways) -> None:
    error = Rejected("atompark", "sendSMS", SmsRefusal.NO_FUNDS)
    error.of_system = True
    ways.sms.errors = [error, error]
    for _ in range(2):
        with pytest.raises(Postponed):
            await (ways.speak() if await ways.journal() else ways.tell())
    assert [(told.to, told.kind) for told in await ways.room.told_staff()] == [("managers", "no_funds")]
    await ways.speak()
    assert await ways.journal() == [("sent", "")]


@pytest.mark.parametrize("code", [SmsRefusal.BAD_PHONE, SmsRefusal.OPTED_OUT])
async def test_a_phone_that_takes_no_messages_gets_none_any_more(ways: Ways, code: SmsRefusal) -> None:
    ways.sms.errors = [Rejected("sms", "send", code)]
    await ways.tell()
    await ways.speak()
    assert await ways.journal() == [("failed", code.value)]
    assert await ways.room.books.read(lambda tx: tx.reach.stopped(Way.SMS, PHONE))


async def test_a_mailbox_that_does_not_exist_gives_way_to_a_text_message(ways: Ways) -> None:
    await ways.change(email=MAILBOX)
    ways.post.errors = [Rejected("mail", "send", "5.1.1")]
    await ways.tell()
    await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]
    assert await ways.room.books.read(lambda tx: tx.reach.stopped(Way.MAIL, MAILBOX))


async def test_a_letter_that_is_not_taken_now_is_tried_again(ways: Ways) -> None:
    await ways.change(email=MAILBOX)
    ways.post.errors = [Unavailable("mail", "send", 451)]
    with pytest.raises(Unavailable):
        await ways.tell()
    await ways.speak()
    assert [letter.to for letter in ways.post.letters] == [MAILBOX]


async def test_a_letter_that_comes_back_is_told_by_sms_and_its_mailbox_gets_nothing_more(ways: Ways) -> None:
    await ways.change(email=MAILBOX)
    await ways.tell()
    (row,) = await ways.room.dispatches()
    assert row.message_id is not None
    ways.post.returned = [
        Bounce("<nobodys@shop.example>", "victim@ranok.example", permanent=True, reason="5.1.1"),
        Bounce(row.message_id, MAILBOX, permanent=True, reason="5.1.1"),
        Bounce("<other@shop.example>", "other@ranok.example", permanent=False, reason="5.2.2"),
        Bounce(row.message_id, MAILBOX, permanent=True, reason="5.1.1"),
    ]
    await ways.returns.bounces(RUN)
    await ways.speak()
    assert ways.post.returned == []
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]
    stopped = await ways.room.books.read(
        lambda tx: [tx.reach.stopped(Way.MAIL, one) for one in (MAILBOX, "victim@ranok.example")]
    )
    assert stopped == [True, False]


async def test_who_wants_no_letters_gets_none(ways: Ways) -> None:
    await ways.change(email=MAILBOX, language="ru")
    await ways.tell()
    (row,) = await ways.room.dispatches()
    assert await ways.returns.language_of(row.id) == "ru"
    assert await ways.returns.leave(row.id)
    await ways.tell()
    assert (len(ways.post.letters), len(ways.sms.sent)) == (1, 1)


async def test_a_number_that_was_no_letter_stops_nothing(ways: Ways) -> None:
    await ways.tell()
    (row,) = await ways.room.dispatches()
    for number in (row.id, uuid4()):
        assert (await ways.returns.language_of(number), await ways.returns.leave(number)) == (None, False)
    assert not await ways.room.books.read(lambda tx: tx.reach.stopped(Way.SMS, PHONE))


async def test_a_report_says_what_became_of_a_message_and_what_it_cost(ways: Ways) -> None:
    await ways.tell()
    await ways.returns.reports(RUN)
    assert await ways.journal() == [("sent", "")]
    ways.room.later(seconds=31)
    ways.sms.said["1"] = SmsReport(SmsState.DELIVERED, ways.room.clock(), Money(85))
    await ways.returns.reports(RUN)
    (row,) = await ways.room.dispatches()
    assert (row.state, row.price) == (DispatchState.DELIVERED, Money(85))


@pytest.mark.parametrize(
    ("age", "asked_again_in"),
    [
        (timedelta(minutes=2), timedelta(minutes=1)),
        (timedelta(minutes=20), timedelta(minutes=5)),
        (timedelta(hours=5), timedelta(hours=1)),
        (timedelta(days=3), None),
    ],
)
async def test_a_message_without_a_report_is_asked_about_ever_less_often(
    ways: Ways, age: timedelta, asked_again_in: timedelta | None
) -> None:
    await ways.tell()
    ways.room.clock.moment += age
    await ways.returns.reports(RUN)
    (row,) = await ways.room.dispatches()
    assert row.due_at == (None if asked_again_in is None else ways.room.clock() + asked_again_in)


async def test_a_message_whose_end_is_known_is_asked_about_no_more(ways: Ways) -> None:
    await ways.tell()
    ways.sms.said["1"] = SmsReport(SmsState.DELIVERED, ways.room.clock())
    for _ in range(2):
        await ways.returns.told("1", SmsReport(SmsState.DELIVERED, None))
        await ways.returns.reports(RUN)
    (row,) = await ways.room.dispatches()
    assert (row.state, row.due_at) == (DispatchState.DELIVERED, None)


async def test_a_call_back_only_makes_us_ask_at_once(ways: Ways) -> None:
    await ways.tell()
    await ways.returns.told("1", SmsReport(SmsState.FAILED, None))
    assert await ways.journal() == [("sent", "")]
    ways.sms.said["1"] = SmsReport(SmsState.DELIVERED, None)
    await ways.returns.reports(RUN)
    assert await ways.journal() == [("delivered", "")]
