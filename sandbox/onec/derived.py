"""Attributes that are computed, by the names that configurations call them by."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.onec.contacts import contacts
from sandbox.onec.sources import derived_ref
from sandbox.onec.things import ZERO

if TYPE_CHECKING:
    from sandbox.onec.infobase import Base
STATES = "Catalog_СостоянияЗаказовПокупателей"


def _line_number(base: "Base", row: Any) -> int:
    return getattr(row, "line", 1)


def _price_pack(base: "Base", row: Any) -> str:
    article = base.world.articles.get(row.article)
    return article.base_pack if article else ""


def _price_currency(base: "Base", row: Any) -> str:
    price_type = base.world.price_types.get(row.price_type)
    return price_type.currency if price_type else ""


def _main_person(base: "Base", row: Any) -> str:
    return row.people[0] if row.people else ""


def _contact_kind(base: "Base", row: Any) -> str:
    return base.item_for("Catalog_ВидыКонтактнойИнформации", row.kind)


def _account(base: "Base", row: Any) -> str:
    items = base.items["ChartOfAccounts_Хозрасчетный"].values()
    return next((one.ref for one in items if one.code == row.account), "")


def _line_unit(base: "Base", row: Any) -> str:
    article = base.world.articles.get(row.article)
    return article.unit if article else ""


def _article_kind(base: "Base", row: Any) -> str:
    return base.item("Catalog_ВидыНоменклатуры", "Послуга" if row.service else "Товар")


DERIVED: dict[str, Callable[["Base", Any], Any]] = {
    "line_number": _line_number,
    "active": lambda base, row: True,
    "predefined": lambda base, row: bool(row.extra.get("PredefinedDataName")),
    "predefined_name": lambda base, row: row.extra.get("PredefinedDataName", ""),
    "price_pack": _price_pack,
    "price_currency": _price_currency,
    "main_person": _main_person,
    "has_limit": lambda base, row: row.credit_limit > 0,
    "has_days": lambda base, row: row.payment_days > 0,
    "our_organisation": lambda base, row: next(iter(base.world.organisations), ""),
    "our_currency": lambda base, row: next(iter(base.world.currencies), ""),
    "article_kind": _article_kind,
    "contact_kind": _contact_kind,
    "order_state_item": lambda base, row: base.item_for(STATES, row.state),
    "is_closed": lambda base, row: row.state in ("closed", "cancelled"),
    "article_type": lambda base, row: "Услуга" if row.service else base.goods_word(),
    "line_unit": _line_unit,
    "base_quantity": lambda base, row: row.quantity * row.coefficient,
    "agreement": lambda base, row: derived_ref("agreement", row.contract) if row.contract else "",
    "partner_analytics": lambda base, row: derived_ref("analytics", row.contract) if row.contract else "",
    "owed_part": lambda base, row: max(row.amount, ZERO),
    "prepaid_part": lambda base, row: max(-row.amount, ZERO),
    "settlement_type": lambda base, row: "Долг" if row.amount > 0 else "Аванс",
    "account": _account,
    "vat_item": lambda base, row: base.item("Catalog_СтавкиНДС", f"{row.vat}%" if row.vat else "Без ПДВ"),
    "is_approved": lambda base, row: row.posted,
    "vat_payer": lambda base, row: bool(row.tax_number),
}
ROWS: dict[str, Callable[["Base", Any], list[Any]]] = {
    "contacts": lambda base, row: contacts(row, base.world.counterparties.get(getattr(row, "client", "")))
}
