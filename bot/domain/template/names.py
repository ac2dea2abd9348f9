"""Names of businesses and people as contracts write them."""

import re

KINDS_OF_BUSINESS = {
    "ТОВ": "Товариство з обмеженою відповідальністю",
    "ТДВ": "Товариство з додатковою відповідальністю",
    "ПП": "Приватне підприємство",
    "ПрАТ": "Приватне акціонерне товариство",
    "ПАТ": "Публічне акціонерне товариство",
    "АТ": "Акціонерне товариство",
    "ФГ": "Фермерське господарство",
    "ДП": "Державне підприємство",
    "КП": "Комунальне підприємство",
    "ФОП": "Фізична особа – підприємець",
}
FOP = "ФОП"
_FULL = {short.casefold(): full for short, full in KINDS_OF_BUSINESS.items()}
_QUOTED = re.compile(r"[\"“”„]([^\"“”„«»]+)[\"“”]")
_FIRST = re.compile(r"(\w+)\.?\s+(.+)")
_PERSON = re.compile(r"[^\W\d_]\S+ (?:[^\W\d_]\S+ \S+(?:ич|іч|вна|ична)|[^\W\d_]\. ?[^\W\d_]\.)")
"""A surname, a name and a patronymic; or a surname and initials."""
_LAST = re.compile(r"(.+?),?\s+(\w+)")


def quoted(name: str) -> str:
    """Straight quotes become those of print: ТОВ «Ранкова кава»."""
    return _QUOTED.sub(r"«\1»", " ".join(name.split()))


def full_name(name: str) -> str:
    """The kind of business spelt out, wherever the book of record keeps it: before the name or behind it."""
    short, rest = _parted(name)
    if not short:
        return quoted(name)
    full = _FULL[short.casefold()]
    bare = short.casefold() == FOP.casefold() or rest.startswith("«")
    return f"{full} {rest}" if bare else f"{full} «{rest}»"


def own_name(name: str) -> str:
    """Of a ФОП: the person's name alone; empty where they are kept under the name of their shop."""
    short, rest = _parted(name)
    if short.casefold() == FOP.casefold():
        return rest
    spelt = quoted(name)
    for full in ("фізична особа – підприємець ", "фізична особа-підприємець "):
        if spelt.casefold().startswith(full):
            return spelt[len(full) :]
    return spelt if _PERSON.fullmatch(spelt) else ""


def fop(person: str) -> str:
    return f"{KINDS_OF_BUSINESS[FOP]} {person}"


def signature(person: str) -> str:
    """Beside a signature the given name goes first and the surname is in capitals: Ірина КОВАЛЕНКО."""
    words = person.split()
    if len(words) < 2:
        return person.strip()
    return f"{words[1]} {words[0].upper()}"


def _parted(name: str) -> tuple[str, str]:
    """The short word of the kind of business and the rest; no such word, nothing and the name."""
    tidy = quoted(name)
    if (match := _FIRST.fullmatch(tidy)) and match[1].casefold() in _FULL:
        return match[1], match[2]
    if (match := _LAST.fullmatch(tidy)) and match[2].casefold() in _FULL:
        return match[2], match[1]
    return "", tidy
