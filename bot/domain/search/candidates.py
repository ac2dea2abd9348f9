"""Articles worth a closer look: first those that answer every group, then those that miss the least telling ones."""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from bot.domain.search.postings import Postings
from bot.domain.search.query import Group, Option

MAX_TIERS = 48
_STRICT = 0.9


def tiers(groups: Sequence[Group], postings: Postings) -> Iterator[int]:
    """Sets of articles (bits), the most promising first; they overlap, and none is empty."""
    if not groups:
        return
    sure = [[option for option in group.options if option.likeness >= _STRICT] for group in groups]
    strict = _all([_answering(options, postings) for options in sure])
    loose = [_answering(group.options, postings) for group in groups]
    yield from filter(None, chain([strict], _dropping(groups, loose), loose))


def _answering(options: Sequence[Option], postings: Postings) -> int:
    bits = postings.any_of(option.words[0] for option in options if len(option.words) == 1)
    for option in options:
        if len(option.words) > 1:
            bits |= postings.all_of(option.words)
    return bits


def _dropping(groups: Sequence[Group], sets: Sequence[int]) -> Iterator[int]:
    """Intersections without no group, one group, two ...: numbers and common words are dropped first."""
    places = range(len(groups))
    left = MAX_TIERS
    for size in range(len(groups)):
        dropped = sorted(combinations(places, size), key=lambda some: sum(groups[place].weight for place in some))
        for some in dropped[:left]:
            yield _all([sets[place] for place in places if place not in some])
        left -= len(dropped)
        if left <= 0:
            return


def _all(sets: Sequence[int]) -> int:
    bits = sets[0]
    for other in sets[1:]:
        bits &= other
    return bits
