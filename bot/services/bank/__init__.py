"""Payments by bank transfer: statements taken in, matched, decided by finance, and brought to the book of record."""

from bot.services.bank.desk import BankDesk
from bot.services.bank.news import TransferNews
from bot.services.bank.returning import Returning
from bot.services.bank.terms import BankTerms, ReadStatement
from bot.services.bank.views import Choice, LineView, Overview, Taken

__all__ = [
    "BankDesk",
    "BankTerms",
    "Choice",
    "LineView",
    "Overview",
    "ReadStatement",
    "Returning",
    "Taken",
    "TransferNews",
]
