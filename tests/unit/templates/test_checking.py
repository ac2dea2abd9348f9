"""What is wrong with a template, by the kind it is to be."""

from bot.domain.signing import DocumentKind
from bot.domain.template.checking import Inspected, ProblemKind, TemplateProblem, Use, likely_kind, problems_of
from bot.domain.template.fields import FIELDS, GROUPS, REQUIRED, ROWS, known, repeated

GOOD = (
    "компанія.преамбула", "клієнт.преамбула", "договір.номер", "договір.дата", "договір.порядок_оплати",
)  # fmt: skip


def uses(*fields: str) -> Inspected:
    return Inspected(tuple(Use(field, f"… {field}", rows=field in ROWS or field == "прайси.рядки") for field in fields))


def contract(*fields: str) -> tuple[TemplateProblem, ...]:
    return problems_of(DocumentKind.CONTRACT, uses(*fields))


def test_a_contract_with_all_it_needs_has_no_problem() -> None:
    assert contract(*GOOD) == ()


def test_a_misspelt_field_is_named_with_the_one_that_was_meant() -> None:
    assert contract(*GOOD, "клієнт.адресса", "клиент.телефон", "клiєнт.пошта") == (
        TemplateProblem(ProblemKind.UNKNOWN_FIELD, "клієнт.адресса", "… клієнт.адресса", "клієнт.адреса"),
        TemplateProblem(ProblemKind.UNKNOWN_FIELD, "клиент.телефон", "… клиент.телефон", "клієнт.телефон"),
        TemplateProblem(ProblemKind.UNKNOWN_FIELD, "клiєнт.пошта", "… клiєнт.пошта", "клієнт.пошта"),
    )


def test_a_field_like_no_other_has_no_proposal() -> None:
    assert contract(*GOOD, "щось.xyz") == (TemplateProblem(ProblemKind.UNKNOWN_FIELD, "щось.xyz", "… щось.xyz", ""),)


def test_a_field_of_another_kind_is_unknown_here() -> None:
    (problem,) = contract(*GOOD, "акт.висновок")
    assert (problem.kind, problem.field) == (ProblemKind.UNKNOWN_FIELD, "акт.висновок")


def test_a_field_named_twice_is_told_once() -> None:
    assert len(contract(*GOOD, "клієнт.адресса", "клієнт.адресса")) == 1


def test_rows_nobody_knows_are_told_once_and_their_fields_are_not() -> None:
    assert contract(*GOOD, "прайси.рядки", "прайси.рядки.назва") == (
        TemplateProblem(ProblemKind.UNKNOWN_ROWS, "прайси.рядки", "… прайси.рядки", "прайс.рядки"),
    )


def test_a_field_that_a_row_has_not_is_told_as_it_was_typed() -> None:
    assert contract(*GOOD, "прайс.рядки", "прайс.рядки.цена") == (
        TemplateProblem(ProblemKind.UNKNOWN_FIELD, "цена", "… прайс.рядки.цена", "ціна"),
    )


def test_what_a_contract_must_say_is_told_where_it_does_not() -> None:
    assert contract("клієнт.назва", "договір.дата_цифрами", "договір.відстрочення") == (
        TemplateProblem(ProblemKind.REQUIRED_MISSING, "компанія.преамбула"),
        TemplateProblem(ProblemKind.REQUIRED_MISSING, "клієнт.код"),
        TemplateProblem(ProblemKind.REQUIRED_MISSING, "договір.номер"),
    )


def test_a_file_without_fields_is_a_text_and_no_template() -> None:
    assert contract() == (TemplateProblem(ProblemKind.NO_FIELDS),)


def test_what_the_file_itself_has_wrong_comes_first() -> None:
    code = TemplateProblem(ProblemKind.CODE, "{{ 7*7 }}")
    assert problems_of(DocumentKind.CONTRACT, Inspected(problems=(code,))) == (code,)


def test_the_kind_is_told_by_what_the_file_uses() -> None:
    assert likely_kind(uses(*GOOD)) is DocumentKind.CONTRACT
    assert likely_kind(uses("компанія.назва", "клієнт.код", "клієнт.назва", "угода.номер", "угода.дата")) is (
        DocumentKind.AMENDMENT
    )
    assert likely_kind(uses("клієнт.преамбула", "акт.рядки", "акт.висновок")) is DocumentKind.RECONCILIATION


def test_every_kind_knows_what_it_requires() -> None:
    for kind in DocumentKind:
        fields = {*known(kind), *repeated(kind)}
        assert [path for choice in REQUIRED[kind] for path in choice if path not in fields] == []


def test_no_field_is_listed_twice() -> None:
    paths = [one.path for fields in FIELDS.values() for one in fields]
    paths += [one.path for rows in ROWS.values() for one in rows.fields]
    assert len(paths) == len(set(paths))
    assert {group for groups in GROUPS.values() for group in groups} == set(FIELDS)
