"""Frozen potatoes, vegetables, berries, pastry and dumplings."""

from sandbox.horeca.drawing.dumplings import DOUGH, dumplings
from sandbox.horeca.drawing.fruit import blueberry, raspberry, strawberry
from sandbox.horeca.drawing.ice import ice_cube, snow, snowflake
from sandbox.horeca.drawing.scene import Department
from sandbox.horeca.drawing.shapes import (
    LIGHT,
    SHADE,
    ball,
    body,
    box,
    circle,
    darker,
    ellipse,
    lighter,
    path,
    place,
    rect,
    scattered,
    shadow,
    shine,
    stand,
    stroke,
)
from sandbox.horeca.drawing.vessels import bowl, pouch

FRY, CRUST, PEA, CORN = "#f6c650", "#d98f3f", "#6fb544", "#f8cf3e"


def fries() -> str:
    """Fries in a paper cup, 200 by 290, its bottom at the origin."""
    sticks = (
        (-78, -16),
        (-54, -9),
        (-30, -12),
        (-8, -3),
        (14, 4),
        (36, 2),
        (58, 10),
        (80, 15),
        (-66, -6),
        (-20, 6),
        (24, -6),
        (68, 5),
    )
    heap = "".join(
        place(
            body(
                box(-11, -150 - 16 * (index % 3), 22, 170, 3),
                FRY if index < 8 else lighter(FRY, 0.25),
                rect(3, -190, 20, 220, darker(FRY, 0.12)),
            ),
            x * 0.86,
            -110,
            1,
            turn,
        )
        for index, (x, turn) in enumerate(sticks)
    )
    cup = body(
        "M-92,-158C-50,-118 50,-118 92,-158L66,-4Q64,0 58,0H-58Q-64,0 -66,-4z",
        "#e5483c",
        path("M34,-170H110V10H20z", SHADE, 0.1),
        circle(-4, -62, 30, LIGHT, 0.95),
        place(snowflake("#e5483c", 9), -4, -62, 0.46),
    )
    return path("M-92,-158C-50,-190 50,-190 92,-158L80,-100H-80z", "#b9352c") + heap + cup


def broccoli(color: str = "#4d9a45") -> str:
    """A floret, 130 by 140, its bottom at the origin."""
    stem = body(
        "M-18,0C-16,-30 -30,-44 -46,-62L46,-66C30,-44 16,-30 18,0z", "#a5cf72", path("M4,-80H60V10H2z", SHADE, 0.08)
    )
    curls = ((-44, -74, 26), (44, -76, 26), (-22, -100, 30), (26, -102, 30), (0, -78, 28), (0, -116, 24))
    return stem + "".join(
        circle(x, y, r, tone)
        for (x, y, r), tone in zip(
            curls, (darker(color), darker(color), color, color, lighter(color, 0.12), lighter(color, 0.18)), strict=True
        )
    )


def pea() -> str:
    return ball(0, 0, 17, PEA)


def corn() -> str:
    return body("M-13,-12Q0,-20 13,-12L10,14Q0,18 -10,14z", CORN, ellipse(-4, -6, 3, 5, LIGHT, 0.5))


def carrot_cube() -> str:
    return (
        body("M-16,14V-8H8V14z", "#f28a2e")
        + body("M-16,-8L-8,-16H16L8,-8z", "#f7a95f")
        + body("M8,14V-8L16,-16V6z", "#cf6f1c")
    )


def croissant() -> str:
    """A croissant, 320 by 170, its bottom at the origin."""
    outline = (
        "M-160,-8C-176,-50 -150,-96 -110,-112C-80,-150 -30,-164 0,-160C30,-164 80,-150 110,-112"
        "C150,-96 176,-50 160,-8C130,8 104,-14 92,-40C60,-56 -60,-56 -92,-40C-104,-14 -130,8 -160,-8z"
    )
    folds = (
        "M-126,-104C-112,-74 -104,-50 -104,-20M-66,-142C-60,-104 -58,-80 -62,-48"
        "M66,-142C60,-104 58,-80 62,-48M126,-104C112,-74 104,-50 104,-20"
    )
    return body(
        outline,
        "#e2973f",
        *(
            ellipse(x, y, 34, 18, "#f3bf6b", 0.8, turn)
            for x, y, turn in ((0, -126, 0), (-92, -104, -30), (92, -104, 30), (-138, -64, -70), (138, -64, 70))
        ),
        stroke(folds, "#b96d24", 7),
        ellipse(0, -36, 150, 22, SHADE, 0.08),
    )


def bun() -> str:
    """A burger bun with sesame, 170 by 120, its bottom at the origin."""
    seeds = "".join(
        ellipse(x, y, 5, 3, "#fff3d2", 1, turn)
        for x, y, turn in (
            (-44, -78, -30),
            (-12, -96, 10),
            (26, -90, 30),
            (50, -68, 50),
            (0, -72, 0),
            (-60, -58, -50),
            (24, -62, 20),
        )
    )
    return (
        body("M-82,-34H82C84,-10 66,0 50,0H-50C-66,0 -84,-10 -82,-34z", "#dd9a4c", ellipse(30, 6, 90, 20, SHADE, 0.1))
        + rect(-84, -46, 168, 16, "#fbe5bd", 8)
        + body(
            "M-86,-44C-90,-94 -44,-118 0,-118S90,-94 86,-44Q0,-36 -86,-44z",
            "#e8a653",
            path("M40,-120C80,-90 70,-50 50,-30H110V-120z", SHADE, 0.08),
            seeds,
        )
    )


def dough_roll() -> str:
    """A sheet of dough, half unrolled, 280 by 110, its bottom at the origin."""
    sheet = body("M-70,-30H150L196,0H-110z", DOUGH, rect(-120, -8, 330, 20, darker(DOUGH, 0.08)))
    spiral = stroke("M-104,-50m0,-26a26,26 0 1 1 -24,36a18,18 0 1 1 30,-14a10,10 0 0 1 -12,10", darker(DOUGH, 0.24), 6)
    return (
        sheet
        + body(
            "M-108,-102H96A50,51 0 0 1 96,0H-108z",
            darker(DOUGH, 0.06),
            rect(-120, -24, 300, 30, SHADE, 0, 0.07),
            shine("M-50,-84H80", 8, 0.7),
        )
        + ellipse(-108, -51, 46, 51, lighter(DOUGH, 0.3))
        + spiral
    )


def french_fries() -> str:
    loose = place(body(box(-11, -70, 22, 140, 3), FRY, rect(3, -80, 20, 160, darker(FRY, 0.12))), 0, 0)
    onion_ring = stroke("M-34,0A34,30 0 1 1 34,0A34,30 0 1 1 -34,0", CRUST, 22)
    onion_ring += stroke("M-34,-3A34,30 0 0 1 20,-26", lighter(CRUST, 0.3), 6)
    return (
        snow()
        + stand(fries(), 290, 190, y=396, scale=1.2)
        + shadow(470, 410, 170)
        + place(onion_ring, 464, 346)
        + place(loose, 474, 396, 0.84, 78)
        + place(loose, 500, 388, 0.72, 104)
    )


def frozen_vegetables() -> str:
    mix = (pea, corn, carrot_cube, pea)
    spots = scattered(46, 21, -64, -58, 64, 58)
    window = circle(0, 0, 62, "#eef7fc") + "".join(
        place(mix[index % 4](), x, y, 0.8, index * 40) for index, (x, y) in enumerate(spots) if x * x + y * y < 56 * 56
    )
    emblem = place(window, 0, 34) + place(snowflake(), 0, -76, 0.72)
    loose = "".join(
        place(mix[index % 4](), x, y, 1.15, index * 70)
        for index, (x, y) in enumerate(((400, 396), (436, 404), (468, 394), (506, 402), (540, 392), (450, 378)))
    )
    return (
        snow()
        + stand(pouch("#3f8fd0", emblem, 190, 260), 246, 200, y=398, scale=1.2)
        + shadow(470, 404, 200)
        + place(broccoli(), 472, 392, 1.34)
        + loose
    )


def frozen_berries() -> str:
    kinds = (raspberry, blueberry, strawberry)
    sizes = (0.64, 0.74, 0.56)
    spots = sorted(scattered(20, 31, -120, -44, 120, 46), key=lambda point: point[1])
    heap = "".join(
        place(kinds[index % 3](), x, y + 18, sizes[index % 3], -24 + 37 * index % 48)
        for index, (x, y) in enumerate(spots)
    )
    frost = "".join(circle(x, y, 2.6, LIGHT, 0.9) for x, y in scattered(46, 6, -118, -76, 118, 10))
    return (
        snow()
        + stand(
            bowl("#f4f8fd", 160, 118, ellipse(0, 0, 144, 40, "#8a3358") + heap + frost, "#cfdcea"),
            296,
            270,
            y=392,
            scale=1.16,
        )
        + stand(ice_cube(place(raspberry(), 0, 36, 0.64)), 510, 110, y=404, scale=1.1)
        + place(blueberry(), 432, 410, 0.7)
    )


def dough_and_pastry() -> str:
    return (
        snow()
        + stand(place(dough_roll(), 0, 0, 1.26), 310, 380, y=306)
        + stand(bun(), 184, 180, y=404, scale=1.08)
        + stand(croissant(), 422, 320, y=402, scale=1.04)
    )


def frozen() -> str:
    emblem = place(snowflake("#ffffff", 8), 0, -8, 1.25)
    return (
        snow()
        + stand(pouch("#3f8fd0", emblem, 170, 240), 318, 180, y=380, scale=1.16)
        + stand(broccoli(), 182, 110, y=396, scale=1.2)
        + stand(ice_cube(place(raspberry(), 0, 36, 0.64)), 468, 120, y=396, scale=1.14)
        + place(pea(), 262, 400, 1.2)
        + place(pea(), 300, 408, 1.2)
        + place(strawberry(), 546, 402, 0.62, 12)
    )


DEPARTMENT = Department(
    "Заморожені продукти",
    "#cdd9f5",
    frozen,
    {
        "Картопля фрі": french_fries,
        "Овочі заморожені": frozen_vegetables,
        "Тісто та випічка": dough_and_pastry,
        "Вареники та пельмені": dumplings,
        "Ягоди заморожені": frozen_berries,
    },
)
