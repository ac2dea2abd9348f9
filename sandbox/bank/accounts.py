"""Who has an account: the name, the state's code, the number, and the bank told by the number."""

import hashlib
from dataclasses import dataclass

BANKS = {
    "305299": "АТ КБ «ПРИВАТБАНК»",
    "322001": "АТ «УНІВЕРСАЛ БАНК»",
    "300335": "АТ «РАЙФФАЙЗЕН БАНК»",
    "322313": "АТ «УКРЕКСІМБАНК»",
    "300465": "АТ «ОЩАДБАНК»",
    "334851": "АТ «ПУМБ»",
}
OF_CLIENTS = ("305299", "322001", "300335", "300465", "334851")


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a transfer; `code` is an EDRPOU or an RNOKPP, or empty."""

    name: str
    code: str
    iban: str

    @property
    def mfo(self) -> str:
        return self.iban[4:10]

    @property
    def bank(self) -> str:
        return BANKS.get(self.mfo, "")


def account_of(code: str) -> str:
    """The number by which the bearer of `code` always pays."""
    drawn = int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "big")
    return iban(OF_CLIENTS[drawn % len(OF_CLIENTS)], f"2600{drawn % 10**10:010d}")


def iban(mfo: str, account: str) -> str:
    """With its check digits by ISO 13616."""
    inside = f"{mfo}{account.zfill(19)}"
    return f"UA{98 - _rest(f'{inside}UA00'):02d}{inside}"


def is_iban(number: str) -> bool:
    """Of Ukraine, with right check digits."""
    whole = number.isascii() and number.startswith("UA") and len(number) == 29 and number[2:].isdecimal()
    return whole and _rest(number[4:] + number[:4]) == 1


def _rest(text: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in text)) % 97
