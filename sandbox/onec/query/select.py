"""`$select` and `$expand`: which properties of a row go on the wire, and how the JSON of a row is put together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.onec.columns import Column, presentation
from sandbox.onec.configuration import Entity
from sandbox.onec.errors import unknown_field
from sandbox.onec.infobase import Base
from sandbox.onec.values import NAMESPACE, ZERO_GUID
from sandbox.onec.views import View

SHOWN = "____Presentation"
Pair = tuple[str, Callable[[Any], Any]]


@dataclass(slots=True)
class Inside:
    """A section on the wire."""

    name: str
    rows: Callable[[Any], Any]
    pairs: list[Pair]
    numbered: bool


@dataclass(slots=True)
class Selection:
    """What is sent of each row."""

    pairs: list[Pair] = field(default_factory=list)
    sections: list[Inside] = field(default_factory=list)
    expanded: list[Pair] = field(default_factory=list)
    links: list[tuple[str, Callable[[Any], Any]]] = field(default_factory=list)
    type_name: str = ""

    def json_of(self, row: Any) -> dict[str, Any]:
        """The row as an object of the JSON."""
        made = {name: read(row) for name, read in self.pairs}
        for one in self.sections:
            if self.type_name:
                made[f"{one.name}@odata.type"] = f"Collection({NAMESPACE}{self.type_name}_{one.name}_RowType)"
            made[one.name] = _section(one, row)
        for name, read in self.expanded:
            made[name] = read(row)
        for name, read in self.links:
            ref = read(row)
            if ref and ref != ZERO_GUID:
                made[f"{name}@navigationLinkUrl"] = f"{self.type_name}(guid'{row.ref}')/{name}"
        return made


def _section(one: Inside, row: Any) -> list[dict[str, Any]]:
    made = []
    for number, inner in enumerate(one.rows(row), 1):
        line: dict[str, Any] = {"Ref_Key": row.ref, "LineNumber": str(number)} if one.numbered else {}
        for name, read in one.pairs:
            line[name] = read(inner)
        made.append(line)
    return made


def selection(base: Base, view: View, select: str, expand: str, level: str) -> Selection:
    """By the options. Raises ODataError on an unknown name."""
    made = Selection(type_name=view.name if view.entity is not None and level != "nometadata" else "")
    asked = [one.strip() for one in select.split(",") if one.strip()]
    for name in asked or ["*"]:
        _take(base, view, made, name, {one.strip() for one in expand.split(",")})
    if made.type_name and view.entity is not None and view.entity.is_object:
        chosen = {name for name, _ in made.pairs}
        made.links = [
            (one.field.navigation, one.raw)
            for one in view.columns.values()
            if one.field.navigation and one.name in chosen
        ]
    return made


def _take(base: Base, view: View, made: Selection, name: str, expand: set[str]) -> None:
    entity = view.entity
    first, _, rest = name.partition("/")
    if name in ("*", "**"):
        made.pairs.extend((one.name, one.wire) for one in view.columns.values())
        if name == "*" and entity is not None:
            made.sections.extend(_inside(base, entity, section, "") for section in entity.sections)
    elif name == f"*{SHOWN}":
        made.pairs.extend(_shown(base, one) for one in view.columns.values() if one.field.targets)
    elif name.endswith(SHOWN):
        made.pairs.append(_presentation(base, view, name.removesuffix(SHOWN)))
    elif entity is not None and first in entity.sections:
        _add_section(made, _inside(base, entity, first, rest))
    elif rest:
        _expand(base, view, made, first, rest, first in expand)
    elif name in view.columns:
        made.pairs.append((name, view.columns[name].wire))
    elif f"{name}_Key" not in view.columns:
        raise unknown_field(name)


def _add_section(made: Selection, wanted: Inside) -> None:
    """Several fields of one section go together."""
    for one in made.sections:
        if one.name == wanted.name:
            one.pairs.extend(pair for pair in wanted.pairs if pair[0] not in dict(one.pairs))
            return
    made.sections.append(wanted)


def _inside(base: Base, entity: Entity, section: str, wanted: str) -> Inside:
    columns = base.columns(entity, section)
    recorded = section == "RecordSet"
    skipped = () if recorded else ("LineNumber",)
    names = [wanted] if wanted and wanted != "*" else [one for one in columns if one not in skipped]
    for name in names:
        if name not in columns:
            raise unknown_field(name)
    pairs: list[Pair] = [(name, columns[name].wire) for name in names if name not in skipped]
    return Inside(section, base.section_rows(entity, section), pairs, numbered=not recorded)


def _expand(base: Base, view: View, made: Selection, navigation: str, inner: str, expanded: bool) -> None:
    """A field over a reference; without $expand, or of a section, it is passed over in silence."""
    column = view.columns.get(f"{navigation}_Key")
    target = base.configuration.entities.get(column.field.targets[0]) if column and column.field.targets else None
    if column is None or target is None:
        raise unknown_field(navigation)
    columns = base.columns(target)
    names = list(columns) if inner in ("*", "**") else [inner]
    if any(name not in columns for name in names):
        raise unknown_field(inner)
    if not expanded:
        return
    earlier = dict(made.expanded).get(navigation)
    entity, reference = target, column.raw

    def read(row: Any) -> Any:
        found = base.find(entity, reference(row))
        if found is None:
            return None
        known = earlier(row) if earlier else {}
        return {**(known or {}), **{name: columns[name].wire(found) for name in names}}

    made.expanded = [one for one in made.expanded if one[0] != navigation] + [(navigation, read)]


def _shown(base: Base, column: Column) -> Pair:
    name = (column.field.navigation or column.name) + SHOWN

    def read(row: Any) -> str:
        for target in column.field.targets:
            entity = base.configuration.entities.get(target)
            found = base.find(entity, column.raw(row)) if entity else None
            if entity and found is not None:
                return presentation(base, entity, found)
        return ""

    return name, read


def _presentation(base: Base, view: View, name: str) -> Pair:
    entity = view.entity
    if name in ("Ref", "Ref_Key") and entity is not None:
        return f"Ref{SHOWN}", lambda row: presentation(base, entity, row)
    column = view.columns.get(f"{name}_Key") or view.columns.get(name)
    if column is None:
        raise unknown_field(name + SHOWN)
    if column.field.targets:
        return _shown(base, column)
    return name + SHOWN, lambda row: str(column.wire(row))
