"""Purposes and document numbers in one alphabet: people mix Latin letters with Cyrillic ones, and 0 with О."""

import re
from functools import lru_cache

_ALIKE = str.maketrans("ABCEHIKMOPTXYҐ", "АВСЕНІКМОРТХУГ")
_AS_DIGITS = str.maketrans("ОІЗ|", "0131")
_DASHES = re.compile(r"[‐-―−]")
_SPACES = re.compile(r"\s+")
_PARTS = re.compile(r"[-/_.\\ ]+|(?<=\D)(?=\d)")
_PREFIX = re.compile(r"[^\W\d_]+")


def plain(text: str) -> str:
    """Upper case, one alphabet, one kind of dash, single spaces."""
    upper = _DASHES.sub("-", text.upper().replace("Ё", "Е"))
    return _SPACES.sub(" ", upper.translate(_ALIKE)).strip()


@lru_cache(50_000)
def keys(number: str) -> frozenset[str]:
    """What a document's number is compared by: its letters, then its digits without the zeros before them.

    Letters that may be zeros or ones are read both ways.
    """
    said = plain(number)
    found = _PREFIX.match(said)
    prefix = found.group() if found else ""
    ways = [(prefix, said[len(prefix) :])]
    as_digits = prefix.translate(_AS_DIGITS)
    if as_digits.isdigit():
        ways.append(("", as_digits + said[len(prefix) :]))
    return frozenset(f"{letters}|{digits}" for letters, rest in ways if (digits := _digits(rest)))


def tail(number: str) -> str:
    """The last digits of a number that begins with letters: people leave the rest out. Empty for others."""
    said = plain(number)
    found = _PREFIX.match(said)
    return _digits(said[found.end() :]).rpartition("/")[2] if found else ""


def _digits(text: str) -> str:
    """Groups of digits without leading zeros, those of zeros alone left out."""
    mapped = text.translate(_AS_DIGITS)
    groups = [re.sub(r"[^\w]", "", part).lstrip("0") for part in _PARTS.split(mapped)]
    return "/".join(group for group in groups if group)
