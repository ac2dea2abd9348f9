"""Bank transfers: taken in once, booked where two signs agree, else decided by finance, and in 1C once."""

from datetime import date

import pytest

from bot.domain.accounting import BankReceipt, DocumentLink, Subject
from bot.domain.bank import BrokenStatement, LineState, Statement, StatementLine, ToOnec
from bot.domain.difference import DifferenceKind
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.money import Money
from bot.services.bank import BankDesk, BankTerms, LineView, Taken
from bot.services.bank.booking import RECEIVE_BANK, TAKE_BACK
from bot.services.bank.receipts import BankReceipts
from bot.services.bank.settling import SETTLE_BANK
from bot.services.money_moves import Who
from tests.db.people import OLENA
from tests.services.backroom import Backroom, run_of
from tests.services.cashbox import Cashbox
from tests.services.test_receivables_in import debt

OKSANA = Who("Оксана", "telegram:2001")
CODE, OURS = "1759013776", "UA223052990000026001234567890"
THEIRS = "UA213223130000026007233566001"
DAY = date(2026, 11, 23)


class Till(Cashbox):
    """A cashbox with finance's desk for transfers."""

    def __init__(self, room: Backroom, to_onec: ToOnec = ToOnec.CAREFUL) -> None:
        super().__init__(room)
        terms = BankTerms(to_onec, frozenset({OURS}), frozenset({"44445555"}))
        self.desk = BankDesk(room.books, room.ledger, room.clock, terms)
        self.to_onec = BankReceipts(room.books, room.ledger, self.desk.settling, room.clock)

    async def takes(self, *lines: StatementLine) -> Taken:
        return await self.desk.take_lines(Statement(lines))

    async def takes_one(self, line: StatementLine) -> LineView:
        taken = await self.takes(line)
        assert taken.new == 1
        return await self.line(await self.last())

    async def last(self) -> int:
        return max(one.number for one in await self.room.books.read(lambda tx: tx.bank.standing(list(LineState))))

    async def line(self, number: int = 1) -> LineView:
        return await self.desk.view(number)

    async def stands(self, number: int = 1) -> str:
        return (await self.line(number)).row.state.value

    async def goes_to_onec(self) -> int:
        return await self.room.run(RECEIVE_BANK, self.to_onec.receive)

    async def takes_back(self) -> int:
        return await self.room.run(TAKE_BACK, self.to_onec.take_back)

    async def looks_there(self) -> None:
        await self.to_onec.look(run_of((await self.room.jobs(RECEIVE_BANK) or await self.any_job())[0]))

    async def any_job(self) -> list:  # type: ignore[type-arg]
        return await self.room.books.read(lambda tx: tx.jobs.list(limit=1))


@pytest.fixture
async def till(backroom: Backroom) -> Till:
    """On each database in turn."""
    await backroom.sign_in(OLENA, "telegram", "1")
    return Till(backroom)


def paid(hryvnias: str, purpose: str = "за товар", *, code: str = CODE, **said: str) -> StatementLine:
    return StatementLine(DAY, Money.of(hryvnias), purpose, "Кав'ярня", code, THEIRS, OURS, **said)


async def owes(till: Till) -> None:
    """1000.10 and 500.20 hryvnias; the second is due first."""
    await till.owes(debt("77", "1000.10", due=date(2026, 11, 20)), debt("81", "500.20", due=date(2026, 11, 10)))


async def test_a_line_that_two_signs_agree_on_is_booked_and_owed_no_more(till: Till) -> None:
    await owes(till)
    view = await till.takes_one(paid("1000.10", "накл. РН-77"))
    assert (view.row.state, view.client) == (LineState.AUTOMATIC, "Кафе «Ранок»")
    assert [(one.called, one.part.amount) for one in view.parts] == [("РН-77", Money(100010))]
    assert await till.owed() == [("81", Money(50020))]


async def test_a_booked_line_is_in_1c_once_with_what_it_pays(till: Till) -> None:
    await owes(till)
    await till.takes_one(paid("1000.10", "накл. РН-77", number="12"))
    assert await till.goes_to_onec() == 1
    ((link, payment),) = [(one.link, one.payment) for one in till.room.ledger.receipts.values()]
    assert payment.slip is not None
    assert (payment.client, payment.amount, payment.slip.number) == ("ranok", Money(100010), "12")
    assert [(part.document, part.amount) for part in payment.allocations] == [("77", Money(100010))]
    paper = (await till.line()).paper
    assert paper is not None and (paper.ref, paper.theirs, paper.posted_at) == (link.ref, False, None)


async def test_once_1c_has_posted_it_its_own_debts_count(till: Till) -> None:
    await owes(till)
    await till.takes_one(paid("1000.10", "накл. РН-77"))
    await till.goes_to_onec()
    await till.room.pull(Subject.RECEIVABLES)
    assert await till.owed() == [("81", Money(50020))]
    for ref in list(till.room.ledger.receipts):
        till.room.ledger.handle(ref, posted=True)
    await till.looks_there()
    till.room.later(minutes=1)
    await till.owes(debt("77", "300.00"))
    assert await till.owed() == [("77", Money(30000))]


async def test_the_same_file_twice_and_overlapping_files_change_nothing(till: Till) -> None:
    await owes(till)
    first, second = paid("1000.10", "накл. РН-77"), paid("7.00", "інше")
    assert (await till.takes(first)).new == 1
    assert (await till.takes(first)).new == 0
    assert (await till.takes(first, second)).new == 1
    assert await till.owed() == [("81", Money(50020))]


async def test_two_equal_lines_of_one_file_are_two(till: Till) -> None:
    twice = paid("7.00"), paid("7.00")
    assert (await till.takes(*twice)).new == 2
    assert (await till.takes(*twice)).new == 0
    assert (await till.takes(*twice, paid("7.00"))).new == 1


async def test_a_line_with_the_banks_id_is_the_one_without_it(till: Till) -> None:
    assert (await till.takes(paid("7.00"))).new == 1
    assert (await till.takes(paid("7.00", bank_id="X1"))).new == 0
    assert (await till.takes(paid("8.00", bank_id="X2"), paid("8.00", bank_id="X3"))).new == 2
    assert (await till.takes(paid("8.00", bank_id="X3"), paid("8.00"))).new == 0


async def test_what_is_not_sure_is_offered_and_chosen_with_one_press(till: Till) -> None:
    await owes(till)
    view = await till.takes_one(paid("600.00"))
    assert (view.row.state, await till.owed()) == (LineState.OFFERED, [("81", Money(50020)), ("77", Money(100010))])
    (choice,) = view.choices
    chosen = await till.desk.choose(1, choice.candidate.client, choice.mark, OKSANA)
    assert [(one.called, one.part.amount) for one in chosen.parts] == [("РН-81", Money(50020)), ("РН-77", Money(9980))]
    assert chosen.last is not None
    assert (chosen.row.state, chosen.last.by_name, chosen.last.by_account) == (
        LineState.CHOSEN, "Оксана", "telegram:2001",
    )  # fmt: skip
    assert await till.owed() == [("77", Money(90030))]


async def test_a_choice_is_made_once_and_of_what_was_seen(till: Till) -> None:
    await owes(till)
    (choice,) = (await till.takes_one(paid("600.00"))).choices
    with pytest.raises(Outdated):
        await till.desk.choose(1, choice.candidate.client, choice.mark + 1, OKSANA)
    await till.desk.choose(1, choice.candidate.client, choice.mark, OKSANA)
    with pytest.raises(Outdated):
        await till.desk.choose(1, choice.candidate.client, choice.mark, OKSANA)
    assert await till.goes_to_onec() == 1


async def test_a_choice_teaches_whose_the_payer_is_and_a_rule_alone_books_nothing(till: Till) -> None:
    await owes(till)
    stranger = "2988123456"
    view = await till.takes_one(paid("600.00", code=stranger))
    assert view.choices == ()
    found = await till.desk.find(1, "ранок")
    await till.desk.choose(1, found.choices[0].candidate.client, found.choices[0].mark, OKSANA)
    again = await till.takes_one(paid("11.00", code=stranger))
    assert again.row.state is LineState.OFFERED
    assert "rule" in {sign.value for sign in again.choices[0].candidate.signs}
    sure = await till.takes_one(paid("900.30", code=stranger))
    assert sure.row.state is LineState.AUTOMATIC


async def test_a_sum_is_split_as_it_is_typed_and_the_rest_is_an_advance(till: Till) -> None:
    await owes(till)
    await till.takes_one(paid("1600.00"))
    view = await till.desk.split(1, [("рн-77", "1000,00"), ("РН-81", "500.20")], OKSANA)
    assert (view.row.state, view.advance) == (LineState.SPLIT, Money(9980))
    assert await till.owed() == [("77", Money(10))]


@pytest.mark.parametrize(
    ("sums", "code"),
    [
        ([("РН-99", "5")], "no_document"),
        ([("РН-77", "багато")], "not_a_sum"),
        ([("РН-77", "-5")], "not_positive"),
        ([("РН-77", "0")], "not_positive"),
        ([("РН-77", "1000.11")], "more_than_owed"),
        ([("РН-77", "900"), ("РН-81", "500")], "more_than_came"),
        ([], "no_document"),
    ],
)
async def test_a_split_that_cannot_be_is_refused_and_nothing_changes(
    till: Till, sums: list[tuple[str, str]], code: str
) -> None:
    await owes(till)
    await till.takes_one(paid("1300.00"))
    with pytest.raises(Refused) as caught:
        await till.desk.split(1, sums, OKSANA)
    assert caught.value.code == code
    assert (await till.stands(), len(await till.owed())) == ("offered", 2)


async def test_what_is_no_clients_is_set_aside_and_can_be_brought_back(till: Till) -> None:
    await till.takes_one(paid("7.00", code="38383833"))
    assert await till.desk.unidentified() == (1, Money(700))
    view = await till.desk.ignore(1, OKSANA)
    assert (view.row.apart, await till.desk.unidentified()) == ("no_client", (0, Money(0)))
    await till.desk.undo(1, view.row.booking, OKSANA)
    assert await till.desk.unidentified() == (1, Money(700))


async def test_undoing_owes_the_money_again_and_takes_the_document_back(till: Till) -> None:
    await owes(till)
    view = await till.takes_one(paid("1000.10", "накл. РН-77"))
    await till.goes_to_onec()
    undone = await till.desk.undo(1, view.row.booking, OKSANA)
    assert (undone.row.state, undone.parts) == (LineState.UNDONE, ())
    assert len(await till.owed()) == 2
    await till.takes_back()
    assert [one.marked for one in till.room.ledger.receipts.values()] == [True]
    with pytest.raises(Outdated):
        await till.desk.undo(1, view.row.booking, OKSANA)


async def test_an_undone_line_that_is_booked_again_is_another_document(till: Till) -> None:
    await owes(till)
    view = await till.takes_one(paid("1000.10", "накл. РН-77"))
    await till.goes_to_onec()
    undone = await till.desk.undo(1, view.row.booking, OKSANA)
    await till.takes_back()
    choice = undone.choices[0]
    await till.desk.choose(1, choice.candidate.client, choice.mark, OKSANA)
    await till.goes_to_onec()
    assert sorted(one.marked for one in till.room.ledger.receipts.values()) == [False, True]


async def test_a_booking_undone_before_it_went_to_1c_never_gets_there(till: Till) -> None:
    await owes(till)
    view = await till.takes_one(paid("1000.10", "накл. РН-77"))
    await till.desk.undo(1, view.row.booking, OKSANA)
    await till.goes_to_onec()
    await till.takes_back()
    assert till.room.ledger.receipts == {}


async def test_a_posted_document_is_left_and_shown_as_a_difference(till: Till) -> None:
    await owes(till)
    view = await till.takes_one(paid("1000.10", "накл. РН-77"))
    await till.goes_to_onec()
    for ref in list(till.room.ledger.receipts):
        till.room.ledger.handle(ref, posted=True)
    await till.desk.undo(1, view.row.booking, OKSANA)
    await till.takes_back()
    (found,) = await till.room.reconciliation.open()
    assert (found.kind, found.detail["number"]) == (DifferenceKind.BANK_LEFT, "Банк-1")


# --- what 1C has loaded itself ---------------------------------------------------------------------------------------


def loaded(hryvnias: str, *, posted: bool, number: str = "12", client: str = "ranok") -> BankReceipt:
    return BankReceipt(DocumentLink(f"theirs {number}", "БП-9", "v", posted), client, Money.of(hryvnias), DAY, number)


async def test_a_line_that_1c_loaded_and_posted_first_is_not_booked(till: Till) -> None:
    await owes(till)
    till.room.ledger.loaded = [loaded("1000.10", posted=True)]
    view = await till.takes_one(paid("1000.10", "накл. РН-77", number="12"))
    assert (view.row.state, view.row.apart) == (LineState.IGNORED, "there")
    assert await till.goes_to_onec() == 0


async def test_a_draft_that_1c_loaded_first_is_the_lines_own_document(till: Till) -> None:
    await owes(till)
    till.room.ledger.loaded = [loaded("1000.10", posted=False)]
    view = await till.takes_one(paid("1000.10", "накл. РН-77", number="12"))
    assert view.row.state is LineState.AUTOMATIC
    assert view.paper is not None and view.paper.theirs
    assert await till.goes_to_onec() == 0
    assert await till.owed() == [("81", Money(50020))]


async def test_a_document_that_1c_loads_before_ours_gets_there_is_taken_for_it(till: Till) -> None:
    await owes(till)
    await till.takes_one(paid("1000.10", "накл. РН-77", number="12"))
    till.room.ledger.loaded = [loaded("1000.10", posted=True)]
    await till.goes_to_onec()
    assert till.room.ledger.receipts == {}


async def test_two_equal_payments_have_a_document_each(till: Till) -> None:
    till.room.ledger.loaded = [loaded("7.00", posted=True)]
    await till.takes(paid("7.00", number="12"), paid("7.00", number="13"))
    assert [await till.stands(1), await till.stands(2)] == ["ignored", "offered"]


async def test_where_1c_loads_everything_itself_nothing_is_written(room: Backroom) -> None:
    await room.sign_in(OLENA, "telegram", "1")
    till = Till(room, ToOnec.NEVER)
    await owes(till)
    await till.takes_one(paid("1000.10", "накл. РН-77", number="12"))
    assert await till.room.jobs(RECEIVE_BANK) == []
    assert await till.owed() == [("81", Money(50020))]


async def test_while_1c_is_silent_lines_wait_for_it(till: Till) -> None:
    await owes(till)
    till.room.ledger.silent = True
    taken = await till.takes(paid("1000.10", "накл. РН-77"))
    assert (taken.waits, await till.stands()) == (True, "new")
    till.room.ledger.silent = False
    (job,) = await till.room.jobs(SETTLE_BANK)
    await till.desk.settling.run()
    assert (job.queue.value, await till.stands()) == ("onec", "automatic")


# --- bad input -------------------------------------------------------------------------------------------------------


async def test_foreign_and_outgoing_money_is_set_apart_and_not_summed(till: Till) -> None:
    dollars = StatementLine(DAY, Money(10000, "USD"), "invoice 77", payer_code=CODE)
    await till.takes(dollars, paid("-1000.10", "накл. РН-77"))
    assert [(await till.line(one)).row.apart for one in (1, 2)] == ["foreign", "outgoing"]
    assert await till.desk.unidentified() == (0, Money(0))


async def test_a_line_or_a_client_that_is_not_there_is_told(till: Till) -> None:
    await till.takes_one(paid("7.00"))
    for asked in (till.desk.view(99), till.desk.find(1, "нема такого"), till.desk.ignore(99, OKSANA)):
        with pytest.raises(NotFound):
            await asked


async def test_without_a_reader_no_file_is_taken(till: Till) -> None:
    from pathlib import Path

    with pytest.raises(Refused) as caught:
        await till.desk.take(Path("statement.txt"))
    assert caught.value.code == "no_bank"
    assert BrokenStatement("empty").code == "empty"


async def test_an_order_that_is_no_debt_yet_is_paid_by_its_number(till: Till) -> None:
    order = await till.room.handed()
    number, total = (await till.room.order(order)).number, (await till.room.order(order)).total
    view = await till.takes_one(paid(f"{total.amount}", f"Оплата замовлення {number}"))
    assert (view.row.state, [one.part.order_id for one in view.parts]) == (LineState.AUTOMATIC, [order])
    assert (await till.payments.paid(order)).kept == total
    _, address = await till.payments.offer(await till.room.order(order))
    assert address is None
