"""For finance: a level's text message as a debtor would read it, how long it is, and what it costs."""

from datetime import timedelta

from markupsafe import Markup

from bot.conversation.screen import Screen
from bot.domain.dispatch import KYIV, SMS_PARTS, Way
from bot.domain.ladder import Level
from bot.domain.money import Money, total
from bot.domain.sms import segments
from bot.i18n import LANGUAGES, Translator, translator
from bot.services.reminders import asked_of
from handlers.app import Ctx
from handlers.reminders import facts, sms_words, text_message
from handlers.staff.ladder_words import bare, level_line
from handlers.wording import lines, paragraphs
from keyboards import reminders as keyboard

OWED = Money.of(12_345)
"""Of the made-up debtor, where nobody owes anything."""


async def sms_screen(ctx: Ctx, level: Level, language: str) -> Screen:
    tr, levels = ctx.tr, (await ctx.services.ladders.current()).levels
    number = next(n for n, one in enumerate(levels, 1) if one.name == level.name)
    command = f"/slova {number} sms {language} {bare(tr, sms_words(translator(language), level))}"
    text = paragraphs(
        lines(level_line(tr, level), tr.say("The text message, {language}:", language=LANGUAGES[language])),
        await sms_example(ctx, level, language),
        tr.say("To change the words: <code>{command}</code>", command=command),
    )
    return Screen(text, keyboard.sms(tr, level.name, language))


async def sms_example(ctx: Ctx, level: Level, language: str) -> Markup:
    """On a real debtor where there is one, in the reader's language, with a link as long as a real one."""
    tr, reader, company = ctx.tr, translator(language), ctx.services.company.name
    found = await ctx.services.forecasts.example(level.name)
    if found is None:
        client, sum_ = tr.label("A client"), OWED
        values = _made_up(ctx, reader, level) | {"client": client, "company": company}
    else:
        client, debts, days = found
        sum_ = total(tuple(debt.rest for debt in asked_of(debts)))
        values = facts(reader, debts, client, company, days)
    words, link = sms_words(reader, level), ctx.services.payments.example
    said = text_message(reader, words, values, link, sum_)
    parts = segments(words.format(**values, link=link).replace("\u00a0", " "))
    return paragraphs(
        tr.say("As <b>{client}</b> would read it:", client=client),
        Markup("<code>{}</code>").format(said.text),
        lines(_cost(ctx, said.sent), None if said.own else _too_long(tr, parts), *_seldom(ctx, level)),
    )


def _too_long(tr: Translator, parts: int) -> Markup:
    return tr.plural(
        "<b>The words are too long:</b> {n} part, {most} at most. What you see would go instead.",
        "<b>The words are too long:</b> {n} parts, {most} at most. What you see would go instead.",
        parts,
        most=SMS_PARTS,
    )


def _cost(ctx: Ctx, text: str) -> Markup:
    tr, parts = ctx.tr, segments(text)
    return tr.plural(
        "{length} characters, {n} part of an SMS, about {cost}.",
        "{length} characters, {n} parts of an SMS, about {cost}.",
        parts,
        length=len(text),
        cost=tr.money(Money(ctx.services.journal.part.kopiykas * parts)),
    )


def _seldom(ctx: Ctx, level: Level) -> tuple[Markup, ...]:
    """Why it may never go so."""
    tr, said = ctx.tr, []
    if not ctx.services.payments.offered:
        said.append(tr.say("Nothing can be paid by a link here: the SMS only names the sum, whatever the words."))
    if Way.SMS not in level.ways:
        said.append(tr.say("This level does not go by SMS."))
    elif level.worth.kopiykas < ctx.services.journal.part.kopiykas * SMS_PARTS:
        said.append(
            tr.say(
                "This level sends no SMS now: a message of it may cost {sum} at most, an SMS counts as {parts} parts.",
                sum=tr.money(level.worth),
                parts=SMS_PARTS,
            )
        )
    return tuple(said)


def _made_up(ctx: Ctx, reader: Translator, level: Level) -> dict[str, str]:
    sum_, due = reader.money(OWED), ctx.now.astimezone(KYIV).date() - timedelta(days=level.day)
    return {"total": sum_, "overdue": sum_, "due": reader.calendar_day(due), "days": str(abs(level.day))}
