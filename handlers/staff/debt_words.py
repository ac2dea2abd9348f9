"""What the digest of debts says: totals, ages, the largest debtors, one client, and the table of all documents."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from markupsafe import Markup

from bot.domain.aging import Age, Aging, days_late
from bot.domain.money import ZERO, Money, total
from bot.domain.paper import Cell, Column, Fact, Group, Paper
from bot.domain.promises import PromiseView
from bot.domain.receivable import Debt
from bot.i18n import Translator, marked
from bot.services.digest import Change, Debtor, DebtorView, DigestView
from bot.services.standing import LastKnown
from handlers.wording import excerpt, lines, numbered, paragraphs

DOCUMENTS = 12
"""Of one client; the table has them all."""
AGES: Mapping[Age, str] = {
    Age.NOT_DUE: marked("not due yet"),
    Age.WEEK: marked("1 to 7 days late"),
    Age.FORTNIGHT: marked("8 to 14 days late"),
    Age.MONTH: marked("15 to 30 days late"),
    Age.TWO_MONTHS: marked("31 to 60 days late"),
    Age.OLDER: marked("over 60 days late"),
}
SHORT: Mapping[Age, str] = {
    Age.NOT_DUE: marked("in time"),
    Age.WEEK: marked("1–7 days"),
    Age.FORTNIGHT: marked("8–14 days"),
    Age.MONTH: marked("15–30 days"),
    Age.TWO_MONTHS: marked("31–60 days"),
    Age.OLDER: marked("over 60"),
}
"""The same on a chart."""


def warning(tr: Translator, as_of: LastKnown | None) -> Markup | None:
    """The first line where the data is old."""
    if as_of is None:
        return None
    if as_of.at is None:
        return tr.say("<b>1C has not told of debts yet.</b>")
    return tr.say("<b>The data is old: as 1C had it on {moment}.</b>", moment=tr.moment(as_of.at))


def totals(tr: Translator, view: DigestView) -> Markup:
    day = tr.say("<b>Debts on {day}</b>", day=f"{view.on:%d.%m.%Y}")
    if not view.debtors:
        return lines(day, tr.say("Nothing is owed now.") if view.as_of is None or view.as_of.at else None)
    return lines(
        day,
        tr.plural("Owed: <b>{sum}</b>, {n} client", "Owed: <b>{sum}</b>, {n} clients", len(view.debtors),
                  sum=tr.money(view.aging.total)),
        _overdue(tr, view),
        *(change(tr, one) for one in view.changes),
        tr.say("Paid ahead: {total}", total=tr.money(view.advance)) if view.advance else None,
    )  # fmt: skip


def _overdue(tr: Translator, view: DigestView) -> Markup:
    if not view.aging.overdue:
        return tr.say("Nothing is overdue.")
    return tr.plural(
        "Overdue: <b>{sum}</b> ({share} %), {n} client",
        "Overdue: <b>{sum}</b> ({share} %), {n} clients",
        view.overdue_debtors,
        sum=tr.money(view.aging.overdue),
        share=share(view.aging),
    )


def change(tr: Translator, one: Change) -> Markup:
    if not (one.total or one.overdue):
        return tr.say("Since {day}: no change", day=tr.short_day(one.since))
    return tr.say(
        "Since {day}: {total}, overdue {overdue}",
        day=tr.short_day(one.since),
        total=moved(tr, one.total),
        overdue=moved(tr, one.overdue),
    )


def moved(tr: Translator, sum_: Money) -> str:
    return f"+{tr.money(sum_)}" if sum_ > ZERO else tr.money(sum_)


def ages(tr: Translator, aging: Aging) -> Markup:
    """Those ages that somebody's debt is of."""
    return lines(
        *(
            tr.say("{age}: {sum}", age=tr.label(AGES[age]).capitalize(), sum=tr.money(aging.of(age)))
            for age in Age
            if aging.of(age)
        )
    )


def share(aging: Aging) -> int:
    """Per cent of what is owed that is overdue; what there is of it is never called nothing, a part never all."""
    if not aging.overdue:
        return 0
    return max(aging.overdue.kopiykas * 100 // aging.total.kopiykas, 1)


def largest(tr: Translator, view: DigestView, width: int, *, late: bool) -> Markup | None:
    if not view.debtors:
        return None
    return lines(
        tr.say("<b>The largest:</b>"),
        numbered([_one(tr, debtor, width, late=late) for debtor in view.largest]),
    )


def _one(tr: Translator, debtor: Debtor, width: int, *, late: bool) -> Markup:
    name, sum_ = excerpt(debtor.name, width), tr.money(debtor.owed.total)
    overdue = debtor.owed.overdue
    if not (late and overdue):
        return tr.say("{client}: {sum}", client=name, sum=sum_)
    if overdue == debtor.owed.total:
        return tr.say("{client}: {sum}, all of it overdue", client=name, sum=sum_)
    return tr.say("{client}: {sum}, overdue {overdue}", client=name, sum=sum_, overdue=tr.money(overdue))


def answers(tr: Translator, view: DigestView) -> Markup | None:
    """What clients promised for today, what they promised and did not keep, and what waits for finance."""
    said, (count, sum_), (back, back_sum) = view.answers, view.unidentified, view.to_return
    told = [
        _promises(tr.label("Promised for today"), tr, said.today),
        _promises(tr.label("Not kept"), tr, said.broken),
        tr.say("Say that it is paid: {count}", count=said.claims) if said.claims else None,
        tr.say("Open disputes: {count}", count=said.disputes) if said.disputes else None,
        tr.say("Bank payments not identified: {count} ({sum})", count=count, sum=tr.money(sum_)) if count else None,
        tr.say("To be returned: {count} ({sum})", count=back, sum=tr.money(back_sum)) if back else None,
    ]
    return lines(*told) if any(told) else None


def _promises(what: str, tr: Translator, promises: Sequence[PromiseView]) -> Markup | None:
    if not promises:
        return None
    sum_ = tr.money(total([one.total for one in promises]))
    return Markup("{}: {} ({})").format(what, len(promises), sum_)


def messages(tr: Translator, view: DigestView) -> Markup | None:
    """What clients were told, and what came in by links in that time."""
    told = view.told
    if not (told.sent or told.failed or told.payments):
        return None
    return lines(
        tr.say(
            "Messages since {day}: sent {sent}, failed {failed}, cost {cost}",
            day=tr.short_day(told.since),
            sent=told.sent,
            failed=told.failed,
            cost=tr.money(told.cost),
        ),
        tr.plural(
            "Paid by links in this time: {sum}, {n} payment",
            "Paid by links in this time: {sum}, {n} payments",
            told.payments,
            sum=tr.money(told.paid),
        ),
    )


def debtor(tr: Translator, view: DebtorView) -> Markup:
    """One client: what is owed, how it moved, and by which documents."""
    one, owed = view.debtor, view.debtor.owed
    more = len(owed.debts) - DOCUMENTS
    return paragraphs(
        warning(tr, view.as_of),
        lines(
            tr.say("<b>{client}</b>, debts on {day}", client=excerpt(one.name, 60), day=f"{view.on:%d.%m.%Y}"),
            tr.say("To pay: <b>{total}</b>", total=tr.money(owed.total))
            if owed.debts
            else tr.say("Nothing is owed now."),
            tr.say("Overdue: <b>{total}</b>", total=tr.money(owed.overdue)) if owed.overdue else None,
            tr.say("Due within a week: {total}", total=tr.money(owed.due_soon)) if owed.due_soon else None,
            tr.say("Paid ahead: {total}", total=tr.money(owed.advance)) if owed.advance else None,
            tr.say("Credit limit: {limit}", limit=tr.money(view.limit)) if view.limit is not None else None,
            *(change(tr, each) for each in view.changes),
        ),
        ages(tr, view.aging) if owed.overdue else None,
        lines(
            *(_document(tr, debt, view.on) for debt in owed.debts[:DOCUMENTS]),
            tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
        )
        if owed.debts
        else None,
    )


def _document(tr: Translator, debt: Debt, on: date) -> Markup:
    name, sum_ = tr.document(debt.kind, debt.number, debt.dated), tr.money(debt.rest)
    late = days_late(debt.due, on)
    if late:
        return tr.plural("• {name}: <b>{sum}</b>, {n} day late", "• {name}: <b>{sum}</b>, {n} days late", late,
                         name=name, sum=sum_)  # fmt: skip
    if debt.due:
        return tr.say("• {name}: <b>{sum}</b>, due {day}", name=name, sum=sum_, day=tr.short_day(debt.due))
    return tr.say("• {name}: <b>{sum}</b>", name=name, sum=sum_)


def table(tr: Translator, company: str, debtors: Iterable[Debtor], on: date, as_of: LastKnown | None) -> Paper:
    """Every document of everybody, the largest debtor first."""
    held = tuple(debtors)
    facts: list[Fact] = [
        (tr.label("Date"), on),
        (tr.label("Owed"), tr.money(sum((one.owed.total for one in held), ZERO))),
        (tr.label("Overdue"), tr.money(sum((one.owed.overdue for one in held), ZERO))),
    ]
    old = warning(tr, as_of)
    columns = (
        Column(tr.label("Document"), 70),
        Column(tr.label("Date"), 20),
        Column(tr.label("Due"), 20),
        Column(tr.label("Days late"), 16),
        Column(tr.label("Sum"), 28),
        Column(tr.label("Left to pay"), 28),
    )
    groups = tuple(Group(one.name, tuple(_row(tr, debt, on) for debt in one.owed.debts)) for one in held)
    notes = (str(old.striptags()),) if old else ()
    title = tr.label("Clients' debts")
    return Paper(tr.language, company, title, tuple(facts), columns, tr.label("Client"), groups, notes)


def _row(tr: Translator, debt: Debt, on: date) -> tuple[Cell, ...]:
    name = tr.document(debt.kind, debt.number, debt.dated)
    return (name, debt.dated, debt.due or "", days_late(debt.due, on), debt.amount, debt.rest)
