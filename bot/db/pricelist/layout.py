"""The private file of an import: what the source says, what is stored, and what follows from the two."""

FIELDS = (
    "name", "name_ru", "brand", "category_id", "base_unit", "pack_unit", "pack_size", "multiple", "vat", "description",
    "photo", "weight_kg", "country", "shelf_life_days", "active",
)  # fmt: skip
ARTICLE = ("id", "external_id", "sku", *FIELDS)

SAID = """
CREATE TABLE article(n INTEGER PRIMARY KEY, key TEXT, id TEXT, file INT, external_id TEXT, sku TEXT, name TEXT,
    line INT, parent TEXT, name_ru, brand, category_id, base_unit, pack_unit, pack_size, multiple, vat, description,
    photo, weight_kg, country, shelf_life_days, active, characteristic);
CREATE TABLE barcode(n INT, barcode TEXT);
CREATE TABLE offer(n INTEGER PRIMARY KEY, key TEXT, file INT, line INT, whole_stock INT);
CREATE TABLE price(offer INT, type INT, kopiykas INT, PRIMARY KEY(offer, type)) WITHOUT ROWID;
CREATE TABLE stock(offer INT, warehouse INT, quantity INT, PRIMARY KEY(offer, warehouse)) WITHOUT ROWID;
CREATE TABLE mention(key TEXT);
"""

STORED = f"""
CREATE TABLE stored_article({", ".join(ARTICLE)}, PRIMARY KEY(id)) WITHOUT ROWID;
CREATE TABLE stored_barcode(article_id, barcode, PRIMARY KEY(article_id, barcode)) WITHOUT ROWID;
CREATE TABLE stored_price(article_id, price_type_id, price INT, PRIMARY KEY(article_id, price_type_id)) WITHOUT ROWID;
CREATE TABLE stored_stock(article_id, warehouse_id, quantity INT, PRIMARY KEY(article_id, warehouse_id)) WITHOUT ROWID;
"""

FORGET = "".join(
    f"DROP TABLE IF EXISTS {table};"
    for table in (
        "stored_article", "stored_barcode", "stored_price", "stored_stock", "by_sku", "resolved", "offered",
        "write_article", "gone_article", "want_barcode", "write_barcode", "gone_barcode", "want_price", "write_price",
        "gone_price", "want_stock", "write_stock", "gone_stock", "kind",
    )
)  # fmt: skip
