"""Fruit, berries, nuts and dried fruit."""

from sandbox.horeca.drawing.plants import DEEP_GREEN, GREEN, leaf, lemon, round_slice
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
    scattered,
    shadow,
    shine,
    stand,
    stroke,
)
from sandbox.horeca.drawing.vessels import bowl

APPLE, ORANGE, BANANA, STRAWBERRY, RASPBERRY, BLUEBERRY = (
    "#d8382f",
    "#f7942b",
    "#f9d648",
    "#e23b3f",
    "#d63a68",
    "#47639f",
)


def apple(color: str = APPLE) -> str:
    """An apple, 160 by 190, its bottom at the origin."""
    outline = (
        "M0,-128C26,-148 82,-140 82,-84C82,-36 50,0 24,0C12,0 8,-6 0,-6"
        "S-12,0 -24,0C-50,0 -82,-36 -82,-84C-82,-140 -26,-148 0,-128z"
    )
    return (
        stroke("M0,-122Q0,-150 10,-168", "#7a4b2a", 9)
        + place(leaf(GREEN), 6, -140, 0.7, 62)
        + body(
            outline,
            color,
            path("M30,-150C80,-100 50,-20 -10,4H100V-150z", SHADE, 0.1),
            ellipse(-46, -98, 12, 22, LIGHT, 0.5, 24),
        )
        + stroke("M-24,-126Q0,-112 24,-126", darker(color, 0.3), 5, 0.6)
    )


def orange() -> str:
    pores = tuple(circle(x, y, 2.2, darker(ORANGE, 0.14)) for x, y in scattered(26, 3, -56, -136, 60, -16))
    return ball(0, -76, 76, ORANGE, *pores) + place(leaf(), 4, -146, 0.6, 50) + circle(0, -148, 6, DEEP_GREEN)


def bananas() -> str:
    """A bunch of three bananas, 300 by 170, its bottom at the origin."""
    one = "M-136,-120C-150,-40 -80,0 10,0C70,0 120,-30 138,-66C110,-56 60,-50 10,-56C-50,-64 -92,-90 -104,-128z"
    fruit = body(
        one,
        BANANA,
        path("M-150,-110C-140,-10 0,20 146,-60L140,40H-160z", SHADE, 0.08),
        stroke("M-122,-112C-110,-40 -30,-20 60,-30", lighter(BANANA, 0.4), 6),
        soft=8,
    )
    tips = circle(140, -66, 9, "#7a5a2a")
    return (
        place(fruit + tips, 18, -26, 0.96, -14)
        + place(fruit + tips, 8, -10, 0.98, -6)
        + fruit
        + tips
        + body("M-140,-116L-128,-156H-104L-98,-122z", "#8a7a34")
    )


def avocado() -> str:
    """Half an avocado with its stone, 120 by 170, its bottom at the origin."""
    outline = (
        "M0,-170C28,-170 36,-130 48,-104C64,-74 62,-44 52,-28C40,-6 20,0 0,0"
        "S-40,-6 -52,-28C-62,-44 -64,-74 -48,-104C-36,-130 -28,-170 0,-170z"
    )
    return body(
        outline, "#41592b", place(path(outline, "#a9c860"), 0, -6, 0.92), place(path(outline, "#e9efad"), 0, -12, 0.8)
    ) + ball(0, -58, 31, "#8a5a34")


def strawberry() -> str:
    """A strawberry, 130 by 160, its tip at the origin."""
    seeds = "".join(ellipse(x, y, 3, 4.6, "#ffd98a") for x, y in scattered(22, 2, -52, -116, 52, -16))
    cap = "".join(
        place(path("M0,0C-14,-10 -14,-34 0,-50C14,-34 14,-10 0,0z", GREEN), 0, -118, 1, turn)
        for turn in (-104, -64, -24, 24, 64, 104)
    )
    return (
        body(
            "M0,0C-22,-4 -66,-62 -62,-98C-58,-128 -24,-128 0,-120C24,-128 58,-128 62,-98C66,-62 22,-4 0,0z",
            STRAWBERRY,
            path("M26,-130C60,-90 30,-30 -4,6H80V-130z", SHADE, 0.1),
            seeds,
            ellipse(-36, -92, 9, 18, LIGHT, 0.4, 16),
        )
        + cap
    )


def raspberry(color: str = RASPBERRY) -> str:
    """A raspberry, 90 by 110, its tip at the origin."""
    rows = (
        (-96, (-24, 0, 24)),
        (-78, (-36, -13, 13, 36)),
        (-58, (-28, 0, 28)),
        (-58, (-34, -12, 12, 34)),
        (-38, (-22, 0, 22)),
        (-20, (-11, 11)),
    )
    return path("M0,0C-30,-10 -50,-60 -40,-96H40C50,-60 30,-10 0,0z", darker(color, 0.3)) + "".join(
        ball(x, y, 15, color) for y, xs in rows for x in xs
    )


def blueberry() -> str:
    """A blueberry, 80 across, its bottom at the origin."""
    crown = "".join(
        place(path("M-7,0L0,-16L7,0z", darker(BLUEBERRY, 0.5)), 8, -58, 1, 72 * index) for index in range(5)
    )
    return ball(0, -40, 40, BLUEBERRY) + crown + circle(8, -58, 8, darker(BLUEBERRY, 0.35))


def walnut() -> str:
    """Half a walnut, 130 by 100, its middle at the origin."""
    kernel = "M-2,-38C-14,-48 -44,-40 -46,-22C-58,-10 -54,14 -42,20C-36,36 -12,40 -2,32z"
    wrinkles = stroke(
        "M-12,-26C-24,-28 -32,-20 -28,-12C-40,-8 -40,6 -30,8C-30,18 -20,24 -12,20M-10,-8C-18,-8 -18,4 -12,6",
        "#a9713a",
        5,
    )
    half = body(kernel, "#e0ad6c", wrinkles)
    return (
        body(oval(0, 0, 66, 52), "#b07a42", ellipse(0, 0, 58, 44, "#8a5a2e"), soft=3)
        + half
        + place(half, 0, 0, 1, 0, mirror=True)
    )


def almond() -> str:
    return body(
        "M0,-46C24,-30 30,6 22,26C14,42 -14,42 -22,26C-30,6 -24,-30 0,-46z",
        "#c07a3e",
        stroke("M0,-40V38M-12,-20V30M12,-20V30", darker("#c07a3e", 0.16), 3),
        ellipse(-10, -4, 4, 12, LIGHT, 0.35, 8),
    )


def cashew() -> str:
    return (
        stroke("M-28,14C-30,-22 14,-34 34,-8", "#f2d7a2", 34)
        + stroke("M-34,4C-28,-20 8,-30 28,-16", LIGHT, 6, 0.6)
        + stroke("M-14,22C-10,4 8,-2 24,6", darker("#f2d7a2", 0.14), 5)
    )


def prune() -> str:
    return body(
        oval(0, 0, 44, 32),
        "#3f2b3a",
        stroke("M-30,-6C-14,-18 4,6 26,-10M-26,10C-8,2 10,20 28,8", "#5d4557", 5),
        shine("M-24,-18C-16,-24 -8,-25 -2,-25", 5, 0.4),
        soft=2,
    )


def dried_apricot() -> str:
    return body(
        oval(0, 0, 44, 30),
        "#ef9a36",
        stroke("M-26,4C-10,-8 8,8 26,-4", darker("#ef9a36", 0.2), 5),
        shine("M-24,-14C-16,-20 -8,-21 -2,-21", 5),
        soft=2,
    )


def fruit_and_citrus() -> str:
    return (
        stand(bananas(), 258, 290, y=334, scale=1.12)
        + stand(orange(), 430, 160, y=366, scale=1.14)
        + stand(apple(), 262, 170, y=396, scale=1.12)
        + stand(avocado(), 524, 110, y=404, scale=0.84, turn=6)
        + shadow(404, 410, 130)
        + place(lemon(), 152, 372, 0.94, -14)
        + place(round_slice("#f7942b", "#fbb75c", 46), 398, 366)
    )


def fresh_berries() -> str:
    blue = "".join(
        stand(blueberry(), x, 76, y=y, scale=0.92) for x, y in ((428, 346), (498, 362), (448, 400), (524, 404))
    )
    red = stand(raspberry(), 360, 80, y=406, scale=1.1) + place(raspberry("#c92f5c"), 322, 326, 1.1, -14)
    return (
        stand(place(strawberry(), 0, 0, 1.3, 12), 330, 120, y=352)
        + stand(strawberry(), 208, 150, y=396, scale=1.62, turn=-6)
        + red
        + blue
    )


def nuts_and_dried_fruit() -> str:
    mixed = (almond, cashew, walnut, prune, dried_apricot)
    spots = sorted(scattered(54, 14, -146, -66, 146, 26), key=lambda point: point[1])
    heap = "".join(
        place(mixed[(index * 3 + index // 4) % 5](), x, y, 0.72, index * 53)
        for index, (x, y) in enumerate(spots)
        if (x / 152) ** 2 + ((y - 12) / 76) ** 2 < 1
    )
    return (
        stand(
            bowl("#c98d54", 168, 126, ellipse(0, 0, 150, 56, "#7b4e2a") + heap, "#a06b3a"), 320, 300, y=384, scale=1.16
        )
        + place(walnut(), 140, 386, 1.06, -12)
        + place(almond(), 214, 404, 0.86, 64)
        + place(cashew(), 520, 394, 1.02, 18)
        + place(dried_apricot(), 444, 408, 0.94, -6)
    )


def fruit() -> str:
    return (
        stand(orange(), 420, 160, y=360, scale=1.22)
        + stand(apple(), 260, 180, y=380, scale=1.34)
        + stand(strawberry(), 400, 100, y=410, scale=0.92, turn=-8)
        + stand(blueberry(), 480, 70, y=404, scale=0.86)
        + stand(blueberry(), 540, 70, y=398, scale=0.86)
        + place(round_slice("#f6c634", "#fbe07a", 46), 150, 362)
    )


DEPARTMENT = Department(
    "Фрукти та ягоди",
    "#ffebc2",
    fruit,
    {
        "Фрукти та цитрусові": fruit_and_citrus,
        "Ягоди свіжі": fresh_berries,
        "Горіхи та сухофрукти": nuts_and_dried_fruit,
    },
)
