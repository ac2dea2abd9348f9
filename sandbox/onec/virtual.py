"""Virtual tables of registers: slices, balances, turnovers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sandbox.onec.columns import Column
from sandbox.onec.configuration import Entity, Field
from sandbox.onec.errors import ODataError, unknown_field
from sandbox.onec.infobase import Base
from sandbox.onec.query.address import date_argument, unquoted
from sandbox.onec.query.filters import condition
from sandbox.onec.query.scope import Scope
from sandbox.onec.sources import EXPENSE
from sandbox.onec.values import WIRE
from sandbox.onec.views import View

Arguments = dict[str, str]
ZERO = Decimal(0)


@dataclass(slots=True)
class Total:
    """A row of a virtual table."""

    values: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)


def virtual_view(base: Base, entity: Entity, name: str, arguments: Arguments) -> View:
    """The table with its arguments. Raises ODataError."""
    key = (entity.name, name, tuple(sorted(arguments.items())))
    if name.startswith("Slice"):
        return View(entity.name, key, _columns(base, entity), lambda: _slice(base, entity, name, arguments))
    dimensions = _dimensions(base, entity, arguments)
    build = _balance if name == "Balance" else _turnovers
    suffixes = SUFFIXES[name]
    columns = {one: _column(_columns(base, entity)[one].field, one) for one in dimensions}
    for resource in entity.resources:
        for suffix in suffixes:
            columns[resource + suffix] = _column(Field(resource + suffix, "number"), resource + suffix)
    return View(f"{entity.name}/{name}", key, columns, lambda: build(base, entity, arguments, dimensions))


SUFFIXES = {
    "Balance": ("Balance",),
    "Turnovers": ("Turnover", "Receipt", "Expense"),
    "BalanceAndTurnovers": ("OpeningBalance", "Turnover", "Receipt", "Expense", "ClosingBalance"),
}


def _columns(base: Base, entity: Entity) -> dict[str, Column]:
    """Of the records, also where the set is of record sets."""
    return base.columns(entity, "RecordSet" if "RecordSet" in entity.sections else "")


def _column(one: Field, name: str) -> Column:
    write = WIRE[one.type]
    return Column(name, one, lambda row: row.values[name], lambda row: write(row.values[name]))


def _dimensions(base: Base, entity: Entity, arguments: Arguments) -> list[str]:
    """Properties to sum by; `Dimensions` names attributes (Контрагент for Контрагент_Key)."""
    known = _columns(base, entity)
    wanted = [one.strip() for one in unquoted(arguments.get("Dimensions", "")).split(",") if one.strip()]
    chosen: list[str] = []
    for name in wanted or list(entity.dimensions):
        found = next((one for one in (name, f"{name}_Key") if one in entity.dimensions), None)
        if found is None:
            raise unknown_field(name)
        chosen += [found, f"{found}_Type"] if f"{found}_Type" in known else [found]
    return chosen


def _test(base: Base, entity: Entity, arguments: Arguments) -> Callable[[Any], Any] | None:
    scope = Scope(base, _columns(base, entity))
    texts = [unquoted(arguments.get(name, "").strip()) for name in ("Condition", "AccountCondition")]
    tests = [condition(scope, one) for one in texts if one.strip()]
    if len(tests) < 2:
        return tests[0] if tests else None
    return lambda row: all(one(row) for one in tests)


def _period(arguments: Arguments, name: str) -> datetime | None:
    token = date_argument(arguments.get(name, ""))
    return token.value if token else None


def _slice(base: Base, entity: Entity, name: str, arguments: Arguments) -> list[Any]:
    """Of each price its record in force at the period, or its first one from the period on."""
    if entity.source != "prices":
        raise ODataError(400, 6, f'Метод "{name}" не найден.')
    at, test = _period(arguments, "Period"), _test(base, entity, arguments)
    found = []
    for history in base.world.prices.values():
        row = _last(history, at) if name == "SliceLast" else _first(history, at)
        if row is not None and (test is None or test(row)):
            found.append(row)
    return found


def _last(history: list[Any], at: datetime | None) -> Any | None:
    if at is None:
        return history[-1]
    return next((one for one in reversed(history) if one.period <= at), None)


def _first(history: list[Any], at: datetime | None) -> Any | None:
    return next((one for one in history if at is None or one.period >= at), None)


def _balance(base: Base, entity: Entity, arguments: Arguments, dimensions: list[str]) -> list[Any]:
    rows, at = base.source_rows(entity.balance), _period(arguments, "Period")
    if at is not None:
        rows = [one for one in rows if getattr(one, "period", at) <= at]
    return _summed(base, entity, arguments, dimensions, rows, lambda row, value: {"Balance": value}, ("Balance",))


def _turnovers(base: Base, entity: Entity, arguments: Arguments, dimensions: list[str]) -> list[Any]:
    start, end = _period(arguments, "StartPeriod"), _period(arguments, "EndPeriod")
    rows = base.source_rows(entity.source.removeprefix("sets:"))
    rows = [one for one in rows if end is None or one.period <= end]

    def parts(row: Any, value: Decimal) -> dict[str, Decimal]:
        signed = -value if row.direction == EXPENSE else value
        if start is not None and row.period < start:
            return {"OpeningBalance": signed, "ClosingBalance": signed}
        side = "Expense" if row.direction == EXPENSE else "Receipt"
        return {"Turnover": signed, side: value, "ClosingBalance": signed}

    return _summed(base, entity, arguments, dimensions, rows, parts, SUFFIXES["BalanceAndTurnovers"])


def _summed(
    base: Base,
    entity: Entity,
    arguments: Arguments,
    dimensions: list[str],
    rows: list[Any],
    parts: Callable[[Any, Decimal], dict[str, Decimal]],
    suffixes: tuple[str, ...],
) -> list[Any]:
    """Rows with the same dimensions added up; those where everything is zero are left out."""
    columns, test = _columns(base, entity), _test(base, entity, arguments)
    reads = [columns[one].raw for one in dimensions]
    resources = [(one, columns[one].raw) for one in entity.resources]
    totals: dict[tuple[Any, ...], dict[str, Decimal]] = {}
    for row in rows:
        if test is not None and not test(row):
            continue
        sums = totals.setdefault(tuple([read(row) for read in reads]), {})
        for name, read in resources:
            for suffix, value in parts(row, read(row)).items():
                sums[name + suffix] = sums.get(name + suffix, ZERO) + value
    names = [one + suffix for one in entity.resources for suffix in suffixes]
    return [_total(dimensions, names, key, sums) for key, sums in totals.items() if any(sums.values())]


def _total(dimensions: list[str], names: list[str], key: tuple[Any, ...], sums: dict[str, Decimal]) -> Total:
    values: dict[str, Any] = dict(zip(dimensions, key, strict=True))
    for name in names:
        values[name] = sums.get(name, ZERO)
    return Total(values)
