"""The said records made consistent once: what was said twice, and characteristics completed from their products."""

# ruff: noqa: S608 the names in the statements are all written in this package

from bot.db.pricelist.layout import FIELDS
from bot.db.pricelist.staging import Staging
from bot.domain.pricelist import Problem

_INHERITED = ("sku", *(name for name in FIELDS if name not in ("name", "name_ru", "active")))


def seal(staging: Staging) -> None:
    """After it, every article of the private file has one row."""
    file = staging.file
    file.execute("BEGIN")
    file.execute("UPDATE article SET external_id = NULL WHERE external_id = ''")
    _said_twice(staging)
    if file.execute("SELECT EXISTS (SELECT 1 FROM article WHERE parent IS NOT NULL)").fetchone()[0]:
        _complete_variants(staging)
    file.execute("COMMIT")


def _said_twice(staging: Staging) -> None:
    """The last row of a product counts; a characteristic is told by its product file and its offer together."""
    file = staging.file
    file.execute(
        "CREATE TABLE twice AS SELECT key, CASE WHEN max(parent IS NOT NULL) THEN min(n) ELSE max(n) END AS winner,"
        " max(parent IS NOT NULL) AS variant FROM article GROUP BY key HAVING count(*) > 1"
    )
    losers = "FROM article a JOIN twice t ON t.key = a.key AND t.winner <> a.n"
    for name, line, said in file.execute(f"SELECT file, line, name {losers} WHERE NOT t.variant ORDER BY a.n"):
        staging.report.add(Problem("article", "said_twice", line, said[:100], file=staging.files[name]))
    filled = ", ".join(f"{name} = coalesce(article.{name}, o.{name})" for name in ("sku", "characteristic", *FIELDS))
    file.execute(
        f"UPDATE article SET {filled} FROM article o JOIN twice t ON t.key = o.key AND t.winner <> o.n AND t.variant"
        " WHERE article.n = t.winner"
    )
    file.execute(f"UPDATE barcode SET n = w.winner FROM (SELECT a.n, t.winner {losers}) w WHERE w.n = barcode.n")
    file.execute(f"DELETE FROM article WHERE n IN (SELECT a.n {losers})")
    file.execute("DROP TABLE twice")


def _complete_variants(staging: Staging) -> None:
    inherited = ", ".join(f"{name} = coalesce(article.{name}, p.{name})" for name in _INHERITED)
    named = "coalesce(p.{0} || ' (' || article.characteristic || ')', p.{0})"
    staging.file.execute(
        f"UPDATE article SET {inherited},"
        f" name = CASE WHEN article.name = '' THEN {named.format('name')} ELSE article.name END,"
        f" name_ru = coalesce(article.name_ru, {named.format('name_ru')}),"
        " active = CASE WHEN p.active = 0 THEN 0 ELSE article.active END"
        " FROM article p WHERE p.key = article.parent AND article.parent IS NOT NULL"
    )
