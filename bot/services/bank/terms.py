"""What is set up about bank transfers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.domain.bank import Statement, ToOnec

ReadStatement = Callable[[Path], Statement]
"""Reads a file of a bank; slow, so never on the event loop. Raises BrokenStatement."""


@dataclass(frozen=True, slots=True)
class BankTerms:
    """`accounts` and `codes` are the wholesaler's own. `managers_too`: finance has no group, the managers stand in."""

    to_onec: ToOnec = ToOnec.CAREFUL
    accounts: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    managers_too: bool = True
