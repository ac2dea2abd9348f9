"""Milk, butter, cheese and eggs."""

from sandbox.horeca.drawing.plants import basil, olive
from sandbox.horeca.drawing.scene import Department
from sandbox.horeca.drawing.shapes import (
    LIGHT,
    SHADE,
    ball,
    body,
    circle,
    darker,
    ellipse,
    lighter,
    oval,
    path,
    place,
    rect,
    scattered,
    shine,
    stand,
    stroke,
)
from sandbox.horeca.drawing.vessels import board, bowl, carton, drop, glass, plate, tub

BLUE, CHEESE, BUTTER, MILK, SHELL = "#4f8fd6", "#f8c84a", "#ffe08a", "#fdfdfb", "#e9b98d"


def wedge(color: str = CHEESE, rind: str = "#e59a2f") -> str:
    """A wedge of holed cheese, 270 by 160."""
    holes = ((-58, -66, 17), (16, -40, 13), (66, -82, 20), (-12, -88, 9), (100, -34, 11), (-92, -24, 10))
    front = body(
        "M-130,0V-92H130V0z",
        color,
        *(
            circle(x, y, r, darker(color, 0.16)) + circle(x + 2, y + 3, r * 0.86, darker(color, 0.08))
            for x, y, r in holes
        ),
        rect(-140, -12, 280, 20, darker(color, 0.1)),
    )
    top = body("M-130,-92L70,-160C110,-150 130,-126 130,-92z", lighter(color, 0.4), ellipse(60, -118, 22, 8, color))
    return top + front + stroke("M70,-160C110,-150 130,-126 130,-92V0", rind, 9)


def wheel(color: str, rind: str, half: float = 140, height: float = 86) -> str:
    """A whole wheel of cheese seen a little from above."""
    depth = half * 0.3
    side = (
        f"M{-half},{-height}V{-depth * 0.4}C{-half},{depth * 0.4} {half},{depth * 0.4} {half},{-depth * 0.4}V{-height}z"
    )
    return (
        body(side, rind, rect(half * 0.5, -200, half, 260, SHADE, 0, 0.1))
        + ellipse(0, -height, half + 2, depth, lighter(rind, 0.2))
        + ellipse(0, -height, half - 12, depth - 6, color)
    )


def cut_wheel(top: str, rind: str, inside: str) -> str:
    """A low wheel with a wedge taken out in front, 300 by 130."""
    side = "M-150,-84A150,45 0 0 0 -40,-40.6V43.4A150,45 0 0 1 -150,0z"
    return (
        path("M0,-84L-40,-40.6V43.4L0,0z", darker(inside, 0.1))
        + path("M0,-84L95,-49V35L0,0z", inside)
        + body(side, rind, soft=1)
        + body("M150,-84A150,45 0 0 1 95,-49V35A150,45 0 0 0 150,0z", darker(rind, 0.1), soft=1)
        + body("M0,-84L-40,-40.6A150,45 0 1 1 95,-49z", top, soft=3)
    )


def egg(color: str = SHELL, height: float = 1) -> str:
    """An egg standing on its blunt end, 62 by 80."""
    outline = "M0,-80C20,-80 32,-46 32,-29C32,-10 18,0 0,0S-32,-10 -32,-29C-32,-46 -20,-80 0,-80z"
    inner = ellipse(-6, -38, 34, 46, color) + ellipse(-12, -54, 7, 12, LIGHT, 0.55, 20)
    return place(body(outline, darker(color, 0.14), inner, soft=0), 0, 0, height)


def milk_and_cream() -> str:
    splash = place(drop(BLUE, 1.4), 0, 0)
    jug = (
        body(
            (
                "M-58,-150L-72,-164H56L52,-140C50,-110 66,-96 66,-56"
                "C66,-18 50,0 34,0H-34C-50,0 -66,-18 -66,-56"
                "C-66,-96 -56,-112 -58,-150z"
            ),
            "#fffaf0",
            path("M22,10C52,-30 34,-90 34,-170H90V10z", SHADE, 0.08),
            rect(-90, -74, 200, 16, BLUE),
            shine("M-46,-96C-52,-84 -50,-40 -46,-34"),
        )
        + ellipse(-4, -156, 54, 9, darker("#fff1cf", 0.12))
        + ellipse(-4, -154, 48, 6, "#fffdf4")
    )
    handle = stroke("M54,-128C110,-140 112,-48 62,-44", "#f1e7d6", 15)
    return (
        stand(carton(BLUE, splash), 232, 190, scale=1.12)
        + stand(handle + jug, 410, 160, scale=1.02)
        + stand(glass(MILK, 0.78), 512, 84, y=404, scale=0.86)
    )


def butter() -> str:
    block = body("M-130,0V-78H96V0z", BUTTER, rect(-140, -14, 280, 20, darker(BUTTER, 0.1)))
    top = body("M-130,-78L-92,-112H134L96,-78z", lighter(BUTTER, 0.5))
    side = body("M96,0V-78L134,-112V-34z", darker(BUTTER, 0.14))
    foil = body(
        "M-136,4V-82L-96,-118H-8L-26,-98L-10,-82L-32,-62L-12,-44L-34,-22L-18,4z",
        "#dbe4ee",
        path("M-136,-82L-96,-118H20V-82z", "#f3f7fb"),
        stroke("M-110,-60L-60,-70M-104,-30L-50,-18M-84,-46L-70,-8", "#b8c6d6", 4),
        rect(-120, -58, 62, 40, BLUE, 6),
        place(drop(LIGHT, 0.62), -89, -40),
    )
    slice_ = body("M0,0V-74L36,-106V-32z", lighter(BUTTER, 0.3)) + body("M-16,4V-72L0,-74V0z", BUTTER)
    curl = body(
        oval(0, -20, 26, 20),
        lighter(BUTTER, 0.2),
        stroke("M-14,-18A14,11 0 1 1 4,-9A8,7 0 1 1 4,-22", darker(BUTTER, 0.16), 4),
    )
    dish = plate(215, "#f7fbff")
    return (
        stand(dish, 320, 440, y=390)
        + place(block + top + side + foil, 280, 368, 1.36)
        + place(slice_, 470, 368, 1.24, 8)
        + place(curl, 510, 378, 1.05)
    )


def fermented_milk() -> str:
    swirl = (
        body("M-104,6C-104,-34 -62,-34 -50,-52C-36,-82 -6,-70 8,-96C22,-70 46,-72 56,-48C84,-40 106,-30 104,6z", MILK)
        + stroke("M-62,-22C-20,-2 30,-6 64,-28M-26,-52C-4,-38 22,-42 36,-54", "#dfe6ec", 8)
        + place(basil(), 64, -14, 0.6, 24)
    )
    spoon = stroke("M60,-150L150,-262", "#c98d4f", 15) + shine("M66,-160L146,-258", 4, 0.35)
    kefir = bottle_of_kefir()
    return (
        stand(kefir, 158, 112, y=380, scale=1.05)
        + stand(tub("#fdfdfb", "#6fb56b", place(drop("#6fb56b", 1.1), 0, 0)), 494, 160, y=380, scale=1.05)
        + stand(place(spoon, 0, 40) + bowl("#5a97d8", 122, 96, swirl, "#eef4f8"), 322, 220, y=410, scale=1.12)
    )


def bottle_of_kefir() -> str:
    outline = "M-50,-10Q-50,0 -40,0H40Q50,0 50,-10V-150C50,-190 32,-196 32,-222H-32C-32,-196 -50,-190 -50,-150z"
    inner = (
        rect(-60, -128, 120, 74, "#6fb56b"),
        place(drop(LIGHT, 0.9), -4, -92),
        rect(22, -240, 60, 260, SHADE, 0, 0.08),
        shine("M-34,-28V-40M-34,-140C-34,-170 -24,-180 -20,-200", 7, 0.9),
    )
    return (
        body(outline, "#f4f6f4", *inner) + rect(-36, -246, 72, 28, "#4a9150", 7) + rect(8, -246, 28, 28, SHADE, 7, 0.12)
    )


def soft_cheese() -> str:
    piece = body(
        "M-96,0V-64H66V0z", "#ffefb8", rect(-100, -10, 200, 14, "#fffaf0"), ellipse(-20, -34, 8, 5, "#f3dc93")
    ) + body("M-96,-64L40,-112C58,-106 66,-90 66,-64z", "#fffaf0")
    rind = stroke("M40,-112C58,-106 66,-90 66,-64V-2", "#f3ead8", 9)
    pearls = "".join(ball(x, y, 40, "#fffdf8") for x, y in ((-48, -40), (38, -40), (-4, -98)))
    return (
        stand(cut_wheel("#fffaf0", "#f0e6d2", "#ffe9a6"), 240, 330, y=336, scale=1.12)
        + stand(piece + rind, 262, 170, y=416, scale=1.08)
        + stand(pearls, 470, 200, y=402, scale=1.1)
        + place(basil(), 464, 268, 1.05, -14)
    )


def brined_cheese() -> str:
    feta = (
        body(
            "M-110,0V-96H70V0z",
            "#fdfbf4",
            *(ellipse(x, y, 7, 4, "#e6dfcf") for x, y in scattered(12, 4, -100, -90, 66, -6)),
        )
        + body("M-110,-96L-66,-134H114L70,-96z", LIGHT)
        + body(
            "M70,0V-96L114,-134V-36z",
            "#e9e4d6",
            *(ellipse(x, y, 5, 4, "#d6cfbd") for x, y in scattered(5, 8, 76, -100, 108, -30)),
        )
    )
    cube = (
        body("M-28,0V-46H18V0z", "#fdfbf4")
        + body("M-28,-46L-8,-62H38L18,-46z", LIGHT)
        + body("M18,0V-46L38,-62V-16z", "#e9e4d6")
    )
    olives = place(olive("#59703a"), 500, 392, 1.3, -20) + place(olive("#3d3350"), 214, 404, 1.25, 20)
    return (
        stand(board(470), 320, 490, y=412)
        + place(feta, 276, 376, 1.28)
        + place(cube, 452, 384, 1.1, 5)
        + olives
        + place(olive("#3d3350"), 548, 398, 1.15, 15)
        + place(stroke("M0,0C20,-40 60,-70 120,-84", "#5d8a3f", 5), 216, 244)
        + "".join(
            place(
                path("M0,0C8,-12 8,-24 0,-34C-8,-24 -8,-12 0,0z", "#6fa04a"),
                228 + i * 15,
                222 - i * 9,
                0.9,
                -40 + 100 * (i % 2),
            )
            for i in range(7)
        )
    )


def hard_cheese() -> str:
    whole = ellipse(34, -120, 132, 120, "#d08a2c") + body(
        oval(0, -120, 128, 120),
        "#e8a93f",
        ellipse(0, -120, 112, 105, "#f9d467"),
        ellipse(30, -100, 100, 95, LIGHT, 0.12),
    )
    return stand(whole, 420, 260, y=376, scale=1.06) + stand(wedge(), 266, 350, y=406, scale=1.26)


def eggs() -> str:
    tray = "#b9aea3"
    back = "".join(place(egg("#e3ad7d"), x, 322, 1.05) for x in (176, 248, 320, 392, 464))
    front = "".join(place(egg(), x, 352, 1.2) for x in (146, 233, 320, 407, 494))
    cups = "".join(f"Q{x + 43},{300},{x + 87},{330}" for x in (102, 189, 276, 363, 450))
    base = body(
        f"M102,330{cups}L518,400Q516,408 506,408H134Q124,408 122,400z",
        tray,
        *(ellipse(x, 392, 30, 44, darker(tray, 0.12)) for x in (190, 277, 364, 451)),
        rect(90, 398, 460, 20, darker(tray, 0.18)),
    )
    dozen = body("M112,318L150,268H490L528,318z", darker(tray, 0.22))
    return place(ellipse(326, 408, 230, 18, SHADE, 0.13) + dozen + back + front + base, -38, -86, 1.12)


def dairy() -> str:
    return (
        stand(carton(BLUE, drop(BLUE, 1.4)), 196, 180, y=378, scale=1.1)
        + stand(place(wedge(), 0, 0), 410, 320, y=388, scale=1.12)
        + stand(egg(), 268, 66, y=408, scale=1.05)
        + stand(egg("#f6e3cf"), 330, 66, y=414, scale=1)
    )


DEPARTMENT = Department(
    "Молочні продукти",
    "#d5e6f7",
    dairy,
    {
        "Молоко та вершки": milk_and_cream,
        "Масло та маргарин": butter,
        "Кисломолочні продукти": fermented_milk,
        "Сири м'які": soft_cheese,
        "Сири розсольні": brined_cheese,
        "Сири тверді та напівтверді": hard_cheese,
        "Яйця": eggs,
    },
)
