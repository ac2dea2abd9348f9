"""Bars from the top, each with its words on the left and its sum at its end."""

from pathlib import Path

from matplotlib.axes import Axes

from bot.domain.chart import Chart
from integrations.chart.sheet import CALM, GREY, INK, LATE, TEXT, TITLE, WORDS, bare, sheet

_HEAD, _BAR = 1.3, 0.68
_ROOM = 2.3
"""So much of the longest bar is the whole width: the sum at its end fits too."""


def write(chart: Chart, target: Path) -> None:
    """Raises OSError."""
    height = _HEAD + _BAR * len(chart.bars)
    figure = sheet(height)
    figure.text(0.03, 1 - 0.42 / height, chart.title, fontsize=TITLE, fontweight="bold", color=INK, **WORDS)
    figure.text(0.03, 1 - 0.86 / height, chart.subtitle, fontsize=TEXT, color=GREY, **WORDS)
    axes = figure.add_axes((0.29, 0.04, 0.69, 1 - _HEAD / height))
    _bars(axes, chart)
    figure.savefig(target, format="png")


def _bars(axes: Axes, chart: Chart) -> None:
    most = max((bar.value.kopiykas for bar in chart.bars), default=0) or 1
    for place, bar in enumerate(chart.bars):
        length = bar.value.kopiykas / most
        axes.barh(place, length, height=0.62, color=LATE if bar.late else CALM)
        axes.text(length + 0.03, place, bar.said, fontsize=TEXT, color=INK, va="center", **WORDS)
    axes.set_xlim(0, _ROOM)
    bare(axes, [bar.label for bar in chart.bars])
