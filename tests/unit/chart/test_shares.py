"""A chart of shares for a phone: the longest words are not cut off, with one panel and with two."""

from pathlib import Path

import pytest
from PIL import Image

from bot.domain.chart import ShareBar, ShareChart, SharePanel
from integrations.chart import draw
from tests.unit.chart.test_bars import margins


def panel(bars: int) -> SharePanel:
    said = [ShareBar("23.12–31.12", 99, "99 % (9998 из 9999)"), ShareBar("Пн 16.11", None, "—")]
    return SharePanel("Замовлення онлайн: 100 %", 52, "орієнтир 52 %", tuple(said[place % 2] for place in range(bars)))


@pytest.mark.parametrize(("panels", "bars"), [(1, 1), (2, 4), (2, 7)])
def test_the_longest_words_are_not_cut_off(tmp_path: Path, panels: int, bars: int) -> None:
    target = tmp_path / "chart.png"
    draw(ShareChart("Онлайн, 28.12.2026–27.03.2027", tuple(panel(bars) for _ in range(panels))), target)
    with Image.open(target) as image:
        drawn = image.convert("L")
    assert drawn.width == 1080
    assert margins(drawn) == {(255, 255)}
