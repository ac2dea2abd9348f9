"""Water, juice, coffee, tea and syrups."""

from sandbox.horeca.drawing.fruit import apple, orange
from sandbox.horeca.drawing.plants import basil, leaf, lemon, round_slice
from sandbox.horeca.drawing.scene import Department
from sandbox.horeca.drawing.shapes import (
    LIGHT,
    SHADE,
    body,
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
from sandbox.horeca.drawing.vessels import bottle, brick, drop, glass, pouch

COFFEE, ESPRESSO, WATER, JUICE, TEA, CARAMEL = "#6f4630", "#3b2418", "#9fd3ee", "#f9a033", "#c9702a", "#c77a2b"


def bean(color: str = COFFEE) -> str:
    """A coffee bean, 60 by 44, its middle at the origin."""
    return (
        ellipse(0, 0, 30, 21, color)
        + ellipse(-6, -9, 14, 6, LIGHT, 0.22, -14)
        + stroke("M-27,4C-12,-10 8,12 27,-4", darker(color, 0.5), 5)
    )


def cup(drink: str, china: str = LIGHT, art: str = "") -> str:
    """A wide cup on its saucer, 260 by 130, its bottom at the origin."""
    saucer = (
        ellipse(0, -8, 150, 20, darker(china, 0.14))
        + ellipse(0, -14, 150, 20, china)
        + ellipse(0, -16, 96, 11, darker(china, 0.08))
    )
    handle = stroke("M92,-100C150,-108 148,-46 74,-44", darker(china, 0.1), 17)
    wall = body(
        "M-104,-120A104,24 0 0 0 104,-120C104,-56 64,-18 40,-18H-40C-64,-18 -104,-56 -104,-120z",
        china,
        path("M40,0C80,-30 86,-80 84,-130H120V10z", SHADE, 0.08),
        shine("M-84,-84C-78,-62 -68,-50 -58,-42", 8, 0.9),
    )
    rim = (
        ellipse(0, -120, 104, 26, darker(china, 0.1))
        + ellipse(0, -120, 100, 24, china)
        + ellipse(0, -117, 90, 19, drink)
    )
    return saucer + handle + wall + rim + place(art, 0, -117)


def latte_heart() -> str:
    return path(
        "M0,14C-44,2 -44,-14 -18,-13C-6,-12 0,-7 0,-4C0,-7 6,-12 18,-13C44,-14 44,2 0,14z", "#f6e3c8"
    ) + ellipse(0, -2, 10, 4, "#c48a5a")


def steam(color: str = LIGHT) -> str:
    return stroke("M-34,0C-50,-24 -18,-36 -34,-64M0,-8C-16,-34 16,-50 0,-84M34,0C18,-24 50,-36 34,-64", color, 9, 0.85)


def water_bottle() -> str:
    """A plastic water bottle, 110 by 300, its bottom at the origin."""
    outline = (
        "M-50,-12Q-50,0 -38,0H38Q50,0 50,-12V-60L44,-72L50,-84V-186"
        "C50,-226 20,-232 18,-262H-18C-20,-232 -50,-226 -50,-186V-84L-44,-72"
        "L-50,-60z"
    )
    return (
        body(
            outline,
            "#c4e6f6",
            path("M-60,-200H60V10H-60z", WATER, 0.8),
            rect(-60, -176, 120, 82, "#2f86c9"),
            place(drop(LIGHT, 1.0), -2, -138),
            rect(22, -270, 40, 280, SHADE, 0, 0.08),
            shine("M-34,-190C-34,-210 -18,-222 -12,-240M-34,-22V-52M-34,-96V-168", 7, 0.7),
        )
        + rect(-24, -290, 48, 32, "#2f86c9", 6)
        + rect(4, -290, 20, 32, SHADE, 6, 0.12)
    )


def lemonade_glass() -> str:
    """A tall glass of lemonade with ice, a straw and a lemon round, 110 by 230."""
    ice = "".join(
        place(rect(-20, -20, 40, 40, LIGHT, 8, 0.6), x, y, 1, turn)
        for x, y, turn in ((-14, -120, 12), (18, -90, -20), (-10, -54, 30))
    )
    return (
        stroke("M10,-60L40,-236L70,-246", "#e5483c", 10)
        + glass("#fbe68a", 0.82, 104, 180)
        + ice
        + place(basil(), -10, -146, 0.5, -10)
        + place(round_slice("#f6c634", "#fbe07a", 38), 50, -176, 1, 10)
    )


def juice_glass(color: str = JUICE) -> str:
    return (
        stroke("M-6,-40L-34,-178L-62,-190", "#4aa3b5", 10)
        + glass(color, 0.8, 100, 150)
        + place(round_slice("#f7942b", "#fbb75c", 36), 44, -146)
    )


def teapot(color: str = "#d9694a") -> str:
    """A round teapot, 300 by 190, its bottom at the origin."""
    return (
        stroke("M86,-128C160,-150 158,-40 84,-46", darker(color, 0.16), 18)
        + body("M-90,-70C-124,-84 -130,-128 -164,-142L-140,-158C-112,-140 -104,-120 -80,-120z", darker(color, 0.08))
        + body(
            "M-104,-84C-104,-136 -58,-152 0,-152S104,-136 104,-84C104,-38 68,-12 48,0H-48C-68,-12 -104,-38 -104,-84z",
            color,
            path("M30,-160C96,-120 80,-40 30,10H130V-160z", SHADE, 0.1),
            shine("M-78,-104C-72,-122 -56,-130 -44,-133", 10),
            stroke("M-110,-62H110", lighter(color, 0.45), 8),
        )
        + body("M-50,-148C-44,-172 44,-172 50,-148Q0,-138 -50,-148z", lighter(color, 0.14))
        + circle(0, -176, 13, darker(color, 0.16))
    )


def tea_glass() -> str:
    """A glass cup of tea with a bag on a string, 190 by 130, its bottom at the origin."""
    return (
        ellipse(0, -6, 110, 15, "#e9e4f3")
        + ellipse(0, -11, 110, 15, LIGHT)
        + stroke("M68,-92C112,-96 108,-40 58,-38", "#b8cdd8", 10)
        + body(
            "M-74,-116H74C74,-56 52,-14 34,-14H-34C-52,-14 -74,-56 -74,-116z",
            "#edf4f6",
            path("M-80,-92H80V0H-80z", TEA),
            path("M30,-120C40,-70 30,-30 14,-10H90V-120z", SHADE, 0.1),
            shine("M-54,-84C-52,-64 -46,-48 -38,-36", 7),
        )
        + ellipse(0, -92, 70, 9, lighter(TEA, 0.3))
        + stroke("M-20,-92C-24,-130 -50,-126 -62,-92", "#fff8ea", 4)
        + body("M-78,-92H-46V-52H-78z", "#6aa84f", ellipse(-62, -72, 7, 10, LIGHT, 0.9, 30))
    )


def syrup_bottle(color: str, emblem: str, pump: bool = False) -> str:
    """A syrup bottle, 96 by 320 with its pump, its bottom at the origin."""
    dispenser = (
        rect(-20, -290, 40, 30, "#3f454d", 5)
        + rect(-6, -322, 12, 36, "#8b959e")
        + body("M-14,-338H18L64,-322L60,-312L16,-320H-14z", "#3f454d")
    )
    return bottle(color, "#3f454d", "#fff6e4", emblem) + (dispenser if pump else "")


def water_and_lemonade() -> str:
    bubbles = "".join(circle(x, y, r, LIGHT, 0.75) for x, y, r in ((322, 176, 7), (338, 140, 5), (312, 120, 4)))
    return (
        stand(water_bottle(), 216, 110, y=392, scale=1.18)
        + stand(
            bottle("#8ccf6a", "#f0b429", "#fffbe6", round_slice("#f6c634", "#fbe07a", 28)), 330, 96, y=384, scale=0.98
        )
        + bubbles
        + stand(lemonade_glass(), 452, 110, y=398, scale=1.1)
        + shadow(544, 402, 90)
        + place(lemon(), 540, 376, 0.72, -10)
    )


def juices() -> str:
    oats = brick(
        "#efe0c4", place(leaf("#8fae5a"), -8, 34, 0.8, -16) + place(leaf("#a9c26f"), 6, 34, 0.74, 26), "#8fae5a"
    )
    return (
        stand(oats, 378, 150, y=376, scale=1.14)
        + stand(brick("#f7942b", place(orange(), 0, 46, 0.54), "#fff3dc"), 226, 160, y=388, scale=1.24)
        + stand(juice_glass(), 490, 100, y=400, scale=1.06)
        + stand(apple("#8cc457"), 358, 110, y=410, scale=0.6)
    )


def coffee() -> str:
    bag = pouch("#4a3024", circle(0, 10, 44, "#f3dfc3") + place(bean(), 0, 10, 0.9, -40), 160, 220)
    beans = "".join(
        place(bean(tone), x, y, 0.86, turn)
        for tone, x, y, turn in (
            (COFFEE, 150, 400, 20),
            (ESPRESSO, 206, 410, -30),
            (COFFEE, 252, 398, 60),
            (ESPRESSO, 108, 406, -70),
        )
    )
    return (
        stand(bag, 204, 170, y=384, scale=1.26)
        + place(steam(), 410, 232, 1)
        + stand(cup("#9a6238", art=latte_heart()), 412, 300, y=398, scale=1.2)
        + beans
    )


def tea() -> str:
    leaves = place(leaf("#5f9a45"), 506, 410, 0.86, 66) + place(leaf("#7bb35a"), 506, 410, 0.72, 20)
    return (
        stand(teapot(), 252, 230, y=374, scale=1.22)
        + place(steam(), 448, 254, 0.7)
        + stand(tea_glass(), 446, 210, y=400, scale=1.16)
        + leaves
    )


def syrups() -> str:
    berry = (
        circle(-10, 4, 15, "#d62f52")
        + circle(12, 8, 15, "#b8213f")
        + stroke("M-10,-8Q0,-26 12,-30Q14,-16 12,-4", "#5d8a3f", 4)
    )
    mint = place(basil("#58a866"), 0, 22, 0.52)
    caramel = place(rect(-20, -18, 40, 36, CARAMEL, 7) + shine("M-10,-8H2", 5), 0, 2)
    swirl = (
        body("M-72,-92H72L54,-4Q53,0 46,0H-46Q-53,0 -54,-4z", "#fff9f0", path("M34,-100H90V10H24z", SHADE, 0.08))
        + ellipse(0, -92, 73, 15, "#f1e4d4")
        + path("M-64,-92C-60,-122 -24,-120 -12,-146C4,-118 58,-122 64,-92Q0,-78 -64,-92z", LIGHT)
        + stroke("M-44,-96C-20,-112 30,-88 46,-108M-26,-116C-6,-126 14,-110 26,-122", CARAMEL, 8)
    )
    return (
        stand(syrup_bottle("#c22d4a", berry), 188, 100, y=378, scale=1.02)
        + stand(syrup_bottle(CARAMEL, caramel, pump=True), 302, 100, y=388, scale=1.1)
        + stand(syrup_bottle("#4fa867", mint), 416, 100, y=378, scale=1.02)
        + stand(swirl, 516, 130, y=404, scale=0.98)
    )


def drinks() -> str:
    return (
        stand(water_bottle(), 180, 110, y=382, scale=1.14)
        + stand(juice_glass(), 504, 100, y=380, scale=1.2)
        + place(steam(), 336, 256, 0.8)
        + stand(cup("#9a6238", art=latte_heart()), 334, 280, y=402, scale=1.06)
        + place(bean(), 486, 402, 0.9, 20)
        + place(bean(ESPRESSO), 532, 408, 0.9, -36)
    )


DEPARTMENT = Department(
    "Напої",
    "#cfeadd",
    drinks,
    {
        "Вода та лимонади": water_and_lemonade,
        "Соки та рослинні напої": juices,
        "Кава": coffee,
        "Чай": tea,
        "Сиропи та топінги": syrups,
    },
)
