"""What the purpose of a payment says: which documents it names, which codes, and what must not be taken for either."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.matching.letters import keys, plain

_LONGEST = 500
_MARKER = (
    r"(?:РА?Х(?:\.|УН\w*|Н\w*|У\w*|-\w+)?|Р-К\w*|Р/Ф|РАХ-Ф\w*|СЧ[ЕЬ]?\w*|С/Ф|СЧ/Ф|СФ|ІНВОЙС\w*|ІNVОІСЕ|ІNV"
    r"|НАКЛ?\w*|Н-Н\w*|ВИДАТК\w*|РАСХОДН\w*|ВН|РН|ЗАМ\w*|ЗАК(?:АЗ\w*|\b)|ЗАЯВК\w*|ОRDЕR|RАНUN\w*|SСНЕТ\w*|NАКLАD\w*|ДОК(?:УМ\w*)?)"
)
_WORDS_BETWEEN = (
    r"(?:(?:НА|ЗА|ПО|ОПЛАТУ|ОПЛАТИ|ТОВАР\w*|ФАК\w*|Ф|НАКЛ\w*|ПОКУПЦЯ|ПОКУПАТЕЛЯ|КЛІЄНТА|НОМЕР\w*|НОМ)\b[.,]?[ -]*)*"
)
_SIGN = r"(?:№+|#|\bN[ОR]?(?![А-ЯЄІЇA-Z])\.?|НОМЕР\w*\b)"
_BODY = r"(?:[А-ЯЄІЇA-Z]{1,6}[-_/.]?)?[0-9ОІ]*[0-9][0-9ОІЗ]*(?:[-/_][0-9ОІ]+)*(?![А-ЯЄІЇA-Z0-9])"
_FIRST = re.compile(
    rf"(?:(?<![А-ЯЄІЇA-Z]){_MARKER}\.?(?:(?<=[.])|\b)[ .,:-]*{_WORDS_BETWEEN}(?:{_SIGN}[ .:]*)*|{_SIGN}[ .:]*)"
    rf"(?P<number>{_BODY})"
)
_NEXT = re.compile(rf"(?=[ ,;+&])[ ,;+&]*(?:(?:ТА|І|И|Й|ТАКОЖ)\b[ ,;+&]*)*(?:{_SIGN} *)*(?P<number>{_BODY})")
_BARE = re.compile(rf"(?<![А-ЯЄІЇA-Z0-9,./-]){_BODY}")
_MONTH = r"(?:СІЧ|ЛЮТ|БЕР|КВІТ|ТРАВ|ЧЕРВ|ЛИП|СЕРП|ВЕР|ЖОВТ|ЛИСТ|ГРУД|ЯНВ|ФЕВ|МАР|АПР|МА[ЯЙ]|ИЮ|АВГ|СЕН|ОКТ|НОЯ|ДЕК)\w*"
_YEAR_WORD = r"(?: ?Р(?:ОКУ|\.)?(?![А-ЯЄІЇ])| ?Г(?:ОДА|\.)?(?![А-ЯЄІЇ]))?"
_DAY = re.compile(
    rf"(?:(?:\bВІД|\bОТ|\bЗА|\bВД)\.? ?)?(?<!\d)(?P<day>[0-3]?\d)[./-](?P<month>[01]?\d)[./-]"
    rf"(?P<year>20\d\d|\d\d)(?!\d){_YEAR_WORD}"
    rf"|(?<!\d)20\d\d-[01]\d-[0-3]\d(?!\d)"
    rf"|(?:(?:\bВІД|\bОТ|\bЗА)\.? ?)?(?<!\d)[0-3]?\d {_MONTH}(?: ?20\d\d)?{_YEAR_WORD}"
    rf"|(?:\bВІД|\bОТ)\.? ?[0-3]?\d[./][01]?\d(?![\d/])|\bЗА {_MONTH}(?: ?20\d\d)?{_YEAR_WORD}"
    r"|(?<!\d)20[12]\d ?Р(?:ІК|ОКУ|\.)"
)
_SUM = r"\d{1,3}(?:[ ']\d{3})+(?:[.,-]\d{1,2})?|\d+[.,-]\d{2}|\d+"
_VAT = re.compile(
    rf"(?:(?:В|У) ?Т\. ?Ч\.?|ВТЧ|УТЧ|ВКЛ\w*|СУМА|СУММА)?[ .,]*"
    rf"\b(?:ПДВ|НДС|VАТ)\b[ .:=–-]*(?:\(?(?:20|14|7|0)[ ]?%\)?)?"
    rf"[ .:=–-]*(?:(?:{_SUM})(?: ?ГРН\w*)?(?![\d/]))?"
    rf"|(?:\d+ ?%)(?:[ -]*(?:{_SUM})(?: ?ГРН\w*)?)?"
)
_MONEY = re.compile(
    rf"(?:\bСУМ\w*|\bВСЬОГО|\bРАЗОМ|\bИТОГО)[ :=-]*(?:{_SUM})(?: ?(?:ГРН\w*|UАН|UAH))?"
    rf"|(?<![\d./])(?:{_SUM}) ?(?:ГРН\w*|UАН|КОП\w*|ГРИВ\w*)"
    rf"|(?<![\d.,/-])\d{{1,3}}(?: \d{{3}})+[.,]\d{{2}}(?!\d)|(?<![\d.,/-])\d+[.,]\d{{2}}(?![\d.,/])"
)
_TO_COME = re.compile(rf"(?:(?<![А-ЯЄІЇA-Z]){_MARKER}[ .:]*{_WORDS_BETWEEN}|{_SIGN})[ .:]*$")
"""Right after a word or a sign that a number is to follow."""
_OTHERS = (
    r"(?:ДОГ|ДГВ|ДОГОВ|КОНТР|УГОД|СОГЛАШ|ДОДАТ|СПЕЦИФ|АКТ|ДОВІР|ДОВЕР|КВИТАН|ЧЕК|ТТН|ЛИСТ|РІШЕН|СТ\.|ФІЛ|ТЕЛ|МАГ|ТОЧК"
    r"|П/Д|ПЛАТІЖ\w* (?:ІНСТР|ДОРУЧ)|РЕЄСТР|ПРИМ|КАРТ|КОД|ЛІЦЕНЗ|ДСТУ|ТУ У|КІМ|ОФ|БУД|КВ|ЦЕХ|СКЛ|ГАРАНТ)"
)
_OTHER_NUMBER = re.compile(
    rf"(?<![А-ЯЄІЇA-Z]){_OTHERS}(?:(?!{_MARKER}(?:[ .№N]|$))[^\d№;]){{0,40}}(?:{_SIGN}[ .]*)?"
    r"(?:[А-ЯЄІЇA-Z]{1,6}[-_/.]?)?"
    r"\d[\dОІ]*(?:[-/_.]\w+)*"
)
_CODES = re.compile(
    r"(?:ЄДРПОУ|ЕДРПОУ|ЕГРПОУ|ІПН|ІНН|ИНН|РНОКПП|ДРФО)[^\d]{0,10}(?P<code>\d{8,12})|\bUА\d{27}\b|(?<![\d№])\+?3?8?0\d{9}\b"
)
_CODE_BARE = re.compile(r"(?<!\d)(?:\d{8}|\d{10})(?!\d)")
_COUNTED = re.compile(r"(?<![\d№])\d+ ?(?:ШТ|КГ|УП|ЯЩ|Л\b|ПЛ|ОД|ДН|МІС|ЧОЛ|ПОРЦ)\w*")
_PARTLY = re.compile(r"ЧАСТК|ЧАСТИЧ|ЧАСТИН|АВАНС|ПЕРЕДОПЛ|ПРЕДОПЛ|ДОПЛАТ|ЗАЛИШ|ОСТАТ")
_BACK = re.compile(
    r"ПОВЕРН|ВОЗВРАТ|ПОМИЛК|ОШИБ|ФІН\w*\.? ДОПОМОГ|ФИН\w*\.? ПОМОЩ|ПОЗИК|ЗАСТАВ|ШТРАФ|ОРЕНД|АРЕНД|ЗАРПЛ|ЗАРОБІТ"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A number that the purpose gives; `marked` where a word or a sign says that it is a document's.

    `dated` is the day beside it.
    """

    said: str
    marked: bool
    dated: date | None = None

    @property
    def keys(self) -> frozenset[str]:
        return keys(self.said)


@dataclass(frozen=True, slots=True)
class Purpose:
    """`plain` is its text in one alphabet; `codes` are those it names; `partly`: it says that it pays a part.

    `back` where it speaks of something else than paying for goods.
    """

    plain: str
    numbers: tuple[Named, ...]
    codes: frozenset[str]
    partly: bool
    back: bool


def read(purpose: str) -> Purpose:
    """Everything that is no document's number is taken out first: dates, sums, VAT, contracts, codes."""
    said = plain(purpose[:_LONGEST])
    codes = {found["code"] for found in _CODES.finditer(said) if found["code"]}
    codes |= set(_CODE_BARE.findall(said))
    left, days = _without_days(_blank(_CODES, said))
    left = _blank(_VAT, left)
    left = _blank(_OTHER_NUMBER, left)
    left = _without_money(left)
    left = _blank(_COUNTED, left)
    numbers = tuple(_numbers(left, days))
    return Purpose(said, numbers, frozenset(codes), bool(_PARTLY.search(said)), bool(_BACK.search(said)))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The same length, so that places stay what they are; a mark stops a list of numbers."""
    return pattern.sub(lambda found: "¦".ljust(len(found.group()), " ") if found.group() else "", text)


def _without_days(text: str) -> tuple[str, dict[int, date]]:
    """Dates by where they began; the text with blanks in their place, so that a list goes on over them."""
    days: dict[int, date] = {}

    def take(found: re.Match[str]) -> str:
        day = _day(found)
        if day is not None:
            days[found.start()] = day
        return " " * len(found.group())

    return _DAY.sub(take, text), days


def _day(found: re.Match[str]) -> date | None:
    if not found["day"]:
        return None
    year = int(found["year"])
    try:
        return date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _without_money(text: str) -> str:
    """Sums; but «№125,26» are two numbers."""

    def take(found: re.Match[str]) -> str:
        if found.group()[0].isdigit() and "ГРН" not in found.group() and _TO_COME.search(text[: found.start()]):
            return found.group()
        return "¦".ljust(len(found.group()), " ")

    return _MONEY.sub(take, text)


def _numbers(text: str, days: dict[int, date]) -> Iterator[Named]:
    """Marked ones with those that follow them in a list, then what stands alone."""
    taken: list[tuple[int, int]] = []
    at = 0
    while found := _FIRST.search(text, at):
        while found is not None:
            start, end = found.span("number")
            taken.append((start, end))
            yield Named(text[start:end], True, _beside(days, end))
            at = end
            found = _NEXT.match(text, end)
    for one in _BARE.finditer(text):
        if not any(start < one.end() and one.start() < end for start, end in taken):
            yield Named(one.group(), False, _beside(days, one.end()))


def _beside(days: dict[int, date], end: int) -> date | None:
    return next((day for at, day in days.items() if end <= at <= end + 3), None)
