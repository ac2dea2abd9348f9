"""For finance: the ladder, its levels switched and moved, and their words changed after a look at a real reminder."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.db.ladder_changes import LadderChangeRow
from bot.domain.errors import Outdated, Refused
from bot.domain.ladder import Ladder, Level, Tone
from bot.i18n import LANGUAGES, Translator, marked, translator
from bot.services.ladders import DAY, ON, require_level
from handlers.app import Ctx
from handlers.reminders import reminder_text
from handlers.staff.holds import router
from handlers.staff.money import DESKS
from handlers.staff.reminding import day_of
from handlers.wording import lines, numbered, paragraphs
from keyboards import reminders as keyboard
from keyboards.reminder_actions import MoveLevel, SaveWords, ShowLadder, ShowLevel, SwitchLevel

__all__ = ["router"]
LAST = 3
FEW = 3
"""Debts of the example."""
NAMED: Mapping[str, str] = {
    "client": marked("client"),
    "company": marked("company"),
    "total": marked("total"),
    "overdue": marked("overdue"),
    "due": marked("due day"),
    "days": marked("days late"),
}
"""What stands in square brackets, as finance reads it: braces and English words are hard to type on a phone."""
FIELDS: Mapping[str, str] = {ON: marked("on or off"), DAY: marked("its day")}
TONES = {Tone.KIND: marked("kind"), Tone.PLAIN: marked("plain"), Tone.FIRM: marked("firm")}


@router.staff(DESKS, ShowLadder)
async def show_ladder(_: Event, ctx: Ctx, __: ShowLadder) -> Screen:
    tr, ladder = ctx.tr, await ctx.services.ladders.current()
    history = await ctx.services.ladders.history(LAST)
    text = paragraphs(
        tr.say("<b>The ladder of reminders</b>"),
        numbered([_level(tr, level) for level in ladder.levels]),
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


@router.staff(DESKS, SwitchLevel)
async def switch_level(event: Event, ctx: Ctx, action: SwitchLevel) -> Screen:
    return await _changed(event, ctx, action.level, ON, "true" if action.on else "false")


@router.staff(DESKS, MoveLevel)
async def move_level(event: Event, ctx: Ctx, action: MoveLevel) -> Screen:
    return await _changed(event, ctx, action.level, DAY, str(action.day))


@router.staff(DESKS, SaveWords)
async def save_words(_: Event, ctx: Ctx, action: SaveWords) -> Screen:
    return await level_screen(ctx, await ctx.services.ladders.save(action.change), ctx.tr.language)


@router.command(DESKS, "slova")
async def words(event: Event, ctx: Ctx, said: str) -> Screen:
    """The command `/slova number language words`: the words are shown first."""
    number, _, rest = said.partition(" ")
    language, _, typed = rest.partition(" ")
    ladder = await ctx.services.ladders.current()
    if not typed or language not in LANGUAGES or not number.isdecimal() or not 0 < int(number) <= len(ladder.levels):
        raise Refused("no_words")
    name = ladder.levels[int(number) - 1].name
    draft = await ctx.services.ladders.draft(name, f"text.{language}", _braced(typed), _by(event))
    text = paragraphs(
        ctx.tr.say("<b>This is how it would read</b>, {language}:", language=LANGUAGES[language]),
        await _example(ctx, draft.level, language),
    )
    return Screen(text, keyboard.draft(ctx.tr, draft.id, name, language), show=Show.SEND)


async def level_screen(ctx: Ctx, level: Level, language: str) -> Screen:
    tr, levels = ctx.tr, (await ctx.services.ladders.current()).levels
    number = next(n for n, one in enumerate(levels, 1) if one.name == level.name)
    text = paragraphs(
        _level(tr, level),
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
            words=_bare(ctx.tr, level.texts[language]),
        )
    client, debts, days = found
    said = reminder_text(translator(language), level, debts, client, ctx.services.company.name, days, most=FEW)
    return paragraphs(ctx.tr.say("As <b>{client}</b> would read it:", client=client), said)


def _command(tr: Translator, number: int, level: Level, language: str) -> str:
    """As it would be typed to leave the words as they are."""
    return f"/slova {number} {language} {_bare(tr, level.texts[language])}"


def _bare(tr: Translator, words: str) -> str:
    for name, said in NAMED.items():
        words = words.replace(f"{{{name}}}", f"[{tr.label(said)}]")
    return words


def _braced(words: str) -> str:
    """In whatever language they were written; what is not known stays in braces and is refused."""
    for name, said in NAMED.items():
        for language in LANGUAGES:
            words = words.replace(f"[{translator(language).label(said)}]", f"{{{name}}}")
    return words.replace("[", "{").replace("]", "}")


def _change(tr: Translator, ladder: Ladder, change: LadderChangeRow) -> Markup:
    level = ladder.level(change.level)
    what = tr.label(FIELDS[change.field]) if change.field in FIELDS else tr.label("its words")
    return tr.say(
        "level {day}, {what}: {name}, {moment}",
        day=day_of(level.day) if level else "?",
        what=what,
        name=change.by_name,
        moment=tr.moment(change.made_at),
    )


def _level(tr: Translator, level: Level) -> Markup:
    facts = [
        Markup.escape(tr.label(TONES[level.tone])),
        tr.say("up to {sum}", sum=tr.money(level.worth)) if level.worth else tr.say("free ways only"),
        tr.say("managers hear") if level.escalates else None,
        None if level.on else tr.say("<b>off</b>"),
    ]
    said = Markup(" · ").join(fact for fact in facts if fact is not None)
    return tr.say("<b>Level {day}</b>: {facts}", day=day_of(level.day), facts=said)


def _by(event: Event) -> tuple[str, str]:
    return event.sender.name, f"{event.sender.channel}:{event.sender.external_id}"
