"""What people write into the purpose of a transfer: exactly, carelessly, or about something else."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

CENT = Decimal("0.01")
LOOKS_ALIKE = str.maketrans("АВЕКМНОРСТХІ", "ABEKMHOPCTXI")

EXACT = (
    "Оплата за товар зг. рах. №{number} від {day}, у т.ч. ПДВ 20% {vat}",
    "Оплата за продукти харчування згідно рахунку № {number} від {day} р., в т.ч. ПДВ - {vat} грн.",
    "За товар зг. накладної {number} від {day}. ПДВ 20% - {vat} грн",
    "Сплата згідно договору поставки, рах.{number}, без ПДВ",
    "оплата рахунка {number}",
)
CARELESS = (
    "опл рах {bare} за продукти",
    "Оплата за молочну продукцію зг рах {latin} від {day}",
    "зам. {bare} {day}",
    "За товар, видаткова накл. №{bare}; ПДВ {vat}",
    "Рахунок № {spaced} від {day} р. Сума {sum} грн, в т.ч. ПДВ 20% {vat} грн",
)
VAGUE = (
    "Оплата за товар",
    "За продукти харчування згідно договору, без ПДВ",
    "Передоплата за товар",
    "Погашення боргу",
)
FOR_ANOTHER = "Оплата за {name} зг. рах. №{number} від {day}, у т.ч. ПДВ 20% {vat}"
SEVERAL = "Оплата за товар зг. рах. №{numbers}, у т.ч. ПДВ 20% {vat}"


def purpose(draw: Random, number: str, day: date, amount: Decimal) -> str:
    """Of one invoice: mostly exact, sometimes careless, rarely vague."""
    kinds: tuple[Sequence[str], ...] = (EXACT, EXACT, EXACT, CARELESS, CARELESS, VAGUE)
    return draw.choice(draw.choice(kinds)).format(**_words(number, day, amount))


def for_another(name: str, number: str, day: date, amount: Decimal) -> str:
    """One pays the invoice of another."""
    return FOR_ANOTHER.format(name=name, **_words(number, day, amount))


def of_several(numbers: Sequence[str], amount: Decimal) -> str:
    return SEVERAL.format(numbers=", ".join(numbers), vat=vat_within(amount))


def vat_within(amount: Decimal) -> Decimal:
    return (amount / 6).quantize(CENT, ROUND_HALF_UP)


def _words(number: str, day: date, amount: Decimal) -> dict[str, object]:
    bare = number.rpartition("-")[2].lstrip("0") or number
    spaced = " ".join(number.partition("-"))
    words: dict[str, object] = {
        "number": number,
        "bare": bare,
        "latin": number.translate(LOOKS_ALIKE),
        "spaced": spaced,
    }
    return words | {"day": f"{day:%d.%m.%Y}", "vat": vat_within(amount), "sum": f"{amount:.2f}"}
