"""Categories, price types and warehouses: few, so matched in memory, by their id or else by their name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.db.pricelist.identity import hex_id
from bot.db.pricelist.staging import Staging
from bot.domain.pricelist import Problem, Report
from bot.domain.pricelist.records import Kind

Rows = list[tuple[Any, ...]]
NAMED = ("path:", "name:")


@dataclass
class Stored:
    """What the database holds of these kinds: rows of (id, external_id, ...)."""

    categories: Rows = field(default_factory=list)
    price_types: Rows = field(default_factory=list)
    warehouses: Rows = field(default_factory=list)


@dataclass
class Kinds:
    """Ids by the source's ids, and the rows to write."""

    categories: dict[str, str] = field(default_factory=dict)
    price_types: dict[str, str] = field(default_factory=dict)
    warehouses: dict[str, str] = field(default_factory=dict)
    write_categories: Rows = field(default_factory=list)
    write_price_types: Rows = field(default_factory=list)
    write_warehouses: Rows = field(default_factory=list)


def resolve(staging: Staging, stored: Stored, report: Report) -> Kinds:
    kinds = Kinds()
    _categories(staging, stored.categories, kinds, report)
    types = []
    for record, file in staging.price_types.values():
        if record.currency == "UAH":
            types.append((record.external_id, record.name, record.currency, record.vat_included))
        else:
            name = staging.files[file]
            detail = f"{record.name}: {record.currency}"[:100]
            report.add(Problem("price_type", "currency", record.line, detail, file=name))
    kinds.price_types, kinds.write_price_types = _matched("price_type", types, stored.price_types, report)
    places = [(record.external_id, record.name) for record, _ in staging.warehouses.values()]
    kinds.warehouses, kinds.write_warehouses = _matched("warehouse", places, stored.warehouses, report)
    return kinds


def _matched(kind: Kind, said: Iterable[Any], stored: Rows, report: Report) -> tuple[dict[str, str], Rows]:
    """Ids by external id (those only stored, too), and the rows that are new or different."""
    ids = {row[1]: row[0] for row in stored if row[1]}
    by_id = {row[0]: row for row in stored}
    by_name = {row[2].casefold(): row[0] for row in reversed(stored)}
    write: Rows = []
    for external_id, *rest in said:
        named = by_name.get(rest[0].casefold())
        if external_id not in ids and named and (external_id.startswith(NAMED) or _adoptable(by_id[named][1])):
            ids[external_id] = named
        own = ids.setdefault(external_id, hex_id(external_id))
        old = by_id.get(own)
        known = old and old[1] != external_id and external_id.startswith(NAMED)  # a spreadsheet has names only
        row = old if old and known else (own, external_id, *rest)
        _tally(kind, old, row, write, report)
    return ids, write


def _adoptable(external_id: str | None) -> bool:
    return not external_id or external_id.startswith(NAMED)


def _tally(kind: Kind, old: tuple[Any, ...] | None, row: tuple[Any, ...], write: Rows, report: Report) -> None:
    count = report.count(kind)
    if old is None:
        count.added += 1
    elif tuple(old) != row:
        count.changed += 1
    else:
        count.unchanged += 1
        return
    write.append(row)


def _categories(staging: Staging, stored: Rows, kinds: Kinds, report: Report) -> None:
    """Rows of (id, external_id, parent_id, name, position); the position of a stored one stays."""
    ids = {row[1]: row[0] for row in stored if row[1]}
    by_id = {row[0]: row for row in stored}
    by_place = {(row[2], row[3].casefold()): row[0] for row in reversed(stored)}
    for position, (record, file) in enumerate(staging.categories.values()):
        parent = ids.get(record.parent) if record.parent else None
        if record.parent and parent is None:
            detail, name = record.name[:100], staging.files[file]
            report.add(Problem("category", "no_parent", record.line, detail, left_out=False, file=name))
        own = ids.get(record.external_id)
        placed = by_place.get((parent, record.name.casefold()))
        if own is None and placed and (record.external_id.startswith(NAMED) or _adoptable(by_id[placed][1])):
            own = placed
        own = ids[record.external_id] = own or hex_id(record.external_id)
        old = by_id.get(own)
        if old and old[1] != record.external_id and record.external_id.startswith(NAMED):
            row = old  # a spreadsheet knows only the name
        else:
            row = (own, record.external_id, parent, record.name, old[4] if old else position)
        _tally("category", old, row, kinds.write_categories, report)
    kinds.categories = ids
