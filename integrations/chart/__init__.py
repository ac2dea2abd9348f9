"""Charts as PNG, for a phone: few bars, large letters."""

from pathlib import Path

from bot.domain.chart import AnyChart, Chart

__all__ = ["draw"]


def draw(chart: AnyChart, target: Path) -> None:
    """Write the chart into the file; seconds the first time, so not on the event loop. Raises OSError."""
    from integrations.chart import bars, shares  # matplotlib takes a second to import

    if isinstance(chart, Chart):
        bars.write(chart, target)
    else:
        shares.write(chart, target)
