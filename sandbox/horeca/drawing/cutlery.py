"""Disposable cutlery, straws and kitchen wraps."""

from sandbox.horeca.drawing.plants import leaf
from sandbox.horeca.drawing.shapes import (
    LIGHT,
    SHADE,
    body,
    box,
    circle,
    darker,
    ellipse,
    lighter,
    path,
    place,
    rect,
    shadow,
    shine,
    stand,
    stroke,
)
from sandbox.horeca.drawing.vessels import KRAFT

BAMBOO = "#e3bd84"
FOIL = "#c9d1d8"


def roll(sheet: str, end: str, print_: str = "") -> str:
    """A roll of wrap with a free sheet, 330 by 110, its bottom at the origin."""
    return (
        body("M-120,-56H150L176,0H-150z", lighter(sheet, 0.3), shine("M-90,-30L-104,-12M-40,-34L-58,-10", 6, 0.9))
        + body(
            box(-140, -104, 280, 80, 38),
            sheet,
            rect(-150, -54, 300, 40, SHADE, 0, 0.09),
            print_,
            shine("M-96,-88H70", 8, 0.8),
            soft=0,
        )
        + ellipse(122, -64, 22, 40, darker(sheet, 0.12))
        + ellipse(122, -64, 16, 30, end)
        + ellipse(122, -64, 9, 17, darker(end, 0.45))
    )


def fork(color: str = BAMBOO) -> str:
    """A fork with its tines up, 46 by 270, its bottom at the origin."""
    return body(
        (
            "M-9,0L-7,-150C-24,-164 -23,-180 -22,-250H-15V-200H-4V-250H4"
            "V-200H15V-250H22C23,-180 24,-164 7,-150L9,0Q0,8 -9,0z"
        ),
        color,
        path("M2,10V-260H30V10z", SHADE, 0.08),
    )


def spoon(color: str = BAMBOO) -> str:
    return body(
        "M-9,0L-7,-150C-30,-170 -30,-256 0,-256S30,-170 7,-150L9,0Q0,8 -9,0z",
        color,
        ellipse(0, -206, 17, 38, darker(color, 0.12)),
    )


def knife(color: str = BAMBOO) -> str:
    return body(
        "M-9,0L-8,-120C-20,-140 -20,-230 0,-256C10,-240 12,-180 10,-120L9,0Q0,8 -9,0z",
        color,
        path("M3,10V-260H30V10z", SHADE, 0.08),
    )


def straw(color: str) -> str:
    stripes = stroke("".join(f"M-12,{-20 - 34 * index}l24,-18" for index in range(9)), LIGHT, 9)
    return body(box(-8, -290, 16, 290, 3), color, stripes)


def cutlery_and_straws() -> str:
    holder = body(
        "M-84,-150H84L70,-4Q69,0 62,0H-62Q-69,0 -70,-4z",
        KRAFT,
        path("M34,-160H100V10H26z", SHADE, 0.1),
        circle(-6, -76, 34, LIGHT, 0.8),
        place(leaf("#6f9a45"), -6, -48, 0.6),
    )
    straws = "".join(
        place(straw(color), x, -30, 1, turn)
        for color, x, turn in (("#e5483c", 24, 7), ("#3f9fd8", 34, 12), ("#3a3d42", 42, 17))
    )
    tools = (
        place(fork(), -50, -60, 1, -12)
        + place(spoon(lighter(BAMBOO, 0.1)), -16, -60, 1, -3)
        + place(knife(), 14, -60, 1, 4)
    )
    sticks = stroke("M0,0L180,-34", "#d9a45e", 10) + stroke("M10,14L196,2", "#c98d45", 10)
    return stand(tools + straws + holder, 296, 170, y=388, scale=1.18) + shadow(494, 408, 190) + place(sticks, 410, 396)


def wraps() -> str:
    label = rect(-60, -110, 90, 100, "#e5483c") + stroke("M-40,-76H8M-40,-58H-8", LIGHT, 7)
    return (
        stand(place(roll("#d9b27c", "#f3e3c6"), 0, 0, 1), 330, 320, y=284, scale=1.0)
        + stand(roll(FOIL, "#e9dcc4"), 280, 340, y=346, scale=1.1)
        + stand(roll("#a8d8ea", "#f3e3c6", label), 346, 340, y=404, scale=1.16)
    )
