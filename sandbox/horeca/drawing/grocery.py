"""Flour, cereals, pasta, oil, sauces, preserves and spices."""

from sandbox.horeca.drawing.condiments import preserves, sauces, spices, sugar_salt_vinegar, tomato_products
from sandbox.horeca.drawing.plants import basil, leaf, olive, wheat
from sandbox.horeca.drawing.scene import Department
from sandbox.horeca.drawing.shapes import (
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
    scattered,
    shadow,
    shine,
    stand,
    stroke,
)
from sandbox.horeca.drawing.vegetables import tomato
from sandbox.horeca.drawing.vessels import WOOD, bottle, bowl, jug, tin

BURLAP, FLOUR, PASTA, OIL = "#d2ab74", "#fffaf0", "#f4c95d", "#f6c12f"


def paper_sack(color: str = "#fdf8ee", emblem: str = "") -> str:
    """A closed paper sack, 190 by 260, its bottom at the origin."""
    return (
        body(
            "M-88,-6C-98,-80 -98,-160 -86,-222H86C98,-160 98,-80 88,-6Q86,0 80,0H-80Q-86,0 -88,-6z",
            color,
            rect(-110, -70, 220, 26, "#c4683a"),
            rect(-110, -38, 220, 8, "#c4683a"),
            place(emblem, 0, -86),
            path("M40,-240C66,-160 66,-70 44,10H120V-240z", SHADE, 0.08),
            shine("M-74,-196C-80,-150 -80,-130 -80,-110", 8, 0.6),
        )
        + body("M-86,-222L-78,-256H78L86,-222z", darker(color, 0.08))
        + rect(-82, -248, 164, 8, "#c4683a", 4)
    )


def open_sack(grain: str, specks: str = "", color: str = BURLAP) -> str:
    """A burlap sack full of grain with its edge rolled down, 220 by 220, its bottom at the origin."""
    heap = path("M-90,-158C-60,-214 60,-214 90,-158C70,-136 -70,-136 -90,-158z", grain)
    weave = stroke("".join(f"M{x},-150V10" for x in range(-100, 110, 20)), darker(color, 0.14), 2, 0.45)
    return (
        ellipse(0, -156, 96, 24, darker(color, 0.3))
        + heap
        + specks
        + body(
            (
                "M-96,-148C-120,-90 -116,-30 -92,-4Q-88,0 -80,0H80Q88,0 92,-4"
                "C116,-30 120,-90 96,-148C60,-126 -60,-126 -96,-148z"
            ),
            color,
            weave,
            path("M50,-150C80,-90 70,-30 50,10H140V-160z", SHADE, 0.1),
        )
        + stroke("M-98,-154C-60,-128 60,-128 98,-154", lighter(color, 0.25), 22)
    )


def grains(color: str, count: int = 60, width: float = 82) -> str:
    """Grains on the heap of an open sack."""
    return "".join(
        ellipse(x, y, 5.5, 3, color, 1, index * 47)
        for index, (x, y) in enumerate(scattered(count, 17, -width, -196, width, -148))
        if (x / 88) ** 2 + ((y + 156) / 42) ** 2 < 1
    )


def scoop(filling: str) -> str:
    """A wooden scoop with a heap in it, 210 by 80, its bottom at the origin."""
    return (
        stroke("M50,-34L116,-52", darker(WOOD, 0.16), 18)
        + ellipse(-24, -46, 78, 34, filling)
        + body(
            "M-108,-44H58C58,-14 30,0 -20,0S-104,-14 -108,-44z",
            WOOD,
            ellipse(0, 4, 90, 18, SHADE, 0.12),
            shine("M-88,-30C-80,-20 -66,-14 -54,-12", 5, 0.4),
        )
    )


def spaghetti() -> str:
    """A sheaf of spaghetti tied with a string, 130 by 290, its bottom at the origin."""
    lines = "".join(
        stroke(
            f"M{x * 1.5:.0f},-4L{x},-140L{x * 1.75:.0f},{-286 + abs(x) * 0.3:.0f}",
            PASTA if index % 2 else darker(PASTA, 0.14),
            7,
        )
        for index, x in enumerate(range(-36, 37, 6))
    )
    return (
        lines
        + body(box(-46, -156, 92, 30, 8), "#c0392f", rect(16, -160, 40, 40, SHADE, 0, 0.12))
        + shine("M-34,-142H-16", 5)
    )


def penne(color: str = PASTA) -> str:
    """A tube of penne, 90 by 34, its middle at the origin."""
    return body("M-52,14L-34,-16H40L58,14z", color, stroke("M-60,-6H60M-60,4H60", darker(color, 0.14), 3)) + ellipse(
        -42, 0, 8, 17, darker(color, 0.35), 1, 28
    )


def farfalle(color: str = PASTA) -> str:
    """A pasta bow, 110 by 70, its middle at the origin."""
    edge = (
        "M0,-10L-50,-36l-4,10l-6,4l2,10l-6,6l4,8l-4,8l8,6l-2,8l8,10L0,12"
        "L50,34l8,-10l-2,-8l8,-6l-4,-8l4,-8l-6,-6l2,-10l-6,-4l-4,-10z"
    )
    return body(edge, color, ellipse(0, 30, 90, 20, SHADE, 0.07)) + stroke(
        "M-6,-8Q0,0 -6,8M6,-8Q0,0 6,8M-40,-16L-16,-2M-42,16L-16,4M40,-16L16,-2M42,14L16,4", darker(color, 0.22), 4
    )


def sunflower() -> str:
    """A sunflower, 170 across, its middle at the origin."""
    petal = path("M0,-40C-20,-56 -16,-78 0,-92C16,-78 20,-56 0,-40z", "#f8b928")
    dark = path("M0,-40C-18,-54 -14,-72 0,-84C14,-72 18,-54 0,-40z", "#e59a1c")
    ring = "".join(place(dark, 0, 0, 1, 15 + 30 * index) for index in range(12)) + "".join(
        place(petal, 0, 0, 1, 30 * index) for index in range(12)
    )
    dots = "".join(circle(x, y, 3.4, "#8a5a2e") for x, y in scattered(24, 4, -32, -32, 32, 32))
    return ring + circle(0, 0, 46, "#6b4023") + circle(0, 0, 36, "#52301a") + dots


def flour() -> str:
    ears = "".join(place(wheat(), x, 398, 1.28, turn) for x, turn in ((448, -4), (466, 9), (486, 23)))
    pile = body(
        "M-130,0C-90,-16 -60,-62 -10,-66C40,-62 80,-14 130,0z",
        FLOUR,
        path("M20,-70C40,-30 80,-10 140,0H30z", SHADE, 0.05),
        soft=8,
    )
    return (
        stand(paper_sack(emblem=place(wheat("#c4683a"), 0, -20, 0.62)), 258, 200, y=386, scale=1.22)
        + ears
        + stand(pile, 400, 270, y=408)
        + place(scoop(FLOUR), 396, 402, 0.9, -8)
    )


def cereals() -> str:
    rice = stand(open_sack("#fffaf0", grains("#e4d7bd")), 232, 220, y=392, scale=1.28)
    buckwheat = stand(
        bowl(
            "#b9764a",
            92,
            74,
            path("M-84,4C-60,-56 60,-56 84,4z", "#8a5430") + place(grains("#b57a4a", 40, 70), 0, 150, 0.9),
            "#8a5a38",
        ),
        452,
        150,
        y=356,
        scale=1.06,
    )
    lentils = place(scoop("#e0752f"), 468, 408, 1.06, -4) + "".join(
        ellipse(x, y, 6, 3.6, "#f0a05a") for x, y in scattered(20, 9, 396, 340, 500, 368)
    )
    loose = "".join(ellipse(x, y, 7, 3.6, "#fffaf0", 1, x) for x, y in scattered(12, 5, 300, 398, 356, 418))
    return rice + buckwheat + shadow(462, 410, 210) + lentils + loose


def pasta() -> str:
    bows = "".join(place(farfalle(), x, y, 1.02, turn) for x, y, turn in ((424, 344, -10), (536, 350, 12)))
    tubes = "".join(
        place(penne(darker(PASTA, 0.05)), x, y, 1.06, turn) for x, y, turn in ((400, 396, -10), (476, 398, 8))
    )
    strands = (
        f"M{-70 + 9 * i},-18C{-60 + 8 * i},-70 {60 - 8 * i},-70 {70 - 9 * i},-18"
        f"C{50 - 8 * i},10 {-50 + 8 * i},10 {-70 + 9 * i},-18"
        for i in range(5)
    )
    nest = "".join(stroke(strand, darker(PASTA, 0.14 * (i % 2)), 9) for i, strand in enumerate(strands))
    return (
        stand(place(spaghetti(), 0, 0, 1.14), 288, 130, y=392, turn=6)
        + shadow(470, 408, 240)
        + bows
        + tubes
        + place(penne(darker(PASTA, 0.05)), 550, 400, 1.06, -14)
        + stand(place(nest, 0, -6), 168, 150, y=400)
        + place(basil(), 338, 408, 0.8, 30)
    )


def oils() -> str:
    olive_oil = bottle(
        "#6f8a35", "#3d4a22", "#f5efd8", place(olive("#59703a"), 0, 0, 0.9) + place(leaf("#7f9a45"), 14, -12, 0.4, 50)
    )
    return (
        stand(jug(OIL, "#e0762a", "#fff3d0", place(sunflower(), 0, 0, 0.38)), 268, 170, y=388, scale=1.34)
        + stand(olive_oil, 438, 100, y=386, scale=1.08)
        + place(sunflower(), 168, 364, 0.66)
        + shadow(516, 404, 90)
        + place(olive("#59703a"), 500, 392, 1.06, -16)
        + place(olive("#3d3350"), 548, 394, 1, 12)
    )


def grocery() -> str:
    return (
        stand(paper_sack(emblem=place(wheat("#c4683a"), 0, -20, 0.62)), 222, 200, y=384, scale=1.16)
        + stand(bottle(OIL, "#e0762a", "#fff3d0", place(sunflower(), 0, 0, 0.36)), 372, 100, y=380, scale=1.12)
        + stand(tin("#d8392b", place(tomato(), 0, 30, 0.3), 110, 130), 478, 120, y=388, scale=1.1)
        + shadow(350, 408, 250)
        + "".join(
            place(art(), x, y, 0.9, turn)
            for art, x, y, turn in ((farfalle, 306, 390, -6), (penne, 388, 400, 8), (farfalle, 454, 404, 10))
        )
    )


DEPARTMENT = Department(
    "Бакалія",
    "#f4e0c0",
    grocery,
    {
        "Борошно": flour,
        "Крупи, рис та бобові": cereals,
        "Макаронні вироби": pasta,
        "Олія": oils,
        "Томатна продукція": tomato_products,
        "Соуси": sauces,
        "Консервація": preserves,
        "Спеції та приправи": spices,
        "Цукор, сіль, оцет": sugar_salt_vinegar,
    },
)
