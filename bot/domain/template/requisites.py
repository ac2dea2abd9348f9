"""What staff type of a client for its contracts, under the names that templates use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stdnum import iban

from bot.domain.requisites import phone

LONGEST = 300
UNTOUCHED = "…"
"""Stands for a value in what is copied; whoever sends it back so has not typed one."""
_MAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_VAT = re.compile(r"\d{10}|\d{12}")
TYPED: Mapping[str, str] = {
    "підписант": "signer",
    "підписант у родовому": "signer_genitive",
    "посада": "position",
    "посада в родовому": "position_genitive",
    "підстава": "basis",
    "адреса": "address",
    "телефон": "phone",
    "пошта": "email",
    "рахунок": "iban",
    "банк": "bank",
    "іпн": "vat",
}
"""What is typed before the colon, and what it fills."""


@dataclass(frozen=True, slots=True)
class Requisites:
    """An empty field is not known."""

    signer: str = ""
    signer_genitive: str = ""
    position: str = ""
    position_genitive: str = ""
    basis: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    iban: str = ""
    bank: str = ""
    vat: str = ""


class BadRequisite(Exception):
    """A line that is not understood; `line` is what was typed."""

    def __init__(self, line: str) -> None:
        super().__init__("bad requisite")
        self.line = line


def read(text: str) -> dict[str, str]:
    """Lines «назва: значення» as fields; «-» takes a value away, «…» was left as it stood. Raises BadRequisite."""
    found: dict[str, str] = {}
    for line in filter(None, (" ".join(one.split()) for one in text.splitlines())):
        name, colon, value = (part.strip() for part in line.partition(":"))
        attribute = TYPED.get(name.casefold().replace("посада у ", "посада в "))
        if not colon or attribute is None or not value or len(value) > LONGEST:
            raise BadRequisite(line)
        if value == UNTOUCHED:
            continue
        found[attribute] = "" if value in ("-", "–", "—") else _checked(attribute, value, line)
    return found


def _checked(attribute: str, value: str, line: str) -> str:
    if attribute == "phone":
        try:
            return phone(value)
        except ValueError as error:
            raise BadRequisite(line) from error
    if attribute == "iban":
        value = value.replace(" ", "").upper()
        good = value.startswith("UA") and len(value) == 29 and iban.is_valid(value)
    elif attribute == "email":
        good = bool(_MAIL.fullmatch(value))
    elif attribute == "vat":
        good = bool(_VAT.fullmatch(value))
    else:
        good = True
    if not good:
        raise BadRequisite(line)
    return value
