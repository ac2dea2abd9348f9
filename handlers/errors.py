"""The only place with words for what went wrong; every one says what to do next."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from bot.conversation.screen import Screen, Show, Tap
from bot.domain.errors import Forbidden, NotFound, Outdated, OutsideError, Refused
from bot.domain.money import Money
from bot.domain.order import State
from bot.i18n import Translator
from handlers.app import Ctx
from handlers.menu import home_screen, welcome_screen
from handlers.orders import STATES
from keyboards.actions import AskManager, Home, ShowCart

Values = Mapping[str, Any]
Sentence = Callable[[Translator, Values], Markup]


async def trouble(error: Exception, ctx: Ctx, number: str) -> Screen:
    """A fitting screen for whatever happened; `number` finds it in the log."""
    if ctx.who.desk:
        return Screen(_told_to_staff(error, ctx.tr, number), show=Show.SEND)
    match error:
        case Refused():
            return _refused(ctx, error)
        case Outdated():
            return replace(_start(ctx), notice=ctx.tr.label("That button is old. Here is the present screen."))
        case NotFound():
            return replace(_start(ctx), notice=ctx.tr.label("That is not here any more."))
        case Forbidden(args=("pays",)):
            text = ctx.tr.say("Only those who pay for this client see its debts. Your manager can allow it.")
        case Forbidden(args=("staff",)):
            text = ctx.tr.say("That button works only in a group of our staff, for which it was made.")
        case Forbidden():
            return _forbidden(ctx)
        case OutsideError():
            text = _outside(ctx.tr)
        case _:
            text = ctx.tr.say(
                "Something went wrong on our side. Nothing is lost; please try again. If it happens again, "
                "tell the manager this number: <code>{number}</code>",
                number=number,
            )
    return Screen(text, _ways_out(ctx), show=Show.SEND)


def sentence(tr: Translator, refusal: Refused) -> Markup:
    """Why a rule said no, and what to do."""
    return SENTENCES.get(refusal.code, _unnamed)(tr, refusal.values)


def _told_to_staff(error: Exception, tr: Translator, number: str) -> Markup:
    """Under the message it is about, which stays: others of the group may need it."""
    match error:
        case Refused():
            return sentence(tr, error)
        case Outdated():
            return tr.say("That button is old. The newest message about the matter has the present ones.")
        case NotFound():
            return tr.say("That is not here any more.")
        case Forbidden(args=("role",)):
            return tr.say(
                "You may only read here: nothing was done. "
                "The administrator can allow more, by <code>main.py staff</code>"
            )
        case Forbidden():
            return tr.say("That is for another group of the staff. Please press it there.")
        case OutsideError():
            return _outside(tr)
        case _:
            return tr.say(
                "Something went wrong on our side. Nothing is lost; please try again. If it happens again, "
                "tell the administrator this number: <code>{number}</code>",
                number=number,
            )


def _outside(tr: Translator) -> Markup:
    return tr.say("Another system does not answer. Nothing is lost, please try again in a minute.")


def _refused(ctx: Ctx, refusal: Refused) -> Screen:
    return Screen(sentence(ctx.tr, refusal), _ways_out(ctx), show=Show.SEND)


def _forbidden(ctx: Ctx) -> Screen:
    if ctx.who.person_id is None:
        return welcome_screen(ctx)
    text = ctx.tr.say("You may not order for this client yet. Your manager can allow it.")
    return Screen(text, (_way_out(ctx.tr),), show=Show.SEND)


def _start(ctx: Ctx) -> Screen:
    return home_screen(ctx) if ctx.who.person_id else welcome_screen(ctx)


def _ways_out(ctx: Ctx) -> tuple[tuple[Tap, ...], ...]:
    out = _way_out(ctx.tr)
    return (out,) if ctx.who.person_id is None else ((Tap(ctx.tr.label("Cart"), ShowCart()),), out)


def _way_out(tr: Translator) -> tuple[Tap, ...]:
    return (Tap(tr.label("To the start"), Home()), Tap(tr.label("Manager"), AskManager()))


def _unnamed(tr: Translator, _: Values) -> Markup:
    return tr.say("That cannot be done now. The manager can help.")


def _not_multiple(tr: Translator, values: Values) -> Markup:
    unit = tr.unit(values["unit"])
    lower: Decimal = values["lower"]
    upper = tr.number(values["upper"])
    fits = upper if lower <= 0 else tr.label("{lower} or {upper}", lower=tr.number(lower), upper=upper)
    return tr.say(
        "This article is sold by {multiple} {unit}, because that is how it is packed. What fits: <b>{fits}</b> {unit}.",
        multiple=tr.number(values["multiple"]),
        unit=unit,
        fits=fits,
    )


def _money(tr: Translator, value: Money) -> str:
    return tr.money(value)


def _state(tr: Translator, state: State) -> str:
    return tr.label(STATES[state])


def _moment(tr: Translator, moment: datetime) -> str:
    return tr.moment(moment)


SENTENCES: Mapping[str, Sentence] = {
    "not_safe": lambda tr, _: tr.say("That cannot be mended from here. Please look at the document in 1C."),
    "not_there": lambda tr, _: tr.say("The document is not in 1C any more. Send the order again, or leave it."),
    "not_connected": lambda tr, _: tr.say("1C is not connected over OData, so there is nothing to compare with."),
    "not_a_quantity": lambda tr, v: tr.say(
        "That is not a quantity. Type a number, for example <b>12</b>; it counts in {unit}.", unit=tr.unit(v["unit"])
    ),
    "not_multiple": _not_multiple,
    "too_much": lambda tr, v: tr.say(
        "That is more than can be ordered here ({limit} {unit}). For such a quantity please ask the manager.",
        limit=tr.number(v["limit"]),
        unit=tr.unit(v["unit"]),
    ),
    "too_many_lines": lambda tr, v: tr.say(
        "The cart holds {limit} lines at most. Place this order, then go on with the next.", limit=v["limit"]
    ),
    "no_prices": lambda tr, _: tr.say(
        "There are no prices for you here yet, so there is nothing to put into a file. Please ask the manager."
    ),
    "nobody_to_invite": lambda tr, _: tr.say(
        "There is nobody to invite just now: everybody who can be reached has access or a link that is still good."
    ),
    "no_messenger": lambda tr, _: tr.say(
        "There is no chat to invite people into: no messenger is connected. Please tell the administrator."
    ),
    "no_price": lambda tr, _: tr.say("This article has no price for you yet. Please ask the manager."),
    "note_too_long": lambda tr, v: tr.say(
        "A note has {limit} characters at most. Please shorten it.", limit=v["limit"]
    ),
    "cart_empty": lambda tr, _: tr.say("There is nothing in the cart that can be ordered."),
    "below_minimum": lambda tr, v: tr.say(
        "Minimum order {minimum}: add goods for {lacking} more.",
        minimum=_money(tr, v["minimum"]),
        lacking=_money(tr, v["lacking"]),
    ),
    "no_point": lambda tr, _: tr.say("Please choose where to bring it first."),
    "no_date": lambda tr, _: tr.say("Please choose the day of delivery first."),
    "date_gone": lambda tr, _: tr.say("Too late for that day, please choose another."),
    "order_final": lambda tr, v: tr.say(
        "The order is {state}: it cannot be changed here any more. The manager can help.", state=_state(tr, v["state"])
    ),
    "changing_another": lambda tr, v: tr.say(
        "Order <b>{number}</b> is being changed already: confirm that change or leave the order as it was first.",
        number=v["number"],
    ),
    "cutoff_passed": lambda tr, v: tr.say(
        "The order could be changed until {deadline}. Now only the manager can do it.",
        deadline=_moment(tr, v["deadline"]),
    ),
    "not_a_phone": lambda tr, _: tr.say("That is not a phone number. Type it like this: <code>067 123 45 67</code>."),
    "too_many_codes": lambda tr, _: tr.say("Three codes have gone already. Please wait an hour, or call the manager."),
    "no_sms": lambda tr, _: tr.say("Codes by SMS cannot be sent here yet. The manager can send you a personal link."),
    "sms_failed": lambda tr, _: tr.say("The SMS did not go out. Please share the number again in a minute."),
    "no_cards": lambda tr, _: tr.say("Nothing can be paid by card here yet. Your manager will send the requisites."),
    "not_a_sum": lambda tr, _: tr.say("That is not a sum. Type hryvnias, for example <b>1500</b>."),
    "not_positive": lambda tr, _: tr.say("The sum must be above zero. Type how much to pay, for example <b>1500</b>."),
    "more_than_owed": lambda tr, v: tr.say(
        "That is more than is left to be paid: type {limit} or less.", limit=_money(tr, v["limit"])
    ),
    "more_than_came": lambda tr, v: tr.say("That is more than came in: {limit} at most.", limit=_money(tr, v["limit"])),
    "more_than_free": lambda tr, v: tr.say(
        "That is more than is free: {limit} at most. What went to documents is to be undone first.",
        limit=_money(tr, v["limit"]),
    ),
    "no_reason": lambda tr, _: tr.say(
        "Write it like this: <code>/platnyku 37 300 paid twice</code>. The number is the payment's; then the sum, "
        "then why it goes back."
    ),
    "no_document": lambda tr, v: tr.say(
        "There is no such document to be paid: <b>{name}</b>. Copy the command of the split and change only the sums.",
        name=v["name"] or "—",
    ),
    "two_clients": lambda tr, _: tr.say(
        "These documents are of different clients, or two have this number. One payment goes to one client."
    ),
    "not_a_split": lambda tr, _: tr.say(
        "Write it like this: <code>/podil 37 РН-000101=1200 РН-000102=300</code>. The number is the payment's."
    ),
    "no_bank": lambda tr, _: tr.say("Statements are not taken in here. Please tell the administrator."),
    "no_signing": lambda tr, _: tr.say("Documents are not signed here yet. Please ask the manager for one on paper."),
    "no_templates": lambda tr, _: tr.say("Templates are not taken in here. Please tell the administrator."),
    "more_than_kept": lambda tr, v: tr.say(
        "That is more than is left of the payment: {limit} at most.", limit=_money(tr, v["limit"])
    ),
    "under_way": lambda tr, _: tr.say("A payment by this link is in the bank's hands: please wait for its end."),
    "not_a_day": lambda tr, _: tr.say("That is not a day. Type it like this: <b>25/11</b>."),
    "promise_past": lambda tr, _: tr.say("That day is over already. Please choose one that is to come."),
    "promise_too_far": lambda tr, v: tr.say(
        "That is too far off: {day} at the latest. If it cannot be earlier, please talk to the manager.",
        day=tr.calendar_day(v["latest"]),
    ),
    "paid_later": lambda tr, _: tr.say("That day is still to come. If you are going to pay, press “Will pay on…”."),
    "paid_long_ago": lambda tr, _: tr.say(
        "That was more than a month ago, and we have not seen the payment. Please talk to the manager."
    ),
    "nothing_written": lambda tr, _: tr.say(
        "There is no order to read. Write a line for each article: <code>/zamov milk 2.5% 10</code>"
    ),
    "nothing_understood": lambda tr, _: tr.say(
        "Nothing of it could be put into an order: please name the articles by their numbers or whole names."
    ),
    "nothing_on_sale": lambda tr, _: tr.say("Nothing of this order is on sale any more."),
    "no_words": lambda tr, _: tr.say(
        "Write the number of the level, the language and the words; the level's own screen has the whole command."
    ),
    "no_exemption": lambda tr, _: tr.say(
        "Write it like this: <code>/vyniatok 12345678 25/12 waiting for the act</code>. The code is the client's, then "
        "the last day and the reason. With +7 before the day reminders come seven days later; - instead of the day: "
        "without an end."
    ),
    "bad_ladder": lambda tr, _: tr.say(
        "It cannot stand so in the ladder: a day is from −30 to 365 and each has one level; a text has 700 characters "
        "at most, an SMS 200 and the link, and in brackets only the words that stand there now."
    ),
    "invite_used": lambda tr, _: tr.say("This link has been used already or is too old."),
}
