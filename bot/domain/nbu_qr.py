"""The payment QR of the National Bank of Ukraine, format 002: a link that fills a transfer in.

Windows-1251 with CRLF is what all banks' apps read; some refuse the other permitted forms.
"""

import base64
import re
import unicodedata

from bot.domain.money import Money
from bot.domain.payment import Payee

BASE = "https://bank.gov.ua/qr/"
NAME_MOST = 140
PURPOSE_MOST = 420
BYTES_MOST = 331
"""More of them make a picture too dense for a phone's camera."""
_ENCODING = "cp1251"
_ENCODING_MARK = "2"
_LINE = "\r\n"
_KIN = str.maketrans({"ʼ": "’", "′": "’", "−": "-", "‐": "-", "‑": "-", "\u202f": " ", "₴": "грн", "×": "x"})
"""What Windows-1251 lacks, and what reads the same."""


def link(payee: Payee, amount: Money, purpose: str, *, base: str = BASE) -> str:
    """The text of the QR; opened on a phone, it leads to the banks' apps as well."""
    data = base64.urlsafe_b64encode(payload(payee, amount, purpose))
    return base + data.decode("ascii").rstrip("=")


def payload(payee: Payee, amount: Money, purpose: str) -> bytes:
    """The lines of the transfer; of a purpose that does not fit the end is left out.

    Raises ValueError for a payee without an IBAN and for a sum that is not of hryvnias or not above zero.
    """
    if not payee.iban or amount.currency != "UAH" or amount.kopiykas <= 0:
        raise ValueError("no transfer")
    room = BYTES_MOST - len(_lines(payee, amount, ""))
    return _lines(payee, amount, _shortened(_plain(purpose), min(room, PURPOSE_MOST)))


def _lines(payee: Payee, amount: Money, purpose: str) -> bytes:
    """The thirteenth line, a text to be shown, stays empty."""
    name = _shortened(_plain(payee.name), NAME_MOST)
    sum_ = f"UAH{amount.amount:.2f}"
    lines = ("BCD", "002", _ENCODING_MARK, "UCT", "", name, payee.iban, sum_, payee.edrpou, "", "", purpose, "")
    return "".join(line + _LINE for line in lines).encode(_ENCODING)


def _plain(text: str) -> str:
    """On one line, with nothing that the encoding lacks."""
    kin = unicodedata.normalize("NFC", text).translate(_KIN)
    held = kin.encode(_ENCODING, "ignore").decode(_ENCODING)
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", held).strip()


def _shortened(text: str, room: int) -> str:
    """Whole words where there are any; a letter is a byte."""
    if len(text) <= room:
        return text
    words, _, _ = text[: room + 1].rpartition(" ")
    return (words or text[:room]).rstrip(" ,;:")
