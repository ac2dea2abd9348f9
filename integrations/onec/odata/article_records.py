"""Rows of the catalogue of goods as records."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from bot.domain.pricelist import ArticleRecord, CategoryRecord
from integrations.onec.commerceml.products import bar_codes, with_characteristic
from integrations.onec.odata.client import Row
from integrations.onec.odata.profile import Profile, Table
from integrations.onec.odata.values import number, ref, words, yes

VAT_FREE = 0


class Pack(NamedTuple):
    name: str
    size: Decimal


class Packs:
    """Units that hold several base units: by their own reference, and the one to offer by the article's."""

    def __init__(self) -> None:
        self._sizes: dict[str, Decimal] = {}
        self._of_article: dict[str, Pack] = {}

    def learn(self, table: Table, row: Row) -> None:
        own, owner = ref(row.get("Ref_Key")), ref(table.read(row, "owner")) or ref(table.read(row, "owner_ref"))
        size, divisor = number(table.read(row, "coefficient")), number(table.read(row, "divisor"))
        if table.has("divisor") and divisor > 0:
            size /= divisor
        if own is None or size <= 0 or size == 1 or yes(row.get("DeletionMark")):
            return
        self._sizes[own] = size
        if owner is not None and size > 1 and owner not in self._of_article:
            self._of_article[owner] = Pack(words(table.read(row, "name")).rstrip(".") or "уп", size)

    def of(self, article: str) -> Pack | None:
        return self._of_article.get(article)

    def per_base_unit(self, price: Decimal, unit: object) -> Decimal:
        """Of a price that may be said for a pack."""
        return price / self._sizes.get(ref(unit) or "", Decimal(1))


@dataclass(frozen=True, slots=True)
class Seen:
    """What articles refer to, by reference."""

    packs: Packs
    units: Mapping[str, str]
    barcodes: Mapping[str, tuple[str, ...]]
    rates: Mapping[str, str]


def category(table: Table, row: Row) -> CategoryRecord | None:
    """A folder; a marked one is none, so that what lies in it comes to the top."""
    own = ref(row.get("Ref_Key"))
    if own is None or yes(row.get("DeletionMark")):
        return None
    return CategoryRecord(own, words(table.read(row, "name")), ref(row.get("Parent_Key")), 0)


def article(profile: Profile, row: Row, seen: Seen) -> ArticleRecord | None:
    table, own = profile.article, ref(row.get("Ref_Key"))
    if own is None:
        return None
    pack = seen.packs.of(own)
    return ArticleRecord(
        own,
        words(table.read(row, "sku")) or words(row.get("Code")) or None,
        words(table.read(row, "name")) or words(table.read(row, "full_name")),
        0,
        category=ref(row.get("Parent_Key")),
        base_unit=_unit(seen.units.get(ref(table.read(row, "base_unit")) or "", "")),
        pack_unit=pack.name if pack else None,
        pack_size=int(pack.size * 1000) if pack else None,
        vat=_vat(profile, row, seen),
        description=words(table.read(row, "description")) or None,
        active=not yes(row.get("DeletionMark")),
        barcodes=tuple(code for said in seen.barcodes.get(own, ()) for code in bar_codes(said)),
    )


def _unit(name: str) -> str | None:
    return name.rstrip(".").strip() or None


def _vat(profile: Profile, row: Row, seen: Seen) -> int | None:
    """In thousandths of a per cent point; None where it is not said."""
    table = profile.article
    rate = seen.rates.get(ref(table.read(row, "vat_ref")) or "")
    if rate is not None:
        return int(number(rate) * 1000)
    kind = profile.vat.kinds.get(words(table.read(row, "vat_kind")))
    if kind is not None:
        return int(kind * 1000)
    said = words(table.read(row, "vat"))
    if said not in profile.vat.names.values():
        return None
    return int((profile.vat.read(said) or Decimal(VAT_FREE)) * 1000)


def variant(table: Table, row: Row) -> ArticleRecord | None:
    """A characteristic of an article, which is an article of its own; what it does not say comes from the product."""
    own, owner = ref(row.get("Ref_Key")), ref(table.read(row, "owner"))
    if own is None or owner is None:
        return None
    name = words(table.read(row, "name"))
    return ArticleRecord(
        f"{owner}#{own}",
        None,
        with_characteristic("", name),
        0,
        owner,
        active=not yes(row.get("DeletionMark")),
        characteristic=name or None,
    )


def identity(article: object, characteristic: object) -> str | None:
    """The id of what a price or a stock is of."""
    own, said = ref(article), ref(characteristic)
    return f"{own}#{said}" if own and said else own
