"""A chart: bars with their words and sums already chosen, before anybody draws it."""

from dataclasses import dataclass

from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class ChartBar:
    """`said` stands at its end; `late` bars are marked by their colour, beside what their label says."""

    label: str
    value: Money
    said: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the top; sums are not below zero."""

    title: str
    subtitle: str
    bars: tuple[ChartBar, ...]
