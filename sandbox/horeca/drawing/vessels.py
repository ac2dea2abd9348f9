"""Packs and vessels that many departments share, each drawn around its bottom centre."""

from sandbox.horeca.drawing.shapes import (
    LIGHT,
    SHADE,
    body,
    box,
    darker,
    ellipse,
    lighter,
    path,
    place,
    rect,
    shine,
    stroke,
)

WOOD, STEEL, KRAFT = "#d9a066", "#c3ccd4", "#d3a876"


def carton(color: str, emblem: str = "", cap: str = "#f4f7fa") -> str:
    """A gable-top carton, 170 by 270; the emblem is drawn around the middle of its face."""
    face = body(
        "M-80,0V-186H44V0z",
        "#fdfdfb",
        path("M-90,10V-62C-50,-92 -10,-34 54,-72V10z", color),
        place(emblem, -18, -118),
    )
    side = body(
        "M44,0V-186L84,-196V-12z",
        "#e3e8ec",
        path("M44,10V-66C58,-76 70,-74 94,-84V10z", darker(color, 0.22)),
    )
    roof = body("M-80,-186L-62,-240H54L44,-186z", color, rect(-90, -200, 150, 14, darker(color, 0.12)))
    gable = path("M44,-186L54,-240L84,-196z", darker(color, 0.3))
    spout = ellipse(-8, -212, 22, 18, darker(cap, 0.2)) + ellipse(-8, -217, 22, 17, cap)
    return side + gable + face + roof + body(box(-62, -264, 116, 24, 3), lighter(color, 0.12)) + spout


def brick(color: str, emblem: str = "", cap: str = "#f4f7fa") -> str:
    """A flat-topped carton with a screw cap, 130 by 250."""
    face = body(
        box(-72, -220, 104, 220),
        color,
        path("M-90,-40C-50,-70 0,-20 60,-52V20H-90z", LIGHT, 0.9),
        place(emblem, -20, -136),
    )
    side = body("M32,0V-220L68,-230V-10z", darker(color, 0.2), path("M32,-46C44,-52 56,-52 80,-60V20H32z", "#e3e8ec"))
    top = body("M-72,-220L-40,-236H68L32,-220z", lighter(color, 0.25))
    return face + side + top + rect(-16, -256, 36, 24, cap, 5) + rect(-16, -240, 36, 8, darker(cap, 0.14), 3)


def glass(liquid: str, level: float = 0.8, width: float = 88, height: float = 130) -> str:
    """A tumbler filled to a share of its height."""
    half, foot = width / 2, width * 0.4
    outline = f"M{-half},{-height}H{half}L{foot},0H{-foot}z"
    surface = -height * level
    reach = foot + (half - foot) * level
    return (
        path(outline, LIGHT, 0.55)
        + body(
            f"M{-reach + 5},{surface}H{reach - 5}L{foot - 4},-8H{-foot + 4}z",
            liquid,
            path(f"M{reach * 0.35},{surface}H{half}V0H{foot * 0.35}z", SHADE, 0.08),
        )
        + ellipse(0, surface, reach - 4, 6, lighter(liquid, 0.35))
        + stroke(f"M{-half},{-height}H{half}L{foot},-3H{-foot}z", "#a9c4d2", 4, 0.75)
        + shine(f"M{-half + 16},{-height + 22}L{-foot + 12},-26", 7, 0.6)
    )


def bottle(color: str, cap: str, label: str, emblem: str = "", opacity: float = 1) -> str:
    """A slender bottle, 92 by 280, with a label."""
    outline = "M-46,-8Q-46,0 -38,0H38Q46,0 46,-8V-150C46,-186 17,-190 17,-226V-256H-17V-226C-17,-190 -46,-186 -46,-150z"
    inner = (
        path("M20,0V-150C20,-186 6,-190 6,-256H60V10z", SHADE, 0.1),
        rect(-60, -136, 120, 92, label),
        rect(20, -136, 60, 92, SHADE, 0, 0.08),
        place(emblem, -4, -90),
        shine("M-32,-28V-38M-32,-144C-30,-176 -8,-190 -7,-226", 7, 0.45),
    )
    top = rect(-21, -284, 42, 36, cap, 6) + rect(4, -284, 17, 36, SHADE, 6, 0.12)
    return f'<g opacity="{opacity}">{body(outline, color, *inner)}</g>{top}'


def jug(color: str, cap: str, label: str, emblem: str = "") -> str:
    """A big plastic bottle with a handle, 150 by 230."""
    outline = "M-74,-10Q-74,0 -64,0H64Q74,0 74,-10V-128C74,-176 28,-172 28,-204H-28C-28,-172 -74,-176 -74,-128z"
    inner = (
        path("M34,10V-128C34,-176 8,-172 8,-210H90V10z", SHADE, 0.1),
        rect(-90, -104, 180, 70, label),
        place(emblem, 0, -69),
        shine("M-56,-118C-54,-150 -24,-162 -18,-186", 8, 0.45),
    )
    grip = stroke("M26,-196C70,-206 96,-176 76,-132", darker(color, 0.25), 15)
    return grip + body(outline, color, *inner) + rect(-32, -228, 64, 30, cap, 6) + rect(6, -228, 26, 30, SHADE, 6, 0.12)


def jar(content: str, lid: str, inside: str = "", label: str = "") -> str:
    """A glass jar with a lid, 130 by 170; `inside` is seen through the glass."""
    outline = "M-50,-142C-64,-136 -66,-128 -66,-118V-16Q-66,0 -50,0H50Q66,0 66,-16V-118C66,-128 64,-136 50,-142z"
    return (
        body(
            outline,
            content,
            inside,
            label,
            rect(38, -150, 40, 160, SHADE, 0, 0.09),
            shine("M-50,-112V-34", 9, 0.5),
        )
        + body(box(-56, -172, 112, 32, 6), lid, rect(18, -180, 50, 50, SHADE, 0, 0.12), soft=0)
        + rect(-56, -150, 112, 10, SHADE, 4, 0.1)
    )


def tin(label: str, emblem: str = "", width: float = 120, height: float = 150) -> str:
    """A steel can with a paper label."""
    half, lip = width / 2, width * 0.11
    outline = f"M{-half},{-height}V{-lip}A{half},{lip} 0 0 0 {half},{-lip}V{-height}z"
    band = f"M{-half},{-height + 22}A{half},{lip} 0 0 0 {half},{-height + 22}V-26A{half},{lip} 0 0 1 {-half},-26z"
    return (
        body(
            outline,
            STEEL,
            path(band, label),
            place(emblem, 0, -height / 2 + 8),
            rect(half * 0.55, -height, half, height + 20, SHADE, 0, 0.12),
            rect(-half + 8, -height, 10, height + 20, LIGHT, 0, 0.35),
            soft=2,
        )
        + ellipse(0, -height, half + 1, lip + 2, "#dfe5ea")
        + ellipse(0, -height, half - 9, lip - 3, "#aeb9c2")
    )


def bowl(color: str, half: float, height: float, filling: str = "", inside: str | None = None) -> str:
    """A bowl twice `half` wide; the filling is drawn around the middle of its rim."""
    rim = half * 0.2
    outline = (
        f"M{-half},{-height}A{half},{rim} 0 0 0 {half},{-height}C{half},{-height * 0.35} {half * 0.6},0 {half * 0.42},0"
        f"H{-half * 0.42}C{-half * 0.6},0 {-half},{-height * 0.35} {-half},{-height}z"
    )
    shade = (
        f"M{half * 0.35},0"
        f"C{half * 0.75},{-height * 0.3} {half * 0.8},{-height * 0.6} {half * 0.8},{-height}"
        f"H{half * 1.2}V0z"
    )
    return (
        ellipse(0, -height, half, rim, inside or darker(color, 0.18))
        + place(filling, 0, -height)
        + body(outline, color, path(shade, SHADE, 0.1), soft=3)
        + shine(
            (
                f"M{-half * 0.82},{-height * 0.62}"
                f"C{-half * 0.74},{-height * 0.4} {-half * 0.66},{-height * 0.28} {-half * 0.56},{-height * 0.2}"
            ),
            7,
        )
    )


def tub(color: str, lid: str, emblem: str = "") -> str:
    """A plastic tub with a lid, 150 by 130."""
    return body(
        "M-66,-108H66L54,-6Q53,0 46,0H-46Q-53,0 -54,-6z",
        color,
        place(emblem, -4, -54),
        path("M30,-120H80V10H26z", SHADE, 0.08),
    ) + body(box(-74, -128, 148, 24, 8), lid, rect(30, -140, 60, 50, SHADE, 0, 0.1), soft=0)


def pouch(color: str, emblem: str = "", width: float = 150, height: float = 210) -> str:
    """A sealed bag with crimped ends; the emblem is drawn around its middle."""
    half, top = width / 2, height
    outline = (
        f"M{-half + 6},{-top + 18}C{-half - 8},{-top * 0.7} {-half - 8},{-top * 0.3} {-half + 6},-16"
        f"H{half - 6}C{half + 8},{-top * 0.3} {half + 8},{-top * 0.7} {half - 6},{-top + 18}z"
    )
    return (
        rect(-half + 4, -18, width - 8, 18, darker(color, 0.14), 3)
        + rect(-half + 4, -top, width - 8, 22, darker(color, 0.14), 3)
        + body(
            outline,
            color,
            place(emblem, 0, -top / 2),
            path(
                (
                    f"M{half * 0.62},{-top}"
                    f"C{half * 0.8},{-top * 0.6} {half * 0.8},{-top * 0.3} {half * 0.6},0"
                    f"H{half * 2}V{-top}z"
                ),
                SHADE,
                0.1,
            ),
            shine(
                f"M{-half + 14},{-top + 40}C{-half + 6},{-top * 0.66} {-half + 6},{-top * 0.5} {-half + 8},{-top * 0.4}"
            ),
            soft=2,
        )
        + stroke(f"M{-half + 14},-9H{half - 14}M{-half + 14},{-top + 10}H{half - 14}", LIGHT, 2, 0.35)
    )


def board(width: float = 380, color: str = WOOD) -> str:
    """A thick wooden board seen a little from above, its front edge on the ground."""
    half = width / 2
    return body(box(-half, -22, width, 22, 8), darker(color, 0.24), soft=0) + body(
        f"M{-half + 26},-58H{half - 26}L{half},-16H{-half}z",
        color,
        stroke(f"M{-half + 60},-46H{half - 150}M{-half + 120},-32H{half - 60}", darker(color, 0.12), 3, 0.6),
        soft=12,
    )


def plate(half: float = 170, color: str = "#fbfaf6") -> str:
    """A flat plate; goods stand on it about 16 pixels above the ground."""
    return (
        ellipse(0, -14, half, half * 0.17, darker(color, 0.14))
        + ellipse(0, -20, half, half * 0.17, color)
        + ellipse(0, -20, half * 0.74, half * 0.115, darker(color, 0.06))
    )


def drop(color: str, size: float = 1) -> str:
    return place(
        path("M0,-24C10,-8 17,0 17,9A17,17 0 0 1 -17,9C-17,0 -10,-8 0,-24z", color) + shine("M-8,8Q-7,16 0,18", 4),
        0,
        0,
        size,
    )
