"""Clients as the ledger has them in these tests."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.directory import ClientRecord, ContractRecord, PersonRecord, PointRecord
from bot.domain.requisites import ClientKind

MARKO = PersonRecord("h-marko", "Марко", "067 999 88 77")
MARKO_PHONE = "+380679998877"
HANNA = PersonRecord("h-hanna", "Ганна", "050 777 66 55", pays=True)
BAR = ClientRecord(
    external_id="bar",
    kind=ClientKind.LEGAL,
    name="Бар «Зоря»",
    tax_code="21133352",
    price_type="",
    price_type_id="t-vip",
    points=(PointRecord("p-1", "Бар", "Львів, 1"), PointRecord("p-2", "Тераса", "Львів, 2")),
    people=(MARKO, HANNA),
    manager="Тарас",
    payment_days=14,
    version="v1",
    contracts=(
        ContractRecord(
            "k-1",
            "Основний",
            number="17/26",
            dated=date(2026, 1, 5),
            until=date(2026, 12, 31),
            price_type="t-vip",
            payment_days=14,
            main=True,
        ),
    ),
)


def card(external_id: str, **fields: Any) -> ClientRecord:
    """Another client, with nothing and nobody of the bar."""
    bare = {"tax_code": "", "name": external_id, "points": (), "people": (), "contracts": ()}
    return replace(BAR, external_id=external_id, **bare | fields)
