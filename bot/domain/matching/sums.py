"""Which documents a sum may be made of: a search with a bound, never all there are."""

from collections.abc import Sequence

from bot.domain.matching.book import Open
from bot.domain.money import Money

LOOKED_AT = 16
"""The oldest of a client's documents; more would make sums by chance."""
TOGETHER = 8
STEPS = 20_000


def made_of(amount: Money, opens: Sequence[Open], most: int = 2) -> list[tuple[Open, ...]]:
    """Up to `most` ways to make the sum of two or more whole documents; all of them together count too."""
    pool = [one for one in opens[:LOOKED_AT] if one.rest.kopiykas > 0]
    found: list[tuple[Open, ...]] = []
    if len(opens) > LOOKED_AT and sum(one.rest.kopiykas for one in opens) == amount.kopiykas:
        found.append(tuple(opens))
    steps = 0
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, amount.kopiykas, ())]
    while stack and steps < STEPS and len(found) < most:
        steps += 1
        start, left, chosen = stack.pop()
        for at in range(start, len(pool)):
            rest = left - pool[at].rest.kopiykas
            if rest == 0 and chosen:
                found.append(tuple(pool[index] for index in (*chosen, at)))
            elif rest > 0 and (len(chosen) + 1 < TOGETHER or len(pool) <= TOGETHER):
                stack.append((at + 1, rest, (*chosen, at)))
    return found if steps < STEPS else []  # nobody knows whether it is the only way
