"""The stored side of an import: what is read for the comparison, and what is written after it."""

# ruff: noqa: S608 the names in the statements are all written in this package

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, text

from bot.db.pricelist.kinds import Kinds, Stored
from bot.db.pricelist.layout import ARTICLE, STORED
from bot.db.pricelist.staging import Staging
from bot.db.pricelist.writing import Writer, writer_for

ROWS_AT_ONCE = 2000
_IDS = {"id", "category_id", "parent_id", "article_id", "price_type_id", "warehouse_id"}
_BOOLS = {"active", "vat_included"}


class PriceListTables:
    """Categories, articles, barcodes, price types, prices, warehouses and stock as an import sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._plain = connection.dialect.name == "sqlite"

    def revision(self) -> int:
        value = self._connection.execute(text("SELECT value FROM revisions WHERE subject = 'catalogue'")).scalar()
        return int(value or 0)

    def read_into(self, staging: Staging) -> tuple[int, Stored]:
        """Copy what an import is compared with into its private file; the revision it is of."""
        staging.forget_compared()
        staging.file.executescript(STORED)
        staging.file.execute("BEGIN")
        for table, columns in (
            ("stored_article", ARTICLE),
            ("stored_barcode", ("article_id", "barcode")),
            ("stored_price", ("article_id", "price_type_id", "price")),
            ("stored_stock", ("article_id", "warehouse_id", "quantity")),
        ):
            marks = ",".join("?" * len(columns))
            source = {"stored_article": "articles", "stored_barcode": "barcodes", "stored_price": "prices"}
            rows = self._rows(source.get(table, "stock"), columns)
            staging.file.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        staging.file.execute("COMMIT")
        return self.revision(), Stored(
            [tuple(row) for row in self._rows("categories", ("id", "external_id", "parent_id", "name", "position"))],
            [
                tuple(row)
                for row in self._rows("price_types", ("id", "external_id", "name", "currency", "vat_included"))
            ],
            [tuple(row) for row in self._rows("warehouses", ("id", "external_id", "name"))],
        )

    def apply(self, staging: Staging, kinds: Kinds, revision: int, now: datetime) -> bool:
        """Write the differences, if the catalogue is still what they were computed from."""
        writer = writer_for(self._connection)
        with writer:
            if self.revision() != revision:
                return False
            self._write_kinds(writer, kinds)
            self._write_rows(writer, staging, self._moment(now))
            self._remove_rows(writer, staging)
        self._connection.execute(
            text(
                "INSERT INTO revisions (subject, value) VALUES ('catalogue', 1)"
                " ON CONFLICT (subject) DO UPDATE SET value = revisions.value + 1"
            )
        )
        return True

    def _write_kinds(self, writer: Writer, kinds: Kinds) -> None:
        category = ("id", "external_id", "parent_id", "name", "position")
        writer.upsert("categories", category, ("id",), kinds.write_categories)
        price_type = ("id", "external_id", "name", "currency", "vat_included")
        writer.upsert("price_types", price_type, ("id",), kinds.write_price_types)
        writer.upsert("warehouses", ("id", "external_id", "name"), ("id",), kinds.write_warehouses)

    def _write_rows(self, writer: Writer, staging: Staging, moment: str) -> None:
        barcode = ("article_id", "barcode")
        price = ("article_id", "price_type_id", "price", "since")
        stock = ("article_id", "warehouse_id", "quantity", "updated_at")
        for put, new in ((writer.insert, 1), (writer.upsert, 0)):
            said = f"SELECT {', '.join(ARTICLE)} FROM write_article WHERE is_new = {new}"
            put("articles", ARTICLE, ("id",), staging.file.execute(said))
            for table, columns, kind in (("prices", price, "price"), ("stock", stock, "stock")):
                said = f"SELECT id, kind, amount, ? FROM write_{kind} WHERE is_new = {new}"
                put(table, columns, columns[:2], staging.file.execute(said, (moment,)))
        writer.insert("barcodes", barcode, barcode, staging.file.execute("SELECT * FROM write_barcode"))

    def _remove_rows(self, writer: Writer, staging: Staging) -> None:
        rows = staging.file.execute
        writer.switch_off("articles", "active", rows("SELECT id FROM gone_article"))
        writer.delete("barcodes", ("article_id", "barcode"), rows("SELECT * FROM gone_barcode"))
        writer.delete("prices", ("article_id", "price_type_id"), rows("SELECT * FROM gone_price"))
        writer.delete("stock", ("article_id", "warehouse_id"), rows("SELECT * FROM gone_stock"))

    def _rows(self, table: str, columns: tuple[str, ...]) -> Any:
        names = ", ".join(self._read(name) for name in columns)
        connection = self._connection.execution_options(yield_per=ROWS_AT_ONCE)
        return map(tuple, connection.exec_driver_sql(f"SELECT {names} FROM {table}"))

    def _read(self, column: str) -> str:
        """Ids as 32 digits and booleans as 0 and 1 on either database."""
        if self._plain:
            return column
        if column in _IDS:
            return f"replace({column}::text, '-', '')"
        return f"{column}::int" if column in _BOOLS else column

    def _moment(self, now: datetime) -> str:
        utc = now.astimezone(UTC)
        return utc.strftime("%Y-%m-%d %H:%M:%S.%f") if self._plain else utc.isoformat()
