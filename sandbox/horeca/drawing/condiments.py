"""Sauces, preserves, tomato goods, spices, sugar, salt and vinegar."""

from sandbox.horeca.drawing.plants import DEEP_GREEN, basil, leaf, olive
from sandbox.horeca.drawing.shapes import (
    LIGHT,
    SHADE,
    body,
    box,
    circle,
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
from sandbox.horeca.drawing.vessels import bottle, bowl, jar, tin

RED = "#d8392b"


def squeeze_bottle(color: str, emblem: str = "") -> str:
    """A sauce bottle with a nozzle, 110 by 250, its bottom at the origin."""
    return (
        body("M-8,-250H8L16,-202H-16z", lighter(color, 0.2))
        + body(box(-40, -206, 80, 26, 6), lighter(color, 0.1), rect(14, -210, 30, 40, SHADE, 0, 0.12))
        + body(
            "M-54,-10Q-54,0 -44,0H44Q54,0 54,-10V-130C54,-160 42,-166 38,-184H-38C-42,-166 -54,-160 -54,-130z",
            color,
            place(emblem, -2, -78),
            rect(28, -190, 40, 200, SHADE, 0, 0.1),
            shine("M-36,-24V-110", 8, 0.45),
        )
    )


def spice_jar(color: str, height: float = 130) -> str:
    """A small jar of ground spice with a cork, 84 by 160, its bottom at the origin."""
    return (
        body(box(-28, -height - 26, 56, 34, 5), "#c89b66", rect(6, -height - 30, 30, 40, SHADE, 0, 0.1))
        + body(
            box(-44, -height, 88, height, 16),
            "#e9f1f3",
            rect(-38, -height + 26, 76, height - 32, color, 10),
            rect(-50, -74, 100, 40, "#fff6e4"),
            rect(22, -height, 30, height, SHADE, 0, 0.08),
            shine(f"M-30,{-height + 22}V-20", 6, 0.6),
        )
        + stroke("M-22,-54H22", color, 5)
    )


def chilli(color: str = RED) -> str:
    """A chilli pepper, 190 by 60, its middle at the origin."""
    return body(
        "M-70,-14C-20,-34 60,-20 104,24C40,26 -50,30 -72,12Q-80,0 -70,-14z",
        color,
        path("M-80,8C-20,20 50,20 110,24V50H-80z", SHADE, 0.1),
        shine("M-50,-8C-20,-16 10,-12 34,-4", 6),
    ) + stroke("M-76,-2C-92,-4 -98,-14 -104,-26", DEEP_GREEN, 10)


def star_anise() -> str:
    petal = body("M0,0C-12,-14 -10,-34 0,-46C10,-34 12,-14 0,0z", "#9a5a2c", ellipse(0, -24, 4, 7, "#e0a35c"))
    return "".join(place(petal, 0, 0, 1, 45 * index) for index in range(8)) + circle(0, 0, 6, "#6d3d1c")


def sugar_cube() -> str:
    return (
        body("M-32,0V-52H20V0z", "#fffdf8")
        + body("M-32,-52L-14,-68H38L20,-52z", LIGHT)
        + body("M20,0V-52L38,-68V-16z", "#e6ddcf")
    )


def salt_shaker() -> str:
    """A salt shaker, 96 by 190, its bottom at the origin."""
    holes = "".join(circle(x, y, 4, "#6d7881") for x, y in ((-16, -166), (0, -172), (16, -166), (-8, -156), (8, -156)))
    return (
        body(
            "M-46,-4L-36,-128H36L46,-4Q46,0 40,0H-40Q-46,0 -46,-4z",
            "#e8f1f4",
            path("M-44,0L-38,-88C-20,-100 20,-78 38,-90L44,0z", LIGHT),
            path("M16,-130H60V10H22z", SHADE, 0.08),
            shine("M-28,-112L-34,-24", 7, 0.9),
        )
        + body(
            "M-40,-128C-40,-176 -20,-190 0,-190S40,-176 40,-128z", "#b7c2ca", path("M12,-200H60V-120H18z", SHADE, 0.12)
        )
        + holes
    )


def tomato_products() -> str:
    ketchup = jar("#cf3325", "#e8e2d6", "", rect(-70, -100, 140, 56, "#fff3dc") + place(tomato(), -4, -52, 0.28))
    return (
        stand(tin("#f6efe0", place(tomato(), 0, 40, 0.48), 150, 190), 238, 170, y=382, scale=1.24)
        + stand(ketchup, 412, 140, y=384, scale=1.12)
        + stand(tomato(), 512, 130, y=400, scale=0.8)
        + stand(tomato(), 340, 110, y=408, scale=0.66)
        + place(basil(), 438, 408, 0.7, -50)
    )


def sauces() -> str:
    soy = bottle("#4a2a1c", "#d23b2c", "#f7ead0", circle(0, 0, 26, "#d23b2c"))
    dip = bowl("#fbf7ee", 76, 48, ellipse(0, 0, 66, 11, "#d8392b") + ellipse(-18, -2, 22, 3.4, "#ef6a55"), "#e6ddcd")
    return (
        stand(soy, 466, 100, y=374, scale=1.04)
        + stand(squeeze_bottle("#f7c62f"), 356, 120, y=380, scale=1.08)
        + stand(squeeze_bottle("#d8392b", place(tomato(), 0, 36, 0.4)), 236, 120, y=388, scale=1.18)
        + stand(dip, 420, 130, y=410, scale=1.06)
        + place(basil(), 160, 402, 0.8, -30)
    )


def preserves() -> str:
    gherkin = body(
        box(-15, -48, 30, 96, 15),
        "#6f9440",
        *(circle(x, y, 3, "#93b562") for x, y in scattered(10, 6, -12, -42, 12, 42)),
        rect(4, -60, 20, 120, SHADE, 0, 0.1),
    )
    inside = "".join(
        place(gherkin, x, y, 1, turn) for x, y, turn in ((-44, -62, -6), (-14, -66, 4), (16, -60, -4), (44, -66, 8))
    ) + stroke("M-30,-118C-10,-126 20,-116 40,-122", "#5f9a45", 4)
    olives = tin(
        "#4d6b8f",
        "".join(
            place(olive(tone), x, y, 0.8, turn)
            for tone, x, y, turn in (("#59703a", -20, 8, -16), ("#3d3350", 20, -8, 14))
        ),
        130,
        150,
    )
    return (
        stand(jar("#c9d79a", "#3f8a4a", inside), 242, 160, y=392, scale=1.5)
        + stand(olives, 440, 150, y=380, scale=1.16)
        + place(gherkin, 384, 398, 0.86, 78)
        + shadow(512, 404, 90)
        + place(olive("#3d3350"), 500, 390, 1, -10)
        + place(olive("#59703a"), 546, 394, 0.96, 16)
    )


def spices() -> str:
    corns = "".join(
        circle(x, y, 7, tone)
        for (x, y), tone in zip(
            scattered(14, 3, 372, 386, 470, 412), ("#3d3230", "#5a4740", "#2d2423") * 5, strict=False
        )
    )
    return (
        stand(spice_jar("#c0392b"), 182, 100, y=370, scale=1.26)
        + stand(spice_jar("#e2a32b", 150), 302, 100, y=366, scale=1.3)
        + stand(spice_jar("#6c8a3a"), 424, 100, y=370, scale=1.26)
        + shadow(240, 404, 230)
        + place(chilli(), 238, 386, 1.1, -4)
        + corns
        + place(star_anise(), 526, 342, 1.12, 10)
        + place(leaf("#7b8f4a"), 570, 406, 0.96, -74)
    )


def sugar_salt_vinegar() -> str:
    vinegar = bottle("#f3e3b4", "#b5432f", "#ffffff", place(basil("#8aa04a"), 0, 20, 0.5))
    cubes = "".join(
        place(sugar_cube(), x, y, size, turn)
        for x, y, size, turn in ((-52, 18, 0.9, -8), (44, 16, 0.9, 10), (-4, 10, 0.98, 0), (-8, -34, 0.9, 14))
    )
    return (
        stand(vinegar, 188, 100, y=380, scale=1.1)
        + stand(bowl("#7fa7b8", 112, 88, cubes, "#5f8798"), 330, 190, y=398, scale=1.12)
        + stand(salt_shaker(), 488, 110, y=388, scale=1.12)
        + stand(sugar_cube(), 430, 60, y=412, scale=0.86, turn=-6)
    )
