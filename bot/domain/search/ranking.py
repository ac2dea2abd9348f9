"""Candidates put in order: how much of the query they answer, whether it names them, how little is left over."""

from collections.abc import Mapping, Sequence

from bot.domain.search.query import Group, Option

_FAR = 255
_HEAD = 0.10  # the written name begins as the article's does: "лимон" is the fruit, not the syrup
_COVERAGE = 0.05  # little of the article's name was left unsaid


def score(groups: Sequence[Group], places: Mapping[int, int], length: int) -> float:
    """Return 0..1: 1 where every written word is answered exactly, the first one by the article's first."""
    total = answered = head = 0.0
    matched: set[int] = set()
    before_head = True
    for group in groups:
        total += group.weight
        best, place = _best(group.options, places)
        if best is not None:
            sureness = best.likeness**2  # a doubtful reading must not outweigh an exact one
            answered += group.weight * sureness
            matched.update(best.words)
            if before_head and not group.number:
                head = sureness / (1 + place / 2)
        before_head = before_head and group.number
    if not total:
        return 0.0
    coverage = min(1.0, len(matched) / length)
    return answered / total * (1 - _HEAD - _COVERAGE + _HEAD * head + _COVERAGE * coverage)


def _best(options: Sequence[Option], places: Mapping[int, int]) -> tuple[Option | None, int]:
    """Return the surest option whose words the article has, the earliest of equals, and its place."""
    best: Option | None = None
    best_place = _FAR
    for option in options:  # the surest come first
        if best is not None and option.likeness < best.likeness:
            break
        place = _place(option, places)
        if place is not None and (best is None or place < best_place):
            best, best_place = option, place
    return best, best_place


def _place(option: Option, places: Mapping[int, int]) -> int | None:
    first: int | None = None
    for word in option.words:
        place = places.get(word)
        if place is None:
            return None
        if first is None or place < first:
            first = place
    return first
