"""Disposable cups, containers, boxes, bags, cutlery and wraps."""

from sandbox.horeca.drawing.cutlery import cutlery_and_straws, wraps
from sandbox.horeca.drawing.drinks import bean
from sandbox.horeca.drawing.plants import leaf
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
from sandbox.horeca.drawing.vegetables import cucumber_slice, tomato
from sandbox.horeca.drawing.vessels import KRAFT

BLACK, CARDBOARD = "#3a3d42", "#c79a66"


def paper_cup(color: str, lid: str = BLACK, sleeve: str = KRAFT) -> str:
    """A coffee cup to go with its lid and sleeve, 130 by 230, its bottom at the origin."""
    return (
        body(
            "M-62,-196H62L46,-4Q45,0 40,0H-40Q-45,0 -46,-4z",
            color,
            path("M-70,-150H70L60,-56H-60z", sleeve),
            place(bean(), -2, -102, 0.8, -36),
            path("M28,-200H80V10H20z", SHADE, 0.09),
        )
        + body(box(-70, -212, 140, 22, 8), lid, soft=0)
        + body("M-58,-212L-52,-234H52L58,-212z", lighter(lid, 0.1), path("M20,-240H70V-200H24z", SHADE, 0.15))
        + rect(-36, -230, 22, 6, darker(lid, 0.4), 3)
    )


def clear_cup(drink: str) -> str:
    """A clear cup with a domed lid and a straw, 130 by 280, its bottom at the origin."""
    cubes = "".join(
        place(rect(-15, -15, 30, 30, LIGHT, 6, 0.45), x, y, 1, turn)
        for x, y, turn in ((-20, -120, 14), (16, -104, -18), (-4, -76, 34))
    )
    return (
        path("M-58,-180C-58,-236 58,-236 58,-180z", LIGHT, 0.55)
        + stroke("M6,-70L26,-290", "#e5483c", 11)
        + body(
            "M-58,-178H58L42,-4Q41,0 36,0H-36Q-41,0 -42,-4z",
            "#eef6f8",
            path("M-60,-146H60V10H-60z", drink),
            cubes,
            path("M24,-180H70V10H18z", SHADE, 0.08),
            shine("M-42,-156L-32,-30", 8, 0.7),
        )
        + rect(-66, -188, 132, 16, LIGHT, 8)
        + stroke("M-50,-190C-46,-228 46,-228 50,-190", LIGHT, 6, 0.9)
    )


def kraft_box(open_lid: bool = True) -> str:
    """A kraft lunch box with a salad in it, 260 by 190, its bottom at the origin."""
    lid = (
        body(
            "M-118,-98L-96,-190H96L118,-98z", lighter(KRAFT, 0.18), path("M-84,-108L-68,-176H68L84,-108z", LIGHT, 0.55)
        )
        if open_lid
        else ""
    )
    salad = (
        place(leaf("#7fb84d"), -60, -84, 0.8, -30)
        + place(leaf("#5f9a45"), 30, -84, 0.8, 18)
        + place(leaf("#8cc457"), -20, -80, 0.8, 6)
        + place(tomato(), -58, -66, 0.36)
        + place(cucumber_slice(), 8, -98, 0.9)
        + place(cucumber_slice(), 50, -92, 0.9)
        + place(tomato(), 84, -68, 0.34)
    )
    front = body(
        "M-124,-98H124L98,-4Q97,0 90,0H-90Q-97,0 -98,-4z",
        KRAFT,
        path("M56,-110H140V10H40z", SHADE, 0.09),
        circle(-4, -48, 22, LIGHT, 0.75),
        place(leaf("#7b9f4a"), -4, -32, 0.36),
    )
    return lid + rect(-118, -108, 236, 26, darker(KRAFT, 0.25), 4) + salad + front


def soup_tub() -> str:
    """A round soup container with a clear lid, 160 by 130, its bottom at the origin."""
    return body(
        "M-72,-104H72L56,-4Q55,0 48,0H-48Q-55,0 -56,-4z",
        BLACK,
        path("M30,-110H90V10H22z", SHADE, 0.25),
        shine("M-54,-86L-46,-30", 7, 0.25),
    ) + body(box(-82, -124, 164, 24, 9), "#dfe9ee", shine("M-66,-114H0", 5, 0.9), soft=0)


def sauce_pot(color: str) -> str:
    return body("M-34,-40H34L24,0H-24z", color, path("M10,-50H50V10H4z", SHADE, 0.1)) + body(
        box(-40, -50, 80, 14, 6), "#eef4f6", soft=0
    )


def pizza_box() -> str:
    """An open pizza box with a pizza, 340 by 270, its bottom at the origin."""
    lid = body(
        "M-150,-70L-128,-264H128L150,-70z",
        lighter(CARDBOARD, 0.14),
        path("M-132,-84L-112,-250H112L132,-84z", lighter(CARDBOARD, 0.3)),
    )
    emblem = circle(0, -170, 46, "#d8392b", 0.85) + path("M-26,-188Q0,-200 26,-188L0,-138z", "#fff3dc", 0.95)
    toppings = "".join(
        ellipse(x, y, 20, 7, "#c0392b") for x, y in ((-70, -58), (-8, -68), (62, -60), (-34, -46), (34, -44))
    ) + "".join(ellipse(x, y, 9, 4, "#5f9a45", 1, 20) for x, y in ((-104, -52), (8, -54), (98, -52), (-50, -70)))
    pizza = ellipse(0, -56, 138, 27, "#d9923f") + ellipse(0, -58, 122, 21, "#f7cf5e") + toppings
    inside = body("M-150,-70H150L172,-38H-172z", darker(CARDBOARD, 0.3), pizza, soft=2)
    front = body(
        "M-172,-40H172V0H-172z",
        CARDBOARD,
        rect(60, -50, 130, 60, SHADE, 0, 0.07),
        rect(-34, -40, 68, 12, darker(CARDBOARD, 0.25), 4),
    )
    return lid + emblem + inside + place(pizza, 0, 2) + front


def cake_box() -> str:
    """A white cake box with a window and a ribbon, 190 by 170, its bottom at the origin."""
    return (
        body("M-86,0V-116H50V0z", LIGHT, rect(-66, -98, 96, 60, "#fbd9e3", 6), rect(-30, -120, 18, 130, "#e8637f"))
        + body("M50,0V-116L88,-138V-20z", "#e2dcd5")
        + body("M-86,-116L-44,-138H88L50,-116z", "#f4efe9", path("M-30,-116L6,-138H26L-12,-116z", "#e8637f"))
        + stroke("M-4,-128C-44,-168 -56,-128 -4,-128C44,-168 60,-128 -4,-128", "#d94f6e", 8)
    )


def burger_box() -> str:
    return (
        body("M-80,-44H80L64,0H-64z", KRAFT, path("M30,-50H90V10H20z", SHADE, 0.1))
        + body(
            "M-80,-44L-62,-100H62L80,-44z",
            lighter(KRAFT, 0.16),
            path("M24,-110H90V-40H34z", SHADE, 0.07),
            circle(-6, -72, 18, LIGHT, 0.7),
        )
        + rect(-84, -50, 168, 10, darker(KRAFT, 0.2), 4)
    )


def paper_bag(color: str = KRAFT) -> str:
    """A kraft bag with twisted handles, 210 by 300, its bottom at the origin."""
    handles = stroke("M-52,-232C-52,-300 30,-300 30,-232", darker(color, 0.3), 9)
    return (
        handles
        + body(
            "M-90,0V-234H70V0z",
            color,
            path("M-90,-234H70V-222H-90z", darker(color, 0.14)),
            circle(-10, -108, 42, LIGHT, 0.8),
            place(leaf("#6f9a45"), -10, -72, 0.74),
        )
        + body("M70,0V-234L112,-246V-16z", darker(color, 0.16), path("M70,-234L92,-120L70,0z", SHADE, 0.1))
        + stroke("M-62,-226C-62,-290 20,-290 20,-226", darker(color, 0.22), 9)
    )


def shirt_bag(color: str = "#f2f5f7") -> str:
    """A thin carrier bag, 190 by 270, its bottom at the origin."""
    outline = (
        "M-88,-4C-80,-60 -84,-110 -84,-160L-86,-258H-46C-46,-210 -34,-184 0,-184"
        "S46,-210 46,-258H86L84,-160C84,-110 80,-60 88,-4Q0,8 -88,-4z"
    )
    return body(
        outline,
        color,
        stroke(
            "M-66,-150C-60,-100 -66,-60 -60,-20M62,-160C56,-110 64,-70 58,-24M-20,-176C-16,-150 -20,-130 -14,-110",
            darker(color, 0.1),
            6,
        ),
        circle(0, -84, 36, "#5fb6a0"),
        stroke("M-14,-84L-4,-74L16,-96", LIGHT, 8),
    )


def cups_and_lids() -> str:
    lids = body(box(-66, -16, 132, 16, 7), BLACK) + body("M-54,-16L-48,-36H48L54,-16z", lighter(BLACK, 0.1))
    return (
        stand(paper_cup("#fdfaf4"), 216, 120, y=388, scale=1.36)
        + stand(paper_cup(BLACK, "#fdfaf4", "#d8694a"), 350, 100, y=392, scale=1.04)
        + stand(clear_cup("#f7b04a"), 476, 110, y=384, scale=1.16)
        + stand(lids, 420, 120, y=412, scale=0.82)
    )


def containers() -> str:
    return (
        stand(soup_tub(), 474, 140, y=372, scale=1.24)
        + stand(kraft_box(), 254, 230, y=394, scale=1.36)
        + stand(sauce_pot("#d8392b"), 438, 60, y=406)
        + stand(sauce_pot("#f4c33f"), 528, 60, y=410)
    )


def boxes() -> str:
    return (
        stand(cake_box(), 490, 190, y=360, scale=1.24)
        + stand(pizza_box(), 242, 350, y=396, scale=1.02)
        + stand(burger_box(), 500, 150, y=408, scale=0.98)
    )


def bags() -> str:
    piping = body(
        "M-50,-180H50L6,0H-6z",
        "#dfeaf2",
        path("M8,-190H60L8,10z", SHADE, 0.06),
        stroke("M-40,-150H40M-32,-118H32", "#b5cbd8", 4),
    ) + body("M-7,0L7,0L0,26z", "#9fb2bf")
    return (
        stand(shirt_bag(), 432, 170, y=384, scale=1.14)
        + stand(paper_bag(), 248, 200, y=396, scale=1.16)
        + shadow(540, 410, 60)
        + place(piping, 540, 388, 0.9, 12)
    )


def packaging() -> str:
    return (
        stand(paper_bag(), 222, 190, y=384, scale=1.2)
        + stand(paper_cup("#fdfaf4", BLACK, "#d8694a"), 392, 110, y=386, scale=1.08)
        + stand(burger_box(), 470, 160, y=404, scale=1.1)
    )


DEPARTMENT = Department(
    "Посуд одноразовий та паковання",
    "#ece2d6",
    packaging,
    {
        "Стакани та кришки": cups_and_lids,
        "Контейнери та ланч-бокси": containers,
        "Коробки": boxes,
        "Пакети": bags,
        "Прибори та трубочки": cutlery_and_straws,
        "Плівка, фольга, пергамент": wraps,
    },
)
