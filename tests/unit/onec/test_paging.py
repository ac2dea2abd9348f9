"""Pages of a list that may move under us, on a base that may not bear them."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import stamina
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Unavailable
from integrations.onec.odata.client import Page
from integrations.onec.odata.pages import CALM, SMALLEST, Pace, by, walk
from integrations.onec.odata.refusals import SYSTEM, Refusal
from integrations.onec.odata.url import Query


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@dataclass
class Rows:
    """A sorted list that changes as told before the answer with this number; `bears` is its largest page."""

    numbers: list[int]
    changes: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)
    bears: int = 1000
    asked: list[tuple[int, int]] = field(default_factory=list)

    async def __call__(self, query: Query) -> Page:
        said = dict(query)
        top, skip = int(said["$top"]), int(said.get("$skip", "0"))
        added, gone = self.changes.get(len(self.asked), ([], []))
        self.numbers = sorted({*self.numbers, *added} - set(gone))
        self.asked.append((skip, top))
        if top > self.bears:
            raise Refusal("GET", "-1", "")
        return Page([{"Ref_Key": number} for number in self.numbers[skip : skip + top]], 100)


async def walked(rows: Rows, pace: Pace) -> list[int]:
    return [row["Ref_Key"] async for page in walk(rows, (), by("Ref_Key"), pace) for row in page]


def test_every_row_comes_once_and_pages_overlap_by_one() -> None:
    rows = Rows(list(range(25)))
    assert asyncio.run(walked(rows, Pace(10))) == list(range(25))
    assert rows.asked == [(0, 10), (9, 10), (18, 10)]


def test_an_empty_list_is_one_question() -> None:
    rows = Rows([])
    assert asyncio.run(walked(rows, Pace(10))) == []
    assert rows.asked == [(0, 10)]


def test_rows_that_go_away_meanwhile_do_not_hide_others() -> None:
    rows = Rows(list(range(40)), {1: ([], [0, 1, 2])})
    assert asyncio.run(walked(rows, Pace(10))) == list(range(40))


def test_rows_that_are_added_meanwhile_do_not_come_twice() -> None:
    rows = Rows(list(range(0, 80, 2)), {1: ([1, 3, 5], []), 2: ([7], [])})
    found = asyncio.run(walked(rows, Pace(10)))
    assert sorted(set(found)) == sorted(found)
    assert set(found) >= set(range(0, 80, 2))


NUMBERS = st.lists(st.integers(0, 120), max_size=6)


@given(
    st.sets(st.integers(0, 120), max_size=80),
    st.dictionaries(st.integers(0, 12), st.tuples(NUMBERS, NUMBERS), max_size=4),
)
def test_whatever_moves_the_rows_that_stay_come_once(
    numbers: set[int], changes: dict[int, tuple[list[int], list[int]]]
) -> None:
    ever_gone = {number for _, gone in changes.values() for number in gone}
    found = asyncio.run(walked(Rows(sorted(numbers), changes), Pace(12)))
    assert len(found) == len(set(found))
    assert set(found) >= numbers - ever_gone


def test_a_list_that_never_rests_is_given_up() -> None:
    async def restless(query: Query) -> Page:
        start = len(asked) * 100
        asked.append(start)
        return Page([{"Ref_Key": start + row} for row in range(int(dict(query)["$top"]))], 100)

    asked: list[int] = []

    async def all_of_it() -> None:
        async for _ in walk(restless, (), by("Ref_Key"), Pace(10)):
            pass

    with pytest.raises(Unavailable) as caught:
        asyncio.run(all_of_it())
    assert caught.value.code == "the list keeps moving"


def test_a_page_that_is_too_much_is_halved_and_not_soon_enlarged() -> None:
    rows = Rows(list(range(300)), bears=100)
    assert asyncio.run(walked(rows, Pace(400))) == list(range(300))
    assert [top for _, top in rows.asked] == [400, 200, 100, 100, 100, 100]


def test_a_page_grows_back_by_a_quarter_after_a_calm_while() -> None:
    pace, light = Pace(400), Page([], 100)
    assert pace.slower()
    for _ in range(CALM):
        pace.faster(light)
    assert pace.size == 200
    sizes = []
    for _ in range(5):
        pace.faster(light)
        sizes.append(pace.size)
    assert sizes == [250, 312, 390, 400, 400]


def test_a_heavy_answer_is_no_reason_to_ask_for_more() -> None:
    pace = Pace(400)
    pace.size = 100
    pace.faster(Page([], 5 * 1024 * 1024))
    assert pace.size == 100


def test_a_page_is_never_smaller_than_ten() -> None:
    rows = Rows(list(range(30)), bears=5)
    with pytest.raises(Refusal):
        asyncio.run(walked(rows, Pace(40)))
    assert [top for _, top in rows.asked] == [40, 20, SMALLEST]


def test_what_may_pass_is_tried_again_as_it_was() -> None:
    async def stumbling(query: Query) -> Page:
        asked.append(dict(query)["$top"])
        if len(asked) < 3:
            raise Unavailable(SYSTEM, "GET", "html")
        return Page([], 10)

    asked: list[str] = []

    async def all_of_it() -> None:
        async for _ in walk(stumbling, (), by("Ref_Key"), Pace(50)):
            pass

    asyncio.run(all_of_it())
    assert asked == ["50", "50", "50"]
