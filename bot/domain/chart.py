"""Charts: bars with their words and sums already chosen, before anybody draws them."""

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


@dataclass(frozen=True, slots=True)
class ShareBar:
    """`percent` of 100; None where there was nothing to have a share of."""

    label: str
    percent: int | None
    said: str


@dataclass(frozen=True, slots=True)
class SharePanel:
    """Shares against a goal, which is a line through the bars; `goal_said` stands at it."""

    title: str
    goal: int
    goal_said: str
    bars: tuple[ShareBar, ...]


@dataclass(frozen=True, slots=True)
class ShareChart:
    """Panels from the top, at least one."""

    title: str
    panels: tuple[SharePanel, ...]


AnyChart = Chart | ShareChart
