"""A year of debtors over the ladder alone: bills, people who pay, promise, claim, quarrel; and what must never be."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bot.domain.ladder import Exemption, Ladder, Remind, Standpoint, Step, plan
from bot.domain.money import Money
from bot.domain.receivable import Debt, mark_of
from bot.domain.workdays import Workdays

BEGIN = date(2026, 1, 1)
DAYS = 365
_DAY = timedelta(days=1)


@dataclass
class Bill:
    """One debt; `paid` moves as its client decides. `told` are the levels it was told of at."""

    name: str
    issued: date
    due: date
    kopiykas: int
    paid: date | None
    disputed: tuple[date, date] | None = None
    told: list[int] = field(default_factory=list)
    missed: bool = False

    def stands(self, day: date) -> bool:
        return self.issued <= day and (self.paid is None or day < self.paid)

    def in_dispute(self, day: date) -> bool:
        return self.disputed is not None and self.disputed[0] <= day < self.disputed[1]

    def debt(self, day: date) -> Debt:
        sum_ = Money(self.kopiykas)
        return Debt(
            mark_of(self.name), self.name, "shipment", self.name, self.issued, sum_, self.due, sum_, self.due < day,
        )  # fmt: skip


@dataclass
class Debtor:
    """A client with its own mind."""

    mind: Random
    bills: list[Bill]
    exemption: tuple[date, date] | None
    promise: tuple[date, frozenset[str]] | None = None
    held: date | None = None
    lifted: set[str] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    last: date | None = None


@dataclass
class Findings:
    """What was counted, and everything that must not have been, in words."""

    sent: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    promises: int = 0
    broken: int = 0
    claims: int = 0
    disputes: int = 0
    bills: int = 0


def year(ladder: Ladder, work: Workdays, clients: int, seed: int = 1) -> Findings:
    found = Findings()
    for number in range(clients):
        debtor = _debtor(Random(f"{seed}:{number}"), number)
        for day in _days():
            _live(debtor, ladder, work, day, found)
        found.bills += len(debtor.bills)
        found.wrong += [f"{bill.name} was never told" for bill in debtor.bills if bill.missed and not bill.told]
    return found


def _days() -> Iterator[date]:
    return (BEGIN + n * _DAY for n in range(DAYS))


def _debtor(mind: Random, number: int) -> Debtor:
    bills = []
    for n in range(mind.randrange(1, 16)):
        issued = BEGIN + mind.randrange(DAYS) * _DAY
        due = issued + mind.choice((0, 7, 14, 30)) * _DAY
        late = mind.choice((-5, -1, 0, 2, 6, 20, 45, None))
        paid = None if late is None else max(due + late * _DAY, issued + _DAY)
        bills.append(Bill(f"{number}-{n}", issued, due, mind.randrange(100, 10**7), paid))
    begin = BEGIN + mind.randrange(DAYS) * _DAY
    exemption = (begin, begin + 40 * _DAY) if mind.random() < 0.1 else None
    return Debtor(mind, bills, exemption)


def _live(debtor: Debtor, ladder: Ladder, work: Workdays, day: date, found: Findings) -> None:
    """A day of one client: promises are looked at, the ladder decides, and the client answers."""
    standing = [bill for bill in debtor.bills if bill.stands(day)]
    if not standing or not work.is_working(day):
        return
    names = {bill.name for bill in standing}
    if debtor.promise is not None and debtor.promise[0] < day:
        left = debtor.promise[1] & names
        debtor.lifted |= left
        found.broken += bool(left)
        debtor.promise = None
    exempt = debtor.exemption is not None and debtor.exemption[0] <= day <= debtor.exemption[1]
    planned = plan(
        ladder,
        Standpoint(
            [bill.debt(day) for bill in standing],
            [step for step in debtor.steps if step.document in names],
            last=debtor.last,
            promised=debtor.promise[0] if debtor.promise else None,
            held=debtor.held,
            disputed=frozenset(bill.name for bill in standing if bill.in_dispute(day)),
            lifted=debtor.lifted,
            exemption=Exemption(None, debtor.exemption[1]) if exempt and debtor.exemption else None,
        ),
        day,
    )
    silent = exempt or debtor.promise is not None or (debtor.held is not None and day <= debtor.held)
    _watch(standing, ladder, day, silent=silent)
    if isinstance(planned, Remind):
        _check(debtor, standing, planned, day, found, silent=silent)
        _answer(debtor, planned, work, day, found)


def _watch(standing: list[Bill], ladder: Ladder, day: date, *, silent: bool) -> None:
    """Bills that must have been told of by this evening."""
    first = ladder.live[0].day
    for bill in standing:
        if not silent and not bill.in_dispute(day) and (day - bill.due).days >= first:
            bill.missed = True


def _check(debtor: Debtor, standing: list[Bill], sent: Remind, day: date, found: Findings, *, silent: bool) -> None:
    """Looked at from the outside: by what the client did, not by what the ladder was told."""
    by_name = {bill.name: bill for bill in standing}
    for debt in sent.debts:
        bill = by_name.get(debt.document)
        if bill is None:
            found.wrong.append(f"{debt.document} was asked for on {day} and is paid")
        elif bill.in_dispute(day):
            found.wrong.append(f"{debt.document} was asked for on {day} and is disputed")
    if silent:
        found.wrong.append(f"{standing[0].name} was to be left alone on {day}")
    if debtor.last == day:
        found.wrong.append(f"{standing[0].name} was reminded twice on {day}")
    for step in sent.steps:
        told = by_name[step.document].told
        if told and step.day <= max(told) and step.document not in debtor.lifted:
            found.wrong.append(f"{step.document} heard level {step.day} again on {day}")
        told.append(step.day)
    found.sent[sent.level.name] += 1


def _answer(debtor: Debtor, sent: Remind, work: Workdays, day: date, found: Findings) -> None:
    debtor.steps += sent.steps
    debtor.last = day
    debtor.lifted -= {step.document for step in sent.steps}
    asked = [bill for bill in debtor.bills if bill.name in {debt.document for debt in sent.debts}]
    match debtor.mind.randrange(8):
        case 0 | 1:
            for bill in asked:
                bill.paid = day + debtor.mind.randrange(0, 4) * _DAY
        case 2 | 3:
            until = day + debtor.mind.randrange(1, 15) * _DAY
            debtor.promise = until, frozenset(bill.name for bill in asked)
            found.promises += 1
            if debtor.mind.random() < 0.6:
                for bill in asked:
                    bill.paid = until
        case 4:
            debtor.held = work.after(day, 3)
            found.claims += 1
        case 5:
            bill = debtor.mind.choice(asked)
            bill.disputed = (day + _DAY, day + debtor.mind.randrange(2, 40) * _DAY)
            found.disputes += 1
