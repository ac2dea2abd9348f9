"""How the suite is shared out between workers: what goes together, and what is begun first."""

from collections import Counter

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/screens/", "tests/sandbox/demo/")
"""Rooms whose tests share what takes longer than they do; elsewhere only those of one module share."""
FIRST = ("tests/browser/",)
"""Few tests that take long: begun last, they would be waited for."""


def portion(nodeid: str) -> str:
    """What one worker takes whole."""
    module = nodeid.split("::", 1)[0]
    return next((room for room in TOGETHER if nodeid.startswith(room)), module)


class Portions(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """In the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return portion(nodeid)


def longest_first(items: list[pytest.Item]) -> None:
    sizes = Counter(portion(item.nodeid) for item in items)

    def place(item: pytest.Item) -> tuple[bool, int, str]:
        mine = portion(item.nodeid)
        return not mine.startswith(FIRST), -sizes[mine], mine

    items.sort(key=place)
