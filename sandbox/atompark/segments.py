"""Parts of a text message (3GPP 23.038 and 23.040): what the operator counts and charges."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
MAX_PARTS = 255


def parts(text: str) -> int:
    """GSM-7: 160, or 153 a part; anything else is UCS-2: 70, or 67 a part, counted in UTF-16 code units."""
    if all(character in _BASIC or character in _EXTENDED for character in text):
        return _count(sum(2 if character in _EXTENDED else 1 for character in text), whole=160, split=153)
    return _count(len(text.encode("utf-16-le", "surrogatepass")) // 2, whole=70, split=67)


def _count(units: int, *, whole: int, split: int) -> int:
    return 1 if units <= whole else -(-units // split)
