"""The price list into the tables: staged beside the database, compared without a lock, applied in one transaction."""

from bot.db.pricelist.staging import Staging
from bot.db.pricelist.tables import PriceListTables

__all__ = ["PriceListTables", "Staging"]
