"""Chocolate, fillings, leavening and cake decorations."""

from sandbox.horeca.drawing.fruit import strawberry
from sandbox.horeca.drawing.plants import wheat
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
from sandbox.horeca.drawing.vessels import bowl, jar, plate, pouch

CHOCOLATE, MILK_CHOCOLATE, WHITE_CHOCOLATE, CREAM, SPONGE = "#5a3221", "#9a5f38", "#fbeccb", "#fff2ec", "#eebd76"
CANDY = ("#ef5d83", "#f7c548", "#5fb6e0", "#7cc46a", "#a77bd6")


def chocolate_bar(color: str = CHOCOLATE) -> str:
    """A bar of eight pieces half out of its foil, 220 by 270, its middle at the origin."""
    squares = "".join(
        body(
            box(-92 + 66 * column, -128 + 62 * row, 54, 50, 6),
            lighter(color, 0.1),
            path(f"M{-92 + 66 * column},{-78 + 62 * row}h54v-50l-8,8v34h-38z", SHADE, 0.2),
            soft=0,
        )
        for row in range(3)
        for column in range(3)
    )
    foil = body(
        "M-112,46L-88,34L-64,48L-36,32L-8,48L22,34L50,48L78,34L112,46V138H-112z",
        "#e9c46a",
        path("M-112,90H112V150H-112z", "#d94f76"),
        shine("M-92,70V118", 8, 0.5),
    )
    return body(box(-104, -140, 208, 260, 8), color, squares) + foil


def callet(color: str) -> str:
    """A chocolate drop, 54 by 40, its bottom at the origin."""
    return body(
        "M-28,-8C-24,-22 -10,-24 -4,-40C4,-24 22,-24 28,-8C24,2 -24,2 -28,-8z",
        color,
        shine("M-14,-16Q-8,-20 -5,-26", 4, 0.5),
    )


def cake() -> str:
    """A slice of layered cake with cream and a strawberry, 270 by 200, its bottom at the origin."""
    layers = "".join(
        rect(-140, y, 280, height, tone)
        for y, height, tone in (
            (-130, 34, SPONGE),
            (-96, 18, CREAM),
            (-78, 32, SPONGE),
            (-46, 16, "#e65a72"),
            (-30, 40, SPONGE),
        )
    )
    crumbs = "".join(
        circle(x, y, 3, darker(SPONGE, 0.14))
        for x, y in scattered(26, 3, -120, -126, 120, -4)
        if not -98 < y < -76 and not -48 < y < -28
    )
    front = body("M-130,0V-130H130V0z", SPONGE, layers, crumbs)
    top = body("M-130,-130L70,-196C110,-186 130,-162 130,-130z", "#fffaf6")
    icing = body(
        (
            "M-132,-136H132V-112C122,-96 108,-96 100,-110C92,-90 70,-90 62,-110"
            "C50,-86 28,-92 20,-110C8,-92 -14,-92 -22,-110"
            "C-34,-88 -56,-90 -64,-110C-76,-92 -96,-94 -104,-110"
            "C-112,-98 -126,-98 -132,-110z"
        ),
        "#f7a8bd",
    )
    swirl = "".join(circle(x, y, 17, "#fffaf6") for x, y in ((46, -170), (70, -178), (94, -168)))
    return front + top + icing + swirl + place(strawberry(), 70, -166, 0.6, 6)


def icing(color: str) -> str:
    """Three rounds of piped cream with sprinkles, their bottom 80 pixels above the origin."""
    rounds = ((86, -96, color), (64, -140, lighter(color, 0.16)), (38, -180, lighter(color, 0.3)))
    layers = "".join(
        body(
            f"M{-w},{y}C{-w - 14},{y - 40} {-w * 0.4},{y - 54} 0,{y - 54}S{w + 14},{y - 40} {w},{y}"
            f"C{w * 0.5},{y + 18} {-w * 0.5},{y + 18} {-w},{y}z",
            tone,
            ellipse(w * 0.6, y, w * 0.5, 40, SHADE, 0.07),
        )
        for w, y, tone in rounds
    )
    spots = (
        (-60, -112), (-30, -100), (4, -116), (36, -102), (62, -118), (-40, -150),
        (-8, -158), (30, -148), (-14, -194), (14, -186), (48, -136),
    )  # fmt: skip
    sprinkle = (rect(-8, -3, 16, 6, color, 3) for color in CANDY[1:] * 3)
    return layers + "".join(
        place(art, x, y, 1, index * 50) for index, (art, (x, y)) in enumerate(zip(sprinkle, spots, strict=False))
    )


def cupcake() -> str:
    """A cupcake with a cherry, 180 by 280, its bottom at the origin."""
    cup = body(
        "M-74,-100H74L54,-4Q53,0 46,0H-46Q-53,0 -54,-4z",
        "#6fbcd6",
        stroke("".join(f"M{x},-110L{x * 0.7:.0f},10" for x in range(-60, 70, 24)), "#4f9cb9", 7),
        path("M34,-110H90V10H24z", SHADE, 0.08),
    )
    cherry = circle(0, -238, 17, "#d8263f") + ellipse(-5, -244, 5, 3, LIGHT, 0.7)
    return cup + icing("#f58fb0") + cherry + stroke("M2,-254Q6,-270 18,-276", "#5d8a3f", 4)


def dye_bottle(color: str) -> str:
    """A dropper bottle of food colouring, 70 by 150, its bottom at the origin."""
    return (
        body("M-8,-150H8L14,-118H-14z", "#4a4f57")
        + rect(-22, -124, 44, 22, "#4a4f57", 4)
        + body(
            "M-36,-6Q-36,0 -28,0H28Q36,0 36,-6V-80Q36,-100 20,-104H-20Q-36,-100 -36,-80z",
            color,
            rect(-40, -68, 80, 40, "#fffaf6"),
            rect(14, -110, 30, 120, SHADE, 0, 0.1),
            shine("M-24,-14V-88", 5),
        )
        + circle(0, -48, 12, color)
    )


def sprinkle_jar() -> str:
    dots = "".join(
        place(rect(-9, -3.5, 18, 7, CANDY[index % 5], 3.5), x, y, 1, index * 67)
        for index, (x, y) in enumerate(scattered(70, 5, -62, -116, 62, -6))
    )
    return jar("#fdeef2", "#d94f76", dots)


def yeast() -> str:
    """A block of pressed yeast half unwrapped, 210 by 120, its bottom at the origin."""
    block = body(
        "M-100,0V-76H70V0z", "#e8d2ab", *(circle(x, y, 3, "#cdb185") for x, y in scattered(18, 3, -90, -70, 60, -6))
    )
    top = body("M-100,-76L-70,-106H100L70,-76z", "#f5e6c8")
    side = body("M70,0V-76L100,-106V-30z", "#d3b98b")
    wrap = body(
        "M-106,4V-80L-74,-112H10L-4,-94L8,-78L-12,-56L6,-34L-10,-14L2,4z",
        "#f4b53f",
        path("M-106,-80L-74,-112H40V-80z", "#f9cf78"),
        rect(-88, -58, 60, 36, "#fffaf0", 6),
        stroke("M-74,-46H-42M-74,-34H-52", "#f4b53f", 5),
    )
    return block + top + side + wrap


def gelatine() -> str:
    """A trembling jelly, 190 by 130, its bottom at the origin."""
    outline = (
        "M-92,-4C-86,-50 -80,-96 -60,-122C-46,-132 46,-132 60,-122C80,-96 86,-50 92,-4Q90,0 84,0H-84Q-90,0 -92,-4z"
    )
    ribs = stroke("M-34,-126C-44,-80 -48,-40 -48,4M34,-126C44,-80 48,-40 48,4M0,-128V4", "#c93352", 6, 0.5)
    shade = path("M40,-130C66,-90 60,-40 70,10H110V-130z", SHADE, 0.1)
    jelly = body(outline, "#e8506c", ribs, shade, shine("M-60,-100C-70,-70 -72,-50 -74,-34", 9, 0.6))
    return jelly + ellipse(0, -124, 58, 10, "#f28ba0")


def chocolate_and_cocoa() -> str:
    cocoa = bowl(
        "#f3e4d7",
        86,
        66,
        path("M-78,4C-50,-64 50,-64 78,4z", "#7a4528") + path("M8,-46C50,-44 66,-16 78,4H20z", SHADE, 0.12),
        "#d9c4b2",
    )
    drops = "".join(
        place(callet(tone), x, y, size)
        for x, y, size, tone in (
            (352, 404, 1.1, CHOCOLATE),
            (406, 410, 1.1, WHITE_CHOCOLATE),
            (378, 376, 1.1, MILK_CHOCOLATE),
            (550, 406, 1.1, MILK_CHOCOLATE),
            (322, 414, 0.9, WHITE_CHOCOLATE),
        )
    )
    return (
        shadow(236, 404, 250)
        + place(chocolate_bar(), 232, 252, 1.14, -10)
        + stand(cocoa, 466, 150, y=394, scale=1.22)
        + drops
    )


def fillings() -> str:
    spread = jar(
        "#6b3a22",
        "#f2e8da",
        "",
        rect(-70, -100, 140, 62, "#fff1d8")
        + place(ellipse(0, 0, 20, 17, "#c98a4b") + ellipse(0, -11, 18, 7, "#8a5a2e"), -18, -66)
        + place(ellipse(0, 0, 18, 16, "#c98a4b") + ellipse(0, -10, 16, 6, "#8a5a2e"), 20, -64),
    )
    jam = jar("#d12f46", "#d94f76", "", rect(-70, -100, 140, 62, "#fff6ee") + place(strawberry(), -2, -44, 0.36))
    pistachio = bowl(
        "#fbf6ee",
        80,
        60,
        path("M-70,4C-60,-20 -20,-22 -6,-44C10,-22 60,-24 70,4z", "#a3bd55")
        + stroke("M-40,-6C-10,4 20,2 44,-8", "#8aa63e", 6),
        "#e6ddd0",
    )
    knife = stroke("M0,0L70,-112", "#c3ccd4", 18) + stroke("M70,-112L110,-176", "#8a5a34", 20)
    return (
        stand(spread, 226, 150, y=388, scale=1.46)
        + stand(jam, 396, 140, y=380, scale=1.16)
        + place(knife, 500, 372, 0.86, 10)
        + stand(pistachio, 492, 130, y=404, scale=1.06)
    )


def leavening() -> str:
    spoon = (
        stroke("M0,0L120,-52", "#c3ccd4", 13)
        + ellipse(-26, 8, 44, 22, "#aeb9c2", 1, -22)
        + ellipse(-28, 0, 36, 15, LIGHT, 1, -22)
    )
    packet = pouch("#f7efe2", circle(0, 0, 40, "#f4b53f") + place(wheat(LIGHT), 0, 34, 0.42), 140, 190)
    return (
        stand(packet, 214, 150, y=374, scale=1.24)
        + stand(place(plate(92), 0, 6) + place(gelatine(), 0, -16, 0.8), 440, 170, y=352, scale=1.24)
        + stand(yeast(), 392, 220, y=408, scale=0.98)
        + shadow(196, 412, 130)
        + place(spoon, 176, 400, 0.9)
    )


def decorations() -> str:
    beads = "".join(
        circle(x, y, 8, CANDY[index % 5]) + circle(x - 2, y - 3, 2.4, LIGHT, 0.7)
        for index, (x, y) in enumerate(((330, 404), (356, 412), (384, 402), (312, 414), (412, 412)))
    )
    return (
        stand(cupcake(), 236, 150, y=394, scale=1.34)
        + stand(sprinkle_jar(), 420, 140, y=376, scale=1.14)
        + stand(dye_bottle("#3f9fd8"), 518, 70, y=392)
        + stand(dye_bottle("#e8506c"), 566, 70, y=404, scale=0.9)
        + beads
    )


def confectionery() -> str:
    return (
        stand(plate(240, "#fffaf6"), 320, 460, y=410)
        + place(cake(), 300, 392, 1.34)
        + place(callet(CHOCOLATE), 500, 386, 1.1)
        + place(callet(WHITE_CHOCOLATE), 534, 396, 1)
        + place(callet(MILK_CHOCOLATE), 478, 402, 1)
    )


DEPARTMENT = Department(
    "Кондитерська сировина",
    "#fbd9e3",
    confectionery,
    {
        "Шоколад та какао": chocolate_and_cocoa,
        "Начинки та пасти": fillings,
        "Желатин, дріжджі, розпушувачі": leavening,
        "Декор та барвники": decorations,
    },
)
