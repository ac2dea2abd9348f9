"""What a list is read from: rows with their columns, whichever they are: a set, a section, a virtual table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.onec.columns import Column, columns_of
from sandbox.onec.configuration import Entity, Field
from sandbox.onec.infobase import Base
from sandbox.onec.values import ZERO_GUID


@dataclass(frozen=True, slots=True)
class View:
    """`key` tells it from others for what is remembered; `ordered` is false where the program ignores $orderby."""

    name: str
    key: tuple[Any, ...]
    columns: Mapping[str, Column]
    rows: Callable[[], Sequence[Any]]
    entity: Entity | None = None
    ordered: bool = True
    section: bool = False


@dataclass(frozen=True, slots=True)
class Inner:
    """A row of a section with the object it stands in."""

    parent: Any
    line: int
    row: Any
    extra: dict[str, Any] = field(default_factory=dict)


def set_view(base: Base, entity: Entity) -> View:
    """A whole entity set."""
    recorded = "Recorder" in entity.keys
    return View(
        entity.name, (entity.name,), base.columns(entity), lambda: base.rows(entity), entity, ordered=not recorded
    )


def split_section(base: Base, name: str) -> tuple[Entity, str] | None:
    """The entity and the section of a set such as Document_ЗаказПокупателя_Товары."""
    for entity in base.configuration.entities.values():
        if name.startswith(entity.name + "_") and name[len(entity.name) + 1 :] in entity.sections:
            return entity, name[len(entity.name) + 1 :]
    return None


def section_view(base: Base, entity: Entity, section: str, parent: Any = None) -> View:
    """The rows of a section, of all objects or of one."""
    rows_of = base.section_rows(entity, section)
    columns = {name: _inner(one) for name, one in base.columns(entity, section).items()}
    own = columns_of(base, {"Ref_Key": Field("Ref_Key", "guid", source="parent.ref")})
    own["Ref_Key"] = Column("Ref_Key", own["Ref_Key"].field, lambda row: row.parent.ref, lambda row: row.parent.ref)

    def flat() -> list[Any]:
        parents = base.rows(entity) if parent is None else [parent]
        return [Inner(one, number, row) for one in parents for number, row in enumerate(rows_of(one), 1)]

    key = (entity.name, section, parent.ref if parent is not None else ZERO_GUID)
    return View(f"{entity.name}_{section}", key, {**own, **columns}, flat, section=True)


def _inner(column: Column) -> Column:
    if column.name == "LineNumber":
        return Column("LineNumber", column.field, lambda row: row.line, lambda row: str(row.line))
    raw, wire = column.raw, column.wire
    return Column(column.name, column.field, lambda row: raw(row.row), lambda row: wire(row.row))
