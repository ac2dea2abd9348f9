"""Lengths and offsets as Telegram counts them: in UTF-16 code units."""


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def utf16_cut(text: str, offset: int, length: int) -> str:
    """The part of `text` between two offsets in UTF-16 units."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")
