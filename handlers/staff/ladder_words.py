"""How finance reads a level of the ladder and its words: what stands in braces is in square brackets and translated."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.domain.ladder import Level, Tone
from bot.i18n import LANGUAGES, Translator, marked, translator
from handlers.staff.reminding import day_of

NAMED: Mapping[str, str] = {
    "client": marked("client"),
    "company": marked("company"),
    "total": marked("total"),
    "overdue": marked("overdue"),
    "due": marked("due day"),
    "days": marked("days late"),
    "link": marked("link"),
}
"""What stands in square brackets, as finance reads it: braces and English words are hard to type on a phone."""
TONES = {Tone.KIND: marked("kind"), Tone.PLAIN: marked("plain"), Tone.FIRM: marked("firm")}


def bare(tr: Translator, words: str) -> str:
    for name, said in NAMED.items():
        words = words.replace(f"{{{name}}}", f"[{tr.label(said)}]")
    return words


def braced(words: str) -> str:
    """In whatever language they were written; what is not known stays in braces and is refused."""
    for name, said in NAMED.items():
        for language in LANGUAGES:
            words = words.replace(f"[{translator(language).label(said)}]", f"{{{name}}}")
    return words.replace("[", "{").replace("]", "}")


def level_line(tr: Translator, level: Level) -> Markup:
    facts = [
        Markup.escape(tr.label(TONES[level.tone])),
        tr.say("up to {sum}", sum=tr.money(level.worth)) if level.worth else tr.say("free ways only"),
        tr.say("managers hear") if level.escalates else None,
        tr.say("letters bring the statement") if level.statement else None,
        None if level.on else tr.say("<b>off</b>"),
    ]
    said = Markup(" · ").join(fact for fact in facts if fact is not None)
    return tr.say("<b>Level {day}</b>: {facts}", day=day_of(level.day), facts=said)
