"""`$orderby`: references go by their presentation, not by GUID, as the program sorts them."""

from collections.abc import Sequence
from typing import Any

from sandbox.onec.columns import presentation
from sandbox.onec.errors import bad_query
from sandbox.onec.infobase import Base
from sandbox.onec.query.scope import Get, Scope
from sandbox.onec.values import EMPTY_DATE
from sandbox.onec.views import View


def ordered(base: Base, view: View, scope: Scope, orderby: str, rows: Sequence[Any]) -> list[Any]:
    """The rows in the order asked. Raises ODataError on an unknown name."""
    made = list(rows)
    for part in reversed([one.strip() for one in orderby.split(",") if one.strip()]):
        name, _, direction = part.partition(" ")
        if direction.strip() not in ("", "asc", "desc"):
            raise bad_query("$orderby", f'неожиданное "{direction.strip()}"')
        key = _key(base, view, scope, name)
        if view.ordered:
            made.sort(key=key, reverse=direction.strip() == "desc")
    return made


def _key(base: Base, view: View, scope: Scope, name: str) -> Get:
    entity = view.entity
    if name == "Ref_Key" and entity is not None:
        return lambda row: presentation(base, entity, row).casefold()
    field, get = scope.attribute(tuple(name.split("/")))
    if field.type in ("string", "text", "enum", "any"):
        return lambda row: str(get(row) or "").casefold()
    if field.type == "date":
        return lambda row: get(row) or EMPTY_DATE
    targets = [base.configuration.entities[one] for one in field.targets if one in base.configuration.entities]
    if field.type == "ref" and targets:
        return lambda row: _shown(base, targets[0], get(row))
    return get


def _shown(base: Base, entity: Any, ref: str) -> str:
    found = base.find(entity, ref)
    return "" if found is None else presentation(base, entity, found).casefold()
