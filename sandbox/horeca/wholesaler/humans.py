"""Invented people: the surnames have one form for women and men."""

from dataclasses import dataclass
from random import Random

from sandbox.horeca.wholesaler.words import WORDS

ROLES = [
    ("шеф-кухар", "шеф-кухарка"),
    ("закупівельник", "закупівельниця"),
    ("бухгалтер", "бухгалтерка"),
    ("керівник", "керівниця"),
    ("адміністратор", "адміністраторка"),
]


@dataclass(frozen=True)
class Human:
    """A name in its parts."""

    surname: str
    first: str
    father: str
    male: bool

    @property
    def short(self) -> str:
        return f"{self.first} {self.surname}"

    @property
    def initials(self) -> str:
        return f"{self.surname} {self.first[0]}. {self.father[0]}."

    @property
    def whole(self) -> str:
        return f"{self.surname} {self.first} {self.father}"

    def role(self, number: int) -> str:
        return ROLES[number % len(ROLES)][0 if self.male else 1]


class Humans:
    """Draws people; nobody's first name and surname come twice."""

    def __init__(self, rng: Random, taken: set[str]) -> None:
        self._rng = rng
        self._taken = taken

    def next(self) -> Human:
        while True:
            male = self._rng.random() < 0.4
            first = self._rng.choice(WORDS["men" if male else "women"])
            father = self._rng.choice(WORDS["fathers"])[0 if male else 1]
            human = Human(self._rng.choice(WORDS["surnames"]), first, father, male)
            if human.short not in self._taken:
                self._taken.add(human.short)
                return human


_PAIRS = (("зг", "zgh"), ("ьо", "io"), ("щ", "shch"), ("ж", "zh"), ("х", "kh"), ("ц", "ts"), ("ч", "ch"), ("ш", "sh"))
_LETTERS = dict(zip("абвгґдезиійклмнопрстуф", "abvhgdezyiiklmnoprstuf", strict=True))
_LETTERS |= {"є": "ie", "ї": "i", "ю": "iu", "я": "ia"}


def latin(text: str) -> str:
    """The official Ukrainian romanisation, without its rules for the beginning of a word."""
    text = text.lower()
    for pair, letters in _PAIRS:
        text = text.replace(pair, letters)
    return "".join(_LETTERS.get(letter, letter if letter.isascii() else "") for letter in text)
