"""Ukrainian requisites with right check digits, drawn at random."""

from collections.abc import Sequence
from datetime import date
from random import Random

EPOCH = date(1899, 12, 31)


def edrpou_digit(seven: str) -> str:
    """The eighth digit of a legal entity's code."""
    weights = [7, 1, 2, 3, 4, 5, 6] if "3" <= seven[0] < "6" else [1, 2, 3, 4, 5, 6, 7]
    rest = _weighed(seven, weights) % 11
    if rest == 10:
        rest = _weighed(seven, [weight + 2 for weight in weights]) % 11
    return str(rest % 10)


def edrpou(rng: Random) -> str:
    seven = str(rng.randint(3_200_000, 4_599_999))
    return seven + edrpou_digit(seven)


def rnokpp(rng: Random, *, male: bool) -> str:
    """A person's tax number: days since the end of 1899, a serial whose last digit tells the sex, a check digit."""
    born = date(rng.randint(1962, 2000), rng.randint(1, 12), rng.randint(1, 28))
    nine = f"{(born - EPOCH).days:05}{rng.randint(0, 999):03}{rng.randrange(1 if male else 0, 10, 2)}"
    return nine + rnokpp_digit(nine)


def rnokpp_digit(nine: str) -> str:
    return str(_weighed(nine, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10)


def vat_number(rng: Random, code: str) -> str:
    """Twelve digits of a VAT payer, told from the code: a legal entity's loses its check digit."""
    return (
        f"{code[:7]}{rng.randint(1, 26):02}{rng.randint(100, 999)}"
        if len(code) == 8
        else f"{code}{rng.randint(10, 99)}"
    )


def _weighed(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
