"""What all charts are drawn on: one width, one font, large letters, and no frame."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

DPI = 180
WIDTH = 6.0
"""Inches: 1080 pixels, three for each of a narrow phone's."""
TITLE, TEXT = 19, 15
"""Points: 12 and more on a phone of 360 pixels."""
CALM, LATE, INK, GREY = "#4C8C6B", "#C4553B", "#1F2933", "#5B6670"
WORDS: dict[str, Any] = {"fontfamily": "DejaVu Sans", "parse_math": False}
"""The font comes with matplotlib and has every Ukrainian letter."""


def sheet(height: float) -> Figure:
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def bare(axes: Axes, labels: list[str]) -> None:
    """Only the labels of the bars are left of the axes; the first bar is on top."""
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_yticks(range(len(labels)), labels, fontsize=TEXT, color=INK, **WORDS)
    axes.set_xticks([])
    axes.tick_params(left=False)
    for side in axes.spines.values():
        side.set_visible(False)
