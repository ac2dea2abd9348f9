"""Charts as PNG, for a phone: few bars, large letters."""

from pathlib import Path

from bot.domain.chart import Chart

__all__ = ["draw"]


def draw(chart: Chart, target: Path) -> None:
    """Write the chart into the file; seconds the first time, so not on the event loop. Raises OSError."""
    from integrations.chart.bars import write  # matplotlib takes a second to import

    write(chart, target)
