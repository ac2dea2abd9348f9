"""What the matching makes of a line: signs, candidates, and whether it may be booked without asking."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.bank import Apart
from bot.domain.matching.book import Open
from bot.domain.money import ZERO, Money

MOST = 3


class Sign(StrEnum):
    """Why a line may be this client's; the words are in handlers/staff/bank.py."""

    NUMBER = "number"  # the purpose names the document
    CODE = "code"  # the payer's EDRPOU or RNOKPP is the client's
    ACCOUNT = "account"  # money of this client came from this account before
    AMOUNT = "amount"  # exactly what is left of one document
    SUM = "sum"  # exactly what is left of several
    RULE = "rule"  # finance put this payer's money to this client before
    NAME = "name"  # the payer is called as the client is
    NAMED = "named"  # the purpose names the client


WHO = frozenset({Sign.CODE, Sign.ACCOUNT, Sign.RULE})
"""Who paid; a name alone is nobody's proof."""
WEIGHT = {
    Sign.NUMBER: 6, Sign.CODE: 5, Sign.ACCOUNT: 5, Sign.AMOUNT: 5, Sign.SUM: 3, Sign.RULE: 4, Sign.NAMED: 3,
    Sign.NAME: 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """What of the money goes to one document."""

    open: Open
    amount: Money


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client with what the money would go to; what is over goes on the client's account."""

    client: UUID
    shares: tuple[Share, ...]
    signs: frozenset[Sign]
    amount: Money

    @property
    def advance(self) -> Money:
        return self.amount - sum((one.amount for one in self.shares), ZERO)

    @property
    def whole(self) -> bool:
        """Every document wholly, and nothing over."""
        return bool(self.shares) and not self.advance and all(one.amount == one.open.rest for one in self.shares)

    @property
    def weight(self) -> int:
        return sum(WEIGHT[sign] for sign in self.signs) + (2 if self.whole else 0)


@dataclass(frozen=True, slots=True)
class Automatic:
    """Two independent signs agree, and nothing speaks against it."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Offered:
    """The best first; somebody of finance chooses."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing points to anybody."""


@dataclass(frozen=True, slots=True)
class SetApart:
    """No payment of a client."""

    why: Apart


Verdict = Automatic | Offered | Unknown | SetApart
