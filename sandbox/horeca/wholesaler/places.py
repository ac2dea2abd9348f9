"""Where clients are and how their phones are written."""

from random import Random

from sandbox.horeca.wholesaler.words import WORDS

OPERATORS = ("67", "68", "96", "97", "98", "50", "66", "95", "99", "63", "73", "93")


def town(rng: Random) -> str:
    towns: dict[str, int] = WORDS["towns"]
    return rng.choices(list(towns), list(towns.values()))[0]


def address(rng: Random, where: str) -> str:
    letter = rng.choice(["", "", "", "", "а", "б"])
    return f"м. {where}, {rng.choice(WORDS['streets'])}, {rng.randint(1, 148)}{letter}"


class Phones:
    """Draws mobile numbers; none comes twice."""

    def __init__(self, rng: Random, taken: set[str]) -> None:
        self._rng = rng
        self._taken = taken

    def next(self) -> str:
        """Mostly +380671112233, now and then as an accountant types it."""
        while True:
            phone = f"+380{self._rng.choice(OPERATORS)}111{self._rng.randint(0, 9999):04}"
            if phone not in self._taken:
                self._taken.add(phone)
                return self._typed(phone)

    def _typed(self, phone: str) -> str:
        local = phone[3:]
        way = self._rng.random()
        if way < 0.08:
            return f"+38 ({local[:3]}) {local[3:6]}-{local[6:8]}-{local[8:]}"
        return local if way < 0.14 else phone
