"""Every problem of a template is said in words, with its place."""

import pytest

from bot.domain.template.checking import ProblemKind, TemplateProblem
from bot.domain.template.fields import FIELDS, ROWS
from bot.domain.template.lacks import lack
from bot.i18n import translator
from handlers.template_words import WORDS, problem, problems

TR = translator("uk")


def test_there_are_words_for_every_problem() -> None:
    assert set(WORDS) == set(ProblemKind)


@pytest.mark.parametrize("kind", list(ProblemKind))
def test_a_problem_is_said_whatever_was_written(kind: ProblemKind) -> None:
    said = problem(TR, TemplateProblem(kind, "{{ <b> & {x} }}", "Договір", "клієнт.назва")).striptags()
    assert said.endswith("Можливо, клієнт.назва? Це тут: «Договір»")


def test_a_required_field_is_shown_as_it_is_typed() -> None:
    said = problem(TR, TemplateProblem(ProblemKind.REQUIRED_MISSING, "договір.номер"))
    assert said == "Має бути поле <code>{{ договір.номер }}</code>."


def test_of_many_problems_the_first_are_said() -> None:
    one = TemplateProblem(ProblemKind.MACROS)
    assert problems(TR, [one] * 15).endswith("\nі ще 3")


def test_whatever_is_lacking_is_said() -> None:
    paths = [one.path for fields in FIELDS.values() for one in fields] + list(ROWS)
    assert [
        path for path in paths if not lack(path).startswith(("немає", "у клієнта немає", "для клієнта немає"))
    ] == []
    assert lack("компанія.адреса") == "немає адреси гуртівні: задайте COMPANY__ADDRESS"
    assert lack("акт.номер") == "немає значення для {{ акт.номер }}: номер акта"
