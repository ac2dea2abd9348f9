"""What promotions take off, in words: how much, what for, until when."""

from markupsafe import Markup

from bot.conversation.screen import Screen, Tap
from bot.domain.money import ZERO, Money
from bot.domain.promotion import VCHASNO, Applies, Off, Promotion
from bot.i18n import Translator, marked
from handlers.wording import lines, paragraphs
from keyboards.actions import Browse, Repeat

NAMES = {
    Applies.ONLINE_ORDER: marked("Discount {percent} for ordering in the bot"),
    Applies.ONLINE_PAYMENT: marked("Discount {percent} for paying by card"),
    Applies.GRANT: marked("Discount {percent} granted to you"),
}
GRANTED = {VCHASNO: marked("Discount {percent} for registering in Vchasno, once")}


def discount_lines(tr: Translator, goods: Money, offs: tuple[Off, ...]) -> Markup | None:
    """The sum before, and a line for each promotion; None where nothing comes off."""
    if not offs:
        return None
    return lines(tr.say("Goods: {goods}", goods=tr.money(goods)), *(_off(tr, off) for off in offs))


def card_offer(tr: Translator, off: Off, due: Money) -> Markup:
    """What paying by card would save."""
    values = {"percent": _percent(tr, off), "sum": tr.money(due - off.amount), "due": tr.money(due)}
    if not off.whole:
        return tr.say("Paying by card is cheaper: you pay <b>{sum}</b> instead of {due}.", **values)
    if off.until is None:
        return tr.say("{percent} off for paying by card: you pay <b>{sum}</b> instead of {due}.", **values)
    return tr.say(
        "{percent} off for paying by card: you pay <b>{sum}</b> instead of {due} (until {day}).",
        day=tr.calendar_day(off.until),
        **values,
    )


def _off(tr: Translator, off: Off) -> Markup:
    name = tr.label(GRANTED.get(off.code, NAMES[off.applies]), percent=_percent(tr, off))
    sum_ = tr.money(ZERO - off.amount)
    if off.until is None:
        said = Markup("{}: <b>{}</b>").format(name, sum_)
    else:
        said = tr.say("{discount} (until {day}): <b>{sum}</b>", discount=name, day=tr.calendar_day(off.until), sum=sum_)
    return said if off.whole else lines(said, tr.say("    smaller: discounts have reached their limit"))


def granted_screen(tr: Translator, promotion: Promotion) -> Screen:
    """Told once, when it is granted."""
    percent = f"{tr.number(promotion.percent)}\u00a0%"
    text = paragraphs(
        tr.say("<b>{percent} off your next order</b>", percent=percent),
        tr.say("You have registered in Vchasno: thank you. The discount is taken by itself at your next order, once."),
    )
    return Screen(text, ((Tap(tr.label("Order goods"), Browse()), Tap(tr.label("Repeat"), Repeat())),))


def _percent(tr: Translator, off: Off) -> str:
    return f"{tr.number(off.percent)}\u00a0%"
