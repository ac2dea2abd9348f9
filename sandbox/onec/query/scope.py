"""What names mean in a filter or an order: the columns of a row, over references to those of others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.onec.columns import Column
from sandbox.onec.configuration import Entity, Field
from sandbox.onec.errors import unknown_field
from sandbox.onec.infobase import Base

Get = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """`entity` is where sections are known, `variable` the name that paths begin with inside any and all."""

    base: Base
    columns: Mapping[str, Column]
    entity: Entity | None = None
    variable: str = ""
    date_filter: bool = True
    outer: "Scope | None" = field(default=None)

    def attribute(self, steps: tuple[str, ...]) -> tuple[Field, Get]:
        """The attribute at the end of the path. Raises the interface's refusal."""
        if self.variable:
            if steps[0] != self.variable or len(steps) == 1:
                raise unknown_field(steps[0])
            steps = steps[1:]
        column = self.columns.get(steps[0])
        if column is not None and len(steps) == 1:
            return column.field, column.raw
        return self._over_reference(steps)

    def _over_reference(self, steps: tuple[str, ...]) -> tuple[Field, Get]:
        column = self.columns.get(f"{steps[0]}_Key") or self.columns.get(steps[0])
        if column is None or not column.field.targets or len(steps) == 1:
            raise unknown_field(steps[0])
        target = self.base.configuration.entities.get(column.field.targets[0])
        if target is None:
            raise unknown_field(steps[0])
        inner, read = Scope(self.base, self.base.columns(target), target).attribute(steps[1:])
        find, reference = self.base.find, column.raw

        def through(row: Any) -> Any:
            found = find(target, reference(row))
            return None if found is None else read(found)

        return inner, through

    def section(self, name: str, variable: str) -> tuple["Scope", Get]:
        """The rows of a section and what names mean in them."""
        if self.entity is None or name not in self.entity.sections:
            raise unknown_field(name)
        columns = self.base.columns(self.entity, name)
        return Scope(self.base, columns, None, variable, self.date_filter), self.base.section_rows(self.entity, name)
