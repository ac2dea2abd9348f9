"""An order on its way out, and documents of orders as 1C writes them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bot.domain.accounting import OutgoingLine, OutgoingOrder
from bot.domain.money import Money

ORDER = UUID("0b6f5a3e-7c1d-4f52-9a65-3d1f6f1c0a01")
CAFE = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
MILK = "11111111-1111-4111-8111-111111111111"
CHEESE = "22222222-2222-4222-8222-222222222222"
NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)

LINE = OutgoingLine(
    MILK, "10661", "Молоко 2,5% 1 л", "шт", Decimal("12.000"), Money(4250), Money(0), Money(51000), Decimal(20)
)
GIFT = OutgoingLine(
    CHEESE, "20001", "Сир <твердий> & ін.", "кг", Decimal("0.345"), Money(30000), Money(350), Money(10000), None
)


def order(**changes: Any) -> OutgoingOrder:
    return replace(
        OutgoingOrder(
            id=ORDER, number="K-000042", revision=3, placed_at=datetime(2026, 11, 26, 22, 15, 7, tzinfo=UTC),
            placed_by="Олена", client=CAFE, client_name="ТОВ «Кав'ярня»", tax_code="14360570", contract=None,
            price_type=None, delivery_name="Зал", delivery_address="Львів, вул. Ґонти, 7",
            delivery_date=date(2026, 11, 28), note="до 10:00", lines=(LINE, GIFT), total=Money(61000),
        ),
        **changes,
    )  # fmt: skip


def root(body: str, *, namespace: str = "", version: str = "2.05", prolog: str = "") -> str:
    declared = f' xmlns="{namespace}"' if namespace else ""
    prolog = prolog or '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{prolog}\n<КоммерческаяИнформация{declared} ВерсияСхемы="{version}">{body}</КоммерческаяИнформация>'


def requisites(**values: str) -> str:
    inner = "".join(
        f"<ЗначениеРеквизита><Наименование>{name.replace('_', ' ')}</Наименование><Значение>{value}</Значение>"
        "</ЗначениеРеквизита>"
        for name, value in values.items()
    )
    return f"<ЗначенияРеквизитов>{inner}</ЗначенияРеквизитов>"


def answer(id: str = str(ORDER), *more: str, number: str = "K-000042", time: str = "<Время>13:38:17</Время>") -> str:
    """What 1C says of an order: its own number and state, with or without goods."""
    return (
        f"<Документ><Ид>{id}</Ид><Номер>{number}</Номер><Дата>2026-11-27</Дата>{time}"
        f"<ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль>{''.join(more)}</Документ>"
    )


def buyer(id: str = CAFE, role: str = "Покупатель") -> str:
    return f"<Контрагент><Ид>{id}</Ид><Наименование>К</Наименование><Роль>{role}</Роль></Контрагент>"


def goods(*lines: str) -> str:
    return f"<Товары>{''.join(lines)}</Товары>"


def line(id: str, quantity: str, price: str, amount: str, *more: str) -> str:
    return (
        f"<Товар><Ид>{id}</Ид><Наименование>Т</Наименование><ЦенаЗаЕдиницу>{price}</ЦенаЗаЕдиницу>"
        f"<Количество>{quantity}</Количество><Сумма>{amount}</Сумма>{''.join(more)}</Товар>"
    )
