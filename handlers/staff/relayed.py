"""What is passed between clients and topics, in words; and the live card of a topic."""

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup

from bot.conversation.screen import Screen, Show
from bot.domain.desk import PassageView, TopicView
from bot.domain.desk_jobs import Post, Spoken
from bot.domain.notice import MANAGERS
from bot.i18n import marked
from bot.jobs.desk_words import DeskWords, Posted
from bot.services.desk_card import AccountFacts, CardFacts
from handlers.app import App, Ctx
from handlers.documents import stage, title
from handlers.menu import frame
from handlers.orders import state_name
from handlers.staff.untold import untold
from handlers.wording import excerpt, lines, paragraphs
from keyboards import desk as keyboard

CHANNELS: Mapping[str, str] = {"telegram": "Telegram", "viber": "Viber"}
LANGUAGES: Mapping[str, str] = {"uk": marked("Ukrainian"), "ru": marked("Russian"), "en": marked("English")}
QUOTED = 120
FILES: Mapping[str, str] = {
    "photo": marked("a picture"),
    "picture": marked("a picture"),
    "voice": marked("a voice message"),
    "video": marked("a video"),
    "video_note": marked("a video"),
    "sticker": marked("a sticker"),
    "location": marked("a place on the map"),
    "contact": marked("a contact"),
}
WHY: Mapping[str, str] = {
    "unreachable": marked("the client has blocked the bot or is gone"),
    "too_large": marked("the file is larger than 20 MB"),
    "given up": marked("the messenger did not answer for two days"),
}


def question(ctx: Ctx, passage: PassageView, title: str, lost: str) -> Screen:
    """Who writes, from where, what; and of which client, where no topic says it."""
    who = Markup("<b>{}</b> ({})").format(passage.author_name or "?", _channel(passage.channel))
    if title:
        who = Markup("{}, {}").format(who, title)
    file = None
    if passage.file is not None and (lost or not passage.text):
        why = f": {ctx.tr.label(WHY[lost])}" if lost in WHY else ""
        file = Markup("<i>{}{}</i>").format(_file(ctx, passage.file.kind), why)
    return Screen(lines(who, passage.text or None, file), show=Show.SEND)


def answer(ctx: Ctx, passage: PassageView, quoted: PassageView | None) -> Screen:
    """What somebody of the staff writes, with their name; the first time that the bot is quiet from now on."""
    tr = ctx.tr
    taken = (
        tr.say("<b>The manager {name} answers from here on.</b> The buttons go on working.", name=passage.author_name)
        if passage.first
        else None
    )
    quote = tr.say("<i>You wrote: {words}</i>", words=excerpt(quoted.text, QUOTED)) if quoted and quoted.text else None
    words = lines(Markup("<b>{}:</b>").format(passage.author_name), passage.text or None)
    return Screen(paragraphs(taken, quote, words), show=Show.SEND)


def post(ctx: Ctx, posted: Posted) -> Screen:
    tr, said = ctx.tr, posted.said
    reason = str(said.get("reason") or "")
    match posted.post:
        case Post.FAILED:
            why = tr.label(WHY[reason]) if reason in WHY else _file(ctx, reason) if reason in FILES else reason
            text = tr.say("<b>Not delivered.</b> The reason: {why}.", why=why or tr.label("the messenger refused"))
        case Post.UNSURE:
            text = tr.say("<b>Perhaps not delivered:</b> the messenger's answer was lost. Please ask, or write again.")
        case Post.NOT_EDITED:
            text = tr.say("The client's messenger changes nothing that was sent: they still see the first words.")
        case Post.HANDED_BACK:
            text = tr.say("Nobody has written for a while: the bot answers this client again.")
        case Post.WAITS:
            text = tr.say("<b>The client waits for an answer</b> since {moment}.", moment=tr.moment(_since(said)))
        case Post.UNTOLD:
            return untold(ctx, posted)
        case Post.ESCALATED:
            text = tr.say(
                "<b>{client} waits for an answer</b> since {moment}, and nobody has written.",
                client=posted.title,
                moment=tr.moment(_since(said)),
            )
    return Screen(text, show=Show.SEND)


def spoken(ctx: Ctx, what: Spoken, name: str) -> Screen:
    tr = ctx.tr
    match what:
        case Spoken.UNLINKED:
            text = tr.say(
                "<b>You do not order for {client} here any more.</b> If that is a mistake, please call us.", client=name
            )
        case Spoken.LINKED:
            text = tr.say("<b>You can order for {client} here again.</b> Sorry for the trouble.", client=name)
        case Spoken.SIGNED_OUT:
            text = tr.say(
                "<b>This chat does not know you any more.</b> To come in again, share your phone number: "
                "press the button below."
            )
        case Spoken.SIGNED_IN:
            text = tr.say("<b>This chat knows you again.</b> Sorry for the trouble.")
        case Spoken.MERGED:
            text = tr.say("<b>All your chats with us are one now.</b> Here you order for: {clients}.", clients=name)
        case Spoken.PARTED:
            text = tr.say("<b>Your chats with us are apart again.</b> Sorry for the trouble.")
        case Spoken.HANDED_BACK:
            text = ctx.tr.say(
                "The talk with {name} is over: the bot answers again. To ask: the Manager button.", name=name
            )
    return Screen(text, show=Show.SEND)


def card(ctx: Ctx, topic: TopicView, facts: CardFacts) -> Screen:
    tr = ctx.tr
    taken = any(one.taken_name for one in facts.accounts)
    text = paragraphs(
        lines(Markup("<b>{}</b>").format(facts.title), *(_account(ctx, one) for one in facts.accounts)),
        _money(ctx, facts) if facts.known else _unknown(ctx, facts),
        lines(
            tr.say("The last orders:"),
            *(
                tr.say(
                    "• {number} of {moment}: {total}, {state}",
                    number=order.number,
                    moment=tr.moment(order.placed_at),
                    total=tr.money(order.total),
                    state=state_name(tr, order),
                )
                for order in facts.orders
            ),
        )
        if facts.orders
        else None,
        _contract(ctx, facts) if facts.known else None,
        tr.say("Manager: {name} {phone}", name=facts.manager.name, phone=facts.manager.phone or "")
        if facts.manager
        else None,
        tr.say("What you write here the client reads. A note for your own begins with <code>//</code>"),
    )
    rows = keyboard.card(
        tr, topic.id, taken=taken, known=facts.known, pays=ctx.services.payments.offered,
        keeps_people=topic.desk == MANAGERS, client=topic.client_id if ctx.services.envelopes.on else None,
    )  # fmt: skip
    return Screen(text, rows)


WORDS: DeskWords[App] = DeskWords(question, answer, post, card, spoken, frame)


def _money(ctx: Ctx, facts: CardFacts) -> Markup:
    tr = ctx.tr
    assert facts.owed is not None
    return lines(
        tr.say("Owed: <b>{sum}</b>", sum=tr.money(facts.owed)),
        tr.say("Overdue: <b>{sum}</b>", sum=tr.money(facts.overdue)) if facts.overdue else None,
        tr.say("Limit: {sum}", sum=tr.money(facts.limit)) if facts.limit is not None else None,
    )


def _contract(ctx: Ctx, facts: CardFacts) -> Markup:
    if facts.contract is not None:
        return ctx.tr.say(
            "{contract}: {stage}", contract=title(ctx.tr, facts.contract), stage=stage(ctx.tr, facts.contract)
        )
    if facts.contract_there:
        return ctx.tr.say("Contract: in force in 1C")
    return ctx.tr.say("Contract: none")


def _unknown(ctx: Ctx, facts: CardFacts) -> Markup:
    return lines(
        ctx.tr.say("Not known among our clients."),
        ctx.tr.say("Phone: {phone}", phone=facts.phone) if facts.phone else None,
    )


def _account(ctx: Ctx, one: AccountFacts) -> Markup:
    tr = ctx.tr
    facts = [_channel(one.channel)]
    if one.language in LANGUAGES:
        facts.append(tr.label(LANGUAGES[one.language]))
    if one.taken_name:
        facts.append(tr.label("{name} answers", name=one.taken_name))
    if one.waiting_since is not None:
        facts.append(tr.label("waits since {moment}", moment=tr.moment(one.waiting_since)))
    return Markup("{}: {}").format(one.name or "?", ", ".join(facts))


def _channel(channel: str) -> str:
    return CHANNELS.get(channel, channel)


def _file(ctx: Ctx, kind: str) -> str:
    return ctx.tr.label(FILES[kind]) if kind in FILES else ctx.tr.label("a file")


def _since(said: Mapping[str, object]) -> datetime:
    return datetime.fromisoformat(str(said["since"]))
