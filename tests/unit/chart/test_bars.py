"""A chart for a phone: wide enough for large letters, and nothing of it cut off."""

from pathlib import Path

import pytest
from PIL import Image

from bot.domain.chart import Chart, ChartBar
from bot.domain.money import Money
from integrations.chart import draw

LONGEST = "123 456 789,00 грн"


def drawn(tmp_path: Path, *bars: ChartBar) -> Image.Image:
    target = tmp_path / "chart.png"
    draw(Chart("Борги на 27.11.2026", f"Прострочено {LONGEST} (41 %)", bars), target)
    with Image.open(target) as image:
        return image.convert("L")


def margins(image: Image.Image) -> set[tuple[int, int]]:
    """What the outermost columns and rows of pixels hold."""
    width, height = image.size
    edges = ((0, 0, 8, height), (width - 8, 0, width, height), (0, 0, width, 8), (0, height - 8, width, height))
    return {image.crop(edge).getextrema() for edge in edges}  # type: ignore[misc]


@pytest.mark.parametrize("count", [1, 6, 10])
def test_the_longest_words_and_sums_are_not_cut_off(tmp_path: Path, count: int) -> None:
    bars = [ChartBar("15–30 днів", Money(12_345_678_900 // (place + 1)), LONGEST, place > 0) for place in range(count)]
    image = drawn(tmp_path, *bars)
    assert image.width == 1080
    assert margins(image) == {(255, 255)}


def test_bars_of_nothing_are_drawn_too(tmp_path: Path) -> None:
    assert (
        drawn(tmp_path, ChartBar("вчасно", Money(0), "0,00 грн"), ChartBar("понад 60", Money(0), "0,00 грн")).width
        == 1080
    )


def test_words_are_never_taken_for_a_formula(tmp_path: Path) -> None:
    assert drawn(tmp_path, ChartBar("$x^2_{", Money(1), "$\\frac{1}{", late=True)).width == 1080
