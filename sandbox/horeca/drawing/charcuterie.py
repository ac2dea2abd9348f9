"""Sausages, ham, bacon and salami."""

from sandbox.horeca.drawing.plants import basil, olive
from sandbox.horeca.drawing.scene import Department
from sandbox.horeca.drawing.shapes import (
    SHADE,
    body,
    circle,
    darker,
    ellipse,
    lighter,
    oval,
    place,
    rect,
    scattered,
    shine,
    stand,
    stroke,
)
from sandbox.horeca.drawing.vessels import board

BOILED, FRANK, HAM, SALAMI = "#f2a39b", "#d9704f", "#f0938f", "#b23a35"


def log(skin: str, flesh: str, flecks: str = "", length: float = 250, radius: float = 62) -> str:
    """A sausage lying on its side, its cut end to the right, its bottom at the origin."""
    outline = (
        f"M{-length + 30},{-2 * radius}C{-length - 22},{-2 * radius} {-length - 22},0 {-length + 30},0H0V{-2 * radius}z"
    )
    knot = stroke(f"M{-length - 10},{-radius}l-26,-10M{-length - 10},{-radius}l-26,10", darker(skin, 0.1), 9)
    return (
        knot
        + body(
            outline,
            skin,
            rect(-length - 30, -radius * 0.7, length + 60, radius, SHADE, 0, 0.1),
            shine(f"M{-length + 40},{-1.72 * radius}H-70", 9, 0.4),
        )
        + ellipse(0, -radius, radius * 0.52, radius, skin)
        + ellipse(0, -radius, radius * 0.47, radius * 0.93, flesh)
        + place(flecks, 0, -radius)
    )


def round_cut(skin: str, flesh: str, fleck: str = "", radius: float = 60, seed: int = 1) -> str:
    """A slice of sausage facing the viewer, its middle at the origin."""
    spots = (
        ellipse(x, y, 5.5, 4, fleck, 0.9, 40 * index)
        for index, (x, y) in enumerate(scattered(26, seed, -radius, -radius, radius, radius))
        if fleck and x * x + y * y < (radius - 12) ** 2
    )
    return (
        circle(4, 5, radius, darker(skin, 0.3))
        + circle(0, 0, radius, skin)
        + circle(0, 0, radius - 5, flesh)
        + "".join(spots)
    )


def frankfurters(color: str = FRANK) -> str:
    """A string of four frankfurters, about 330 by 130."""
    links = ((-110, -30, -18), (-10, -22, 12), (94, -40, -20))
    knots = "".join(stroke(f"M{x},{y}l14,2", darker(color, 0.3), 9) for x, y in ((-66, -32), (38, -20)))
    one = stroke("M-40,0C-20,10 20,10 40,0", color, 40) + shine("M-38,-10C-20,-2 10,0 26,-4", 7, 0.4)
    return knots + "".join(place(one, x, y, 1, turn) for x, y, turn in links)


def ham(color: str = HAM) -> str:
    """A ham with its cut side in front, 300 by 220."""
    outline = (
        "M-150,-70C-160,-150 -90,-210 0,-206C100,-204 160,-150 152,-76C146,-22 90,0 10,0H-60C-120,0 -144,-24 -150,-70z"
    )
    cut = oval(-52, -92, 88, 84)
    face = body(
        cut, "#fde5d8", ellipse(-52, -92, 74, 70, color), ellipse(-70, -110, 40, 32, lighter(color, 0.2)), soft=0
    )
    net = stroke(
        (
            "M30,-204C70,-150 70,-60 40,-2M86,-190C124,-140 124,-70 100,-12"
            "M20,-172C70,-150 120,-150 150,-126M44,-70C90,-80 130,-76 152,-66"
        ),
        "#fbe3d2",
        5,
        0.75,
    )
    return (
        body(outline, "#b9623f", ellipse(40, 10, 170, 60, SHADE, 0.16), net)
        + face
        + circle(-52, -92, 17, "#fdf3e3")
        + circle(-52, -92, 8, "#e9d3bb")
        + stroke("M-106,-70C-90,-50 -76,-46 -62,-46M-16,-132C-2,-120 6,-104 6,-88", "#fde5d8", 6)
    )


def bacon() -> str:
    """A wavy rasher, 250 by 60, its middle at the origin."""
    wave = "M-120,0C-96,-26 -72,-26 -48,0S0,26 24,0S72,-26 96,0S120,14 130,6"
    bands = ((0, "#a93b34", 58), (0, "#c9504a", 46), (8, "#f7d3c3", 12), (-11, "#f7d3c3", 9))
    return "".join(place(stroke(wave, color, width), 0, y) for y, color, width in bands)


def salami_end() -> str:
    return "".join(
        ellipse(x, y, 3.6, 5, "#f6d3c6")
        for x, y in scattered(16, 7, -21, -46, 22, 46)
        if (x / 26) ** 2 + (y / 52) ** 2 < 1
    )


def boiled_sausage() -> str:
    slices = "".join(
        place(round_cut("#c9584b", lighter(BOILED, 0.1 * index)), 448 + 34 * index, 314 + 14 * index, 1.12)
        for index in range(3)
    )
    return (
        stand(board(540), 320, 550, y=410)
        + place(log("#c9584b", BOILED), 366, 350, 1.08, -4)
        + slices
        + place(frankfurters(), 216, 410, 1.04)
    )


def ham_and_bacon() -> str:
    rashers = "".join(place(bacon(), x, y, 1, turn) for x, y, turn in ((448, 318, -10), (462, 362, -4), (440, 406, 2)))
    return (
        stand(board(540), 320, 550, y=412)
        + place(ham(), 222, 382, 1.18)
        + rashers
        + place(basil(), 150, 408, 0.85, -30)
    )


def salami() -> str:
    slices = "".join(
        place(round_cut("#7f2b2b", SALAMI, "#f6d3c6", 58, 3 + index), x, y)
        for index, (x, y) in enumerate(((420, 346), (494, 356), (458, 296)))
    )
    string = stroke(
        (
            "M-250,-124C-236,-84 -236,-40 -250,0M-190,-124C-176,-84 -176,-40 -190,0"
            "M-130,-124C-116,-84 -116,-40 -130,0M-70,-124C-56,-84 -56,-40 -70,0"
        ),
        "#f3dcc4",
        5,
        0.85,
    )
    return (
        stand(board(540), 320, 550, y=410)
        + place(log("#8d2f2d", SALAMI, salami_end(), 270, 62) + string, 366, 360, 1.02, -10)
        + slices
        + place(basil(), 540, 398, 0.8, 20)
        + place(olive("#59703a"), 236, 400, 1.1, -12)
        + place(olive("#59703a"), 182, 404, 1.1, 10)
    )


def charcuterie() -> str:
    slices = "".join(
        place(round_cut("#7f2b2b", SALAMI, "#f6d3c6", 50, 3 + index), 440 + 48 * index, 372 - 6 * index)
        for index in range(3)
    )
    return (
        stand(board(540), 320, 550, y=410)
        + place(ham(), 236, 380, 1.14)
        + place(log("#8d2f2d", SALAMI, salami_end(), 190, 48), 500, 338, 1, -8)
        + slices
    )


DEPARTMENT = Department(
    "Ковбаси та делікатеси",
    "#fbe2cd",
    charcuterie,
    {
        "Варені ковбаси та сосиски": boiled_sausage,
        "Шинка та бекон": ham_and_bacon,
        "Салямі та сиров'ялені": salami,
    },
)
