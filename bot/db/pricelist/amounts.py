"""Prices and stock compared: the same rows of article, kind and whole number."""

# ruff: noqa: S608 the names in the statements are all written in this package

from typing import NamedTuple

from bot.db.pricelist.kinds import Kinds
from bot.db.pricelist.staging import Staging
from bot.domain.pricelist import ALL_WAREHOUSES, Problem, Report
from bot.domain.pricelist.records import Kind


class Amounts(NamedTuple):
    """Where one sort of amounts is kept."""

    kind: Kind
    said: str
    number: str
    stored_kind: str
    stored: str
    unknown: str


PRICES = Amounts("price", "kopiykas", "type", "price_type_id", "price", "unknown_price_type")
STOCK = Amounts("stock", "quantity", "warehouse", "warehouse_id", "quantity", "unknown_warehouse")


def compare_amounts(staging: Staging, kinds: Kinds, report: Report) -> None:
    """Leave `write_price`, `gone_price`, `write_stock` and `gone_stock`."""
    foreign = {said for said, (record, _) in staging.price_types.items() if record.currency != "UAH"}
    for amounts, numbers, ids in (
        (PRICES, staging.type_numbers, kinds.price_types),
        (STOCK, staging.warehouse_numbers, kinds.warehouses),
    ):
        unknown = {said: number for said, number in numbers.items() if said not in ids and said not in foreign}
        _unknown(staging, report, amounts, unknown)
        _want(staging, amounts)
        _differences(staging, report, amounts)
        _gone(staging, report, amounts, kinds.warehouses.get(ALL_WAREHOUSES.external_id))


def _unknown(staging: Staging, report: Report, amounts: Amounts, unknown: dict[str, int]) -> None:
    """Tell of each where it is said first and how many times, in one pass however many there are."""
    if not unknown:
        return
    names = {number: said for said, number in unknown.items()}
    found = staging.file.execute(
        f"SELECT p.{amounts.number}, o.file, o.line, count(*), min(o.n) FROM {amounts.kind} p"
        f" JOIN offer o ON o.n = p.offer WHERE p.{amounts.number} IN ({', '.join(map(str, names))})"
        f" AND p.{amounts.said} IS NOT NULL GROUP BY p.{amounts.number} ORDER BY p.{amounts.number}"
    )
    for number, file, line, times, _ in found:
        detail = f"{names[number][:60]} ×{times}"
        report.add(Problem(amounts.kind, amounts.unknown, line, detail, file=staging.files[file]))
        report.count(amounts.kind).left_out += times - 1


def _want(staging: Staging, amounts: Amounts) -> None:
    """The last amount said counts; one that could not be read only keeps the stored one from being removed."""
    kind, said, number = amounts.kind, amounts.said, amounts.number
    staging.file.execute(f"CREATE TABLE want_{kind}(id, kind, amount INT, PRIMARY KEY(id, kind)) WITHOUT ROWID")
    source = (
        f"SELECT f.id, k.id, p.{said} FROM offered f CROSS JOIN {kind} p ON p.offer = f.n"
        f" CROSS JOIN kind k ON k.name = '{kind}' AND k.said = p.{number}"
    )
    staging.file.execute(f"INSERT OR REPLACE INTO want_{kind} {source} WHERE p.{said} IS NOT NULL")
    staging.file.execute(f"INSERT OR IGNORE INTO want_{kind} {source} WHERE p.{said} IS NULL")


def _differences(staging: Staging, report: Report, amounts: Amounts) -> None:
    kind, file = amounts.kind, staging.file
    joined = (
        f"want_{kind} w LEFT JOIN stored_{kind} s ON s.article_id = w.id AND s.{amounts.stored_kind} = w.kind"
        " WHERE w.amount IS NOT NULL"
    )
    file.execute(
        f"CREATE TABLE write_{kind} AS SELECT w.id, w.kind, w.amount, s.article_id IS NULL AS is_new FROM {joined}"
        f" AND w.amount IS NOT s.{amounts.stored}"
    )
    count = report.count(kind)
    added, changed = file.execute(f"SELECT total(is_new), total(NOT is_new) FROM write_{kind}").fetchone()
    all_said = file.execute(f"SELECT count(*) FROM want_{kind} WHERE amount IS NOT NULL").fetchone()[0]
    count.added, count.changed, count.unchanged = int(added), int(changed), int(all_said - added - changed)


def _gone(staging: Staging, report: Report, amounts: Amounts, everywhere: str | None) -> None:
    """Of a full source, what it has the kind for but does not name; of an article whose whole stock is said, the rest
    of its stock; and a total beside its own parts."""
    kind, column, file = amounts.kind, amounts.stored_kind, staging.file
    file.execute(f"CREATE TABLE gone_{kind}(article_id, kind, PRIMARY KEY(article_id, kind)) WITHOUT ROWID")
    insert = f"INSERT OR IGNORE INTO gone_{kind} SELECT s.article_id, s.{column} FROM stored_{kind} s"
    unsaid = f"NOT EXISTS (SELECT 1 FROM want_{kind} w WHERE w.id = s.article_id AND w.kind = s.{column})"
    if kind in staging.complete:
        file.execute(f"{insert} WHERE s.{column} IN (SELECT id FROM kind WHERE name = '{kind}') AND {unsaid}")
    if kind == "stock":
        told = "EXISTS (SELECT 1 FROM want_stock w WHERE w.id = s.article_id AND w.amount IS NOT NULL)"
        whole = "SELECT f.id FROM offer o JOIN offered f ON f.n = o.n WHERE o.whole_stock"
        file.execute(f"{insert} WHERE {unsaid} AND s.article_id IN ({whole}) AND {told}")
    if kind == "stock" and everywhere:
        other = f"(s.{column} = :total) <> (w.kind = :total) AND w.id = s.article_id AND w.amount IS NOT NULL"
        file.execute(
            f"{insert} WHERE {unsaid} AND EXISTS (SELECT 1 FROM want_stock w WHERE {other})", {"total": everywhere}
        )
    report.count(kind).switched_off = file.execute(f"SELECT count(*) FROM gone_{kind}").fetchone()[0]
