"""Reading of lists: filtered and sorted once for a revision of the base, then cut into pages."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sandbox.onec.errors import exception
from sandbox.onec.infobase import Base
from sandbox.onec.query.filters import compiled
from sandbox.onec.query.options import Options
from sandbox.onec.query.order import ordered
from sandbox.onec.query.scope import Scope
from sandbox.onec.query.select import Selection, selection
from sandbox.onec.quirks import Quirks
from sandbox.onec.views import View


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one answer; `total` is of all pages."""

    view: View
    rows: list[Any]
    total: int
    selection: Selection


def page(base: Base, view: View, options: Options, quirks: Quirks) -> Page:
    """The page that was asked for. Raises ODataError."""
    chosen = selection(base, view, options.select, options.expand, options.level)
    found = matching(base, view, options, quirks)
    end = None if options.top is None else options.skip + options.top
    return Page(view, found[options.skip : end], len(found), chosen)


def matching(base: Base, view: View, options: Options, quirks: Quirks) -> list[Any]:
    """All rows of the filter in their order."""
    key = ("matching", view.key, options.filter, options.orderby, quirks.date_filter)
    found = base.remembered(key, lambda: _matching(base, view, options, quirks))
    if view.section and options.orderby == "Ref_Key" and options.top and (options.skip // options.top) % 2:
        return _otherwise(found)
    return found


def _otherwise(rows: list[Any]) -> list[Any]:
    """Rows of a section by Ref_Key alone have no order among themselves, so that another page may see another one."""
    return [row for _, lines in groupby(rows, lambda one: one.parent.ref) for row in reversed(list(lines))]


def _matching(base: Base, view: View, options: Options, quirks: Quirks) -> list[Any]:
    scope = Scope(base, view.columns, view.entity, date_filter=quirks.date_filter)
    test = compiled(scope, options.filter) if options.filter else None
    try:
        rows = [one for one in view.rows() if test is None or test(one)]
    except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
        raise exception("Ошибка при вычислении выражения") from error
    return ordered(base, view, scope, options.orderby, rows) if options.orderby else rows
