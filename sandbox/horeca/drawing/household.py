"""Detergents, paper goods, gloves and cleaning tools."""

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
from sandbox.horeca.drawing.vessels import WOOD, drop, jug

BLUE, GREEN, PINK, YELLOW, NITRILE, PAPER = "#4c9be0", "#5cb885", "#f2739b", "#f7cb45", "#3c63b8", "#fdfcf9"


def bubbles() -> str:
    spots = ((96, 150, 22), (140, 104, 13), (540, 92, 24), (574, 148, 14), (500, 140, 9), (92, 214, 10), (568, 236, 17))
    return "".join(
        circle(x, y, r, LIGHT, 0.6)
        + circle(x, y, r * 0.8, "#d9ecfb", 0.7)
        + ellipse(x - r * 0.35, y - r * 0.4, r * 0.25, r * 0.16, LIGHT, 0.95, -40)
        for x, y, r in spots
    )


def sparkle(color: str = LIGHT) -> str:
    return path("M0,-26C4,-8 8,-4 26,0C8,4 4,8 0,26C-4,8 -8,4 -26,0C-8,-4 -4,-8 0,-26z", color)


def spray_bottle(color: str = BLUE) -> str:
    """A trigger spray, 130 by 310, its bottom at the origin."""
    return (
        body("M-24,-226H20V-258H-24z", "#e5483c")
        + body("M34,-262L56,-214L44,-208L18,-250z", "#b9352c")
        + body(
            "M-58,-300H30L74,-292V-268L30,-256H-30Q-58,-264 -58,-300z",
            "#e5483c",
            path("M-70,-272H90V-250H-70z", SHADE, 0.12),
        )
        + rect(72, -292, 14, 22, "#fff6e4", 3)
        + body(
            "M-62,-10Q-62,0 -52,0H52Q62,0 62,-10V-120C62,-170 24,-176 24,-226H-28C-28,-176 -62,-170 -62,-120z",
            color,
            rect(-80, -112, 160, 76, PAPER),
            place(sparkle(color), -14, -74, 0.9),
            place(sparkle(color), 16, -90, 0.4),
            path("M28,10V-120C28,-170 6,-176 6,-230H90V10z", SHADE, 0.1),
            shine("M-44,-126C-42,-160 -22,-168 -16,-200", 8),
        )
    )


def sponge() -> str:
    """A kitchen sponge, 170 by 80, its bottom at the origin."""
    pores = "".join(ellipse(x, y, 5, 3.4, darker(YELLOW, 0.14)) for x, y in scattered(16, 4, -76, -44, 60, -6))
    return (
        body("M-84,0V-48H66V0z", YELLOW, pores, soft=8)
        + body("M66,0V-48L92,-66V-20z", darker(YELLOW, 0.14), soft=6)
        + body("M-84,-48L-56,-70H94L66,-48z", "#57a868", soft=6)
        + rect(-86, -56, 154, 12, "#3f8a52", 4)
        + path("M66,-44L92,-62V-74L66,-56z", "#34744a")
    )


def paper_roll(half: float = 60, height: float = 170) -> str:
    """A standing roll of towels with a loose end, 150 by 200, its bottom at the origin."""
    rim = half * 0.32
    outline = f"M{-half},{-height}V0A{half},{rim} 0 0 0 {half},0V{-height}z"
    quilt = stroke("".join(f"M{-half},{y}A{half},{rim} 0 0 0 {half},{y}" for y in range(-140, 0, 46)), "#d9dfe6", 3)
    sheet = body(
        f"M{half * 0.4},{-height + 14}H{half + 34}C{half + 26},-100 {half + 44},-60 {half + 32},4L{half * 0.4},16z",
        PAPER,
        path(f"M{half},{-height}V20H{half * 0.3}V{-height}z", SHADE, 0.06),
    )
    return (
        sheet
        + body(outline, PAPER, quilt, rect(half * 0.4, -220, half, 260, SHADE, 0, 0.07))
        + ellipse(0, -height, half, rim, "#f0f2f5")
        + ellipse(0, -height, half * 0.42, rim * 0.44, "#c79a66")
        + ellipse(0, -height + 2, half * 0.3, rim * 0.3, "#8a6844")
    )


def toilet_roll() -> str:
    """A roll on its side facing the viewer, 180 by 150, its bottom at the origin."""
    rings = "".join(
        stroke(f"M{-r},-74a{r},{r} 0 1 1 {2 * r},0a{r},{r} 0 1 1 {-2 * r},0", "#dde3ea", 3) for r in (62, 50, 38)
    )
    side = body("M0,-148H60A74,74 0 0 1 60,0H0z", "#e3e8ee")
    return side + circle(0, -74, 74, PAPER) + rings + circle(0, -74, 26, "#c79a66") + circle(3, -72, 19, "#8a6844")


def napkins(color: str = PINK) -> str:
    """A stack of folded napkins, 220 by 70, its bottom at the origin."""
    layers = "".join(
        body(box(-104, -14 * (index + 1), 208, 13, 5), color if index % 2 else lighter(color, 0.4), soft=0)
        for index in range(4)
    )
    return (
        layers
        + body("M-104,-56L-60,-88H148L104,-56z", lighter(color, 0.25))
        + body("M104,0V-56L148,-88V-28z", darker(color, 0.12))
        + stroke("M-50,-78H40M-66,-68H10", LIGHT, 4, 0.6)
    )


def glove(color: str = NITRILE) -> str:
    """A glove with its fingers up, 170 by 260, its bottom at the origin."""
    fingers = "".join(
        stroke(f"M{x},-110L{x + lean},{top}", color, 34)
        for x, lean, top in ((-40, -14, -206), (-10, -4, -232), (21, 6, -226), (48, 14, -194))
    )
    palm = body("M-56,-30C-62,-70 -64,-110 -56,-128H62C66,-96 60,-60 54,-30z", color)
    thumb = stroke("M44,-70C70,-84 84,-104 92,-134", color, 34)
    cuff = body(box(-62, -44, 122, 44, 8), darker(color, 0.14), stroke("M-50,-14H48", lighter(color, 0.3), 5, 0.7))
    folds = stroke("M-26,-118L-30,-136M5,-118V-140M34,-118L38,-134M30,-64Q40,-70 48,-72", darker(color, 0.28), 5, 0.7)
    return thumb + fingers + palm + cuff + folds + shine("M-52,-150L-56,-198M-14,-160L-16,-222", 6, 0.35)


def glove_box() -> str:
    """A dispenser box with a glove coming out, 220 by 140, its bottom at the origin."""
    tip = place(glove(), 8, -66, 0.5, 8)
    front = body("M-110,0V-110H76V0z", PAPER, rect(-120, -40, 210, 50, NITRILE), place(glove(NITRILE), -64, -42, 0.2))
    return (
        body("M-110,-110L-72,-138H114L76,-110z", "#e8eef6", ellipse(2, -124, 56, 9, "#5c6b80"))
        + tip
        + front
        + body("M76,0V-110L114,-138V-24z", "#d3dce8", path("M70,-40L120,-64V0H70z", darker(NITRILE, 0.16)))
    )


def bucket() -> str:
    """A bucket of suds, 220 by 220, its bottom at the origin."""
    foam = "".join(
        ball(x, y, r, "#f6fbff")
        for x, y, r in (
            (-66, -164, 24),
            (-26, -178, 30),
            (20, -176, 32),
            (64, -166, 25),
            (-46, -156, 22),
            (0, -158, 24),
            (44, -156, 22),
        )
    )
    return (
        ellipse(0, -158, 98, 22, darker(BLUE, 0.3))
        + foam
        + body(
            "M-100,-158A98,22 0 0 0 100,-158L76,-8Q74,0 66,0H-66Q-74,0 -76,-8z",
            BLUE,
            path("M50,-170H120V10H40z", SHADE, 0.1),
            shine("M-76,-118L-64,-36", 10),
        )
        + stroke("M-100,-158A98,22 0 0 0 100,-158", lighter(BLUE, 0.4), 10)
        + stroke("M-96,-146C-90,-60 90,-60 96,-146", "#dfe7ee", 8)
    )


def mop() -> str:
    """A mop with its strings down, 150 by 380, its bottom at the origin."""
    strings = "".join(
        stroke(f"M{x * 0.5},-108C{x * 1.1},-80 {x * 1.0},-40 {x * 1.2},-8", tone, 15)
        for x, tone in ((-58, "#dfe5ea"), (58, "#dfe5ea"), (-36, LIGHT), (36, LIGHT), (-12, "#eef2f5"), (14, LIGHT))
    )
    return (
        stroke("M0,-120V-390", WOOD, 15)
        + shine("M-4,-140V-380", 4, 0.35)
        + strings
        + body(box(-44, -128, 88, 30, 10), "#e5483c", rect(10, -140, 50, 50, SHADE, 0, 0.12))
    )


def bin_bags() -> str:
    """A roll of bin bags, 190 by 90, its bottom at the origin."""
    color = "#3c4047"
    return (
        body("M-70,-20L110,-30L150,0H-96z", lighter(color, 0.12))
        + body(
            box(-92, -84, 184, 76, 36),
            color,
            rect(-34, -90, 64, 90, YELLOW),
            rect(-100, -36, 200, 40, SHADE, 0, 0.2),
            shine("M-66,-70H-44M44,-70H62", 6, 0.4),
        )
        + ellipse(78, -46, 16, 34, darker(color, 0.3))
        + ellipse(78, -46, 8, 17, "#c79a66")
    )


def detergents() -> str:
    pump = (
        rect(-16, -226, 32, 26, PAPER, 5)
        + rect(-5, -258, 10, 40, "#c8d2da")
        + body("M-14,-272H18L52,-258L48,-248L16,-254H-14z", PAPER)
    )
    soap = body(
        "M-48,-10Q-48,0 -38,0H38Q48,0 48,-10V-150Q48,-184 16,-190V-204H-16V-190Q-48,-184 -48,-150z",
        PINK,
        rect(-60, -124, 120, 70, PAPER),
        place(drop(PINK, 0.9), -2, -88),
        rect(20, -220, 40, 230, SHADE, 0, 0.09),
        shine("M-32,-140C-32,-164 -24,-168 -14,-176", 7),
    )
    return (
        bubbles()
        + stand(jug(GREEN, "#3f8a5e", PAPER, place(sparkle(GREEN), 0, 0, 0.8)), 322, 150, y=376, scale=1.24)
        + stand(spray_bottle(), 190, 130, y=390, scale=1.08)
        + stand(pump + soap, 462, 100, y=386)
        + stand(sponge(), 520, 150, y=410, scale=0.72)
    )


def paper_goods() -> str:
    return (
        stand(paper_roll(), 216, 150, y=376, scale=1.5)
        + stand(toilet_roll(), 416, 180, y=356, scale=1.12)
        + stand(napkins(), 412, 230, y=410, scale=0.98)
    )


def gloves() -> str:
    return (
        stand(glove_box(), 444, 240, y=388, scale=1.34)
        + place(glove(YELLOW), 276, 388, 1.14, 12)
        + shadow(228, 396, 190)
        + place(glove(lighter(YELLOW, 0.25)), 206, 396, 1.24, -6, mirror=True)
    )


def cleaning_tools() -> str:
    return (
        place(mop(), 488, 398, 0.98, 10)
        + stand(bucket(), 246, 200, y=386, scale=1.22)
        + shadow(496, 402, 150)
        + stand(bin_bags(), 404, 190, y=404, scale=0.86)
        + stand(sponge(), 160, 140, y=412, scale=0.8)
    )


def household() -> str:
    return (
        bubbles()
        + stand(spray_bottle(), 208, 140, y=384, scale=1.12)
        + stand(paper_roll(), 420, 150, y=378, scale=1.3)
        + stand(sponge(), 322, 160, y=408, scale=0.98)
        + place(sparkle(), 326, 176, 1.1)
    )


DEPARTMENT = Department(
    "Господарські товари та хімія",
    "#dcdcf5",
    household,
    {
        "Мийні та дезінфекційні засоби": detergents,
        "Паперова продукція": paper_goods,
        "Рукавички": gloves,
        "Інвентар для прибирання": cleaning_tools,
    },
)
