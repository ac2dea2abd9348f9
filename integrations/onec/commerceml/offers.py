"""Price types, warehouses and offers (ПакетПредложений)."""

from collections.abc import Iterator
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
from integrations.onec.commerceml.names import DELETED, HRYVNIA, NO, YES, number
from integrations.onec.commerceml.products import (
    NAMES,
    Texts,
    bar_codes,
    base_unit,
    characteristic,
    identity,
    texts,
    with_characteristic,
)

TOTAL = ALL_WAREHOUSES.external_id
OfferPart = OfferRecord | ArticleRecord | Problem


def price_type(element: Any) -> PriceTypeRecord | Problem:
    said = texts(element)
    own, name = (said.get("Ид") or "").strip().lower(), (said.get("Наименование") or "").strip()
    line = element.sourceline or 0
    if not own:
        return Problem("price_type", "no_id", line, name)
    included = [node.text for node in element.iter("{*}УчтеноВСумме")]
    currency = (said.get("Валюта") or "UAH").strip()
    return PriceTypeRecord(
        own,
        name or own,
        line,
        "UAH" if currency.lower() in HRYVNIA else currency,
        (included[0] or "").strip().lower() not in NO if included else True,
    )


def warehouse(element: Any) -> WarehouseRecord | Problem:
    said = texts(element)
    own, name = (said.get("Ид") or "").strip().lower(), (said.get("Наименование") or "").strip()
    line = element.sourceline or 0
    return WarehouseRecord(own, name or own, line) if own else Problem("warehouse", "no_id", line, name)


def offer(element: Any, foreign: dict[str, str]) -> Iterator[OfferPart]:
    """One Предложение; `foreign` are the price types known to be in another currency, with that currency."""
    line = element.sourceline or 0
    said: Texts = {}
    fields: Texts = {}
    prices: dict[str, int | None] = {}
    stock: dict[str, int] = {}
    problems: list[Problem] = []
    for child in element:
        name = NAMES[child.tag]
        if name == "Цены":
            problems.extend(_prices(child, foreign, prices))
        elif name == "Склад":
            _put(stock, child.get("ИдСклада"), child.get("КоличествоНаСкладе"), problems, line)
        elif name == "Остатки":
            _rests(child, stock, problems)
        elif name == "ХарактеристикиТовара":
            fields["characteristic"] = characteristic(child)
        elif name == "БазоваяЕдиница":
            fields.update(base_unit(child))
        elif name not in said:
            said[name] = child.text
    own = identity(said.get("Ид"))
    if not own:
        yield Problem("price", "no_id", line, (said.get("Наименование") or "").strip())
        return
    yield from (problem._replace(article=own) for problem in problems)
    gone = (said.get("ПометкаУдаления") or "").strip().lower() in YES or element.get("Статус") in DELETED
    if "#" in own:
        yield _variant(own, said, fields, line, not gone)
    if "Количество" in said and not stock:
        _put(stock, TOTAL, said["Количество"], problems, line)
    if not gone:
        yield OfferRecord(own, line, tuple(prices.items()), tuple(stock.items()))


def _variant(own: str, said: Texts, fields: Texts, line: int, active: bool) -> ArticleRecord:
    """The article that a characteristic of a product is; what it does not say comes from the product."""
    name = (said.get("Наименование") or "").strip()
    return ArticleRecord(
        own,
        (said.get("Артикул") or "").strip() or None,
        with_characteristic(name, fields.get("characteristic") if "(" not in name else None),
        line,
        parent=own.partition("#")[0],
        base_unit=fields.get("base_unit"),
        active=active,
        characteristic=fields.get("characteristic"),
        barcodes=tuple(bar_codes(said.get("Штрихкод"))),
    )


def _prices(element: Any, foreign: dict[str, str], prices: dict[str, int | None]) -> Iterator[Problem]:
    for child in element:
        said = texts(child)
        kind, written = (said.get("ИдТипаЦены") or "").strip().lower(), said.get("ЦенаЗаЕдиницу") or ""
        coefficient = number(said.get("Коэффициент")) or 1000
        if prices.get(kind) is not None and coefficient != 1000:
            continue
        currency = said.get("Валюта") or foreign.get(kind) or "UAH"
        price, problem = _price(kind, written, currency)
        if problem:
            prices.setdefault(kind, None)
            yield problem._replace(line=child.sourceline or 0)
        else:
            prices[kind] = share(price, coefficient) if coefficient != 1000 else price


def _price(kind: str, written: str, currency: str) -> tuple[int, Problem | None]:
    if not kind:
        return 0, Problem("price", "no_price_type", detail=written)
    if currency != "UAH" and currency.strip().lower() not in HRYVNIA:
        return 0, Problem("price", "currency", detail=currency.strip()[:20])
    if not written.strip():
        return 0, Problem("price", "empty_price")
    try:
        price = kopiykas(written)
    except ValueError:
        return 0, Problem("price", "bad_price", detail=written.strip()[:40])
    if price < 0:
        return 0, Problem("price", "negative_price", detail=written.strip()[:40])
    return (price, None) if price else (0, Problem("price", "zero_price"))


def _rests(element: Any, stock: dict[str, int], problems: list[Problem]) -> None:
    """Остатки/Остаток with Склад(Ид, Количество), or a plain Количество."""
    for rest in element:
        line = rest.sourceline or 0
        for child in rest:
            name = NAMES[child.tag]
            if name == "Склад":
                said = texts(child)
                _put(stock, said.get("Ид"), said.get("Количество"), problems, line)
            elif name == "Количество":
                _put(stock, TOTAL, child.text, problems, line)


def _put(stock: dict[str, int], place: str | None, written: str | None, problems: list[Problem], line: int) -> None:
    where = (place or "").strip().lower()
    try:
        quantity = thousandths(written or "0")
    except ValueError:
        problems.append(Problem("stock", "bad_quantity", line, (written or "").strip()[:40]))
        return
    if not where:
        problems.append(Problem("stock", "no_warehouse", line))
        return
    if quantity < 0:
        problems.append(Problem("stock", "negative_stock", line, (written or "").strip()[:40], left_out=False))
    stock[where] = stock.get(where, 0) + max(quantity, 0)
