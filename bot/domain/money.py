"""Money: an exact number of kopiykas with its currency; the one place that rounds."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")
_WRITTEN = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,6})?")
_SPACES = re.compile(r"[\s\u00a0\u202f]")


def rounded(amount: Decimal) -> Decimal:
    """Half up to 0.01, as accounts do it."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact sum in kopiykas; sums of different currencies do not mix."""

    kopiykas: int
    currency: str = "UAH"

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str = "UAH") -> "Money":
        """From hryvnias, rounded half up to 0.01."""
        return cls(int(rounded(Decimal(amount)) * 100), currency)

    @classmethod
    def read(cls, text: str, currency: str = "UAH") -> "Money":
        """From a written number: '1 234,50', '1234.5'. Raises ValueError."""
        bare = _SPACES.sub("", text)
        if not _WRITTEN.fullmatch(bare):
            raise ValueError(text)
        try:
            return cls.of(Decimal(bare.replace(",", ".")), currency)
        except InvalidOperation as error:
            raise ValueError(text) from error

    @property
    def amount(self) -> Decimal:
        """In hryvnias, with two places."""
        return Decimal(self.kopiykas).scaleb(-2)

    def times(self, quantity: Decimal) -> "Money":
        """The price of a quantity, rounded half up to 0.01."""
        return Money.of(self.amount * quantity, self.currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.kopiykas + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.kopiykas - self._same(other), self.currency)

    def __bool__(self) -> bool:
        return self.kopiykas != 0

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other.kopiykas


ZERO = Money(0)


def total(sums: "list[Money] | tuple[Money, ...]") -> Money:
    """The sum of hryvnia sums; of none, zero."""
    return sum(sums, ZERO)
