"""Leaves, sprigs and fruit that lie beside other goods."""

from sandbox.horeca.drawing.shapes import (
    LIGHT,
    SHADE,
    body,
    circle,
    darker,
    ellipse,
    lighter,
    oval,
    path,
    place,
    shine,
    stroke,
)

GREEN, DEEP_GREEN = "#6aa84f", "#417a3a"


def leaf(color: str = GREEN) -> str:
    """A plain leaf growing up from its stalk, 44 by 90."""
    return body(
        "M0,0C-30,-22 -28,-66 0,-92C28,-66 30,-22 0,0z", color, path("M0,0C30,-22 28,-66 0,-92z", SHADE, 0.12), soft=2
    ) + stroke("M0,4V-70", lighter(color, 0.3), 3)


def basil(color: str = GREEN) -> str:
    """A sprig of three leaves."""
    return (
        place(leaf(color), 0, 0, 0.8, -58)
        + place(leaf(darker(color, 0.1)), 0, 0, 0.8, 58)
        + place(leaf(lighter(color, 0.1)), 0, 0, 0.95)
    )


def olive(color: str) -> str:
    return body(
        oval(0, 0, 27, 21), color, ellipse(4, 8, 30, 20, SHADE, 0.12), shine("M-14,-6C-10,-12 -4,-13 0,-13", 5), soft=0
    ) + ellipse(19, 0, 5, 7, "#c8442c")


def wheat(color: str = "#dca53c") -> str:
    """An ear of wheat, 60 by 190."""
    grain = path("M0,0C-14,-8 -14,-26 0,-36C14,-26 14,-8 0,0z", color)
    dark = path("M0,0C-14,-8 -14,-26 0,-36C14,-26 14,-8 0,0z", darker(color, 0.12))
    rows = "".join(place(grain, -4, -74 - 22 * i, 1, -34) + place(dark, 4, -74 - 22 * i, 1, 34) for i in range(4))
    return stroke("M0,0V-150", darker(color, 0.1), 5) + rows + place(grain, 0, -160)


def dill(color: str = "#5f9a45") -> str:
    """A feathery sprig, 80 by 120."""
    twigs = "".join(
        (
            f"M0,{-30 - 20 * i}q{side * 12},-16 {side * (40 - 6 * i)},-22"
            f"M{side * 14},{-43 - 20 * i}q{side * 4},-12 {side * 10},-20"
        )
        for i in range(4)
        for side in (-1, 1)
    )
    return stroke("M0,0V-124" + twigs, color, 4)


def round_slice(peel: str, flesh: str, radius: float = 50) -> str:
    """A cut across a citrus fruit."""
    wedges = "".join(
        place(
            path(
                f"M0,-7L{radius * 0.27},{-radius * 0.72}Q0,{-radius * 0.88} {-radius * 0.27},{-radius * 0.72}z", flesh
            ),
            0,
            0,
            1,
            45 * i,
        )
        for i in range(8)
    )
    return (
        circle(0, 0, radius, peel)
        + circle(0, 0, radius * 0.88, "#fff6dc")
        + wedges
        + ellipse(-radius * 0.3, -radius * 0.35, 8, 5, LIGHT, 0.5, -40)
    )


def half_slice(peel: str, flesh: str, radius: float = 50) -> str:
    """A half of a citrus round, its cut side up."""
    return body(f"M{-radius},0A{radius},{radius} 0 0 0 {radius},0z", peel, round_slice(peel, flesh, radius), soft=0)


def lemon(color: str = "#f8d341") -> str:
    """A lemon lying on its side, 130 by 86, its middle at the origin."""
    outline = (
        "M-66,0C-62,-12 -54,-14 -46,-24C-24,-46 24,-46 46,-24C54,-14 62,-12 66,0"
        "C62,12 54,14 46,24C24,46 -24,46 -46,24C-54,14 -62,12 -66,0z"
    )
    return body(
        outline,
        color,
        path("M-70,8C-30,40 40,34 70,-10V60H-70z", SHADE, 0.09),
        shine("M-32,-18C-22,-28 -8,-31 4,-31"),
        soft=2,
    )
