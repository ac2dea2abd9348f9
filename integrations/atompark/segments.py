"""How many parts a text message is paid for (3GPP 23.038 and 23.040)."""

_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_ESCAPED = frozenset("^{}\\[~]|€\f")


def segments(text: str) -> int:
    """0 for an empty text. Any Cyrillic letter, `№`, `’`, `«»` or `—` makes it UCS-2, counted in UTF-16 units.

    An escape pair that would straddle two parts may cost one more.
    """
    if all(character in _GSM7 or character in _GSM7_ESCAPED for character in text):
        return _parts(len(text) + sum(character in _GSM7_ESCAPED for character in text), alone=160, joined=153)
    return _parts(len(text) + sum(character > "\uffff" for character in text), alone=70, joined=67)


def _parts(units: int, *, alone: int, joined: int) -> int:
    if units <= alone:
        return min(units, 1)
    return -(-units // joined)
