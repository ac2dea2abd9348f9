"""Endings of folded Ukrainian and Russian words taken off, leaving a stem of three letters or more."""

from functools import lru_cache

SHORTEST_STEM = 3
_NOUNS = "а я у ю и е о ов ев ив еи ам ям ом ем ах ях ами ями ою ею ови еви ия ию ие ием иям иях иями ии"
_ADJECTIVES = "ая яя ое ее ую юю ого его ому ему им их ими ои иеи"  # ий, ій, ый are one letter by now
_ENDINGS = frozenset(f"{_NOUNS} {_ADJECTIVES}".split())
_LONGEST = max(map(len, _ENDINGS))
_LONG_ENDING = 3  # letters; such an ending leaves one letter more, or "салями" would be "сал"


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its longest known ending; a word with a digit or a slash is left alone."""
    if not word.isalpha():
        return word
    for length in range(min(_LONGEST, len(word) - SHORTEST_STEM), 0, -1):
        shortest = SHORTEST_STEM + (length >= _LONG_ENDING)
        if word[-length:] in _ENDINGS and len(word) - length >= shortest:
            return word[:-length]
    return word
