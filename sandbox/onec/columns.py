"""Attributes made ready to read: for each field how to get its value and what goes on the wire."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sandbox.onec.configuration import Entity, Field, Section
from sandbox.onec.values import EMPTY, NAMESPACE, UNDEFINED, WIRE, constant

if TYPE_CHECKING:
    from sandbox.onec.infobase import Base

Get = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A property of the JSON. `raw` is for comparing and sorting, `wire` is what is sent."""

    name: str
    field: Field
    raw: Get
    wire: Get


def columns_of(base: "Base", fields: dict[str, Field]) -> dict[str, Column]:
    """By property names; an attribute of several types has two, X and X_Type."""
    made: dict[str, Column] = {}
    for one in fields.values():
        raw = getter(base, one)
        made[one.name] = Column(one.name, one, raw, _wired(raw, one.type))
        if one.type == "any":
            kind = _type_getter(base, one, raw)
            name = f"{one.name}_Type"
            made[name] = Column(name, Field(name, "string"), kind, kind)
    return made


def _wired(raw: Get, kind: str) -> Get:
    write = WIRE[kind]
    if kind in ("string", "text", "enum", "any"):
        return raw
    return lambda row: write(raw(row))


def getter(base: "Base", one: Field) -> Get:
    """How the value is found in a row; what a client wrote stands in `extra` and goes first."""
    name, source, empty = one.name, one.source, EMPTY[one.type]
    if one.type == "version":
        return attrgetter("version")
    if not source:
        return lambda row: row.extra.get(name, empty)
    if source.startswith("="):
        fixed = constant(one.type, source[1:])
        return lambda row: row.extra.get(name, fixed)
    if source.startswith("@"):
        return _derived(base, name, source[1:])
    if "." in source:
        hops = _hops(base, source.split("."), empty)
        known = _as_member(base, one, hops) if one.type == "enum" else hops
        return lambda row: row.extra[name] if name in row.extra else known(row)
    read: Get = attrgetter(source)
    if one.type == "enum":
        return _as_member(base, one, read)
    return read


def _as_member(base: "Base", one: Field, read: Get) -> Get:
    """An enumeration's member for the world's value; one member may stand for several, `closed|cancelled`."""
    members = {
        value: member
        for member, values in base.configuration.enums.get(one.enum, {}).items()
        for value in values.split("|")
    }
    return lambda row: members.get(read(row), "")


def _derived(base: "Base", name: str, function: str) -> Get:
    from sandbox.onec.derived import DERIVED

    compute = DERIVED[function]
    return lambda row: row.extra[name] if name in row.extra else compute(base, row)


def _hops(base: "Base", path: list[str], empty: Any) -> Get:
    def read(row: Any) -> Any:
        for step in path[:-1]:
            row = base.world.find(getattr(row, step))
            if row is None:
                return empty
        return getattr(row, path[-1])

    return read


def _type_getter(base: "Base", one: Field, raw: Get) -> Get:
    only = NAMESPACE + one.targets[0] if len(one.targets) == 1 else ""
    key = f"{one.name}_Type"

    def read(row: Any) -> str:
        if key in row.extra:
            return str(row.extra[key])
        ref = raw(row)
        if not ref:
            return UNDEFINED
        return only or base.type_of(ref, one.targets)

    return read


def section_rows(base: "Base", section: Section) -> Get:
    """The rows of a section in an object: those that a client wrote where the world has no word for them."""
    name, source = section.name, section.source
    if not source:
        return lambda row: row.extra.get(name, ())
    if source.startswith("@"):
        from sandbox.onec.derived import ROWS

        compute = ROWS[source[1:]]
        return lambda row: row.extra[name] if name in row.extra else compute(base, row)
    return attrgetter(source)


def presentation(base: "Base", entity: Entity, row: Any) -> str:
    """How the program shows a reference: a catalogue item by its name, a document by kind, number and date."""
    if not entity.is_object:
        return ""
    if entity.prefix == "Document":
        date = row.date.strftime("%d.%m.%Y %H:%M:%S") if row.date else ""
        return f"{entity.name.partition('_')[2]} {row.number} от {date}"
    return str(row.name)
