"""What is wrong with a template, and what it uses: found in the file by an integration, judged here by kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from bot.domain.signing import DocumentKind
from bot.domain.template.fields import REQUIRED, known, repeated

_ALIKE = 65
"""Of a hundred: below that, a proposal would be a guess."""


class ProblemKind(StrEnum):
    """What is wrong; handlers hold the words."""

    NOT_DOCX = "not_docx"
    OLD_WORD = "old_word"  # .doc, or locked by a password
    MACROS = "macros"
    TOO_LARGE = "too_large"
    BOMB = "bomb"  # unpacks to far more than a document has
    BROKEN = "broken"
    OUTSIDE = "outside"  # takes something from elsewhere: a picture, a template, a field
    EMBEDDED = "embedded"  # another file inside
    TRACKED = "tracked"  # changes that nobody accepted yet
    CODE = "code"
    BROKEN_TAG = "broken_tag"
    UNFILLED = "unfilled"  # a tag where nothing is filled in: a comment, an endnote
    LOOP_OUTSIDE_TABLE = "loop_outside_table"
    LOOP_ROW = "loop_row"  # the row of {%tr … %} holds something else
    LOOP_OPEN = "loop_open"
    ROW_FIELD_OUTSIDE = "row_field_outside"
    NO_FIELDS = "no_fields"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_ROWS = "unknown_rows"
    REQUIRED_MISSING = "required_missing"


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """`field` is what was written there, `where` the beginning of its paragraph, `instead` what was probably meant."""

    kind: ProblemKind
    field: str = ""
    where: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A field that a template uses; one of a repeated row as прайс.рядки.назва."""

    field: str
    where: str
    rows: bool = False


@dataclass(frozen=True, slots=True)
class Inspected:
    """What an integration found in a file, whatever kind it is to be."""

    uses: tuple[Use, ...] = ()
    problems: tuple[TemplateProblem, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Each once, in the order of the file."""
        return tuple(dict.fromkeys(use.field for use in self.uses))


class BrokenTemplate(Exception):
    """A file that cannot be a template, with all that is wrong."""

    def __init__(self, problems: Sequence[TemplateProblem]) -> None:
        super().__init__(", ".join(sorted({problem.kind.value for problem in problems})))
        self.problems = tuple(problems)


def problems_of(kind: DocumentKind, inspected: Inspected) -> tuple[TemplateProblem, ...]:
    """Everything that keeps the file from being a template of this kind."""
    found = [*inspected.problems, *_unknown(kind, inspected.uses)]
    if not inspected.uses:
        return tuple(found) or (TemplateProblem(ProblemKind.NO_FIELDS),)
    used = set(inspected.fields)
    for choice in REQUIRED[kind]:
        if not used & set(choice):
            found.append(TemplateProblem(ProblemKind.REQUIRED_MISSING, choice[0]))
    return tuple(found)


def likely_kind(inspected: Inspected) -> DocumentKind:
    """The kind that fits the file best."""
    return min(DocumentKind, key=lambda kind: len(problems_of(kind, inspected)))


def _unknown(kind: DocumentKind, uses: Sequence[Use]) -> Iterable[TemplateProblem]:
    plain, rows = known(kind), repeated(kind)
    wrong = {use.field for use in uses if use.rows and use.field not in rows}
    said: set[str] = set()
    for use in uses:
        if use.field in said:
            continue
        said.add(use.field)
        if use.rows:
            if use.field in wrong:
                yield TemplateProblem(ProblemKind.UNKNOWN_ROWS, use.field, use.where, _instead(use.field, rows))
            continue
        over, _, name = use.field.rpartition(".")
        if over in wrong or use.field in plain:
            continue
        if over in rows:
            of_row = [field.path.rpartition(".")[2] for field in rows[over].fields]
            if name not in of_row:
                yield TemplateProblem(ProblemKind.UNKNOWN_FIELD, name, use.where, _instead(name, of_row))
            continue
        yield TemplateProblem(ProblemKind.UNKNOWN_FIELD, use.field, use.where, _instead(use.field, plain))


def _instead(written: str, choices: Iterable[str]) -> str:
    best = process.extractOne(written, list(choices), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return str(best[0]) if best else ""
