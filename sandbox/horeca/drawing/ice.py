"""Ice cubes, snowflakes and frost."""

from sandbox.horeca.drawing.shapes import LIGHT, body, path, place, shine, stroke

ICE = "#bfe3f5"


def snowflake(color: str = LIGHT, width: float = 7) -> str:
    """A six-armed crystal, 100 by 100, its middle at the origin."""
    arm = stroke("M0,0V-48M0,-30L-13,-43M0,-30L13,-43M0,-15L-9,-24M0,-15L9,-24", color, width)
    return "".join(place(arm, 0, 0, 1, 60 * index) for index in range(6))


def ice_cube(inside: str = "") -> str:
    """A cube of ice, 110 by 120, its bottom at the origin; a berry may be frozen in it."""
    return (
        body("M-50,-2V-84H34V-2z", ICE, place(inside, -8, -42), path("M-60,-2L20,-90H60L-20,10z", LIGHT, 0.35), soft=10)
        + body("M34,-2V-84L62,-104V-24z", "#93c9e6", soft=6)
        + body("M-50,-84L-22,-104H62L34,-84z", "#e6f6fd", soft=6)
        + shine("M-38,-68V-34M-38,-18V-16", 6, 0.9)
    )


def snow(color: str = LIGHT) -> str:
    """A few crystals in the air around the goods."""
    spots = ((96, 120, 0.8), (548, 108, 1), (120, 262, 0.5), (566, 236, 0.6), (470, 62, 0.5), (196, 60, 0.55))
    return "".join(place(snowflake(color), x, y, scale, 15 * index) for index, (x, y, scale) in enumerate(spots))
