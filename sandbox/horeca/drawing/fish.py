"""Chilled, frozen and smoked fish, seafood and caviar."""

from sandbox.horeca.drawing.ice import ice_cube, snowflake
from sandbox.horeca.drawing.plants import dill, half_slice, lemon, round_slice
from sandbox.horeca.drawing.scene import Department
from sandbox.horeca.drawing.shapes import (
    LIGHT,
    ball,
    body,
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
from sandbox.horeca.drawing.vessels import board, bowl, plate

SALMON, SILVER, PRAWN, PEEL, FLESH = "#f4845f", "#7fa3b5", "#f58b62", "#f6c634", "#fbe07a"


def whole_fish(color: str = SILVER, belly: str = "#e6eef0", spots: str = "") -> str:
    """A fish looking left, its middle at the origin, 420 by 150."""
    outline = (
        "M-205,6C-170,-46 -90,-74 0,-70C70,-66 120,-36 152,-8L196,-56C206,-30 192,-8 186,4"
        "C192,16 206,40 196,66L152,22C110,50 60,72 -10,70C-100,68 -170,46 -205,6z"
    )
    fins = body("M-60,-64C-40,-100 20,-108 60,-92C50,-76 56,-62 60,-50z", darker(color, 0.2)) + body(
        "M-20,64C-10,88 20,98 44,94C40,80 44,66 50,54z", darker(color, 0.12)
    )
    dots = "".join(circle(x, y, 4, spots) for x, y in scattered(22, 6, -100, -52, 120, -8)) if spots else ""
    scales = "".join(
        stroke(f"M{x},{y}a12,12 0 0 1 0,22", LIGHT, 3, 0.28) for x in range(-60, 110, 30) for y in (-34, -8)
    )
    return (
        fins
        + body(
            outline,
            color,
            path("M-210,10C-100,40 60,34 160,6L210,80H-210z", belly),
            dots,
            scales,
            path(
                "M-210,10C-196,-60 -150,-80 -110,-70C-90,-30 -92,30 -116,66C-160,60 -210,30 -210,10z",
                darker(color, 0.1),
            ),
            stroke("M-110,-52C-90,-20 -92,20 -112,52", darker(color, 0.3), 5, 0.6),
            stroke("M166,-14L190,-36M166,14L190,42M172,2H184", darker(color, 0.25), 4, 0.6),
        )
        + body("M-50,14C-20,10 6,22 14,38C-10,44 -40,36 -50,14z", darker(color, 0.18))
        + circle(-152, -14, 15, LIGHT)
        + circle(-152, -14, 9, "#25323a")
        + circle(-155, -18, 3, LIGHT)
        + stroke("M-200,12Q-186,18 -172,16", darker(color, 0.4), 4)
    )


def prawn(color: str = PRAWN) -> str:
    """A curled prawn, its middle at the origin, about 230 by 210."""
    spine = "M-74,-74C10,-120 96,-70 92,8C88,72 32,96 -26,84"
    tail = body(
        "M-20,98C-40,120 -70,124 -92,116C-82,104 -80,98 -82,90C-92,84 -98,70 -94,58C-70,60 -44,70 -20,72z",
        darker(color, 0.16),
    )
    ribs = "M-18,-100L-12,-44M34,-96L20,-38M78,-58L44,-18M92,2L46,4M80,52L42,28M40,82L22,42M-4,88L-2,52"
    feelers = stroke("M-96,-72C-150,-110 -190,-80 -214,-116M-96,-60C-150,-80 -180,-40 -220,-56", darker(color, 0.2), 5)
    legs = stroke("M-30,-34q-10,16 -26,22M-4,-30q-6,20 -22,28M18,-18q-2,18 -16,28", darker(color, 0.16), 8)
    return (
        feelers
        + legs
        + tail
        + stroke("M-26,84C32,96 88,72 92,8C96,-70 10,-120 -74,-74", color, 56)
        + body("M-54,-104C-90,-96 -112,-82 -122,-62C-104,-46 -76,-42 -48,-50z", color)
        + stroke(spine, lighter(color, 0.3), 16)
        + stroke(ribs, darker(color, 0.18), 5)
        + circle(-84, -76, 8, "#33241f")
        + circle(-86, -79, 3, LIGHT)
    )


def mussel() -> str:
    """An open mussel, 150 by 100, its middle at the origin."""
    shell = "M-74,20C-70,-30 -10,-62 74,-50C80,0 40,50 -20,50C-50,50 -70,40 -74,20z"
    return (
        place(
            body(shell, "#2f3b57", stroke("M-60,24C-40,-10 0,-34 66,-40M-50,36C-20,16 30,0 70,-20", "#4b5a7d", 5)),
            4,
            -16,
            1,
            -14,
        )
        + body(
            shell, "#26304a", path("M-60,18C-54,-20 -4,-46 62,-38C66,0 34,38 -18,38C-44,38 -58,32 -60,18z", "#b9c4d8")
        )
        + body(
            "M-38,14C-30,-14 4,-30 44,-24C44,4 22,26 -12,26C-28,26 -38,22 -38,14z",
            "#f5a54a",
            shine("M-20,2C-10,-8 4,-12 16,-12", 6),
        )
    )


def scallop(color: str = "#f3b7a0") -> str:
    """A scallop shell, 150 by 140, its bottom at the origin."""
    fan = (
        "M0,-4L-72,-76C-70,-96 -52,-104 -44,-102C-40,-124 -20,-130 -14,-124"
        "C-8,-136 8,-136 14,-124C20,-130 40,-124 44,-102C52,-104 70,-96 72,-76z"
    )
    return body("M-28,-24H28L20,0H-20z", darker(color, 0.2)) + body(
        fan,
        color,
        stroke("M0,0V-130M0,0L-26,-120M0,0L26,-120M0,0L-54,-96M0,0L54,-96", darker(color, 0.18), 5),
        ellipse(-36, -84, 16, 10, LIGHT, 0.4, -40),
    )


def crushed_ice() -> str:
    """A bed of crushed ice as wide as the picture's middle."""
    tones = ("#ffffff", "#e4f3fa", "#cfe7f2", "#f3fafd")
    lumps = "".join(
        place(path("M-26,10L-18,-18L10,-22L28,2L12,20z", tones[index % 4]), x, y, 1 + 0.2 * (index % 3), 37 * index)
        for index, (x, y) in enumerate(scattered(60, 12, 78, 352, 562, 408))
    )
    return shadow(320, 416, 520) + body(
        "M70,400C90,350 160,336 320,338C480,336 550,350 570,400C520,424 120,424 70,400z", "#dceef6", lumps
    )


def chilled_fish() -> str:
    return (
        crushed_ice()
        + place(whole_fish("#6f93a8", "#f3dcd2", "#4d6c80"), 316, 262, 1.2, -8)
        + place(round_slice(PEEL, FLESH, 46), 182, 366)
        + place(half_slice(PEEL, FLESH, 46), 250, 372, 1, 12)
        + place(dill(), 470, 398, 1.05, 48)
    )


def frozen_fish() -> str:
    block = body(
        "M-220,90V-90Q-220,-108 -200,-108H200Q220,-108 220,-90V90Q220,108 200,108H-200Q-220,108 -220,90z",
        "#a9d7ee",
        path("M-230,-120H-60L-180,120H-230z", LIGHT, 0.35),
        path("M60,-120H120L0,120H-60z", LIGHT, 0.25),
    )
    glaze = path(
        "M-220,-40C-140,-70 -60,-20 40,-52S190,-60 220,-40V-90Q220,-108 200,-108H-200Q-220,-108 -220,-90z", LIGHT, 0.55
    )
    frost = stroke("M-200,88V70M-176,96V84M196,84V60M170,96V82", LIGHT, 8, 0.7)
    return (
        shadow(326, 392, 470)
        + place(block, 320, 276, 1.06)
        + place(whole_fish("#5b87a6", "#dbe9ef"), 322, 280, 0.98)
        + place(glaze + frost, 320, 276, 1.06)
        + place(snowflake("#ffffff"), 482, 178, 1.3)
        + place(snowflake("#ffffff"), 146, 370, 0.7)
        + place(ice_cube(), 520, 404, 0.8, 6)
    )


def fillet(color: str = SALMON) -> str:
    """A salmon fillet with its skin, 380 by 130, its bottom at the origin."""
    outline = (
        "M-190,-14C-196,-70 -150,-112 -70,-118C40,-126 150,-100 190,-40"
        "C196,-24 190,-12 176,-10C60,0 -80,4 -176,0Q-188,-2 -190,-14z"
    )
    veins = "".join(f"M{x},-136C{x + 34},-96 {x + 10},-60 {x + 44},20" for x in range(-180, 190, 44))
    return body("M-190,-14L-182,8C-80,14 80,10 180,0L190,-30z", "#6d8797") + body(
        outline,
        color,
        stroke(veins, "#fbc6a8", 7),
        stroke("M-190,-52C-80,-74 60,-76 196,-44", "#fbc6a8", 6),
        ellipse(-90, -90, 60, 14, LIGHT, 0.25, -10),
    )


def smoked_fish() -> str:
    petal = body(
        "M-70,0C-66,-34 -20,-46 30,-40C66,-36 80,-16 70,0C40,10 -40,12 -70,0z",
        SALMON,
        stroke("M-50,-36L-30,10M-20,-44L4,10M14,-44L40,10M46,-38L70,4", "#fbc6a8", 6),
    )
    string = stroke("M152,4C196,-10 214,-70 240,-96", "#e9d6b4", 6)
    return (
        stand(board(540), 320, 550, y=412)
        + place(whole_fish("#b9772e", "#f0c26c") + string, 296, 226, 0.98, -4)
        + place(fillet(), 268, 392, 0.92)
        + "".join(place(petal, 486 + 16 * (index % 2), 394 - 28 * index, 0.95, -6 + 8 * index) for index in range(3))
        + place(dill(), 432, 394, 0.8, -20)
        + place(half_slice(PEEL, FLESH, 40), 150, 380, 1, -10)
    )


def seafood() -> str:
    return (
        stand(plate(250), 320, 480, y=408)
        + place(scallop(), 452, 388, 1.18, 10)
        + place(prawn(), 318, 250, 1.12, -6)
        + place(mussel(), 196, 374, 0.96)
        + place(mussel(), 402, 390, 0.8, 14)
        + place(half_slice(PEEL, FLESH, 42), 516, 376, 1, -8)
        + place(dill(), 288, 400, 0.7, -60)
    )


def pearls(color: str) -> str:
    """A heap of roe on the rim of a bowl 280 wide."""
    points = sorted(scattered(110, 8, -128, -62, 128, 24), key=lambda point: point[1])
    grains = "".join(ball(x, y, 11.5, color) for x, y in points if (x / 132) ** 2 + ((y - 10) / 66) ** 2 < 1)
    return ellipse(0, 0, 126, 52, darker(color, 0.2)) + grains


def crab_stick() -> str:
    """A surimi stick with its cut end to the right, 230 by 48, its middle at the origin."""
    stick = body(
        "M-108,-24H96V24H-108Q-118,0 -108,-24z",
        "#fff3ea",
        rect(-120, -24, 230, 20, "#e9553f"),
        stroke("M-100,8H80M-100,16H90", "#f1d9cc", 3),
    )
    return (
        stick
        + ellipse(96, 0, 13, 25, "#fffaf4")
        + stroke("M92,-14q8,14 0,28M98,-12q6,12 0,22", "#eed7cb", 3)
        + stroke("M96,-25A13,25 0 0 1 108,-6", "#e9553f", 6)
    )


def caviar() -> str:
    sticks = "".join(place(crab_stick(), x, y, 1.06, turn) for x, y, turn in ((470, 340, -6), (462, 386, 2)))
    return (
        shadow(470, 410, 250)
        + sticks
        + stand(bowl("#3d5a7a", 138, 112, pearls("#f2602c"), "#5f7c9b"), 256, 230, y=402, scale=1.22)
        + place(round_slice(PEEL, FLESH, 40), 392, 398, 0.9)
        + place(dill(), 352, 262, 0.9, 40)
    )


def fish() -> str:
    return (
        crushed_ice()
        + place(whole_fish("#6f93a8", "#f3dcd2", "#4d6c80"), 296, 234, 1.14, -10)
        + place(prawn(), 462, 338, 0.86, 10)
        + place(lemon(), 196, 376, 0.95, -12)
        + place(half_slice(PEEL, FLESH, 42), 284, 372, 1, 6)
    )


DEPARTMENT = Department(
    "Риба і морепродукти",
    "#c9e8ea",
    fish,
    {
        "Риба охолоджена": chilled_fish,
        "Риба заморожена": frozen_fish,
        "Риба солона та копчена": smoked_fish,
        "Морепродукти": seafood,
        "Ікра та сурімі": caviar,
    },
)
