"""Bars from the top, each with its words on the left and its sum at its end."""

from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.domain.chart import Chart

DPI = 180
WIDTH = 6.0
"""Inches: 1080 pixels, three for each of a narrow phone's."""
_HEAD, _BAR = 1.3, 0.68
_TITLE, _WORDS = 19, 15
"""Points: 12 and more on a phone of 360 pixels."""
_FONT = "DejaVu Sans"
"""It comes with matplotlib and has every Ukrainian letter."""
_CALM, _LATE, _INK, _GREY = "#4C8C6B", "#C4553B", "#1F2933", "#5B6670"
_ROOM = 2.3
"""So much of the longest bar is the whole width: the sum at its end fits too."""


def write(chart: Chart, target: Path) -> None:
    """Raises OSError."""
    height = _HEAD + _BAR * len(chart.bars)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    words: dict[str, Any] = {"fontfamily": _FONT, "parse_math": False}
    figure.text(0.03, 1 - 0.42 / height, chart.title, fontsize=_TITLE, fontweight="bold", color=_INK, **words)
    figure.text(0.03, 1 - 0.86 / height, chart.subtitle, fontsize=_WORDS, color=_GREY, **words)
    axes = figure.add_axes((0.29, 0.04, 0.69, 1 - _HEAD / height))
    _bars(axes, chart)
    figure.savefig(target, format="png")


def _bars(axes: Axes, chart: Chart) -> None:
    most = max((bar.value.kopiykas for bar in chart.bars), default=0) or 1
    for place, bar in enumerate(chart.bars):
        colour = _LATE if bar.late else _CALM
        axes.barh(place, bar.value.kopiykas / most, height=0.62, color=colour)
        axes.text(
            bar.value.kopiykas / most + 0.03, place, bar.said,
            fontsize=_WORDS, color=_INK, va="center", fontfamily=_FONT, parse_math=False,
        )  # fmt: skip
    axes.set_xlim(0, _ROOM)
    axes.set_ylim(len(chart.bars) - 0.4, -0.6)
    labels = [bar.label for bar in chart.bars]
    axes.set_yticks(range(len(labels)), labels, fontsize=_WORDS, color=_INK, fontfamily=_FONT, parse_math=False)
    axes.set_xticks([])
    axes.tick_params(left=False)
    for side in axes.spines.values():
        side.set_visible(False)
