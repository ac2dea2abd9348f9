"""What stands in the way of an order: the limit, what is used of it, what is late, and what to pay."""

from markupsafe import Markup

from bot.domain.credit import Trouble
from bot.domain.money import ZERO
from bot.i18n import Translator
from bot.services.credit import CreditView
from handlers.wording import lines


def warning(tr: Translator, view: CreditView) -> Markup:
    """With numbers for those who may know of debts alone."""
    if not view.may_see:
        return tr.say(
            "<b>The office may hold this order because of debts.</b> "
            "Those who pay for the client see them in My balance."
        )
    trouble = view.trouble
    return lines(
        tr.say("<b>The office may hold this order:</b>"),
        _over(tr, trouble) if trouble.over else None,
        tr.say("• overdue: <b>{sum}</b>", sum=tr.money(trouble.late)) if trouble.late else None,
        tr.say("Pay {sum} of the debts, and nothing holds it.", sum=tr.money(trouble.to_pay))
        if trouble.to_pay and not trouble.beside
        else tr.say(
            "Pay {sum} of the debts, and {rest} in advance for orders that have not left, and nothing holds it.",
            sum=tr.money(trouble.to_pay),
            rest=tr.money(trouble.beside),
        )
        if trouble.to_pay
        else tr.say(
            "Pay {rest} in advance for orders that have not left, and nothing holds it.", rest=tr.money(trouble.beside)
        ),
    )


def _over(tr: Translator, trouble: Trouble) -> Markup | None:
    if trouble.limit is None:
        return None
    return tr.say(
        "• credit limit {limit}, used {used}, this order {order}: <b>{over}</b> over it",
        limit=tr.money(trouble.limit),
        used=tr.money(max(trouble.used, ZERO)),
        order=tr.money(trouble.order),
        over=tr.money(trouble.over),
    )
