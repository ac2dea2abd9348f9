"""What banks write in the fields of a statement."""

import re
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.money import Money

_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:\D.*)?", re.DOTALL)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:\D.*)?", re.DOTALL)
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:\d{6})?")
_SERIAL = re.compile(r"([34567]\d{4})(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)
_AMOUNT = re.compile(r"[+-]?\d{1,13}(?:\.\d{1,4})?")
_UNITS = re.compile(r"(?:грн|uah|₴|гривень)\.?", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f'’_]")
_CURRENCIES = {
    "": "UAH",
    "980": "UAH",
    "ГРН": "UAH",
    "UAH": "UAH",
    "ГРИВНЯ": "UAH",
    "840": "USD",
    "978": "EUR",
    "985": "PLN",
}
LONGEST = 1000


def day(text: str) -> date:
    """Raises ValueError."""
    said = text.strip()[:40]
    if found := _ISO.fullmatch(said) or _COMPACT.fullmatch(said):
        return _within(date(int(found[1]), int(found[2]), int(found[3])))
    if found := _DAY.fullmatch(said):
        year = int(found[3])
        return _within(date(year + 2000 if year < 100 else year, int(found[2]), int(found[1])))
    if found := _SERIAL.fullmatch(said):
        return _within(_EPOCH + timedelta(days=int(found[1])))
    raise ValueError(said)


def _within(said: date) -> date:
    if not 2000 <= said.year < 2100:
        raise ValueError(said)
    return said


def amount(text: str, currency: str = "UAH") -> Money:
    """'1 234,56', '1,234.56', '-5.00 грн'. Raises ValueError."""
    bare = _SPACES.sub("", _UNITS.sub("", text.strip()[:60])).replace("−", "-")
    if bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    elif "," in bare and bare.rfind(",") > bare.rfind("."):
        bare = bare.replace(".", "").replace(",", ".")
    bare = bare.replace(",", "")
    if not _AMOUNT.fullmatch(bare):
        raise ValueError(text[:40])
    return Money.of(Decimal(bare), currency)


def currency(text: str) -> str:
    """The letters of it; what nobody knows stays what it is."""
    said = text.strip().upper().rstrip(".")
    return _CURRENCIES.get(said, said[:10])


def code(text: str) -> str:
    """Digits of an EDRPOU or RNOKPP, with the zeros that a table has lost; empty where there is none."""
    digits = re.sub(r"\D", "", text.removesuffix(".0"))
    if not digits.strip("0"):
        return ""
    return digits.zfill(8) if len(digits) < 8 else digits.zfill(10) if len(digits) == 9 else digits


def account(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper().removesuffix(".0"))[:40]


def words(text: str) -> str:
    """One line of text, whatever it held."""
    return " ".join(text.replace("\0", "").split())[:LONGEST]
