"""Shares from the top, panel by panel: a bar for each part of the time, and the goal as a line through them."""

from pathlib import Path

from matplotlib.axes import Axes

from bot.domain.chart import ShareChart, SharePanel
from integrations.chart.sheet import CALM, INK, LATE, TEXT, TITLE, WORDS, bare, sheet

_HEAD, _PANEL, _BAR, _FOOT = 0.75, 1.05, 0.55, 0.15
"""Inches: the title, what stands over the bars of a panel, a bar, and what is left free below."""
_REST = "#DDE3E8"
"""Of a bar, up to all."""
_ROOM = 225
"""So many per cent are the whole width: what is said at the end of a bar fits too."""


def write(chart: ShareChart, target: Path) -> None:
    """Raises OSError."""
    height = _HEAD + sum(_PANEL + _BAR * len(panel.bars) for panel in chart.panels) + _FOOT
    figure = sheet(height)
    figure.text(0.03, 1 - 0.45 / height, chart.title, fontsize=TITLE, fontweight="bold", color=INK, **WORDS)
    top = _HEAD
    for panel in chart.panels:
        over = 1 - top / height
        figure.text(0.03, over - 0.4 / height, panel.title, fontsize=TEXT, fontweight="bold", color=INK, **WORDS)
        bars = _BAR * len(panel.bars)
        bottom = over - (_PANEL + bars) / height
        _bars(figure.add_axes((0.3, bottom, 0.69, bars / height)), panel)
        top += _PANEL + bars
    figure.savefig(target, format="png")


def _bars(axes: Axes, panel: SharePanel) -> None:
    for place, bar in enumerate(panel.bars):
        axes.barh(place, 100, height=0.62, color=_REST)
        axes.barh(place, bar.percent or 0, height=0.62, color=CALM)
        axes.text(104, place, bar.said, fontsize=TEXT, color=INK, va="center", **WORDS)
    axes.axvline(panel.goal, color=LATE, linewidth=2, linestyle="--")
    axes.text(panel.goal, -0.75, panel.goal_said, fontsize=TEXT, color=LATE, ha="center", va="bottom", **WORDS)
    axes.set_xlim(0, _ROOM)
    bare(axes, [bar.label for bar in panel.bars])
