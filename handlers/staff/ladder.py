"""For finance: the ladder, its levels switched and moved, and their words changed after a look at a real reminder."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.db.ladder_changes import LadderChangeRow
from bot.domain.errors import Outdated, Refused
from bot.domain.ladder import Ladder, Level
from bot.i18n import LANGUAGES, Translator, marked, translator
from bot.services.ladders import DAY, ON, SMS, require_level
from handlers.app import Ctx
from handlers.reminders import reminder_text
from handlers.staff.exempting import router
from handlers.staff.finance import DESKS, pressed, written
from handlers.staff.ladder_sms import sms_example, sms_screen
from handlers.staff.ladder_words import bare, braced, level_line
from handlers.staff.reminding import day_of
from handlers.wording import lines, numbered, paragraphs
from keyboards import reminders as keyboard
from keyboards.reminder_actions import MoveLevel, SaveWords, ShowLadder, ShowLevel, ShowSms, SwitchLevel

__all__ = ["router"]
_WORDS = re.compile(r"(\d{1,3})\s+(?:(sms)\s+)?([a-z]{2})\s+(.+)", re.IGNORECASE | re.DOTALL)
LAST = 3
FEW = 3
"""Debts of the example."""
FIELDS: Mapping[str, str] = {ON: marked("on or off"), DAY: marked("its day")}


@router.staff(DESKS, ShowLadder)
async def show_ladder(_: Event, ctx: Ctx, __: ShowLadder) -> Screen:
    tr, ladder = ctx.tr, await ctx.services.ladders.current()
    history = await ctx.services.ladders.history(LAST)
    text = paragraphs(
        tr.say("<b>The ladder of reminders</b>"),
        numbered([level_line(tr, level) for level in ladder.levels]),
        lines(
            tr.say("Changed last:"),
            *(_change(tr, ladder, one) for one in history),
        )
        if history
        else None,
    )  # fmt: skip
    return Screen(text, keyboard.ladder(tr, ladder.levels))


@router.staff(DESKS, ShowLevel)
async def show_level(_: Event, ctx: Ctx, action: ShowLevel) -> Screen:
    if action.language not in LANGUAGES:
        raise Outdated("language")
    level = require_level(await ctx.services.ladders.current(), action.level)
    return await level_screen(ctx, level, action.language)


@pressed(router, SwitchLevel)
async def switch_level(event: Event, ctx: Ctx, action: SwitchLevel) -> Screen:
    return await _changed(event, ctx, action.level, ON, "true" if action.on else "false")


@pressed(router, MoveLevel)
async def move_level(event: Event, ctx: Ctx, action: MoveLevel) -> Screen:
    return await _changed(event, ctx, action.level, DAY, str(action.day))


@pressed(router, SaveWords)
async def save_words(_: Event, ctx: Ctx, action: SaveWords) -> Screen:
    saved = await ctx.services.ladders.save(action.change)
    if saved.field in SMS:
        return await sms_screen(ctx, saved.level, SMS[saved.field])
    return await level_screen(ctx, saved.level, ctx.tr.language)


@router.staff(DESKS, ShowSms)
async def show_sms(_: Event, ctx: Ctx, action: ShowSms) -> Screen:
    if action.language not in LANGUAGES:
        raise Outdated("language")
    return await sms_screen(ctx, require_level(await ctx.services.ladders.current(), action.level), action.language)


@written(router, "slova")
async def words(event: Event, ctx: Ctx, said: str) -> Screen:
    """The commands `/slova number language words` and `/slova number sms language words`: they are shown first."""
    found, ladder = _WORDS.fullmatch(said), await ctx.services.ladders.current()
    if found is None or found[3] not in LANGUAGES or not 0 < int(found[1]) <= len(ladder.levels):
        raise Refused("no_words")
    name, sms, language = ladder.levels[int(found[1]) - 1].name, found[2] is not None, found[3]
    field = f"sms.{language}" if sms else f"text.{language}"
    draft = await ctx.services.ladders.draft(name, field, braced(found[4]), _by(event))
    example = await (sms_example if sms else _example)(ctx, draft.level, language)
    text = paragraphs(
        ctx.tr.say("<b>This is how it would read</b>, {language}:", language=LANGUAGES[language]), example
    )
    return Screen(text, keyboard.draft(ctx.tr, draft.id, name, language, sms=sms), show=Show.SEND)


async def level_screen(ctx: Ctx, level: Level, language: str) -> Screen:
    tr, levels = ctx.tr, (await ctx.services.ladders.current()).levels
    number = next(n for n, one in enumerate(levels, 1) if one.name == level.name)
    text = paragraphs(
        level_line(tr, level),
        await _example(ctx, level, language),
        tr.say("To change the words: <code>{command}</code>", command=_command(tr, number, level, language)),
    )
    return Screen(text, keyboard.level(tr, level, language))


async def _changed(event: Event, ctx: Ctx, name: str, field: str, value: str) -> Screen:
    ladder = await ctx.services.ladders.change(name, field, value, _by(event))
    return await level_screen(ctx, require_level(ladder, name), ctx.tr.language)


async def _example(ctx: Ctx, level: Level, language: str) -> Markup:
    """On a real debtor, in the reader's language."""
    found = await ctx.services.forecasts.example(level.name)
    if found is None:
        return ctx.tr.say(
            "Nobody owes anything: there is no example. The words: <code>{words}</code>",
            words=bare(ctx.tr, level.texts[language]),
        )
    client, debts, days = found
    said = reminder_text(translator(language), level, debts, client, ctx.services.company.name, days, most=FEW)
    return paragraphs(ctx.tr.say("As <b>{client}</b> would read it:", client=client), said)


def _command(tr: Translator, number: int, level: Level, language: str) -> str:
    """As it would be typed to leave the words as they are."""
    return f"/slova {number} {language} {bare(tr, level.texts[language])}"


def _change(tr: Translator, ladder: Ladder, change: LadderChangeRow) -> Markup:
    level = ladder.level(change.level)
    what = tr.label(FIELDS[change.field]) if change.field in FIELDS else _words_of(tr, change)
    return tr.say(
        "level {day}, {what}: {name}, {moment}",
        day=day_of(level.day) if level else "?",
        what=what,
        name=change.by_name,
        moment=tr.moment(change.made_at),
    )


def _words_of(tr: Translator, change: LadderChangeRow) -> str:
    return tr.label("words of its SMS") if change.field in SMS else tr.label("its words")


def _by(event: Event) -> tuple[str, str]:
    return event.sender.name, f"{event.sender.channel}:{event.sender.external_id}"
