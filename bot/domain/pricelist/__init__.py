"""A price list on its way in: neutral records that every reader yields, and the report of what became of them."""

from bot.domain.pricelist.numbers import LARGEST, kopiykas, share, thousandths
from bot.domain.pricelist.records import (
    ALL_WAREHOUSES,
    Advance,
    ArticleRecord,
    BrokenPriceList,
    CategoryRecord,
    Complete,
    FileRecord,
    OfferRecord,
    PriceTypeRecord,
    Problem,
    Record,
    Records,
    WarehouseRecord,
)
from bot.domain.pricelist.report import Count, Progress, Report

__all__ = [
    "ALL_WAREHOUSES",
    "LARGEST",
    "Advance",
    "ArticleRecord",
    "BrokenPriceList",
    "CategoryRecord",
    "Complete",
    "Count",
    "FileRecord",
    "OfferRecord",
    "PriceTypeRecord",
    "Problem",
    "Progress",
    "Record",
    "Records",
    "Report",
    "WarehouseRecord",
    "kopiykas",
    "share",
    "thousandths",
]
