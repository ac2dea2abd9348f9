"""Whose payment a line of a bank statement is: signs in it against what clients owe, and how sure that makes us."""

from bot.domain.matching.book import Book, Open, Payer, Rule, RuleKind
from bot.domain.matching.judging import match, offers
from bot.domain.matching.names import bare
from bot.domain.matching.verdict import (
    Automatic,
    Candidate,
    Offered,
    SetApart,
    Share,
    Sign,
    Unknown,
    Verdict,
)

__all__ = [
    "Automatic",
    "Book",
    "Candidate",
    "Offered",
    "Open",
    "Payer",
    "Rule",
    "RuleKind",
    "SetApart",
    "Share",
    "Sign",
    "Unknown",
    "Verdict",
    "bare",
    "match",
    "offers",
]
