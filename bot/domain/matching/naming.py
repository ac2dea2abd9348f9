"""Which open documents the numbers of a purpose mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.matching.book import Book, Open
from bot.domain.matching.purpose import Named, Purpose
from bot.domain.money import Money

SOLID = 4
"""A number that no word calls a document's has to be this long, to have letters or zeros before it."""
RANGE = 12


@dataclass(frozen=True, slots=True)
class Meant:
    """A number with every document it may mean."""

    named: Named
    opens: tuple[Open, ...]

    def of(self, client: UUID) -> tuple[Open, ...]:
        return tuple(one for one in self.opens if one.client == client)


def meant(said: Purpose, book: Book) -> list[Meant]:
    """In the order of the purpose. A number alone that means nothing is left out; one of a document is not."""
    found: dict[frozenset[str], Meant] = {}
    for named in said.numbers:
        for one in _ranged(named, book):
            opens = tuple(_opens(one, book))
            if one.marked or (opens and _solid(one)):
                known = found.get(one.keys)
                found[one.keys] = Meant(one, opens) if known is None or one.marked else known
    return list(found.values())


def picked(one: Meant, client: UUID, amount: Money) -> Open | None:
    """The document of this client; of several under one number, that of the day beside it or of the sum."""
    mine = one.of(client)
    if len(mine) <= 1:
        return mine[0] if mine else None
    for only in ([o for o in mine if o.dated == one.named.dated], [o for o in mine if o.rest == amount]):
        if len(only) == 1:
            return only[0]
    return None


def _opens(named: Named, book: Book) -> Sequence[Open]:
    found: dict[int, Open] = {}
    for key in named.keys:
        letters, _, digits = key.partition("|")
        same = [*book.by_key.get(key, ())]
        if not letters:
            same += book.by_tail.get(digits, ())
        found |= {id(one): one for one in same}
    return list(found.values())


def _solid(named: Named) -> bool:
    said = named.said
    return not said[0].isdigit() or said.startswith("0") or sum(letter.isdigit() for letter in said) >= SOLID


def _ranged(named: Named, book: Book) -> list[Named]:
    """«125-127» is three numbers where it is none itself."""
    first, dash, last = named.said.partition("-")
    if not dash or not (first.isdecimal() and last.isdecimal()) or _opens(named, book):
        return [named]
    if not 0 < int(last) - int(first) < RANGE:
        return [named]
    return [Named(str(number), named.marked, named.dated) for number in range(int(first), int(last) + 1)]
