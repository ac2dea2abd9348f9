"""Words in three languages: English is the source, Ukrainian and Russian come from `locales/`.

`say`, `label` and `plural` are what pybabel extracts (see the Makefile); values are filled in by str.format names.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from bot.domain.money import Money
from bot.domain.quantity import Packing, Unit

LANGUAGES: Mapping[str, str] = {"uk": "Українська", "ru": "Русский", "en": "English"}
LOCALES = Path(__file__).parent.parent / "locales"
KYIV = ZoneInfo("Europe/Kyiv")
NBSP = "\u00a0"
THIN = "\u202f"


def marked(msgid: str) -> str:
    """Mark a text for translation where it is defined and translated elsewhere."""
    return msgid


UNITS = {
    "шт": marked("pcs"),
    "кг": marked("kg"),
    "г": marked("g"),
    "л": marked("l"),
    "мл": marked("ml"),
    "уп": marked("pack"),
    "пач": marked("packet"),
    "бан": marked("tin"),
    "пляш": marked("bottle"),
    "рул": marked("roll"),
    "рук": marked("sleeve"),
    "ящ": marked("case"),
    "кор": marked("carton"),
    "міш": marked("sack"),
    "бл": marked("block"),
    "лот": marked("tray"),
}

DOCUMENTS = {
    "order": marked("Order {number}"),
    "shipment": marked("Delivery note {number} of {day}"),
    "invoice": marked("Invoice {number} of {day}"),
    "opening": marked("Opening balance {number}"),
    "payment": marked("Payment {number} of {day}"),
    "refund": marked("Money given back {number} of {day}"),
    "other": marked("Document {number} of {day}"),
}
UNDATED = marked("Document {number}")


class Translator:
    """Says things in one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "uk"
        self._words = _catalogue(self.language)

    def say(self, msgid: str, **values: object) -> Markup:
        """A sentence that may hold b, i, s, code, a; values are escaped."""
        return _filled(self._words.gettext(msgid), values)

    def label(self, msgid: str, **values: object) -> str:
        """Plain text: a button, a toast, a word."""
        return self._words.gettext(msgid).format(**values)

    def plural(self, one: str, many: str, n: int, **values: object) -> Markup:
        """A counted thing; {n} is the number."""
        return _filled(self._words.ngettext(one, many, n), {"n": n} | values)

    def money(self, sum_: Money) -> str:
        """1 234,50 грн; the spaces do not break."""
        whole, cents = divmod(abs(sum_.kopiykas), 100)
        sign = "−" if sum_.kopiykas < 0 else ""
        point = "." if self.language == "en" else ","
        grouped = f"{whole:,}".replace(",", NBSP)
        return f"{sign}{grouped}{point}{cents:02d}{NBSP}{self.label(HRYVNIA)}"

    def number(self, value: Decimal) -> str:
        """A quantity without needless zeros; from five digits on the thousands stand apart."""
        whole, point, rest = f"{value.normalize():f}".partition(".")
        if len(whole) > 4:
            whole = f"{int(whole):,}".replace(",", NBSP)
        return whole + (point if self.language == "en" else point.replace(".", ",")) + rest

    def unit(self, name: str) -> str:
        """A unit's word; one that 1C invented is shown as it is."""
        return self.label(UNITS[name]) if name in UNITS else name

    def quantity(self, base: Decimal, packing: Packing, unit: Unit = Unit.BASE) -> str:
        """In the unit asked for; in base units too where they differ: 2 ящ (24 шт)."""
        own = f"{self.number(base)}{NBSP}{self.unit(packing.base_unit)}"
        if unit is Unit.BASE or not packing.has_pack:
            return own
        count = packing.in_unit(base, unit)
        if count != count.to_integral_value():
            return own
        return f"{self.number(count)}{NBSP}{self.unit(packing.name(unit))} ({own})"

    def day(self, day: date) -> str:
        """Вт, 24 листопада."""
        return format_date(day, "EEE, d MMMM", locale=self.language)

    def calendar_day(self, day: date) -> str:
        """27 грудня."""
        return format_date(day, "d MMMM", locale=self.language)

    def short_day(self, day: date) -> str:
        """Вт 24.11."""
        name = format_date(day, "EEE dd.MM", locale=self.language)
        return name[:1].upper() + name[1:]

    def document(self, kind: str, number: str, dated: date | None) -> str:
        """What a debt hangs on, as people call it."""
        day = f"{dated:%d.%m.%Y}" if dated else ""
        words = DOCUMENTS.get(kind, DOCUMENTS["other"])
        if not day and kind != "order":
            words = UNDATED
        return self.label(words, number=number, day=day).strip()

    def moment(self, moment: datetime) -> str:
        """24.11 17:00, Kyiv time."""
        return f"{moment.astimezone(KYIV):%d.%m %H:%M}"


HRYVNIA = marked("UAH")


def _filled(sentence: str, values: Mapping[str, object]) -> Markup:
    """A sentence of ours with escaped values; str.format, because Markup's own is many times slower."""
    return Markup(sentence.format(**{name: escape(value) for name, value in values.items()}))  # noqa: S704


@cache
def translator(language: str) -> Translator:
    return Translator(language)


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    with (LOCALES / language / "LC_MESSAGES" / "komora.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
