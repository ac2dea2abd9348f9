"""For lawyers: templates of contracts sent as Word files, looked at, taken into use, and returned to."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from markupsafe import Markup

from bot.conversation.action import Action
from bot.conversation.event import Event
from bot.conversation.router import STAFF_ONLY
from bot.conversation.screen import Screen, Show
from bot.domain.errors import Forbidden
from bot.domain.signing import DocumentKind
from bot.domain.template.checking import BrokenTemplate
from bot.i18n import Translator
from bot.services.templates import KindView, Offer
from handlers.app import AppRouter, Ctx
from handlers.papers.screens import attachment
from handlers.staff.contract_screens import OFFICE, is_lawyer
from handlers.template_words import problems
from handlers.wording import excerpt, lines, paragraphs
from keyboards import templates as keyboard
from keyboards.template_actions import (
    SeeFile,
    SeeKind,
    ShowKind,
    ShowTemplates,
    TakeVersion,
    UseFile,
    UseVersion,
)

router: AppRouter = AppRouter()
NAMED = 60
A = TypeVar("A", bound=Action)
Pressed = Callable[[Event, Ctx, A], Awaitable[Screen]]


def pressed(action: type[A]) -> Callable[[Pressed[A]], Pressed[A]]:
    """Answers this button in the group of the lawyers; in the managers' only where lawyers have none."""

    def register(handler: Pressed[A]) -> Pressed[A]:
        async def guarded(event: Event, ctx: Ctx, action: A) -> Screen:
            _require_lawyer(ctx)
            return await handler(event, ctx, action)

        router.staff(OFFICE, action)(guarded)
        return handler

    return register


async def take_file(event: Event, ctx: Ctx) -> Screen:
    """A Word file that was sent: what is wrong with it, or what it may become."""
    _require_lawyer(ctx)
    assert event.file is not None
    file = event.file
    try:
        offer = await ctx.services.templates.take_sent(file.ref, file.name, file.size, _by(event))
    except BrokenTemplate as error:
        return Screen(_refused(ctx.tr, file.name, problems(ctx.tr, error.problems)), show=Show.SEND)
    return _offer_screen(ctx, offer)


@router.command(OFFICE, "shablony")
async def command(_: Event, ctx: Ctx, __: str) -> Screen:
    """/shablony: what is used for each kind of documents."""
    _require_lawyer(ctx)
    return replace(await _overview(ctx), show=Show.SEND)


@pressed(ShowTemplates)
async def show_all(_: Event, ctx: Ctx, __: ShowTemplates) -> Screen:
    return await _overview(ctx)


@pressed(ShowKind)
async def show_kind(_: Event, ctx: Ctx, action: ShowKind) -> Screen:
    return _kind_screen(ctx, await ctx.services.templates.of_kind(action.kind))


@pressed(UseFile)
async def use_file(event: Event, ctx: Ctx, action: UseFile) -> Screen:
    """Of two lawyers who press, the slower sees the same version."""
    templates = ctx.services.templates
    await templates.take(ctx.turn, action.file, action.kind, _by(event))
    return _kind_screen(ctx, await templates.of_kind(action.kind))


@pressed(UseVersion)
async def use_version(_: Event, ctx: Ctx, action: UseVersion) -> Screen:
    return _kind_screen(ctx, await ctx.services.templates.use(ctx.turn, action.kind, action.version))


@pressed(SeeFile)
async def see_file(_: Event, ctx: Ctx, action: SeeFile) -> Screen:
    made = await ctx.services.templates.example(action.kind, file_id=action.file)
    return Screen(_example(ctx.tr, action.kind), media=attachment(made), show=Show.SEND)


@pressed(SeeKind)
async def see_kind(_: Event, ctx: Ctx, action: SeeKind) -> Screen:
    made = await ctx.services.templates.example(action.kind)
    return Screen(_example(ctx.tr, action.kind), media=attachment(made), show=Show.SEND)


@pressed(TakeVersion)
async def take_version(_: Event, ctx: Ctx, action: TakeVersion) -> Screen:
    made = await ctx.services.templates.given_out(action.kind, action.version)
    text = ctx.tr.say(
        "<b>{kind}</b>, the template. Change it in Word and send it here.", kind=_called(ctx.tr, action.kind)
    )
    return Screen(text, media=attachment(made), show=Show.SEND)


def _offer_screen(ctx: Ctx, offer: Offer) -> Screen:
    tr, wrong = ctx.tr, offer.problems[offer.likely]
    ctx.about = offer.file.name
    good = [kind for kind, found in offer.problems.items() if not found]
    rows = keyboard.offered(tr, offer.file.id, offer.likely, good)
    if not good:
        like = tr.say("It is most like: <b>{kind}</b>. What is to be mended:", kind=_called(tr, offer.likely))
        said = paragraphs(like if offer.fields else None, problems(tr, wrong))
        return Screen(_refused(tr, offer.file.name, said), rows, show=Show.SEND)
    text = paragraphs(
        tr.say("<b>A template has come</b>: {name}", name=excerpt(offer.file.name, NAMED)),
        tr.say("It is most like: <b>{kind}</b>.", kind=_called(tr, offer.likely)),
        tr.plural(
            "{n} field is filled in; everything is in order.", "{n} fields are filled in; everything is in order.",
            offer.fields,
        ),
        tr.say("Nothing has changed yet: look at it filled, and take it into use."),
    )  # fmt: skip
    return Screen(text, rows, show=Show.SEND)


async def _overview(ctx: Ctx) -> Screen:
    tr = ctx.tr
    kinds = [
        Markup("<b>{}</b>: {}").format(_called(tr, view.kind), _in_use(tr, view))
        for view in await ctx.services.templates.all()
    ]
    text = paragraphs(
        tr.say("<b>Templates of documents</b>"),
        lines(*kinds),
        tr.say("Send a Word file (.docx) here to change one."),
        None
        if ctx.services.templates.makes_pdf
        else tr.say(
            "LibreOffice is not installed: documents go on as Word files, without a PDF. They can be signed so."
        ),
    )
    return Screen(text, keyboard.overview(tr))


def _kind_screen(ctx: Ctx, view: KindView) -> Screen:
    tr = ctx.tr
    ctx.about = _called(tr, view.kind)
    older = [
        tr.say(
            "version {n}: {name}, {by}, {moment}",
            n=row.version,
            name=excerpt(row.name, NAMED),
            by=row.by_name,
            moment=tr.moment(row.chosen_at),
        )
        for row in view.versions[: keyboard.VERSIONS]
    ]
    text = paragraphs(
        Markup("<b>{}</b>").format(_called(tr, view.kind)),
        tr.say("In use: <b>{what}</b>", what=_in_use(tr, view)),
        lines(*(Markup("• {}").format(one) for one in older)) if older else None,
    )
    in_use = view.in_use.version if view.in_use else 0
    return Screen(text, keyboard.of_kind(tr, view.kind, [row.version for row in view.versions], in_use))


def _in_use(tr: Translator, view: KindView) -> str:
    if view.in_use is None:
        return tr.label("the sample that comes with the program")
    return tr.label("version {n}, {name}", n=view.in_use.version, name=excerpt(view.in_use.name, NAMED))


def _refused(tr: Translator, name: str, said: Markup) -> Markup:
    heading = tr.say("<b>This file cannot be a template</b>: {name}", name=excerpt(name or "?", NAMED))
    return paragraphs(heading, said)


def _example(tr: Translator, kind: DocumentKind) -> Markup:
    return tr.say(
        "<b>{kind}</b>, filled for a client who does not exist. Lines of «_» stand for what is not in our settings.",
        kind=_called(tr, kind),
    )


def _called(tr: Translator, kind: DocumentKind) -> str:
    return tr.label(keyboard.KINDS[kind])


def _by(event: Event) -> tuple[str, str]:
    return event.sender.name, f"{event.sender.channel}:{event.sender.external_id}"


def _require_lawyer(ctx: Ctx) -> None:
    if not is_lawyer(ctx):
        raise Forbidden(STAFF_ONLY)
