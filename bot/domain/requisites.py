"""Ukrainian requisites: who a client is by law, and the phone of a person."""

import re
from enum import StrEnum

import phonenumbers
from stdnum.ua import edrpou, rntrc


class ClientKind(StrEnum):
    """A legal entity has an EDRPOU of 8 digits, a ФОП a RNOKPP of 10."""

    LEGAL = "legal"
    FOP = "fop"


def tax_code(text: str, kind: ClientKind) -> str:
    """The checked code, digits only. Raises ValueError; all-zero codes pass the checksum and are refused too."""
    digits = re.sub(r"[\s-]", "", text)
    if not digits.strip("0"):
        raise ValueError(text)
    try:
        return str(edrpou.validate(digits) if kind is ClientKind.LEGAL else rntrc.validate(digits))
    except Exception as error:  # stdnum raises its own ValidationError family
        raise ValueError(text) from error


def phone(text: str) -> str:
    """E.164 of a phone as people write it; an old '8 067 …' loses its 8. Raises ValueError."""
    bare = re.sub(r"[^\d+]", "", text)[:20]
    if len(bare) == 11 and bare.startswith("80"):
        bare = bare[1:]
    if len(bare) == 12 and bare.startswith("380"):
        bare = "+" + bare
    try:
        number = phonenumbers.parse(bare, "UA")
    except phonenumbers.NumberParseException as error:
        raise ValueError("not a phone") from error
    if not phonenumbers.is_valid_number(number):
        raise ValueError("not a phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
