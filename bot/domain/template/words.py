"""Numbers, sums and days as Ukrainian contracts write them."""

from datetime import date

from num2words import num2words

from bot.domain.money import Money

NBSP = "\u00a0"
Forms = tuple[str, str, str]
"""Of a counted noun: of one, of two to four, of the rest."""
HRYVNIA: Forms = ("гривня", "гривні", "гривень")
KOPIYKA: Forms = ("копійка", "копійки", "копійок")
CALENDAR_DAY: Forms = ("календарний день", "календарні дні", "календарних днів")
POSITION: Forms = ("позиція", "позиції", "позицій")
MONTHS = (
    "січня", "лютого", "березня", "квітня", "травня", "червня",
    "липня", "серпня", "вересня", "жовтня", "листопада", "грудня",
)  # fmt: skip


def form(n: int, forms: Forms) -> str:
    """1 гривня, 2 гривні, 5 гривень, 11 гривень, 21 гривня."""
    last, teens = n % 10, n % 100 in range(11, 15)
    if last == 1 and not teens:
        return forms[0]
    return forms[1] if last in (2, 3, 4) and not teens else forms[2]


def number(n: int, *, feminine: bool = False) -> str:
    """In words, with the apostrophe of print: «п’ять». Not below zero."""
    words = str(num2words(n, lang="uk", gender="feminine" if feminine else "masculine"))
    return words.replace("'", "’")


def day(day: date) -> str:
    """27 листопада 2026 р."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}{NBSP}р."


def day_in_figures(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def figures(sum_: Money) -> str:
    """1 234,50, without the currency; the sign is not said."""
    whole, cents = divmod(abs(sum_.kopiykas), 100)
    return f"{whole:,}".replace(",", NBSP) + f",{cents:02d}"


def hryvnias(sum_: Money) -> str:
    """1 234,50 грн."""
    return f"{figures(sum_)}{NBSP}грн"


def sum_in_words(sum_: Money) -> str:
    """одна тисяча двісті тридцять чотири гривні 50 копійок."""
    whole, cents = divmod(abs(sum_.kopiykas), 100)
    return f"{number(whole, feminine=True)} {form(whole, HRYVNIA)} {cents:02d} {form(cents, KOPIYKA)}"


def both_ways(sum_: Money) -> str:
    """1 234,50 грн (одна тисяча двісті тридцять чотири гривні 50 копійок)."""
    return f"{hryvnias(sum_)} ({sum_in_words(sum_)})"


def days(n: int) -> str:
    """14 (чотирнадцять) календарних днів."""
    return f"{n} ({number(n)}) {form(n, CALENDAR_DAY)}"
