"""What is wrong with a template, in words that say how to mend it in Word."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.domain.template.checking import ProblemKind, TemplateProblem
from bot.i18n import Translator, marked
from handlers.wording import excerpt, lines

WORDS: Mapping[ProblemKind, str] = {
    ProblemKind.NOT_DOCX: marked(
        "It is not a Word document (.docx), or it is damaged. Save it in Word and send again."
    ),
    ProblemKind.OLD_WORD: marked(
        "It is in the old format (.doc) or has a password. In Word: File, Save as, Word Document (.docx), no password."
    ),
    ProblemKind.MACROS: marked("It holds macros. Save it as a plain Word Document (.docx)."),
    ProblemKind.TOO_LARGE: marked("It is larger than 5 MB. Make the pictures smaller, or take them out."),
    ProblemKind.BOMB: marked("It unpacks to far more than a document has. Copy the text into a new document."),
    ProblemKind.BROKEN: marked("It is damaged inside. Open it in Word, save it anew and send again."),
    ProblemKind.OUTSIDE: marked(
        "It takes something from elsewhere: <code>{field}</code>. Put pictures into the file itself, take out linked "
        "fields, and choose the template Normal (File, Options, Add-ins, Templates)."
    ),
    ProblemKind.EMBEDDED: marked("Another file is put into it. Take it out: a table is to be a table of Word."),
    ProblemKind.TRACKED: marked("It has changes that nobody accepted. In Word: Review, Accept all changes."),
    ProblemKind.CODE: marked(
        "<code>{field}</code> is more than a field. Only fields like <code>{example}</code> and rows "
        "of tables are filled in."
    ),
    ProblemKind.BROKEN_TAG: marked(
        "<code>{field}</code> is not closed or not typed right. A field has two braces on each side and a dot inside: "
        "<code>{example}</code>"
    ),
    ProblemKind.UNFILLED: marked("A field stands where none is filled in: in a comment, an endnote or the properties."),
    ProblemKind.LOOP_OUTSIDE_TABLE: marked("<code>{field}</code>: rows are repeated only in a table."),
    ProblemKind.LOOP_ROW: marked(
        "<code>{field}</code>: the row of a table that begins or ends a repetition holds nothing else, and has one "
        "mark only."
    ),
    ProblemKind.LOOP_OPEN: marked(
        "<code>{field}</code>: a repetition begins with {begin} and ends with {end} in the same "
        "table, one after the other."
    ),
    ProblemKind.ROW_FIELD_OUTSIDE: marked("<code>{field}</code> stands outside the table whose rows are repeated."),
    ProblemKind.NO_FIELDS: marked(
        "There is no field in it, so nothing would be filled in. Fields look so: <code>{example}</code>"
    ),
    ProblemKind.UNKNOWN_FIELD: marked("There is no field <code>{field}</code>."),
    ProblemKind.UNKNOWN_ROWS: marked("There are no rows <code>{field}</code>."),
    ProblemKind.REQUIRED_MISSING: marked("It must have <code>{field}</code>."),
}
EXAMPLE = {"example": "{{ клієнт.назва }}", "begin": "{%tr for … %}", "end": "{%tr endfor %}"}
MANY = 12
_SHOWN = 60


def problem(tr: Translator, one: TemplateProblem) -> Markup:
    """What is wrong, where, and what was probably meant."""
    field = f"{{{{ {one.field} }}}}" if one.kind is ProblemKind.REQUIRED_MISSING else excerpt(one.field, _SHOWN)
    said = tr.say(WORDS[one.kind], field=field, **EXAMPLE)
    if one.instead:
        said += Markup(" ") + tr.say("Perhaps <code>{instead}</code>?", instead=one.instead)
    if one.where:
        said += Markup(" ") + tr.say("It is here: «{where}»", where=one.where)
    return said


def problems(tr: Translator, found: Sequence[TemplateProblem]) -> Markup:
    """The first of them, a line each."""
    rest = len(found) - MANY
    return lines(
        *(Markup("• {}").format(problem(tr, one)) for one in found[:MANY]),
        tr.plural("and {n} more", "and {n} more", rest) if rest > 0 else None,
    )
