"""A filter made into a function of a row, with the interface's own refusals."""

import operator
from collections.abc import Callable
from typing import Any

from sandbox.onec.errors import ODataError, bad_query, exception
from sandbox.onec.query.functions import FUNCTIONS
from sandbox.onec.query.scope import Get, Scope
from sandbox.onec.query.tokens import Unreadable
from sandbox.onec.query.tree import COMPARISONS, Call, Literal, Logic, Operation, Path, Quantifier, parse
from sandbox.onec.values import EMPTY_DATE, NAMESPACE, UNDEFINED, ZERO_GUID

Typed = tuple[str, Get]
"""What kind of value it is and how to get it; kinds: guid, date, string, number, bool, any, text, cast."""
_KINDS = {
    "string": "string", "text": "text", "enum": "string", "any": "any", "version": "string", "number": "number",
    "int16": "number", "int64": "number", "bool": "bool", "date": "date", "ref": "guid", "guid": "guid",
}  # fmt: skip
_ORDERED = {"gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le}
_SUMS: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv,
}  # fmt: skip


def compiled(scope: Scope, text: str, option: str = "$filter") -> Get:
    """The filter as a function. Raises ODataError."""
    try:
        kind, get = _made(scope, parse(text))
    except Unreadable as error:
        raise bad_query(option, str(error)) from error
    except RecursionError as error:
        raise bad_query(option, "слишком большая вложенность") from error
    if kind != "bool":
        raise bad_query(option, "ожидается логическое выражение")
    return get


def condition(scope: Scope, text: str) -> Get:
    """The condition of a virtual table; quotes inside it may be doubled or not."""
    try:
        return compiled(scope, text, "Condition")
    except ODataError as error:
        if error.code != 14 or "''" not in text:
            raise
        return compiled(scope, text.replace("''", "'"), "Condition")


def _made(scope: Scope, node: Any) -> Typed:
    if isinstance(node, Literal):
        return _literal(node)
    if isinstance(node, Path):
        return _path(scope, node)
    if isinstance(node, Quantifier):
        return _quantifier(scope, node)
    if isinstance(node, Call):
        return _call(scope, node)
    if node.name in COMPARISONS:
        return _comparison(node.name, _made(scope, node.left), _made(scope, node.right))
    if node.name in _SUMS:
        return _sum(node, _made(scope, node.left), _made(scope, node.right))
    if isinstance(node, Logic):
        return _logic(scope, node)
    kind, get = _made(scope, node.left)
    return _truth(kind, lambda row: not get(row))


def _literal(node: Literal) -> Typed:
    value = node.value
    if node.kind == "guid":
        value = "" if value == ZERO_GUID else value
    if node.kind == "string":
        value = value.casefold()
    return node.kind, lambda row: value


def _path(scope: Scope, node: Path) -> Typed:
    field, get = scope.attribute(node.steps)
    kind = _KINDS[field.type]
    if kind == "date":
        if not scope.date_filter:
            raise exception("Ошибка при выполнении запроса: операции с типом Дата не поддерживаются")
        return kind, lambda row: get(row) or EMPTY_DATE
    if field.type == "string" and not field.max and not field.name.endswith("_Type"):
        kind = "text"
    if kind in ("string", "text"):
        return kind, lambda row: (get(row) or "").casefold()
    if kind == "any":
        type_of = scope.attribute((*node.steps[:-1], f"{node.steps[-1]}_Type"))[1]
        return kind, lambda row: (type_of(row) or UNDEFINED, get(row))
    return kind, get


def _quantifier(scope: Scope, node: Quantifier) -> Typed:
    inner, rows = scope.section(node.path.steps[-1], node.variable)
    kind, test = _made(inner, node.condition)
    if kind != "bool":
        raise Unreadable("ожидается логическое выражение")
    whole = any if node.name == "any" else all
    return "bool", lambda row: whole(test(one) for one in rows(row))


def _call(scope: Scope, node: Call) -> Typed:
    if node.name in ("cast", "isof"):
        return _cast(scope, node)
    if node.name not in FUNCTIONS:
        raise Unreadable(f'неизвестная функция "{node.name}"')
    count, kind, compute = FUNCTIONS[node.name]
    if len(node.arguments) not in count:
        raise Unreadable(f'неверное количество параметров функции "{node.name}"')
    arguments = [_made(scope, one)[1] for one in node.arguments]
    if len(arguments) == 2:
        first, second = arguments
        return kind, lambda row: compute(first(row), second(row))
    return kind, lambda row: compute(*(one(row) for one in arguments))


def _cast(scope: Scope, node: Call) -> Typed:
    if len(node.arguments) != 2:
        raise Unreadable(f'неверное количество параметров функции "{node.name}"')
    value, target = node.arguments
    name = target.value if isinstance(target, Literal) else "/".join(getattr(target, "steps", ("",)))
    wanted = str(name) if str(name).startswith(NAMESPACE) else NAMESPACE + str(name)
    kind, get = _made(scope, value)
    if node.name == "isof":
        return "bool", lambda row: kind == "any" and get(row)[0] == wanted
    return "cast", lambda row: (wanted, get(row))


def _comparison(name: str, left: Typed, right: Typed) -> Typed:
    kinds = {left[0], right[0]}
    if "text" in kinds:
        raise exception("Нельзя сравнивать поля неограниченной длины и поля несовместимых типов.")
    if name in _ORDERED and kinds & {"guid", "any", "cast"}:
        raise exception("Операция сравнения на больше-меньше не определена для ссылочных типов")
    a, b = left[1], right[1]
    if kinds == {"any", "guid"}:
        return "bool", lambda row: name == "ne"
    if kinds == {"cast", "guid"} and name in ("eq", "ne"):
        plain, cast = (a, b) if left[0] == "guid" else (b, a)
        return "bool", lambda row: (plain(row) == cast(row)[1]) == (name == "eq")
    if kinds <= {"any", "cast"} or len(kinds) == 1:
        if name == "eq":
            return "bool", lambda row: a(row) == b(row)
        if name == "ne":
            return "bool", lambda row: a(row) != b(row)
        compare = _ORDERED[name]
        return "bool", lambda row: (x := a(row)) is not None and (y := b(row)) is not None and compare(x, y)
    raise Unreadable("несовместимые типы в операции сравнения")


def _sum(node: Operation, left: Typed, right: Typed) -> Typed:
    if {left[0], right[0]} != {"number"}:
        raise Unreadable("неверные типы в арифметической операции")
    compute, a, b = _SUMS[node.name], left[1], right[1]
    return "number", lambda row: compute(a(row), b(row))


def _logic(scope: Scope, node: Logic) -> Typed:
    if node.name == "or" and (chosen := _one_of(scope, node)) is not None:
        return chosen
    tests = [_truth(*_made(scope, one))[1] for one in node.parts]
    if len(tests) == 2:
        a, b = tests
        return "bool", (lambda row: a(row) and b(row)) if node.name == "and" else (lambda row: a(row) or b(row))
    whole = all if node.name == "and" else any
    return "bool", lambda row: whole(test(row) for test in tests)


def _one_of(scope: Scope, node: Logic) -> Typed | None:
    """`a eq 1 or a eq 2 or …` is a look into a set."""
    first = node.parts[0]
    if not isinstance(first, Operation) or not isinstance(first.left, Path):
        return None
    for one in node.parts:
        alike = isinstance(one, Operation) and one.name == "eq" and one.left == first.left
        if not alike or not isinstance(one.right, Literal):
            return None
    kind, get = _made(scope, first.left)
    literals = [_literal(one.right) for one in node.parts]
    if kind not in ("guid", "string", "number", "date") or any(one != kind for one, _ in literals):
        return None
    values = {value(None) for _, value in literals}
    return "bool", lambda row: get(row) in values


def _truth(kind: str, get: Get) -> Typed:
    if kind != "bool":
        raise Unreadable("ожидается логическое выражение")
    return "bool", get
