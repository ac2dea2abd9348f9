"""What an import would change: set-based SQL inside the private file, with the stored rows beside the said ones."""

# ruff: noqa: S608 the names in the statements are all written in this package

from typing import Any

from bot.db.pricelist.amounts import compare_amounts
from bot.db.pricelist.identity import short_sku
from bot.db.pricelist.kinds import Kinds
from bot.db.pricelist.layout import ARTICLE, FIELDS
from bot.db.pricelist.staging import Staging
from bot.domain.pricelist import Problem, Report

_DEFAULTS = {
    "base_unit": "'шт'",
    "pack_unit": "CASE WHEN a.pack_size IS NOT NULL THEN 'ящ' END",
    "multiple": "1000",
    "active": "1",
}


def compare(staging: Staging, kinds: Kinds, report: Report) -> None:
    """Leave the rows to write and to remove in the private file, counted in the report."""
    file = staging.file
    file.create_function("short_sku", 1, short_sku, deterministic=True)
    file.execute("BEGIN")
    _number_kinds(staging, kinds)
    _identify(staging, report)
    _families(staging)
    _articles(staging, report)
    _absent(staging, report)
    _barcodes(staging, report)
    _offered(staging, report)
    compare_amounts(staging, kinds, report)
    file.execute("COMMIT")


def _number_kinds(staging: Staging, kinds: Kinds) -> None:
    file = staging.file
    file.execute("CREATE TABLE kind(name TEXT, said, id TEXT, PRIMARY KEY(name, said)) WITHOUT ROWID")
    file.executemany("INSERT INTO kind VALUES ('category',?,?)", kinds.categories.items())
    for name, numbers, ids in (
        ("price", staging.type_numbers, kinds.price_types),
        ("stock", staging.warehouse_numbers, kinds.warehouses),
    ):
        rows = [(name, number, ids[said]) for said, number in numbers.items() if said in ids]
        file.executemany("INSERT INTO kind VALUES (?,?,?)", rows)


def _identify(staging: Staging, report: Report) -> None:
    """Which stored article each said one is: by its external id, else by its number where that is unambiguous."""
    file = staging.file
    file.execute("CREATE UNIQUE INDEX stored_external ON stored_article(external_id) WHERE external_id IS NOT NULL")
    file.execute("CREATE TABLE by_sku(sku TEXT PRIMARY KEY, id, external_id, times INT) WITHOUT ROWID")
    file.execute("INSERT INTO by_sku SELECT sku, min(id), max(external_id), count(*) FROM stored_article GROUP BY sku")
    file.execute("CREATE TABLE resolved(id TEXT PRIMARY KEY, n INT) WITHOUT ROWID")
    if _any(staging, "stored_article"):
        file.execute("CREATE INDEX IF NOT EXISTS article_sku ON article(sku)")
        source = (
            "article a LEFT JOIN stored_article e ON e.external_id = a.external_id"
            " LEFT JOIN by_sku k ON e.id IS NULL AND k.sku = a.sku AND (a.external_id IS NULL OR k.external_id IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM article b WHERE b.sku = a.sku AND b.n <> a.n))"
        )
        found = "coalesce(e.id, CASE WHEN k.times = 1 THEN k.id END)"
        refused = "e.id IS NULL AND a.external_id IS NULL AND k.times > 1"
        _report(staging, report, "ambiguous_sku", f"SELECT a.file, a.line, a.sku FROM {source} WHERE {refused}")
        where = f"coalesce({refused}, 0) = 0 AND"
    else:
        source, found, where = "article a", "NULL", ""
    file.execute(
        f"INSERT OR IGNORE INTO resolved SELECT coalesce({found}, a.id) AS id, a.n FROM {source}"
        f" WHERE {where} ({found} IS NOT NULL OR a.name <> '') ORDER BY 1, a.n DESC"
    )
    file.execute("CREATE UNIQUE INDEX resolved_n ON resolved(n)")


def _families(staging: Staging) -> None:
    """Products that are sold by their characteristics only, so not by themselves."""
    file = staging.file
    file.execute("CREATE TABLE IF NOT EXISTS family(key TEXT PRIMARY KEY) WITHOUT ROWID")
    file.execute("DELETE FROM family")
    priced = "SELECT 1 FROM offer o JOIN price p ON p.offer = o.n AND p.kopiykas IS NOT NULL WHERE o.key = v.key"
    file.execute(
        "INSERT INTO family SELECT key FROM (SELECT DISTINCT parent AS key FROM article"
        f" WHERE parent IS NOT NULL AND active <> 0) v WHERE NOT EXISTS ({priced})"
    )
    file.execute(
        "INSERT OR IGNORE INTO family SELECT v.key FROM (SELECT DISTINCT substr(external_id, 1,"
        " instr(external_id, '#') - 1) AS key FROM stored_article WHERE instr(external_id, '#') AND active = 1) v"
        f" WHERE NOT EXISTS ({priced}) AND NOT EXISTS (SELECT 1 FROM stored_article s JOIN stored_price p"
        " ON p.article_id = s.id WHERE s.external_id = v.key)"
    )


def _articles(staging: Staging, report: Report) -> None:
    file = staging.file
    said = {name: f"coalesce(a.{name}, s.{name})" for name in FIELDS}
    said["name"] = "coalesce(nullif(a.name, ''), s.name)"
    said["category_id"] = "coalesce(c.id, s.category_id)"
    said["active"] = "CASE WHEN a.key IN (SELECT key FROM family) THEN 0 ELSE coalesce(a.active, s.active) END"
    values = [f"coalesce({said[name]}, {_DEFAULTS[name]})" if name in _DEFAULTS else said[name] for name in FIELDS]
    new = [
        "r.id",
        "coalesce(a.external_id, s.external_id)",
        "coalesce(a.sku, s.sku, short_sku(coalesce(a.external_id, a.key)))",
        *values,
    ]
    named = ", ".join(f"{value} AS {name}" for name, value in zip(ARTICLE, new, strict=True))
    old = ["s.id", "s.external_id", "s.sku", *(f"s.{name}" for name in FIELDS)]
    file.execute(
        f"CREATE TABLE write_article AS SELECT {named}, s.id IS NULL AS is_new"
        " FROM resolved r CROSS JOIN article a ON a.n = r.n LEFT JOIN stored_article s ON s.id = r.id"
        " LEFT JOIN kind c ON c.name = 'category' AND c.said = a.category_id"
        f" WHERE s.id IS NULL OR ({', '.join(new)}) IS NOT ({', '.join(old)})"
    )
    count = report.count("article")
    added, changed = file.execute("SELECT total(is_new), total(NOT is_new) FROM write_article").fetchone()
    count.added, count.changed = int(added), int(changed)
    count.unchanged = _number(staging, "SELECT count(*) FROM resolved") - count.added - count.changed
    _report(
        staging, report, "no_name",
        "SELECT a.file, a.line, coalesce(a.sku, a.key) FROM article a LEFT JOIN resolved r ON r.n = a.n"
        " WHERE r.n IS NULL AND a.name = '' AND a.active IS NOT 0 AND a.parent IS NULL",
    )  # fmt: skip
    if staging.categories:
        _report(
            staging, report, "unknown_category",
            "SELECT a.file, a.line, a.name FROM resolved r JOIN article a ON a.n = r.n"
            " LEFT JOIN kind c ON c.name = 'category' AND c.said = a.category_id"
            " WHERE a.category_id IS NOT NULL AND c.id IS NULL",
            left_out=False,
        )  # fmt: skip


def _absent(staging: Staging, report: Report) -> None:
    """Stored articles to switch off: those a full catalogue does not name, and products become families."""
    file = staging.file
    file.execute("CREATE TABLE gone_article(id TEXT PRIMARY KEY) WITHOUT ROWID")
    file.execute(
        "INSERT INTO gone_article SELECT id FROM stored_article WHERE active = 1"
        " AND external_id IN (SELECT key FROM family) AND id NOT IN (SELECT id FROM resolved)"
    )
    if "article" in staging.complete and staging.unidentified:
        report.add(Problem("file", "nothing_switched_off", left_out=False))
    elif "article" in staging.complete and _any(staging, "article"):
        file.execute("CREATE TABLE IF NOT EXISTS named AS SELECT key FROM article UNION SELECT key FROM mention")
        family = "substr(s.external_id, 1, instr(s.external_id, '#') - 1)"
        offers_too = int("price" in staging.complete or "stock" in staging.complete)
        file.execute(
            "INSERT OR IGNORE INTO gone_article SELECT s.id FROM stored_article s WHERE s.active = 1"
            " AND s.id NOT IN (SELECT id FROM resolved)"
            " AND coalesce(s.external_id NOT IN (SELECT key FROM named), 1)"
            " AND 'sku:' || s.sku NOT IN (SELECT key FROM named)"
            f" AND (NOT instr(coalesce(s.external_id, ''), '#') OR {offers_too}"
            f" OR {family} NOT IN (SELECT key FROM named))"
        )
    report.count("article").switched_off = _number(staging, "SELECT count(*) FROM gone_article")


def _barcodes(staging: Staging, report: Report) -> None:
    """Of an article whose barcodes are said, those not said are gone."""
    file = staging.file
    file.execute("CREATE TABLE want_barcode(id, barcode, PRIMARY KEY(id, barcode)) WITHOUT ROWID")
    file.execute(
        "INSERT OR IGNORE INTO want_barcode SELECT r.id, b.barcode FROM barcode b JOIN resolved r ON r.n = b.n"
        " ORDER BY 1, 2"
    )
    file.execute("CREATE TABLE write_barcode AS SELECT * FROM want_barcode EXCEPT SELECT * FROM stored_barcode")
    file.execute(
        "CREATE TABLE gone_barcode AS SELECT * FROM stored_barcode WHERE article_id IN (SELECT id FROM want_barcode)"
        " EXCEPT SELECT * FROM want_barcode"
    )
    count = report.count("barcode")
    count.added = _number(staging, "SELECT count(*) FROM write_barcode")
    count.unchanged = _number(staging, "SELECT count(*) FROM want_barcode") - count.added
    count.switched_off = _number(staging, "SELECT count(*) FROM gone_barcode")


def _offered(staging: Staging, report: Report) -> None:
    """Which article each offer is about."""
    file = staging.file
    file.execute("CREATE TABLE offered(id TEXT, n INT, PRIMARY KEY(id, n)) WITHOUT ROWID")
    source = "offer o LEFT JOIN article a ON a.key = o.key LEFT JOIN resolved r ON r.n = a.n"
    found = "r.id"
    if _any(staging, "stored_article"):
        source += (
            " LEFT JOIN stored_article e ON r.id IS NULL AND e.external_id = o.key LEFT JOIN by_sku k ON r.id IS NULL"
            " AND e.id IS NULL AND k.times = 1 AND o.key LIKE 'sku:%' AND k.sku = substr(o.key, 5)"
        )
        found = "coalesce(r.id, e.id, k.id)"
    file.execute(f"INSERT INTO offered SELECT {found} AS id, o.n FROM {source} WHERE {found} IS NOT NULL ORDER BY 1, 2")
    _report(
        staging, report, "unknown_article",
        f"SELECT o.file, o.line, o.key FROM {source} WHERE {found} IS NULL"
        " AND o.key NOT IN (SELECT key FROM mention) ORDER BY o.n",
        kind="price",
    )  # fmt: skip


def _report(
    staging: Staging, report: Report, code: str, query: str, *, kind: Any = "article", left_out: bool = True
) -> None:
    for file, line, detail in staging.file.execute(query):
        report.add(Problem(kind, code, line, str(detail)[:100], left_out, file=staging.files[file]))


def _any(staging: Staging, table: str) -> bool:
    return bool(_number(staging, f"SELECT EXISTS (SELECT 1 FROM {table})"))


def _number(staging: Staging, query: str) -> int:
    return int(staging.file.execute(query).fetchone()[0])
