"""Notices as letters: the same words as on a screen, with its links; what needs a chat is left out."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from html import unescape
from uuid import UUID

from markupsafe import Markup

from bot.conversation.screen import Attachment as File
from bot.conversation.screen import Link, Screen
from bot.domain.client import Buyer
from bot.domain.errors import OutsideError
from bot.domain.mail import Attachment
from bot.domain.notice import MAILED, Notice, NoticeKind
from bot.i18n import Translator, marked
from bot.jobs.carriers import Written
from bot.logs import log
from bot.services.papers import Made
from handlers import notices
from handlers.app import Ctx
from handlers.papers import mailing, statement
from handlers.papers.invoice import drawn
from handlers.wording import paragraphs

SUBJECTS: Mapping[NoticeKind, str] = {
    NoticeKind.ORDER_TAKEN: marked("We entered your order"),
    NoticeKind.ORDER_FOR: marked("Your manager placed an order for you"),
    NoticeKind.ORDER_CHANGED: marked("The office changed your order"),
    NoticeKind.ORDER_STATE: marked("Your order"),
    NoticeKind.PAY_LINK: marked("An order to pay for"),
    NoticeKind.ORDER_HELD: marked("Your order is held until payment"),
    NoticeKind.ORDER_RELEASED: marked("Your order is not held any more"),
    NoticeKind.ORDER_LINK: marked("An order to pay for"),
    NoticeKind.DEBTS_LINK: marked("About payment"),
    NoticeKind.ORDER_PAID: marked("The payment has come in"),
    NoticeKind.ORDER_REFUNDED: marked("Money has been given back"),
    NoticeKind.PAYMENT_CAME: marked("The payment has come in"),
    NoticeKind.PAYMENT_BACK: marked("Money has been given back"),
    NoticeKind.TRANSFER_CAME: marked("Your transfer has come in"),
    NoticeKind.TRANSFER_UNDONE: marked("A correction about your transfer"),
    NoticeKind.REMINDER: marked("About payment"),
    NoticeKind.PROMISE_KEPT: marked("Thank you for the payment"),
    NoticeKind.TO_SIGN: marked("A document to sign"),
    NoticeKind.SIGNED: marked("A document is signed"),
    NoticeKind.GRANTED: marked("A discount on your next order"),
    NoticeKind.PRICES_FELL: marked("Your order has become cheaper"),
    NoticeKind.PRICES_MOVED: marked("Prices have moved: your decision is needed"),
    NoticeKind.BACK_IN_STOCK: marked("In stock again"),
    NoticeKind.PRICE_NEWS: marked("New prices of what you usually take"),
    NoticeKind.PRICE_LIST: marked("New price list"),
    NoticeKind.OFFER: marked("Commercial offer"),
    NoticeKind.ACCESS: marked("Your orders in a chat: a personal link"),
}
"""Kinds that may go by mail."""
INVOICED = frozenset({NoticeKind.ORDER_TAKEN, NoticeKind.ORDER_FOR, NoticeKind.PAY_LINK, NoticeKind.ORDER_LINK})
logger = log("letters")
_TAG = re.compile(r"<[^>]*>")
_BUTTON = Markup(
    '<p><a href="{url}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0b6b3a;'
    'color:#ffffff;text-decoration:none">{label}</a></p>'
)
_PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport"'
    ' content="width=device-width"><title>{subject}</title></head><body style="margin:0;padding:16px;'
    'font:16px/1.5 sans-serif;color:#1a1a1a;background:#ffffff"><div style="max-width:36em;margin:0 auto">'
    '<p>{body}</p>{buttons}<p style="color:#595959;font-size:14px">{foot}</p></div></body></html>'
)


async def letter(ctx: Ctx, notice: Notice) -> Written | None:
    """None where there is nothing left to tell, or where this kind does not go by mail."""
    if notice.kind not in SUBJECTS:
        return None
    screen = await notices.screen(ctx, notice)
    if screen is None:
        return None
    if notice.kind is NoticeKind.REMINDER:
        return await _reminder(ctx, notice, screen)
    letter_ = written(ctx, SUBJECTS[notice.kind], screen)
    if notice.kind in INVOICED:
        return replace(letter_, attachments=await _invoice(ctx, notice))
    return replace(letter_, attachments=await _files(ctx, notice, screen)) if notice.kind in MAILED else letter_


async def _files(ctx: Ctx, notice: Notice, screen: Screen) -> tuple[Attachment, ...]:
    """A price list or an offer, to count in and to print; the letter is nothing without it."""
    draw, form = mailing.OTHER[notice.kind]
    other = await draw(ctx, notice, form)
    files = [one.media for one in (screen, other) if one is not None and isinstance(one.media, File)]
    return tuple([Attachment(one.name, one.mime, await asyncio.to_thread(one.path.read_bytes)) for one in files])


async def _reminder(ctx: Ctx, notice: Notice, screen: Screen) -> Written:
    """With the client's statement at the levels that say so."""
    stated = await ctx.services.reminders.with_statement(UUID(notice.about))
    files = await _paper(ctx, statement.drawn, "statement") if stated else ()
    if files:
        said = ctx.tr.say("The statement of the last three months is attached.")
        screen = replace(screen, text=paragraphs(screen.text, said))
    return replace(written(ctx, SUBJECTS[notice.kind], screen), attachments=files)


async def _invoice(ctx: Ctx, notice: Notice) -> tuple[Attachment, ...]:
    """The order to pay by, for whoever keeps papers."""

    async def draw(ctx: Ctx, buyer: Buyer) -> Made:
        return await drawn(ctx, buyer, await ctx.services.ordering.order(buyer, UUID(notice.about)))

    return await _paper(ctx, draw, "invoice")


async def _paper(ctx: Ctx, draw: Callable[[Ctx, Buyer], Awaitable[Made]], what: str) -> tuple[Attachment, ...]:
    """A letter leaves without it rather than not at all."""
    if ctx.who.buyer is None:
        return ()
    try:
        made = await draw(ctx, ctx.who.buyer)
        content = await asyncio.to_thread(made.path.read_bytes)
    except (OutsideError, OSError) as error:
        logger.warning("a letter without its paper", what=what, error=type(error).__name__)
        return ()
    return (Attachment(made.name, made.mime, content),)


def written(ctx: Ctx, subject: str, screen: Screen) -> Written:
    """A screen as a letter; the subject is said in the reader's language."""
    tr, company = ctx.tr, ctx.services.company
    links = [button for row in screen.rows for button in row if isinstance(button, Link)]
    foot = _foot(tr, company.name, company.phone)
    said = f"{tr.label(subject)} · {company.name}"
    text = "\n\n".join([_plain(screen.text), *(f"{one.label}: {one.url}" for one in links), foot])
    html = _PAGE.format(
        language=tr.language,
        subject=said,
        body=screen.text.replace("\n", Markup("<br>\n")),
        buttons=Markup("").join(_BUTTON.format(url=one.url, label=one.label) for one in links),
        foot=foot,
    )
    return Written(said, text, str(html))


def _foot(tr: Translator, company: str, phone: str) -> str:
    who = f"{company}, {phone}" if phone else company
    return tr.label("{company}. Please ask the manager if anything is not clear.", company=who)


def _plain(text: Markup) -> str:
    """The words without their tags; striptags would also join the lines."""
    return unescape(_TAG.sub("", text))
