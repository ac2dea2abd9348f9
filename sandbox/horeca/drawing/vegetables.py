"""Vegetables, salads, herbs and mushrooms."""

from sandbox.horeca.drawing.greens import cabbages_and_marrows, lettuce, mushrooms, salads_and_herbs
from sandbox.horeca.drawing.plants import DEEP_GREEN, GREEN, dill, leaf
from sandbox.horeca.drawing.scene import Department
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
    scattered,
    shadow,
    shine,
    stand,
    stroke,
)
from sandbox.horeca.drawing.vessels import WOOD

CARROT, TOMATO, PEPPER, CUCUMBER = "#f28a2e", "#e5452f", "#f2b72c", "#4f9a48"


def carrot() -> str:
    """A carrot pointing down, its shoulders at the origin, 90 by 300 with the tops."""
    tops = "".join(
        place(leaf(color), 0, 4, 0.95, turn)
        for color, turn in ((DEEP_GREEN, -38), (DEEP_GREEN, 38), (GREEN, -14), (GREEN, 16))
    )
    root = body(
        "M-42,14C-44,-10 -20,-12 0,-8C20,-12 44,-10 42,14C38,80 18,160 0,206C-18,160 -38,80 -42,14z",
        CARROT,
        path("M8,-20C40,40 20,140 0,220H60V-20z", SHADE, 0.1),
        stroke("M-40,34H-18M14,66H40M-32,92H-10M4,124H20M-18,148H-4", darker(CARROT, 0.2), 5, 0.7),
        shine("M-24,12C-24,30 -22,40 -20,52", 7),
    )
    return tops + root


def onion(color: str = "#d99540") -> str:
    """An onion, 130 by 170, its bottom at the origin."""
    outline = (
        "M0,-166C8,-140 14,-126 34,-114C62,-98 68,-74 66,-56C62,-18 34,0 0,0"
        "S-62,-18 -66,-56C-68,-74 -62,-98 -34,-114C-14,-126 -8,-140 0,-166z"
    )
    lines = stroke("M0,-160V0M-6,-140C-50,-100 -44,-30 -10,0M6,-140C50,-100 44,-30 10,0", darker(color, 0.2), 4, 0.7)
    return stroke("M-12,-2l-6,10M0,0v12M12,-2l6,10", "#d8c3a0", 4) + body(
        outline,
        color,
        path("M22,-170C60,-90 50,-20 20,10H90V-170z", SHADE, 0.1),
        lines,
        shine("M-42,-76C-42,-66 -42,-56 -38,-46"),
    )


def potato(color: str = "#d9ae6c") -> str:
    """A potato, 170 by 116, its bottom at the origin."""
    eyes = "".join(
        ellipse(x, y, 7, 3.5, darker(color, 0.22), 1, turn)
        for x, y, turn in ((-44, -60, 20), (10, -82, -10), (36, -42, 30), (-14, -30, 0), (60, -66, 10))
    )
    return body(
        "M-84,-50C-88,-94 -46,-116 6,-114C58,-112 86,-86 84,-52C82,-14 44,0 -10,0C-56,0 -80,-16 -84,-50z",
        color,
        ellipse(14, 2, 100, 40, SHADE, 0.1),
        eyes,
        ellipse(-44, -86, 18, 9, LIGHT, 0.4, -24),
    )


def beet(color: str = "#9c2b57") -> str:
    """A beetroot with its stalks, 130 by 220, its lowest point at the origin."""
    tops = "".join(
        stroke(f"M0,-118Q{4 * x},-150 {x * 6},-190", "#b13a66", 9) + place(leaf("#5d9447"), x * 5, -164, 0.9, x * 3)
        for x in (-7, 0, 7)
    )
    return tops + body(
        "M0,0C-8,-18 -64,-26 -64,-72C-64,-108 -32,-122 0,-122S64,-108 64,-72C64,-26 8,-18 0,0z",
        color,
        path("M20,-130C60,-80 40,-30 0,0H80V-130z", SHADE, 0.12),
        stroke("M-34,-40Q0,-26 34,-40", darker(color, 0.2), 4, 0.7),
        shine("M-42,-82C-40,-94 -32,-100 -26,-104"),
    )


def tomato(color: str = TOMATO) -> str:
    """A tomato, 160 by 150, its bottom at the origin."""
    star = "".join(
        place(path("M0,0C-10,-14 -8,-34 0,-48C8,-34 10,-14 0,0z", DEEP_GREEN), 0, -128, 0.9, turn)
        for turn in (-112, -66, 66, 112, 160, -160)
    )
    return (
        body(
            "M-80,-72C-82,-120 -44,-138 0,-130C44,-138 82,-120 80,-72C78,-22 42,0 0,0S-78,-22 -80,-72z",
            color,
            path("M30,-140C76,-90 50,-10 -30,4H100V-140z", SHADE, 0.1),
            ellipse(-44, -92, 12, 20, LIGHT, 0.5, 30),
        )
        + star
        + stroke("M0,-128q2,-14 10,-22", DEEP_GREEN, 9)
    )


def pepper(color: str = PEPPER) -> str:
    """A bell pepper, 150 by 190, its bottom at the origin."""
    return (
        stroke("M0,-150C0,-170 6,-182 20,-192", "#4f8a3c", 15)
        + body(
            (
                "M-72,-104C-76,-146 -40,-156 0,-146C40,-156 76,-146 72,-104"
                "C70,-60 58,-6 34,-2C22,0 12,-8 0,-4C-12,-8 -22,0 -34,-2"
                "C-58,-6 -70,-60 -72,-104z"
            ),
            color,
            stroke("M-20,-150C-34,-100 -30,-50 -12,-6M22,-150C40,-100 36,-50 18,-6", darker(color, 0.18), 5, 0.7),
            path("M46,-160C70,-100 50,-20 30,10H90V-160z", SHADE, 0.1),
            shine("M-52,-116C-54,-96 -50,-80 -46,-66", 9),
        )
        + path("M-34,-146C-20,-162 20,-162 34,-146C18,-138 -18,-138 -34,-146z", "#4f8a3c")
    )


def cucumber(color: str = CUCUMBER) -> str:
    """A cucumber lying on its side, 300 by 70, its middle at the origin."""
    bumps = "".join(circle(x, y, 4, lighter(color, 0.3)) for x, y in scattered(20, 3, -120, -22, 120, 24))
    return body(
        "M-146,6C-146,-24 -110,-38 0,-36C100,-36 146,-26 148,0C146,28 100,38 0,36C-110,38 -146,28 -146,6z",
        color,
        rect(-150, 8, 300, 40, SHADE, 0, 0.12),
        bumps,
        shine("M-108,-18H-20", 7, 0.35),
    ) + circle(-148, 4, 7, "#d9c24a")


def cucumber_slice() -> str:
    seeds = "".join(place(ellipse(0, -17, 3.5, 8, "#f4f8d8"), 0, 0, 1, 60 * index) for index in range(6))
    return circle(0, 0, 36, "#3f8440") + circle(0, 0, 31, "#d6eaa8") + circle(0, 0, 25, "#c0dd8c") + seeds


def roots_and_onions() -> str:
    return (
        stand(beet(), 160, 130, y=390, scale=1.06)
        + stand(potato(), 468, 190, y=378, scale=1.12)
        + place(potato("#e3bd80"), 520, 404, 0.86, 8)
        + stand(onion(), 318, 150, y=404, scale=1.12)
        + shadow(330, 416, 300)
        + place(carrot(), 420, 384, 0.98, 84)
        + place(carrot(), 404, 402, 0.98, 97)
    )


def tomatoes_and_peppers() -> str:
    slices = "".join(place(cucumber_slice(), x, y) for x, y in ((488, 398), (540, 392)))
    return (
        stand(pepper("#e9b23a"), 430, 160, y=372, scale=1.16)
        + stand(pepper("#d63c2f"), 316, 150, y=366, scale=1.2)
        + stand(tomato(), 194, 180, y=388, scale=1.16)
        + shadow(352, 412, 300)
        + place(cucumber(), 352, 384, 0.98, -3)
        + slices
    )


def vegetables() -> str:
    plank = body(
        box(-210, 0, 420, 46, 6),
        WOOD,
        stroke("M-180,16H-60M20,30H170", darker(WOOD, 0.14), 3),
        *(circle(x, 23, 4, darker(WOOD, 0.35)) for x in (-196, 196)),
    )
    return (
        shadow(326, 408, 450)
        + rect(122, 286, 396, 116, darker(WOOD, 0.35), 6)
        + place(dill("#6aa84f"), 470, 300, 1.5, 12)
        + place(lettuce(), 250, 310, 0.94)
        + place(carrot(), 396, 218, 0.9, 10)
        + place(carrot(), 440, 232, 0.9, 20)
        + place(pepper(), 342, 330, 0.96, -8)
        + place(tomato(), 206, 338, 0.72)
        + place(cucumber(), 470, 300, 0.5, -64)
        + place(tomato(), 268, 346, 0.66)
        + rect(116, 312, 408, 88, darker(WOOD, 0.35))
        + place(plank, 320, 306)
        + place(plank, 320, 358)
    )


DEPARTMENT = Department(
    "Овочі та зелень",
    "#dfeecb",
    vegetables,
    {
        "Коренеплоди та цибуля": roots_and_onions,
        "Томати, огірки, перець": tomatoes_and_peppers,
        "Капуста та кабачки": cabbages_and_marrows,
        "Салати та зелень": salads_and_herbs,
        "Гриби": mushrooms,
    },
)
