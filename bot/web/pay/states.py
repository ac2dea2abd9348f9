"""What the pay page says in every state of a link."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from markupsafe import Markup

from bot.domain.money import ZERO
from bot.domain.payment import Payee, PayLine, PayState, PayView
from bot.i18n import Translator

LINES_MOST = 30
REFRESH_SECONDS = 3


class Tone(StrEnum):
    """How the page looks at a glance; the heading says the same in words."""

    DUE = "due"
    WAIT = "wait"
    DONE = "done"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Row:
    """A fact with its name; `copy` is what a button puts on the clipboard."""

    name: str
    value: str
    copy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page in one language, ready to be laid out; `pays` are the kopiykas that its button pays."""

    tone: Tone
    heading: str
    said: tuple[Markup, ...] = ()
    alarm: Markup | None = None
    figure: str = ""
    rows: tuple[Row, ...] = ()
    lines: tuple[Row, ...] = ()
    more_lines: Markup | None = None
    pay_button: str = ""
    pays: int = 0
    transfer: tuple[Row, ...] = ()
    refresh: int = 0
    retry: bool = False


def page_of(tr: Translator, view: PayView, company: Payee, now: datetime) -> Page:
    """The link as it stands."""
    match view.state:
        case PayState.UNPAID:
            return _unpaid(tr, view, company, now)
        case PayState.UNDER_WAY:
            return _under_way(tr, view, company)
        case PayState.PAID:
            return _paid(tr, view, company)
        case PayState.EXPIRED:
            said = tr.say("The link worked until {moment}, Kyiv time.", moment=tr.moment(view.lives_until))
            heading = tr.label("The link has expired")
        case PayState.REVOKED:
            said = tr.say("The order was changed or paid in another way.")
            heading = tr.label("The link was withdrawn")
    anew = tr.say("Nothing can be paid by this link any more. Ask your manager for a new one.")
    return Page(tone=Tone.STOP, heading=heading, said=(said, anew), rows=_about(tr, view, company))


def unknown(tr: Translator) -> Page:
    """No such link."""
    said = tr.say("Check that the link was copied whole, or ask your manager for a new one.")
    return Page(tone=Tone.STOP, heading=tr.label("There is no such link"), said=(said,))


def too_often(tr: Translator) -> Page:
    said = tr.say("Wait a minute and open the link again.")
    return Page(tone=Tone.STOP, heading=tr.label("Too many requests"), said=(said,), retry=True)


def broken(tr: Translator) -> Page:
    """Our own fault."""
    said = tr.say("Something broke on our side. Open the link again in a minute: it shows whether it is paid.")
    return Page(tone=Tone.STOP, heading=tr.label("The page did not open"), said=(said,), retry=True)


def _unpaid(tr: Translator, view: PayView, company: Payee, now: datetime) -> Page:
    return Page(
        tone=Tone.DUE,
        heading=tr.label("To pay"),
        figure=tr.money(view.due_by_card),
        rows=_about(tr, view, company),
        lines=_lines(tr, view),
        more_lines=_more(tr, view),
        said=(*_offer(tr, view), _time_left(tr, view.lives_until, now)),
        pay_button=tr.label("Pay by card, Google Pay, Apple Pay"),
        pays=view.due_by_card.kopiykas,
        transfer=_transfer(tr, view, company) if company.iban else (),
    )


def _offer(tr: Translator, view: PayView) -> tuple[Markup, ...]:
    """What paying by card takes off; a transfer is of the whole sum."""
    if view.offer is None:
        return ()
    values = {
        "percent": f"{tr.number(view.offer.percent)}\u00a0%",
        "sum": tr.money(view.due_by_card),
        "due": tr.money(view.due),
    }
    if not view.offer.whole:
        return (tr.say("Paying by card is cheaper: you pay <b>{sum}</b> instead of {due}.", **values),)
    if view.offer.until is None:
        return (tr.say("{percent} off for paying by card: you pay <b>{sum}</b> instead of {due}.", **values),)
    return (
        tr.say(
            "{percent} off for paying by card: you pay <b>{sum}</b> instead of {due} (until {day}).",
            day=tr.calendar_day(view.offer.until),
            **values,
        ),
    )


def other_sum(tr: Translator, page: Page, view: PayView) -> Page:
    """The same page, for somebody who pressed its button below another sum."""
    alarm = tr.say(
        "The sum changed while this page was open. It is <b>{sum}</b> now: look it over and press the button again.",
        sum=tr.money(view.due_by_card),
    )
    return replace(page, alarm=alarm)


def gateway_away(tr: Translator, page: Page) -> Page:
    """The same page, with the trouble on top and the button once more."""
    alarm = tr.say("Payment by card does not open right now. No money was taken. Try again in a minute.")
    if page.transfer:
        alarm += " " + tr.say("Or pay by bank transfer: its details are on this page.")
    return replace(page, alarm=alarm, pay_button=tr.label("Try again"))


def _under_way(tr: Translator, view: PayView, company: Payee) -> Page:
    said = (
        tr.say("The bank is checking the payment. <b>Do not pay a second time.</b>"),
        tr.say("This page looks for news by itself every {n} seconds.", n=REFRESH_SECONDS),
    )
    return Page(
        tone=Tone.WAIT,
        heading=tr.label("The payment is under way"),
        figure=tr.money(view.due),
        said=said,
        rows=_about(tr, view, company),
        lines=_several(tr, view),
        more_lines=_more(tr, view),
        refresh=REFRESH_SECONDS,
    )


def _paid(tr: Translator, view: PayView, company: Payee) -> Page:
    when = [Row(tr.label("Paid at"), tr.moment(view.paid_at))] if view.paid_at else []
    card = [Row(tr.label("Card"), view.card)] if view.card else []
    return Page(
        tone=Tone.DONE,
        heading=tr.label("Paid"),
        figure=tr.money(view.paid or view.amount),
        said=(tr.say("Thank you! Nothing more has to be paid by this link."),),
        rows=(*when, *card, *_about(tr, view, company)),
        lines=_several(tr, view),
        more_lines=_more(tr, view),
    )


def _about(tr: Translator, view: PayView, company: Payee) -> tuple[Row, ...]:
    """Who is paid by whom, and for what."""
    part = view.state is not PayState.PAID and bool(view.paid)
    rows = (
        Row(tr.label("Payee"), company.name),
        Row(tr.label("What for"), view.purpose),
        Row(tr.label("Order"), view.order_number),
        Row(tr.label("Payer"), view.client_name),
        Row(tr.label("Asked in all"), tr.money(view.amount) if part else ""),
        Row(tr.label("Paid already"), tr.money(view.paid) if part else ""),
        Row(tr.label("Discount for paying by card"), tr.money(view.taken_off) if view.taken_off > ZERO else ""),
    )
    return tuple(row for row in rows if row.value)


def _transfer(tr: Translator, view: PayView, company: Payee) -> tuple[Row, ...]:
    code = tr.label("EDRPOU") if len(company.edrpou) == 8 else tr.label("RNOKPP")
    return (
        Row(tr.label("Payee"), company.name, company.name),
        Row(tr.label("IBAN"), company.iban, company.iban),
        Row(code, company.edrpou, company.edrpou),
        Row(tr.label("Sum"), tr.money(view.due), f"{view.due.amount:.2f}"),
        Row(tr.label("Purpose of payment"), view.purpose, view.purpose),
    )


def _lines(tr: Translator, view: PayView) -> tuple[Row, ...]:
    return tuple(_line(tr, item) for item in view.items[:LINES_MOST])


def _several(tr: Translator, view: PayView) -> tuple[Row, ...]:
    """What it consists of, where that is not said by the purpose alone."""
    return _lines(tr, view) if len(view.items) > 1 else ()


def _more(tr: Translator, view: PayView) -> Markup | None:
    more = len(view.items) - LINES_MOST
    return tr.plural("… and {n} more line", "… and {n} more lines", more) if more > 0 else None


def _line(tr: Translator, item: PayLine) -> Row:
    name = tr.document(item.kind, item.name, item.dated) if item.kind else item.name
    return Row(name, tr.money(item.amount))


def _time_left(tr: Translator, until: datetime, now: datetime) -> Markup:
    """In the largest unit of which there is one."""
    left, moment = until - now, tr.moment(until)
    days, hours, minutes = left // timedelta(days=1), left // timedelta(hours=1), left // timedelta(minutes=1)
    if days:
        return tr.plural(
            "The link works for {n} more day, until {moment} Kyiv time.",
            "The link works for {n} more days, until {moment} Kyiv time.",
            days,
            moment=moment,
        )
    if hours:
        return tr.plural(
            "The link works for {n} more hour, until {moment} Kyiv time.",
            "The link works for {n} more hours, until {moment} Kyiv time.",
            hours,
            moment=moment,
        )
    return tr.plural(
        "The link works for {n} more minute, until {moment} Kyiv time.",
        "The link works for {n} more minutes, until {moment} Kyiv time.",
        minutes + 1,
        moment=moment,
    )
