"""For managers: what a contract needs of a client and 1C does not know, seen and typed in the chat."""

from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.template.requisites import TYPED, UNTOUCHED, BadRequisite, read
from bot.i18n import Translator
from bot.services.client_requisites import RequisitesView
from handlers.app import AppRouter, Ctx
from handlers.staff.contract_screens import OFFICE
from handlers.staff.contract_screens import TYPED as SHOWN
from handlers.wording import excerpt, lines, numbered, paragraphs
from keyboards import templates as keyboard
from keyboards.template_actions import ShowRequisites

router: AppRouter = AppRouter()
FOUND = 6
COMMAND = "/rekvizyty"
OF_FOP = ("підписант", "адреса", "телефон", "пошта")
OF_LEGAL = (
    "підписант", "підписант у родовому", "посада", "посада в родовому", "підстава", "адреса", "телефон", "пошта",
)  # fmt: skip
"""What a contract cannot do without."""


@router.command(OFFICE, "rekvizyty")
async def command(event: Event, ctx: Ctx, _: str) -> Screen:
    """/rekvizyty in a client's topic, or with a name or a code after it; what is typed below is written down."""
    first, *below = event.text.strip().split("\n")
    words = " ".join(first.split()[1:])
    if ":" in words:
        words, below = "", [words, *below]
    typed = "\n".join(below)
    client_id = await _client(event, ctx, words)
    if isinstance(client_id, Screen):
        return client_id
    if not typed.strip():
        return _card(ctx, await ctx.services.requisites.of(client_id))
    try:
        given = read(typed)
    except BadRequisite as error:
        return Screen(_not_read(ctx.tr, error.line), show=Show.SEND)
    by = (event.sender.name, f"{event.sender.channel}:{event.sender.external_id}")
    return _card(ctx, await ctx.services.requisites.supply(ctx.turn, client_id, given, by), saved=True)


@router.staff(OFFICE, ShowRequisites)
async def show(_: Event, ctx: Ctx, action: ShowRequisites) -> Screen:
    return _card(ctx, await ctx.services.requisites.of(action.client))


async def _client(event: Event, ctx: Ctx, words: str) -> UUID | Screen:
    """The one that is named, or the one whose topic it is."""
    tr = ctx.tr
    if not words:
        client_id = await ctx.services.requisites.client_of_topic(event.place, event.thread)
        return client_id or Screen(
            tr.say("Which client? Write it in the client's topic, or so: <code>/rekvizyty name or code</code>"),
            show=Show.SEND,
        )
    found = await ctx.services.digest.named(words)
    if len(found) == 1:
        return found[0].id
    if not found:
        text = tr.say("No client is called <b>{typed}</b>, nor has this code.", typed=excerpt(words, SHOWN))
        hint = tr.say("After the command type a part of the name, the EDRPOU code or the code in 1C.")
        return Screen(paragraphs(text, hint), show=Show.SEND)
    names = numbered([Markup.escape(excerpt(one.name, SHOWN)) for one in found[:FOUND]])
    more = tr.say("There are more of them: type more of the name.") if len(found) > FOUND else None
    rows = keyboard.which([one.id for one in found[:FOUND]])
    return Screen(paragraphs(tr.say("Which client?"), names, more), rows, show=Show.SEND)


def _card(ctx: Ctx, view: RequisitesView, *, saved: bool = False) -> Screen:
    tr, known = ctx.tr, view.known
    ctx.about = view.name
    values = {name: getattr(known, attribute) for name, attribute in TYPED.items()}
    shown = [Markup("{}: <b>{}</b>").format(name, value) for name, value in values.items() if value]
    lacking = [name for name in (OF_FOP if view.fop else OF_LEGAL) if not values[name]]
    text = paragraphs(
        tr.say("<b>Written down.</b>") if saved else None,
        tr.say("<b>Requisites for contracts</b>: {client}", client=view.name),
        lines(
            tr.say("code: <b>{code}</b>", code=known.code)
            if known.code
            else tr.say("There is no EDRPOU or RNOKPP: please fill it in 1C."),
            *shown,
        ),
        tr.say("Still missing: {what}", what=", ".join(lacking)) if lacking else tr.say("Nothing is missing."),
        lines(
            tr.say("To write down, copy, change and send; «-» takes a value away:"),
            Markup("<code>{}</code>").format(_to_copy(view, lacking or ["адреса"], values)),
        ),
    )
    return Screen(text, show=Show.SEND)


def _to_copy(view: RequisitesView, names: list[str], values: dict[str, str]) -> str:
    return "\n".join(
        [f"{COMMAND} {view.known.code or view.name}", *(f"{name}: {values[name] or UNTOUCHED}" for name in names)]
    )


def _not_read(tr: Translator, line: str) -> Markup:
    return paragraphs(
        tr.say(
            "This line is not understood, and nothing was written down: <b>{line}</b>", line=excerpt(line, SHOWN * 3)
        ),
        tr.say("A line is a name, a colon and a value. The names: {names}.", names=", ".join(TYPED)),
    )
