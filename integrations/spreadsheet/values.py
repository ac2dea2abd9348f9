"""What people write in the cells of a price list."""

import re
from typing import Any, NamedTuple

from bot.domain.pricelist import kopiykas, thousandths

_NUMBER = re.compile(r"[0-9][0-9\s\u00a0\u202f]*(?:[.,][0-9]+)?")
_HRYVNIA = re.compile(r"\s*(?:грн|uah|₴|гривень|гривні|гривня)\.?\s*(?:/.*)?$", re.IGNORECASE)
_FOREIGN = re.compile(r"[$€£¥₽₿]|\b(?:usd|eur|rub|pln|руб|дол|євро|евро|zł)\b", re.IGNORECASE)
_BASE = {"шт", "штук", "pcs", "кг", "kg", "л", "l", "уп", "пач", "г", "гр", "м", "пара", "бан", "пляш", "рул", "рук"}
_NONE = {"", "-", "–", "—", "0", "нет", "ні", "немає", "немає в наявності", "відсутній", "нет в наличии", "no", "none"}
_OFF = {"0", "ні", "нет", "no", "false", "-"}


class WrongCell(ValueError):
    """A cell that cannot be what its column says."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(f"{code}: {said}")
        self.code = code
        self.said = said[:40]


class Pack(NamedTuple):
    """`unit` is None where only the size is said."""

    unit: str | None
    size: int


def text(cell: Any) -> str:
    """A cell as text: 10661.0 is '10661'."""
    if isinstance(cell, str):
        return " ".join(cell.replace("\0", "").split())
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell)


def price(cell: Any) -> int | None:
    """Kopiykas; None where there is no price. Raises WrongCell."""
    said = text(cell)
    if said in ("", "-", "–", "—"):
        return None
    if _FOREIGN.search(said):
        raise WrongCell("currency", said)
    try:
        value = kopiykas(_HRYVNIA.sub("", said))
    except ValueError as error:
        raise WrongCell("bad_price", said) from error
    if value <= 0:
        raise WrongCell("negative_price" if value else "zero_price", said)
    return value


def stock(cell: Any) -> int | None:
    """Thousandths; '>100' is at least a hundred; None for an empty cell. Raises WrongCell for words."""
    said = text(cell).lower()
    if not said:
        return None
    if said in _NONE:
        return 0
    try:
        value = thousandths(said.lstrip("><≥≈~+ ").rstrip("+ "))
    except ValueError as error:
        raise WrongCell("vague_stock", said) from error
    if value < 0:
        raise WrongCell("bad_quantity", said)
    return value


def number(cell: Any) -> int | None:
    """Thousandths above zero; None for an empty cell or a dash. Raises WrongCell."""
    said = text(cell)
    if said in ("", "-", "–", "—"):
        return None
    try:
        value = thousandths(said)
    except ValueError as error:
        raise WrongCell("bad_number", said) from error
    if value <= 0:
        raise WrongCell("bad_number", said)
    return value


def unit(cell: Any) -> str | None:
    """'шт.' is 'шт'."""
    return text(cell).rstrip(".").strip().lower() or None


def pack(cell: Any) -> Pack | None:
    """'12', '12 шт', 'ящ/12', '12/ящ', 'ящ 12 шт' are packs of twelve; a dash is none. Raises WrongCell."""
    said = text(cell).lower()
    if said in _NONE:
        return None
    found = _NUMBER.search(said)
    if not found:
        raise WrongCell("bad_number", said)
    words = re.findall(r"[^\W\d_]+", said[: found.start()] + " " + said[found.end() :])
    named = next((word for word in words if word not in _BASE and word not in ("х", "x", "по", "в")), None)
    size = number(found.group()) if found.group().strip("0,. ") else 0
    return Pack(named, size) if size and size > 1000 else None


def vat(cell: Any) -> int | None:
    """Thousandths of a per cent point: '20 %', '0.2' as Excel keeps 20 %, 'без ПДВ'."""
    said = text(cell).lower().rstrip("%").strip()
    if not said:
        return None
    if said.startswith(("без", "не ")):
        return 0
    try:
        value = thousandths(said)
    except ValueError as error:
        raise WrongCell("bad_number", said) from error
    if not 0 <= value <= 100_000:
        raise WrongCell("bad_number", said)
    return value * 100 if isinstance(cell, float) and 0 < value < 1000 else value


def active(cell: Any) -> bool | None:
    said = text(cell).lower()
    return said not in _OFF if said else None


def barcodes(cell: Any) -> tuple[str, ...]:
    codes = re.split(r"[;,\s/]+", text(cell))
    return tuple(code for code in codes if code.isascii() and code.isdigit() and 6 <= len(code) <= 18)
