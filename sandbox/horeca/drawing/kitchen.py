"""Knives, boards, pots, pans and kitchen tools."""

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
    shadow,
    shine,
    stand,
    stroke,
)
from sandbox.horeca.drawing.vegetables import cucumber_slice
from sandbox.horeca.drawing.vessels import STEEL, WOOD

HANDLE, DARK, COPPER = "#3d4249", "#4a5058", "#d9824a"


def chef_knife() -> str:
    """A chef's knife pointing left, 420 by 70, its middle at the origin."""
    blade = "M-210,24C-150,-10 -90,-34 -20,-34H60V30H-10C-90,32 -160,30 -210,24z"
    handle = body(
        "M58,-34H196Q212,-30 210,-14L206,2Q200,14 186,8C150,-6 110,2 76,6L58,6z",
        HANDLE,
        *(circle(x, -15, 5, STEEL) for x in (92, 134, 176)),
    )
    return (
        body(
            blade,
            "#dce3e9",
            path("M-214,30C-150,8 -80,8 70,8V40H-214z", "#b4bfc9"),
            shine("M-110,-12C-80,-22 -50,-25 -20,-25", 5, 0.9),
        )
        + handle
        + rect(50, -36, 14, 46, darker(STEEL, 0.2), 3)
    )


def paring_knife() -> str:
    return body(
        "M-110,10C-80,-10 -40,-18 10,-18V14H-40C-70,16 -96,14 -110,10z",
        "#dce3e9",
        path("M-114,12C-70,4 -20,2 20,2V24H-114z", "#b4bfc9"),
    ) + body(box(8, -18, 100, 26, 10), "#d94b3d", circle(36, -5, 4, LIGHT), circle(76, -5, 4, LIGHT))


def chopping_board(color: str) -> str:
    """A board standing upright with a hole in its handle, 230 by 320, its bottom at the origin."""
    outline = (
        "M-104,-14Q-104,0 -90,0H90Q104,0 104,-14V-220Q104,-236 90,-238H50Q36,-240 36,-256V-292"
        "Q36,-308 20,-308H-20Q-36,-308 -36,-292V-256Q-36,-240 -50,-238H-90Q-104,-236 -104,-220z"
    )
    return (
        place(body(outline, darker(color, 0.28)), 9, 3)
        + body(
            outline,
            color,
            stroke("M-70,-200V-60M-40,-220V-120M64,-210V-90M34,-70V-20M-20,-90V-30", darker(color, 0.12), 4, 0.6),
        )
        + circle(0, -276, 15, darker(color, 0.4))
    )


def pot(color: str = STEEL) -> str:
    """A stock pot with its lid, 300 by 240, its bottom at the origin."""
    ears = stroke("M-112,-122C-152,-126 -152,-86 -112,-88M112,-122C152,-126 152,-86 112,-88", darker(color, 0.25), 13)
    wall = body(
        "M-114,-158H114V-20Q114,0 94,0H-94Q-114,0 -114,-20z",
        color,
        rect(56, -170, 80, 190, SHADE, 0, 0.12),
        rect(-92, -170, 22, 190, LIGHT, 0, 0.4),
        rect(-60, -170, 8, 190, LIGHT, 0, 0.3),
        rect(-120, -14, 240, 20, SHADE, 0, 0.1),
    )
    lid = body(
        "M-116,-166C-90,-212 90,-212 116,-166z",
        lighter(color, 0.3),
        path("M40,-220C90,-206 110,-180 120,-160H60z", SHADE, 0.1),
    ) + rect(-124, -172, 248, 16, darker(color, 0.14), 8)
    return ears + wall + lid + rect(-7, -212, 14, 16, DARK) + body(box(-30, -226, 60, 18, 9), HANDLE, soft=0)


def frying_pan() -> str:
    """A frying pan seen a little from above, its handle to the right, 430 by 110, its bottom at the origin."""
    return (
        stroke("M120,-54L262,-92", HANDLE, 24)
        + shine("M150,-68L254,-96", 5, 0.3)
        + body(
            "M-140,-66C-136,-24 -110,0 -80,0H80C110,0 136,-24 140,-66z",
            DARK,
            path("M50,-70H150V10H40z", SHADE, 0.25),
            rect(-150, -10, 300, 20, COPPER),
        )
        + ellipse(0, -66, 142, 32, "#767e87")
        + ellipse(0, -64, 130, 26, "#33383f")
        + stroke("M-104,-62A110,20 0 0 1 -20,-84", LIGHT, 6, 0.25)
    )


def gastronorm_pan() -> str:
    """A steel gastronorm container, 260 by 100, its bottom at the origin."""
    return (
        body("M-122,-70L-92,-108H132L104,-70z", darker(STEEL, 0.34))
        + path("M-96,-72L-80,-100H116L92,-72z", darker(STEEL, 0.5))
        + body(
            "M-116,-68H98L84,-6Q83,0 76,0H-94Q-101,0 -102,-6z",
            STEEL,
            rect(30, -80, 100, 90, SHADE, 0, 0.08),
            rect(-86, -80, 20, 90, LIGHT, 0, 0.4),
        )
        + body("M98,-68L130,-104L112,-36L84,-4z", darker(STEEL, 0.22))
        + stroke("M-124,-72H104L136,-108", "#eef2f5", 10)
    )


def whisk() -> str:
    """A whisk with its wires up, 90 by 300, its bottom at the origin."""
    wires = "".join(f"M0,-130C{-w},-190 {-w},-296 0,-296S{w},-190 0,-130" for w in (8, 34, 58))
    return stroke(wires, "#9ba8b3", 5) + body(box(-11, -134, 22, 134, 9), HANDLE) + rect(-13, -140, 26, 18, STEEL, 4)


def ladle() -> str:
    return (
        stroke("M0,0V-240C0,-262 -14,-268 -24,-262", STEEL, 13)
        + body(
            "M-2,-240H-78C-78,-206 -62,-190 -40,-190S-2,-206 -2,-240z",
            "#aab5bf",
            path("M-30,-250H10V-180H-30z", SHADE, 0.1),
        )
        + ellipse(-40, -240, 39, 10, "#dbe2e8")
    )


def spatula() -> str:
    return stroke("M0,0V-180", WOOD, 15) + body(
        "M-26,-170C-30,-210 -32,-250 -26,-284Q0,-296 26,-284C32,-250 30,-210 26,-170Q0,-156 -26,-170z",
        WOOD,
        *(rect(x, -266, 7, 76, darker(WOOD, 0.35), 3) for x in (-15, -3, 9)),
    )


def tongs() -> str:
    return (
        stroke("M0,0C-36,-100 -34,-190 -8,-276M0,0C36,-100 34,-190 8,-276", STEEL, 12)
        + circle(0, -4, 12, darker(STEEL, 0.2))
        + stroke("M-14,-262q-6,10 -4,22M14,-262q6,10 4,22", darker(STEEL, 0.3), 16)
    )


def crock() -> str:
    """A ceramic crock for tools, 180 by 170, its bottom at the origin."""
    return body(
        "M-80,-156H80C88,-100 86,-50 70,-6Q68,0 62,0H-62Q-68,0 -70,-6C-86,-50 -88,-100 -80,-156z",
        "#e2725b",
        path("M30,-170H110V10H24z", SHADE, 0.1),
        rect(-100, -108, 200, 14, "#f4cdbf"),
        shine("M-62,-134C-66,-100 -64,-60 -58,-36", 9),
    ) + rect(-88, -166, 176, 18, lighter("#e2725b", 0.25), 9)


def shaker() -> str:
    """A cocktail shaker, 110 by 260, its bottom at the origin."""
    return (
        body(
            "M-52,-150H52L38,-4Q37,0 32,0H-32Q-37,0 -38,-4z",
            STEEL,
            rect(16, -160, 50, 170, SHADE, 0, 0.12),
            path("M-40,-150H-22L-18,0H-30z", LIGHT, 0.5),
        )
        + body(
            "M-52,-156C-48,-200 -30,-214 -24,-222H24C30,-214 48,-200 52,-156z",
            lighter(STEEL, 0.25),
            path("M10,-230H60V-150H20z", SHADE, 0.1),
        )
        + body(box(-24, -258, 48, 36, 10), darker(STEEL, 0.1), rect(6, -262, 30, 50, SHADE, 0, 0.1))
        + rect(-56, -162, 112, 10, darker(STEEL, 0.28), 5)
    )


def jigger() -> str:
    return body(
        "M-34,-116H34L8,-62L28,0H-28L-8,-62z",
        COPPER,
        path("M6,-120H50V10H4z", SHADE, 0.14),
        shine("M-22,-104L-10,-76", 5),
    ) + ellipse(0, -116, 35, 7, darker(COPPER, 0.35))


def grater() -> str:
    """A four-sided grater, 130 by 240, its bottom at the origin."""
    holes = "".join(
        ellipse(x * (0.72 - y / 700), y, 6, 8, darker(STEEL, 0.45))
        for y in range(-160, -20, 26)
        for x in (-36, -12, 12, 36)
    )
    return (
        stroke("M-26,-196C-26,-240 34,-240 34,-200", HANDLE, 13)
        + body("M-62,0L-42,-196H38L54,0z", STEEL, holes, shine("M-38,-176L-52,-16", 5, 0.6))
        + body("M54,0L38,-196L58,-188L84,-10z", darker(STEEL, 0.24))
    )


def knives_and_boards() -> str:
    slices = "".join(place(cucumber_slice(), x, y, 0.9) for x, y in ((122, 398), (166, 408)))
    return (
        stand(chopping_board("#6db877"), 402, 230, y=356, scale=0.98)
        + stand(chopping_board(WOOD), 250, 230, y=374, scale=1.06)
        + shadow(340, 410, 400)
        + place(chef_knife(), 350, 356, 1.12, -6)
        + place(paring_knife(), 440, 408, 1.02, 2)
        + slices
    )


def cookware() -> str:
    return (
        stand(gastronorm_pan(), 452, 270, y=330, scale=1.1)
        + stand(pot(), 236, 250, y=366, scale=1.2)
        + stand(frying_pan(), 322, 250, y=408, scale=1.02)
    )


def utensils() -> str:
    tools = (
        place(whisk(), -42, -90, 0.92, -14)
        + place(ladle(), -2, -90, 0.86, -4)
        + place(spatula(), 22, -90, 0.86, 8)
        + place(tongs(), 46, -90, 0.82, 18)
    )
    return (
        stand(tools + crock(), 238, 170, y=390, scale=1.08)
        + stand(grater(), 402, 130, y=376, scale=1.04)
        + stand(shaker(), 506, 100, y=386, scale=0.98)
        + stand(jigger(), 446, 60, y=408, scale=0.82)
    )


def kitchen() -> str:
    tools = place(whisk(), -30, -90, 0.92, -12) + place(spatula(), 8, -90, 0.86, 2) + place(ladle(), 40, -90, 0.86, 12)
    return (
        stand(tools + crock(), 470, 160, y=358, scale=0.96)
        + stand(pot(), 226, 240, y=370, scale=1.14)
        + stand(frying_pan(), 306, 250, y=408)
    )


DEPARTMENT = Department(
    "Кухонний інвентар",
    "#d9e1e6",
    kitchen,
    {
        "Кухонне приладдя": utensils,
        "Ножі та дошки": knives_and_boards,
        "Посуд кухонний та гастроємності": cookware,
    },
)
