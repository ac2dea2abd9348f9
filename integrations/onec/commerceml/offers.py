"""Price types, warehouses and offers (ПакетПредложений)."""

from typing import Any

from bot.domain.pricelist import (
    ALL_WAREHOUSES,
    ArticleRecord,
    OfferRecord,
    PriceTypeRecord,
    Problem,
    WarehouseRecord,
    kopiykas,
    share,
    thousandths,
)
from integrations.onec.commerceml.names import DELETED, NO, YES, is_hryvnia, number
from integrations.onec.commerceml.products import (
    NAMES,
    Texts,
    bar_codes,
    bare,
    base_unit,
    characteristic,
    identity,
    key,
    texts,
    with_characteristic,
)

TOTAL = ALL_WAREHOUSES.external_id


def price_type(element: Any) -> PriceTypeRecord | Problem:
    said = texts(element)
    own, name, line = key(said.get("Ид")), bare(said.get("Наименование")), element.sourceline or 0
    if not own:
        return Problem("price_type", "no_id", line, name)
    currency = bare(said.get("Валюта")) or "UAH"
    included = next((bare(node.text).lower() not in NO for node in element.iter("{*}УчтеноВСумме")), True)
    return PriceTypeRecord(own, name or own, line, "UAH" if is_hryvnia(currency) else currency, included)


def warehouse(element: Any) -> WarehouseRecord | Problem:
    said = texts(element)
    own, name, line = key(said.get("Ид")), bare(said.get("Наименование")), element.sourceline or 0
    return WarehouseRecord(own, name or own, line) if own else Problem("warehouse", "no_id", line, name)


class Offer:
    """One Предложение as it is read; `foreign` are price types known to be in another currency, with that currency."""

    __slots__ = ("_foreign", "_line", "_prices", "_problems", "_said", "_stock", "_whole_stock")

    def __init__(self, element: Any, foreign: dict[str, str]) -> None:
        self._foreign = foreign
        self._line: int = element.sourceline or 0
        self._said: Texts = {}
        self._prices: dict[str, int | None] = {}
        self._stock: dict[str, int] = {}
        self._whole_stock = False
        self._problems: list[Problem] = []
        said = self._said
        for child in element:
            name = NAMES[child.tag]
            if name == "Цены":
                self._read_prices(child)
            elif name == "Склад":
                self._put(child.get("ИдСклада"), child.get("КоличествоНаСкладе"))
            elif name == "Остатки":
                self._read_rests(child)
            elif name == "ХарактеристикиТовара":
                said["characteristic"] = characteristic(child)
            elif name == "БазоваяЕдиница":
                base_unit(child, said)
            elif name not in said:
                said[name] = child.text
        if not self._stock and "Количество" in said:
            self._put(TOTAL, said["Количество"])
        if element.get("Статус") in DELETED:
            said["ПометкаУдаления"] = "true"

    def records(self) -> list[OfferRecord | ArticleRecord | Problem]:
        own = identity(self._said.get("Ид"))
        if not own:
            return [Problem("price", "no_id", self._line, bare(self._said.get("Наименование")))]
        gone = bare(self._said.get("ПометкаУдаления")).lower() in YES
        records: list[OfferRecord | ArticleRecord | Problem] = []
        if "#" in own:
            records.append(self._variant(own, not gone))
        if not gone:
            prices, stock = tuple(self._prices.items()), tuple(self._stock.items())
            records.append(OfferRecord(own, self._line, prices, stock, self._whole_stock))
        if self._problems:
            records += [problem._replace(article=own) for problem in self._problems]
        return records

    def _variant(self, own: str, active: bool) -> ArticleRecord:
        """The article that a characteristic of a product is; what it does not say comes from the product."""
        said, name = self._said, bare(self._said.get("Наименование"))
        value = said.get("characteristic")
        return ArticleRecord(
            own,
            bare(said.get("Артикул")) or None,
            name if name.endswith(")") else with_characteristic(name, value),
            self._line,
            own.partition("#")[0],
            base_unit=said.get("base_unit"),
            active=active,
            characteristic=value,
            barcodes=bar_codes(said.get("Штрихкод")),
        )

    def _read_prices(self, element: Any) -> None:
        for child in element:
            kind = written = currency = coefficient = None
            for part in child:
                name = NAMES[part.tag]
                if name == "ЦенаЗаЕдиницу":
                    written = part.text
                elif name == "ИдТипаЦены":
                    kind = key(part.text)
                elif name == "Валюта":
                    currency = part.text
                elif name == "Коэффициент":
                    coefficient = part.text
            self._price(kind, written, currency, 1000 if coefficient == "1" else number(coefficient) or 1000, child)

    def _price(self, kind: str | None, written: str | None, currency: str | None, per: int, element: Any) -> None:
        """Keep the price of one base unit; of several of a type, the one that is said for one unit."""
        if kind and self._prices.get(kind) is not None and per != 1000:
            return
        code, detail, price = "", bare(written), 0
        money = currency or self._foreign.get(kind or "") or "UAH"
        if not kind:
            code = "no_price_type"
        elif not is_hryvnia(money):
            code, detail = "currency", money.strip()
        elif not detail:
            code = "empty_price"
        else:
            try:
                price = kopiykas(detail)
            except ValueError:
                code = "bad_price"
            if not code and price <= 0:
                code = "negative_price" if price else "zero_price"
        if code:
            self._problems.append(Problem("price", code, element.sourceline or 0, detail[:40]))
        if kind:
            said = None if code else price if per == 1000 else share(price, per)
            self._prices[kind] = self._prices.get(kind) if said is None else said

    def _read_rests(self, element: Any) -> None:
        """Остатки/Остаток with Склад(Ид, Количество), or a plain Количество.

        1C writes all the warehouses that have the article, and leaves out those where nothing is left.
        """
        said_before = len(self._problems)
        for rest in element:
            for child in rest:
                name = NAMES[child.tag]
                if name == "Склад":
                    said = texts(child)
                    self._put(said.get("Ид"), said.get("Количество"))
                    self._whole_stock = True
                elif name == "Количество":
                    self._put(TOTAL, child.text)
        if any(problem.left_out for problem in self._problems[said_before:]):
            self._whole_stock = False

    def _put(self, place: str | None, written: str | None) -> None:
        where, detail = key(place), bare(written)
        try:
            quantity = thousandths(detail) if detail else 0
        except ValueError:
            self._problems.append(Problem("stock", "bad_quantity", self._line, detail[:40]))
            return
        if not where:
            self._problems.append(Problem("stock", "no_warehouse", self._line))
            return
        if quantity < 0:
            self._problems.append(Problem("stock", "negative_stock", self._line, detail[:40], left_out=False))
        self._stock[where] = self._stock.get(where, 0) + max(quantity, 0)
