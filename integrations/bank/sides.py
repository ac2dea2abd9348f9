"""A payment between two sides, one of which is ours: who paid, and whether it came in."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.domain.bank import StatementLine
from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class Side:
    account: str = ""
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """From one side to the other; `came` and `went` are said where the file tells it by its own dates."""

    line: int
    day: date
    amount: Money
    payer: Side
    payee: Side
    purpose: str
    number: str = ""
    bank_id: str = ""
    came: bool = False
    went: bool = False


@dataclass(slots=True)
class Ours:
    """How our side is known: by accounts, by codes, or because it is in every line."""

    accounts: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)

    def owns(self, side: Side) -> bool:
        return (bool(side.account) and side.account in self.accounts) or (bool(side.code) and side.code in self.codes)

    @property
    def known(self) -> bool:
        return bool(self.accounts or self.codes)


def lines(transfers: Collection[Transfer], ours: Ours) -> tuple[list[StatementLine], list[tuple[int, str]]]:
    """What could not be told to be ours is left out, with its line."""
    if not ours.known:
        ours = Ours(accounts=_in_every(transfers))
    found, left_out = [], []
    for one in transfers:
        incoming = _incoming(one, ours)
        if incoming is None:
            left_out.append((one.line, "not_ours"))
            continue
        other, own = (one.payer, one.payee) if incoming else (one.payee, one.payer)
        sum_ = one.amount if incoming else Money(-one.amount.kopiykas, one.amount.currency)
        found.append(
            StatementLine(
                one.day, sum_, one.purpose, other.name, other.code, other.account, own.account, one.number, one.bank_id
            )
        )
    return found, left_out


def _incoming(one: Transfer, ours: Ours) -> bool | None:
    to_us, from_us = ours.owns(one.payee), ours.owns(one.payer)
    if to_us != from_us:
        return to_us
    if one.came != one.went:
        return one.came
    if to_us:
        return True  # between our own accounts: it came, and is set apart by its payer
    return None if ours.known else True


def _in_every(transfers: Iterable[Transfer]) -> set[str]:
    """The account that all payments have on one side or the other; none where that is not one."""
    seen: Counter[str] = Counter()
    count = 0
    for one in transfers:
        count += 1
        seen.update({one.payer.account, one.payee.account} - {""})
    everywhere = [account for account, times in seen.items() if times == count]
    return set(everywhere) if len(everywhere) == 1 else set()
