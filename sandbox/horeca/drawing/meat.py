"""Fresh poultry, pork, beef and mince."""

from sandbox.horeca.drawing.plants import basil, dill
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
    scattered,
    shadow,
    shine,
    stand,
    stroke,
)
from sandbox.horeca.drawing.vessels import board, plate

BONE, FAT, BEEF, PORK, CHICKEN = "#fdf3e3", "#fbe3d2", "#b9333d", "#ee8f8b", "#f2b56b"


def drumstick(color: str = CHICKEN) -> str:
    """A chicken leg, its meat above and the bone below, 150 by 250."""
    bone = body(box(-11, -92, 22, 78, 8), BONE) + circle(-12, -10, 15, BONE) + circle(12, -10, 15, darker(BONE, 0.06))
    meat = body(
        "M-16,-70C-40,-104 -78,-140 -70,-194C-62,-240 -18,-256 16,-246C62,-232 82,-188 66,-142C54,-108 26,-92 16,-70z",
        color,
        path("M20,-60C30,-100 78,-150 30,-260H120V-40z", SHADE, 0.1),
        ellipse(-34, -196, 12, 26, LIGHT, 0.45, 24),
        stroke("M-30,-120q8,10 16,12M0,-138q10,8 20,8M-6,-104q6,6 14,6", darker(color, 0.2), 4, 0.6),
    )
    return bone + meat


def whole_chicken(color: str = "#f6c98f") -> str:
    """A plucked chicken on its back, 330 by 190."""
    trunk = body(
        "M-150,-60C-150,-140 -80,-178 0,-172C90,-168 156,-130 156,-66C156,-20 110,0 40,0H-60C-120,0 -150,-20 -150,-60z",
        color,
        ellipse(10, 20, 200, 60, SHADE, 0.1),
        ellipse(-70, -128, 34, 14, LIGHT, 0.45, -24),
        *(circle(x, y, 2.6, darker(color, 0.2)) for x, y in scattered(26, 5, -120, -150, 60, -30)),
    )
    wing = body(
        (
            "M-110,-96C-70,-120 -20,-104 -16,-70C-14,-44 -50,-30 -78,-40"
            "C-60,-52 -64,-62 -84,-60C-108,-58 -130,-76 -110,-96z"
        ),
        darker(color, 0.08),
        shine("M-96,-88C-76,-98 -56,-94 -48,-88", 6, 0.4),
    )
    thigh = body(
        "M20,-40C10,-100 60,-140 112,-116C150,-98 152,-52 176,-40C150,-10 60,0 20,-40z",
        lighter(color, 0.12),
        ellipse(110, -10, 80, 30, SHADE, 0.09),
        ellipse(70, -96, 22, 10, LIGHT, 0.5, -24),
    )
    shank = (
        body("M140,-78L216,-58A14,14 0 0 1 214,-30L140,-34z", lighter(color, 0.12))
        + circle(220, -54, 13, BONE)
        + circle(222, -34, 13, BONE)
    )
    return trunk + wing + shank + thigh


def chop(color: str = PORK) -> str:
    """A pork chop with its rib and rim of fat, its middle at the origin, 280 by 210."""
    outline = "M-128,30C-150,-50 -96,-112 -10,-104C60,-98 128,-72 132,-6C136,60 76,104 0,100C-60,98 -112,86 -128,30z"
    flesh = "M-104,22C-118,-40 -76,-86 -8,-80C54,-76 106,-52 108,-4C110,44 62,78 0,74C-50,72 -92,64 -104,22z"
    return place(body(outline, darker(FAT, 0.2), soft=2), 5, 12) + body(
        outline,
        FAT,
        body(flesh, color, ellipse(-34, -26, 70, 40, lighter(color, 0.18), 0.6, -20)),
        stroke(
            "M-60,44C-30,30 0,50 30,34M-70,-4C-54,-14 -44,-10 -30,-18M40,-40C60,-36 70,-26 80,-10",
            lighter(color, 0.5),
            6,
        ),
        stroke("M-20,-96V-10C-18,10 6,14 20,26M-20,-40C6,-48 22,-46 44,-52", BONE, 16),
        stroke("M-20,-96V-10M-20,-40C6,-48 22,-46 44,-52", darker(BONE, 0.12), 3, 0.6),
    )


def tomahawk(color: str = BEEF) -> str:
    """A beef rib steak with a long bone, its middle at the origin, 420 by 220."""
    bone = stroke("M60,-40C130,-70 180,-90 236,-92", darker(BONE, 0.12), 36) + stroke(
        "M60,-44C130,-74 180,-94 234,-96", BONE, 30
    )
    knob = circle(242, -104, 20, BONE) + circle(246, -82, 18, darker(BONE, 0.05))
    outline = "M-150,10C-160,-70 -90,-116 -6,-110C80,-106 122,-64 116,0C110,64 52,108 -24,104C-90,100 -142,76 -150,10z"
    flesh = "M-128,8C-134,-54 -76,-92 -4,-88C66,-84 98,-50 92,0C86,50 40,84 -24,80C-80,78 -122,58 -128,8z"
    veins = (
        "M-96,-10C-60,-30 -50,0 -20,-14M-84,34C-60,22 -30,48 0,34M-30,-60C-10,-44 20,-56 30,-34"
        "M20,8C40,-6 50,22 72,8M-60,-50C-56,-40 -62,-32 -54,-26M10,60C20,48 30,58 42,48"
    )
    meat = body(
        outline,
        FAT,
        body(flesh, color, ellipse(-40, -24, 74, 48, lighter(color, 0.16), 0.55, -16), stroke(veins, "#f3b9ae", 6)),
    )
    return bone + knob + place(body(outline, darker(FAT, 0.22), soft=2), 5, 12) + meat


def mince(color: str = "#d9675f") -> str:
    """A heap of mince in a tray, 300 by 180."""
    strands = "".join(
        stroke(
            f"M{x:.0f},{y:.0f}c{12 - turn * 5},-16 {22 + turn * 4},10 {30},{-8 + turn * 6}s{10},-12 {22},-2",
            (color, lighter(color, 0.2), darker(color, 0.12))[turn],
            17,
        )
        for index, (x, y) in enumerate(sorted(scattered(36, 3, -134, -150, 84, -48), key=lambda point: point[1]))
        for turn in (index % 3,)
        if abs(x + 26) < 150 + (y + 48) * 0.92
    )
    heap = path("M-140,-44C-130,-110 -60,-166 0,-164C60,-166 130,-110 140,-44z", darker(color, 0.2))
    tray = body(
        "M-168,-62H168L136,-4Q134,0 128,0H-128Q-134,0 -136,-4z", "#3f464d", path("M70,-70H190V10H60z", SHADE, 0.2)
    )
    return heap + strands + tray + body(box(-174, -70, 348, 16, 8), "#535c64", soft=0)


def patty(color: str = "#c65a52") -> str:
    """A raw burger patty lying flat, 150 by 50."""
    side = body("M-76,-30V-18C-76,8 76,8 76,-18V-30z", darker(color, 0.16))
    flecks = "".join(ellipse(x, y, 5, 2.4, "#f3b9ae") for x, y in scattered(16, 9, -52, -44, 52, -18))
    return side + ellipse(0, -30, 77, 22, color) + flecks


def poultry() -> str:
    return (
        stand(board(500), 320, 520, y=408)
        + place(whole_chicken(), 270, 384, 1.2)
        + shadow(488, 386, 150)
        + place(drumstick("#f0b878"), 520, 400, 0.92, -38)
        + place(basil(), 128, 396, 0.9, -30)
    )


def pork() -> str:
    return (
        stand(board(520), 320, 530, y=414)
        + place(chop(darker(PORK, 0.06)), 400, 268, 1.02, 12)
        + place(chop(), 262, 288, 1.22, -8)
        + place(dill("#5d8a3f"), 486, 396, 1.0, 52)
    )


def beef() -> str:
    peppercorns = "".join(circle(x, y, 6, "#3d3a38") for x, y in ((462, 384), (484, 394), (506, 380), (448, 398)))
    return (
        stand(board(540), 320, 550, y=414)
        + place(tomahawk(), 288, 272, 1.26, -4)
        + place(basil(), 168, 398, 0.8, -40)
        + peppercorns
    )


def minced_meat() -> str:
    patties = place(patty(), 0, 0) + place(patty("#cf655c"), 4, -36) + place(patty(), -2, -72)
    return (
        stand(mince(), 236, 330, y=384, scale=1.06)
        + stand(patties, 490, 150, y=404, scale=1.1)
        + place(basil(), 486, 288, 0.8)
    )


def meat() -> str:
    return (
        stand(plate(240), 320, 470, y=402)
        + place(tomahawk(), 260, 278, 1.06, -6)
        + place(drumstick(), 496, 384, 0.9, 26)
        + place(dill(), 166, 390, 0.9, -40)
    )


DEPARTMENT = Department(
    "М'ясо і птиця",
    "#fadcd6",
    meat,
    {
        "Птиця": poultry,
        "Свинина": pork,
        "Яловичина та телятина": beef,
        "Фарш та напівфабрикати": minced_meat,
    },
)
