"""One information base: a world seen through a configuration."""

import copy
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox.onec.columns import Column, columns_of, section_rows
from sandbox.onec.configuration import Configuration, Entity
from sandbox.onec.sources import SOURCES, record_sets
from sandbox.onec.things import Named
from sandbox.onec.values import NAMESPACE, UNDEFINED
from sandbox.onec.world import KINDS, World

T = TypeVar("T")
KEPT = 64


@dataclass(slots=True)
class Base:
    """`remembered` keeps what was computed until anything is written."""

    world: World
    configuration: Configuration
    items: dict[str, dict[str, Named]] = field(default_factory=dict)
    _columns: dict[str, dict[str, Column]] = field(default_factory=dict)
    _kept: "OrderedDict[Any, tuple[int, Any]]" = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self.reset_items()

    def reset_items(self) -> None:
        """Predefined items as the configuration has them."""
        self.items = {name: copy.deepcopy(one.items) for name, one in self.configuration.entities.items() if one.items}

    def remembered(self, key: Any, compute: Callable[[], T]) -> T:
        """What `compute` gives, once for a revision of the world."""
        kept = self._kept.get(key)
        if kept is not None and kept[0] == self.world.revision:
            self._kept.move_to_end(key)
            return kept[1]  # type: ignore[no-any-return]
        value = compute()
        self._kept[key] = (self.world.revision, value)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return value

    # -- rows

    def rows(self, entity: Entity) -> list[Any]:
        """All rows of the set, in the order of entering."""
        return self.remembered(("rows", entity.name), lambda: self._rows(entity))

    def _rows(self, entity: Entity) -> list[Any]:
        items = list(self.items.get(entity.name, {}).values())
        source = entity.source
        if not source:
            return items
        if source in KINDS:
            found: list[Any] = list(self.world.table(source).values())
            if entity.only:
                attribute, value = entity.only
                found = [one for one in found if getattr(one, attribute) == value]
            return items + found
        if source.startswith("sets:"):
            return record_sets(self.source_rows(source[5:]))
        return self.source_rows(source)

    def source_rows(self, name: str) -> list[Any]:
        """The rows of a computed source."""
        return self.remembered(("source", name), lambda: SOURCES[name](self.world))

    def find(self, entity: Entity, ref: str) -> Any | None:
        """The object of this set by its reference."""
        item = self.items.get(entity.name, {}).get(ref)
        if item is not None or not entity.source:
            return item
        if entity.source in KINDS:
            found = self.world.table(entity.source).get(ref)
            if found is not None and entity.only and getattr(found, entity.only[0]) != entity.only[1]:
                return None
            return found
        index = self.remembered(("index", entity.name), lambda: {one.ref: one for one in self.rows(entity)})
        return index.get(ref)

    # -- columns

    def columns(self, entity: Entity, section: str = "") -> dict[str, Column]:
        """Of the set, or of one of its sections."""
        key = f"{entity.name}/{section}"
        if key not in self._columns:
            fields = entity.sections[section].fields if section else entity.fields
            self._columns[key] = columns_of(self, fields)
        return self._columns[key]

    def section_rows(self, entity: Entity, section: str) -> Callable[[Any], Any]:
        return section_rows(self, entity.sections[section])

    # -- references

    def type_of(self, ref: str, targets: tuple[str, ...]) -> str:
        """The type of what the reference leads to, as a composite attribute tells it."""
        kind = self.world.kind_of(ref)
        for name in targets:
            target = self.configuration.entities.get(name)
            if target is not None and kind and target.source == kind and not target.only:
                return NAMESPACE + name
            if target is not None and self.find(target, ref) is not None:
                return NAMESPACE + name
        return NAMESPACE + targets[0] if targets else UNDEFINED

    def goods_word(self) -> str:
        """The configuration's word for what is not a service."""
        return next(iter(self.configuration.enums["ТипыНоменклатуры"]))

    def item(self, entity: str, name: str) -> str:
        """The reference of a predefined item by its name."""
        return next((one.ref for one in self.items.get(entity, {}).values() if one.name == name), "")

    def item_for(self, entity: str, word: str) -> str:
        """The reference of the predefined item that stands for the world's word."""
        items = self.items.get(entity, {}).values()
        return next((one.ref for one in items if word in one.extra["for"]), "")

    def word_of(self, entity: str, ref: str) -> str:
        """The world's word that a predefined item stands for, "" of an unknown one."""
        item = self.items.get(entity, {}).get(ref)
        return str(item.extra["for"][0]) if item is not None else ""
