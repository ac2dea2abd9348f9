"""A picture: the department's tinted background with the goods of one category in front of it."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.horeca.drawing.shapes import HEIGHT, LIGHT, WIDTH, circle, ellipse, rect

Goods = Callable[[], str]


@dataclass(frozen=True)
class Department:
    """A top category: its background colour, its own goods and the goods of each of its leaves."""

    name: str
    background: str
    goods: Goods
    leaves: dict[str, Goods]

    def pictures(self) -> dict[str, str]:
        """Return the SVG of each category path, the department first."""
        paths = {self.name: self.goods} | {f"{self.name}/{leaf}": goods for leaf, goods in self.leaves.items()}
        return {category: self._picture(goods()) for category, goods in paths.items()}

    def _picture(self, goods: str) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
            + rect(0, 0, WIDTH, HEIGHT, self.background)
            + circle(320, 236, 205, LIGHT, 0.4)
            + ellipse(320, 560, 520, 200, LIGHT, 0.28)
            + goods
            + "</svg>"
        )
