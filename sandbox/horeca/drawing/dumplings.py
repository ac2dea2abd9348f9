"""Varenyky and pelmeni."""

from sandbox.horeca.drawing.ice import snow
from sandbox.horeca.drawing.shapes import LIGHT, SHADE, body, circle, darker, ellipse, lighter, place, stand, stroke
from sandbox.horeca.drawing.vessels import plate

DOUGH = "#f7e7c6"


def dumpling(color: str = DOUGH) -> str:
    """A varenyk with its pinched edge, 150 by 90, its bottom at the origin."""
    frill = "".join(
        circle(-66 + 16.5 * index, -26 - 50 * (1 - ((index - 4) / 4.6) ** 2), 13, lighter(color, 0.25))
        for index in range(9)
    )
    belly = body(
        "M-72,-20C-66,-66 -30,-76 0,-76S66,-66 72,-20C60,4 -60,4 -72,-20z",
        color,
        ellipse(10, 0, 90, 22, SHADE, 0.08),
        ellipse(-20, -50, 26, 10, LIGHT, 0.7, -12),
    )
    pinches = "".join(
        stroke(
            f"M{-52 + 17.5 * index},{-34 - 36 * (1 - ((index - 3) / 3.6) ** 2)}l{(3 - index) * 2.4},14",
            darker(color, 0.16),
            4,
        )
        for index in range(7)
    )
    return frill + belly + pinches


def pelmeni(color: str = "#f4e0bb") -> str:
    """A round dumpling, 100 by 76, its bottom at the origin."""
    return (
        ellipse(0, -34, 52, 34, darker(color, 0.1))
        + body(
            "M-46,-34C-46,-64 -22,-74 0,-74S46,-64 46,-34C46,-12 20,-8 0,-8S-46,-12 -46,-34z",
            color,
            ellipse(-14, -52, 16, 8, LIGHT, 0.7, -12),
        )
        + stroke("M-18,-18Q0,-30 18,-18", darker(color, 0.2), 5)
    )


def dumplings() -> str:
    back = "".join(
        place(dumpling(), x, y, 1.02, turn) for x, y, turn in ((236, 356, -8), (350, 350, 4), (446, 362, 10))
    )
    front = "".join(place(dumpling(), x, y, 1.16, turn) for x, y, turn in ((190, 388, -6), (318, 396, 2)))
    round_ones = "".join(place(pelmeni(), x, y, 1.04) for x, y in ((428, 396), (500, 384)))
    crest = place(dumpling(), 296, 308, 0.98, -4) + place(pelmeni(), 398, 310, 1)
    return snow() + stand(plate(262, "#5f8fd3"), 320, 510, y=412) + crest + back + front + round_ones
