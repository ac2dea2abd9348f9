"""The digest: its sums are 1C's less what it has not seen, it knows what has moved, and it comes on working days."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.aging import Age
from bot.domain.errors import NotFound
from bot.domain.job import Job, Queue, Run
from bot.domain.money import ZERO, Money, total
from bot.domain.payment import Outcome
from bot.domain.promises import Ended
from bot.services.debts import owed, owed_by_all
from bot.services.digest import DIGEST, Digest
from tests.db.people import DNIPRO, OLENA, RANOK
from tests.services.backroom import Told
from tests.services.cashbox import Cashbox
from tests.services.test_debts_paid import token_of
from tests.services.test_receivables_in import debt
from tests.support.desk import RULES

MONDAY = date(2026, 11, 23)


@pytest.fixture
def digest(cashbox: Cashbox) -> Digest:
    room = cashbox.room
    return Digest(room.books, room.standing, RULES.works, room.clock)


async def owe(cashbox: Cashbox) -> None:
    """The café owes 1000 since long, 500 since ten days and 250 without a day; the hotel 4000, due tomorrow."""
    await cashbox.owes(
        debt("d1", "1000.00", due=MONDAY - timedelta(days=90)),
        debt("d2", "500.00", due=MONDAY - timedelta(days=10)),
        debt("d3", "250.00", due=None),
        debt("d4", "4000.00", due=MONDAY + timedelta(days=1), client="dnipro"),
        debt("ahead", "-70.00", client="dnipro"),
    )


async def morning(digest: Digest, name: str = "1") -> None:
    await digest.run(Run(name, Job(DIGEST, Queue.LOCAL, {}, key=name), 1))


async def test_all_clients_are_summed_up_by_age_and_the_largest_comes_first(cashbox: Cashbox, digest: Digest) -> None:
    await owe(cashbox)
    view = await digest.view()
    assert [(one.name, one.owed.total) for one in view.largest] == [
        ("Готель «Дніпро»", Money.of(4000)), ("Кафе «Ранок»", Money.of(1750)),
    ]  # fmt: skip
    assert {age: view.aging.of(age) for age in Age if view.aging.of(age)} == {
        Age.NOT_DUE: Money.of(4250), Age.FORTNIGHT: Money.of(500), Age.OLDER: Money.of(1000),
    }  # fmt: skip
    assert (view.aging.total, view.aging.overdue, view.advance) == (Money.of(5750), Money.of(1500), Money.of(70))
    assert (view.overdue_debtors, view.changes, view.as_of) == (1, (), None)


async def test_its_sum_is_1cs_less_what_1c_has_not_seen(cashbox: Cashbox, digest: Digest) -> None:
    await owe(cashbox)
    reference = await cashbox.pays(token_of((await cashbox.pay_sum("700.01")).address))
    assert (await digest.view()).aging.total == Money.of("5049.99")
    cashbox.room.later(hours=1)
    await cashbox.says(reference, Outcome.PAID, refunded=Money.of("100.02"))
    view = await digest.view()
    by_1c = await cashbox.room.books.read(lambda tx: tx.receivables.total())
    kept = Money.of("599.99")
    assert (view.aging.total, by_1c - kept) == (Money.of("5150.01"), Money.of("5150.01"))
    assert total(tuple(one.owed.total for one in view.debtors)) == view.aging.total


async def test_money_for_an_order_is_off_its_debt_here_too(cashbox: Cashbox, digest: Digest) -> None:
    order_id = await cashbox.room.handed()
    ref = (await cashbox.room.link(order_id)).ref
    await cashbox.owes(debt(ref, "149.60"), debt("d2", "10.00", client="dnipro"))
    await cashbox.pays(await cashbox.for_order(order_id))
    both = await cashbox.room.books.read(lambda tx: {buyer.id: owed(tx, buyer.id, MONDAY) for buyer in (RANOK, DNIPRO)})
    everybody = await cashbox.room.books.read(lambda tx: owed_by_all(tx, MONDAY))
    assert {client: one.total for client, one in everybody.items()} == {
        client: one.total for client, one in both.items()
    }
    assert (await digest.view()).aging.total == Money.of(10)


async def test_a_change_is_told_since_yesterday_and_since_a_week_ago(cashbox: Cashbox, digest: Digest) -> None:
    await owe(cashbox)
    await morning(digest)
    cashbox.room.later(days=6)
    await cashbox.owes(debt("d1", "900.00"))
    await morning(digest, "2")
    cashbox.room.later(days=1)
    await cashbox.owes(debt("d1", "900.00"), debt("d2", "50.05", due=None))
    view = await digest.view()
    assert [(one.since, one.total, one.overdue) for one in view.changes] == [
        (date(2026, 11, 29), Money.of("50.05"), ZERO),
        (MONDAY, Money.of("950.05") - Money.of(5750), Money.of(900) - Money.of(1500)),
    ]  # fmt: skip
    of_hotel = await digest.client(DNIPRO.id)
    assert [(one.since, one.total) for one in of_hotel.changes] == [
        (date(2026, 11, 29), ZERO), (MONDAY, ZERO - Money.of(4000)),
    ]  # fmt: skip


async def test_a_day_noted_twice_is_noted_as_it_was_last(cashbox: Cashbox, digest: Digest) -> None:
    await owe(cashbox)
    await morning(digest)
    await cashbox.owes(debt("d1", "300.00"))
    await morning(digest, "again")
    cashbox.room.later(days=1)
    assert [(one.total, one.overdue) for one in (await digest.view()).changes] == [(ZERO, ZERO)]
    assert [one.total for one in (await digest.client(DNIPRO.id)).changes] == [ZERO]


async def test_on_a_working_morning_finance_is_told_once_and_on_a_day_off_it_is_only_noted(
    cashbox: Cashbox, digest: Digest
) -> None:
    await owe(cashbox)
    await morning(digest)
    await morning(digest, "again")
    told = [Told("finance", "digest", "2026-11-23"), Told("finance", "digest_table", "2026-11-23")]
    assert await cashbox.room.told_staff() == told
    cashbox.room.clock.moment = cashbox.room.clock.moment.replace(day=29)
    await morning(digest, "sunday")
    assert await cashbox.room.told_staff() == told
    assert (await cashbox.room.books.read(lambda tx: tx.debt_days.latest(date(2026, 11, 29)))) is not None


async def test_it_is_sent_on_a_day_off_too_where_somebody_asks(cashbox: Cashbox, digest: Digest) -> None:
    cashbox.room.clock.moment = cashbox.room.clock.moment.replace(day=29)
    await digest.send()
    cashbox.room.later(seconds=1)
    await digest.send()
    assert [one.kind for one in await cashbox.room.told_staff()] == ["digest", "digest_table"] * 2


async def test_old_data_is_said_to_be_old_and_of_when(cashbox: Cashbox, digest: Digest) -> None:
    assert (await digest.view()).as_of is not None
    await owe(cashbox)
    at = cashbox.room.clock()
    cashbox.room.later(hours=3)
    as_of = (await digest.view()).as_of
    assert as_of is not None
    assert as_of.at == at


async def test_what_came_in_since_the_last_working_day_is_told(cashbox: Cashbox, digest: Digest) -> None:
    await owe(cashbox)
    reference = await cashbox.pays(token_of((await cashbox.pay_sum("300")).address))
    cashbox.room.later(days=1)
    told = (await digest.view()).told
    assert (told.since, told.payments, told.paid) == (MONDAY, 1, Money.of(300))
    await cashbox.says(reference, Outcome.PAID, refunded=Money.of(300))
    assert (await digest.view()).told.paid == ZERO
    cashbox.room.later(days=2)
    assert (await digest.view()).told.payments == 0


async def test_promises_of_today_and_those_not_kept_since_the_last_working_day_are_told(
    cashbox: Cashbox, digest: Digest
) -> None:
    await owe(cashbox)
    (kept, *_) = [one for one in (await digest.view()).debtors if one.id == RANOK.id]
    first = kept.owed.debts[0]
    now = cashbox.room.clock()

    def promised(tx: Tx) -> None:
        tx.promises.promise(
            RANOK.id,
            OLENA,
            MONDAY - timedelta(days=1),
            MONDAY,
            {first.document: first.rest.kopiykas},
            now - timedelta(days=3),
        )
        broken = tx.promises.open_promise(RANOK.id)
        assert broken is not None
        tx.promises.end_promise(broken.id, Ended.BROKEN, now - timedelta(hours=1))
        tx.promises.promise(RANOK.id, OLENA, MONDAY, MONDAY, {first.document: first.rest.kopiykas}, now)

    await cashbox.room.books.write(promised)
    said = (await digest.view()).answers
    assert ([one.day for one in said.today], [one.day for one in said.broken]) == (
        [MONDAY], [MONDAY - timedelta(days=1)],
    )  # fmt: skip
    assert (said.today[0].total, said.claims, said.disputes) == (first.rest, 0, 0)


async def test_on_monday_the_weekend_counts(cashbox: Cashbox, digest: Digest) -> None:
    cashbox.room.later(days=7)
    assert (await digest.view()).told.since == date(2026, 11, 28)


async def test_a_client_is_found_by_code_or_by_a_part_of_the_name(cashbox: Cashbox, digest: Digest) -> None:
    for words in ("dnipro", "14360570", "ДНІПРО", "готель"):
        assert [one.name for one in await digest.named(words)] == ["Готель «Дніпро»"]
    assert [one.name for one in await digest.named("«")] == ["Готель «Дніпро»", "Кафе «Ранок»"]
    assert list(await digest.named("14360571")) == []
    with pytest.raises(NotFound):
        await digest.client(UUID(int=1))


async def test_nobody_owes_anything(cashbox: Cashbox, digest: Digest) -> None:
    await cashbox.owes()
    view = await digest.view()
    assert (view.debtors, view.aging.total, view.as_of) == ((), ZERO, None)
    await morning(digest)
    cashbox.room.later(days=1)
    await cashbox.room.pull(Subject.RECEIVABLES)
    assert [(one.since, one.total) for one in (await digest.view()).changes] == [(MONDAY, ZERO)]
