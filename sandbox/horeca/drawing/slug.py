"""File names: the last name of a category path in Latin letters."""

import re

# Transliteration of the Cabinet of Ministers' resolution No. 55 of 2010; й, є, ї, ю and я differ at a word's start.
LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "",
    "ю": "iu", "я": "ia",
}  # fmt: skip
AT_START = {"й": "y", "є": "ye", "ї": "yi", "ю": "yu", "я": "ya"}


def slug(category: str) -> str:
    """Return the file name, without a suffix, of a category such as `Напої/Чай`."""
    words = re.findall(r"[а-яґєії]+", re.sub(r"['’]", "", category.rsplit("/", 1)[-1].lower()))
    return "-".join(_latin(word) for word in words)


def _latin(word: str) -> str:
    first, rest = word[0], word[1:].replace("зг", "zgh")
    return AT_START.get(first, LETTERS[first]) + "".join(LETTERS.get(letter, letter) for letter in rest)
