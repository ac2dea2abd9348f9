"""Cabbages, marrows, salads, herbs and mushrooms."""

from sandbox.horeca.drawing.plants import DEEP_GREEN, dill, leaf
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
    shadow,
    shine,
    stand,
    stroke,
)

AUBERGINE = "#56356f"


def cabbage(color: str = "#9ccb6a") -> str:
    """A head of cabbage, 220 by 200, its bottom at the origin."""
    vein = lighter(color, 0.55)
    outer = body(
        "M-116,-84C-130,-150 -70,-176 -40,-150C-60,-90 -40,-30 0,0C-60,4 -108,-30 -116,-84z",
        darker(color, 0.14),
        stroke("M-100,-120C-90,-70 -60,-30 -10,-6M-94,-84L-70,-96M-78,-56L-54,-74", vein, 5, 0.7),
    )
    return (
        body(
            "M-104,-100C-104,-164 -56,-200 4,-198C66,-196 108,-156 106,-96C104,-36 60,0 0,0S-104,-36 -104,-100z",
            color,
            stroke(
                (
                    "M0,0C10,-70 50,-140 92,-160M0,0C-10,-70 -20,-140 -50,-184M20,-70"
                    "C40,-80 70,-80 90,-74M24,-120C20,-140 24,-160 30,-186"
                ),
                vein,
                6,
                0.8,
            ),
            ellipse(70, -40, 60, 90, SHADE, 0.07),
        )
        + outer
        + place(outer, 0, 0, 0.96, 0, mirror=True)
    )


def courgette(color: str = "#4c8c45") -> str:
    """A courgette lying on its side, 310 by 76, its middle at the origin."""
    stripes = stroke(
        "M-150,-16C-60,-26 60,-26 150,-14M-150,8H150M-140,24C-40,32 60,30 140,22", lighter(color, 0.32), 5, 0.6
    )
    return body(box(118, -16, 46, 30, 6), "#86a84c") + body(
        "M-152,0C-152,-32 -112,-38 0,-36C80,-36 120,-28 130,-14V16C120,30 80,38 0,36C-112,38 -152,32 -152,0z",
        color,
        stripes,
        shine("M-116,-20H-40", 7, 0.3),
    )


def aubergine(color: str = AUBERGINE) -> str:
    """An aubergine lying on its side, 300 by 120, its middle at the origin."""
    cap = body(
        "M70,-34C90,-36 112,-24 124,-10L164,-20V8L124,16C110,30 92,32 74,30C84,16 70,6 88,0C70,-8 84,-20 70,-34z",
        "#6b9a45",
    )
    return (
        body(
            (
                "M-150,8C-152,-44 -110,-62 -60,-56C0,-50 50,-36 96,-32"
                "C120,-24 120,16 96,26C50,34 0,58 -60,60C-112,62 -148,46 -150,8z"
            ),
            color,
            ellipse(-20, 60, 150, 40, SHADE, 0.2),
            shine("M-120,-16C-110,-34 -84,-38 -56,-34", 10, 0.45),
        )
        + cap
    )


def lettuce(color: str = "#8cc457") -> str:
    """A curly lettuce, 260 by 210, its bottom at the origin."""
    frill = (
        "M0,0C-30,-30 -60,-60 -58,-100C-70,-120 -52,-136 -44,-132C-46,-156 -20,-160 -14,-150"
        "C-8,-168 14,-166 16,-150C28,-160 48,-148 44,-132C58,-134 66,-116 58,-100C60,-60 30,-30 0,0z"
    )
    ribs = "M0,0V-120M0,-50L-30,-90M0,-50L30,-90"
    leaves = (
        (1.12, -66, 0.26), (1.12, 66, 0.26), (1.34, -34, 0.2), (1.34, 36, 0.2), (1.4, 0, 0.14), (0.98, -52, 0.1),
        (0.98, 52, 0.1), (1.12, -22, 0.04), (1.12, 24, 0.06), (0.84, 0, -0.2),
    )  # fmt: skip
    tones = ((size, turn, darker(color, dark) if dark > 0 else lighter(color, -dark)) for size, turn, dark in leaves)
    return "".join(
        place(body(frill, tone, stroke(ribs, lighter(tone, 0.4), 5)), 0, 0, size, turn) for size, turn, tone in tones
    )


def parsley(color: str = "#4f9440") -> str:
    """A bunch of herbs tied with a band, 180 by 240, its bottom at the origin."""
    stalks = "".join(
        stroke(f"M{x * 0.3},0L{x * 0.14},-70Q{x * 0.3},-120 {x},-170", "#86b45a", 6)
        for x in (-70, -44, -16, 16, 44, 70)
    )
    tuft = "".join(
        circle(x, y, 17, tone)
        for x, y, tone in (
            (-20, 0, color),
            (20, 0, color),
            (0, -22, lighter(color, 0.14)),
            (-14, -10, lighter(color, 0.14)),
            (16, -12, darker(color, 0.1)),
            (0, 8, darker(color, 0.1)),
        )
    )
    tops = "".join(
        place(tuft, x, y, 1.1)
        for x, y in ((-74, -160), (74, -160), (-40, -190), (42, -192), (0, -208), (-20, -164), (24, -166))
    )
    return stalks + tops + rect(-20, -84, 40, 18, "#e5452f", 6)


def champignon(color: str = "#f7efe2") -> str:
    """A button mushroom, 160 by 150, its bottom at the origin."""
    stem = body(
        "M-30,-70H30C26,-40 34,-20 34,-10Q34,0 20,0H-20Q-34,0 -34,-10C-34,-20 -26,-40 -30,-70z",
        darker(color, 0.06),
        path("M8,-80H50V10H6z", SHADE, 0.09),
    )
    gills = ellipse(0, -68, 60, 14, "#c9a98b")
    cap = body(
        "M-80,-70C-84,-128 -40,-152 0,-152S84,-128 80,-70C50,-58 -50,-58 -80,-70z",
        color,
        ellipse(40, -70, 60, 70, SHADE, 0.07),
        ellipse(-36, -122, 20, 11, LIGHT, 0.8, -30),
    )
    return gills + stem + cap


def halved_champignon() -> str:
    """A cut across a mushroom, its middle at the origin."""
    outline = (
        "M-62,-10C-64,-54 -32,-72 0,-72S64,-54 62,-10C50,0 34,-4 22,-6"
        "C20,20 26,40 24,54Q0,64 -24,54C-26,40 -20,20 -22,-6C-34,-4 -50,0 -62,-10z"
    )
    return body(
        outline,
        "#e2d0b8",
        place(path(outline, "#fffaf0"), 0, -2, 0.88),
        stroke("M-46,-12C-30,-26 -14,-18 -12,2M46,-12C30,-26 14,-18 12,2", "#b08968", 6),
    )


def cabbages_and_marrows() -> str:
    return (
        stand(cabbage(), 232, 230, y=372, scale=1.24)
        + stand(place(cabbage("#9a5b94"), 0, 0, 0.84), 446, 180, y=360)
        + shadow(410, 412, 330)
        + place(aubergine(), 472, 366, 0.88, -6)
        + place(courgette(), 298, 388, 1.04, 4)
    )


def salads_and_herbs() -> str:
    return (
        stand(parsley(), 438, 90, y=384, scale=1.2)
        + place(dill("#6aa84f"), 512, 398, 1.4, 22)
        + place(dill("#5f9a45"), 496, 400, 1.3, 2)
        + stand(lettuce(), 246, 260, y=400, scale=1.22)
    )


def mushrooms() -> str:
    return (
        stand(champignon("#c99f76"), 424, 150, y=358, scale=1.22)
        + stand(champignon(), 246, 180, y=386, scale=1.6)
        + stand(champignon(), 480, 100, y=398, scale=0.86, turn=10)
        + shadow(370, 410, 110)
        + place(halved_champignon(), 372, 350, 0.98, -6)
        + place(leaf(), 146, 404, 0.8, -64)
        + place(leaf(DEEP_GREEN), 150, 404, 0.7, -20)
    )
