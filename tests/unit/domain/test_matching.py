"""Whose money a line of a statement is: two signs that agree book it, anything else asks."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bank import Apart, StatementLine
from bot.domain.matching import (
    Automatic,
    Book,
    Offered,
    Open,
    Payer,
    Rule,
    RuleKind,
    SetApart,
    Sign,
    Unknown,
    Verdict,
    match,
)
from bot.domain.matching.letters import keys
from bot.domain.matching.purpose import read as read_purpose
from bot.domain.money import Money
from tests.bench.matching import read, score

ROMASHKA, BONDAR = uuid4(), uuid4()
CODE, THEIRS = "33527490", "UA083220010000026007000000001"
DAY = date(2026, 3, 12)


def owed(client: UUID, number: str, hryvnias: str, *, day: date = date(2026, 3, 2)) -> Open:
    return Open(client, number, Money.of(hryvnias), day, document=f"{number} {day}")


def book(*opens: Open, rules: tuple[Rule, ...] = ()) -> Book:
    payers = {
        ROMASHKA: Payer(ROMASHKA, "ТОВ «Ромашка»", frozenset({CODE}), frozenset({THEIRS})),
        BONDAR: Payer(BONDAR, "ФОП Бондар Олена", frozenset({"3287304821"})),
    }
    return Book(payers, opens, rules, own_codes=frozenset({"44445555"}))


def paid(hryvnias: str, purpose: str = "за товар", *, code: str = CODE, **fields: str) -> StatementLine:
    return StatementLine(DAY, Money.of(hryvnias), purpose, payer_code=code, **fields)


def booked(verdict: Verdict) -> list[tuple[str, str]]:
    assert isinstance(verdict, Automatic), verdict
    return [(share.open.number, f"{share.amount.amount}") for share in verdict.candidate.shares]


def test_the_corpus_has_nothing_wrongly_booked_and_nine_clear_lines_of_ten_booked() -> None:
    got = score(*read())
    assert [one.line.purpose for one in got.wrong] == []
    assert [one.line.purpose for one in got.misplaced] == []
    assert got.lines >= 300
    assert got.automatic / got.clear >= 0.9


def test_a_number_and_the_sum_book_a_line() -> None:
    verdict = match(paid("1200.48", "рах. №42 від 02.03.2026"), book(owed(ROMASHKA, "42", "1200.48")))
    assert booked(verdict) == [("42", "1200.48")]


def test_a_code_and_the_sum_book_a_line() -> None:
    found = match(paid("1200.48"), book(owed(ROMASHKA, "42", "1200.48"), owed(ROMASHKA, "43", "17.20")))
    assert booked(found) == [("42", "1200.48")]


def test_a_sum_of_several_documents_books_a_line_of_a_payer_we_know() -> None:
    debts = owed(ROMASHKA, "42", "1200.48"), owed(ROMASHKA, "43", "17.20"), owed(ROMASHKA, "44", "5.55")
    assert booked(match(paid("1217.68"), book(*debts))) == [("42", "1200.48"), ("43", "17.20")]


def test_a_sum_that_can_be_made_in_two_ways_is_asked_about() -> None:
    debts = [owed(ROMASHKA, f"4{at}", sum_) for at, sum_ in enumerate(("10.01", "20.02", "30.03"))]
    assert isinstance(match(paid("30.03"), book(*debts)), Offered)


def test_one_sign_alone_is_asked_about() -> None:
    debts = book(owed(ROMASHKA, "42", "1200.48"))
    for line in (paid("5.00"), paid("1200.48", code=""), paid("7.00", "рах. 42", code="")):
        found = match(line, debts)
        assert isinstance(found, Offered)
        assert [one.client for one in found.candidates] == [ROMASHKA]


def test_a_number_of_somebody_else_is_asked_about_with_both() -> None:
    debts = book(owed(BONDAR, "РН-77", "500.50"), owed(ROMASHKA, "42", "500.50"))
    found = match(paid("500.50", "РН-77"), debts)
    assert isinstance(found, Offered)
    assert {one.client for one in found.candidates} == {ROMASHKA, BONDAR}


def test_a_number_that_nobody_has_stops_a_code_and_a_sum() -> None:
    assert isinstance(match(paid("1200.48", "рах. №999"), book(owed(ROMASHKA, "42", "1200.48"))), Offered)


def test_a_rule_alone_only_offers_and_with_the_sum_it_books() -> None:
    debts = book(owed(ROMASHKA, "42", "1200.48"), rules=(Rule(RuleKind.CODE, "2988123456", ROMASHKA),))
    alone = match(paid("5.00", code="2988123456"), debts)
    assert isinstance(alone, Offered)
    assert alone.candidates[0].signs == {Sign.RULE}
    assert booked(match(paid("1200.48", code="2988123456"), debts)) == [("42", "1200.48")]


def test_rules_that_disagree_book_nothing() -> None:
    rules = Rule(RuleKind.CODE, "2988123456", ROMASHKA), Rule(RuleKind.CODE, "2988123456", BONDAR)
    debts = book(owed(ROMASHKA, "42", "1200.48"), rules=rules)
    assert isinstance(match(paid("1200.48", code="2988123456"), debts), Offered)


def test_a_known_account_against_a_known_code_is_asked_about() -> None:
    debts = book(owed(BONDAR, "77", "500.50"))
    line = paid("500.50", "рах. 77", code="3287304821", payer_account=THEIRS)
    assert isinstance(match(line, debts), Offered)


def test_what_a_payer_we_know_paid_for_nothing_we_know_is_offered_to_the_oldest_debts() -> None:
    debts = owed(ROMASHKA, "43", "70.00", day=date(2026, 3, 5)), owed(ROMASHKA, "42", "50.00")
    found = match(paid("100.00"), book(*debts))
    assert isinstance(found, Offered)
    assert [(one.open.number, one.amount) for one in found.candidates[0].shares] == [
        ("42", Money(50_00)), ("43", Money(50_00)),
    ]  # fmt: skip


def test_more_than_is_owed_is_offered_with_an_advance() -> None:
    found = match(paid("100.00"), book(owed(ROMASHKA, "42", "30.00")))
    assert isinstance(found, Offered)
    assert found.candidates[0].advance == Money(70_00)


def test_at_most_three_are_offered() -> None:
    payers = {one: Payer(one, f"ТОВ {at}") for at in range(5) if (one := uuid4())}
    debts = tuple(Open(one, "77", Money(5000), DAY) for one in payers)
    found = match(paid("1.00", "рах 77", code=""), Book(payers, debts))
    assert isinstance(found, Offered)
    assert len(found.candidates) == 3


def test_nothing_known_is_unknown() -> None:
    assert match(paid("5.00", code="38383833"), book()) == Unknown()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (paid("-5.00"), Apart.OUTGOING),
        (StatementLine(DAY, Money(500, "USD"), "invoice 42"), Apart.FOREIGN),
        (paid("5.00", code="44445555"), Apart.OWN),
        (paid("5.00", "Переказ за реєстром WayForPay", code="39626179"), Apart.ACQUIRER),
        (paid("5.00", "Нарахування відсотків за березень", code=""), Apart.FEE),
    ],
)
def test_what_is_no_payment_of_a_client_is_set_apart(line: StatementLine, why: Apart) -> None:
    assert match(line, book(owed(ROMASHKA, "42", "5.00"))) == SetApart(why)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("К-000123", "K-123"), ("УТ00-000125", "ут125"), ("00000000125", "125"), ("М26-00412", "M26-412"),
        ("125/1", "0125/01"), ("1023", "1О23"), ("125", "I25"), ("ОП-000125", "OП-OOO125"),
    ],
)  # fmt: skip
def test_a_number_is_the_same_in_look_alikes_and_without_its_zeros(written: str, meant: str) -> None:
    assert keys(written) & keys(meant)


@pytest.mark.parametrize(
    ("purpose", "numbers"),
    [
        ("зг. рах. №42 від 04.01.2026, у т.ч. ПДВ 20% 200.08", ["42"]),
        ("зг. дог. №15/03 від 01.02.2026, рах.125", ["125"]),
        ("рах 15,16 та 17; ПДВ 20% - 1234,56", ["15", "16", "17"]),
        ("Оплата за товар 12.03.2026, ПДВ 1234,56", []),
        ("за 2 кг, тел. 0671234567, ЄДРПОУ 33527490", []),
    ],
)
def test_only_numbers_of_documents_are_read(purpose: str, numbers: list[str]) -> None:
    assert [one.said for one in read_purpose(purpose).numbers if one.marked] == numbers


PIECES = st.sampled_from(
    ["РАХ ", "№", " ", "1", "0", "О", "-", ",", "ТА ", "від 01.02.2026", "ПДВ 20% ", "ДОГ ", "1234,56", "А", "."]
)


@given(st.one_of(st.text(max_size=600), st.lists(PIECES, max_size=250).map("".join)), st.integers(1, 10**9))
def test_whatever_a_purpose_says_it_is_read(purpose: str, kopiykas: int) -> None:
    line = StatementLine(DAY, Money(kopiykas), purpose)
    assert match(line, book(owed(ROMASHKA, "42", "1200.48"))) is not None


def test_a_line_is_the_same_in_every_file_it_comes_in() -> None:
    one = StatementLine(DAY, Money(500), "Рах. №42", payer_code="00032129", number="0077", payer="ТОВ «А»")
    other = StatementLine(DAY, Money(500), "рах №42 ", payer_code="32129", number="77", payer="A LLC", bank_id="X1")
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != replace(one, amount=Money(501)).fingerprint
