"""Primitive shapes: each function returns an SVG fragment, the light falls from the upper left."""

from random import Random
from zlib import crc32

WIDTH, HEIGHT = 640, 480
GROUND = 392  # where things stand, in pixels from the top
SHADE, LIGHT = "#2b1608", "#ffffff"


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that holds `share` (0..1) of the second `#rrggbb` colour."""
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darker(color: str, share: float = 0.16) -> str:
    return mix(color, SHADE, share)


def lighter(color: str, share: float = 0.35) -> str:
    return mix(color, LIGHT, share)


def path(outline: str, fill: str, opacity: float = 1) -> str:
    return f'<path d="{outline}" fill="{fill}" opacity="{opacity}"/>'


def stroke(outline: str, color: str, width: float, opacity: float = 1) -> str:
    return (
        f'<path d="{outline}" fill="none" stroke="{color}" stroke-width="{width}" opacity="{opacity}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def shine(outline: str, width: float = 8, opacity: float = 0.5) -> str:
    return stroke(outline, LIGHT, width, opacity)


def circle(x: float, y: float, radius: float, fill: str, opacity: float = 1) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" opacity="{opacity}"/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, opacity: float = 1, turn: float = 0) -> str:
    return (
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}" opacity="{opacity}"'
        f' transform="rotate({turn:.1f} {x:.1f} {y:.1f})"/>'
    )


def rect(x: float, y: float, width: float, height: float, fill: str, radius: float = 0, opacity: float = 1) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius}"'
        f' fill="{fill}" opacity="{opacity}"/>'
    )


def oval(x: float, y: float, rx: float, ry: float) -> str:
    """Return the outline of an ellipse, for `body`."""
    return f"M{x - rx},{y}a{rx},{ry} 0 1 0 {2 * rx},0a{rx},{ry} 0 1 0 {-2 * rx},0z"


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> str:
    """Return the outline of a rounded rectangle, for `body`."""
    r = radius
    return (
        f"M{x + r},{y}h{width - 2 * r}a{r},{r} 0 0 1 {r},{r}v{height - 2 * r}a{r},{r} 0 0 1 {-r},{r}"
        f"h{2 * r - width}a{r},{r} 0 0 1 {-r},{-r}v{2 * r - height}a{r},{r} 0 0 1 {r},{-r}z"
    )


def body(outline: str, fill: str, *details: str, soft: float = 4) -> str:
    """Return a filled outline with corners softened by `soft` pixels; the details are cut at the outline."""
    name = f"c{crc32(outline.encode()):x}"
    return (
        f'<clipPath id="{name}"><path d="{outline}"/></clipPath>'
        f'<path d="{outline}" fill="{fill}" stroke="{fill}" stroke-width="{soft}" stroke-linejoin="round"/>'
        f'<g clip-path="url(#{name})">{"".join(details)}</g>'
    )


def ball(x: float, y: float, radius: float, fill: str, *details: str) -> str:
    """Return a round thing with its shaded side and a highlight."""
    return body(
        oval(x, y, radius, radius),
        darker(fill, 0.13),
        circle(x - radius * 0.14, y - radius * 0.14, radius * 0.98, fill),
        *details,
        ellipse(x - radius * 0.42, y - radius * 0.45, radius * 0.22, radius * 0.14, LIGHT, 0.5, -40),
        soft=0,
    )


def place(art: str, x: float, y: float, scale: float = 1, turn: float = 0, mirror: bool = False) -> str:
    sideways = -scale if mirror else scale
    return f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({sideways:.3f} {scale:.3f})">{art}</g>'


def shadow(x: float, y: float, width: float) -> str:
    return ellipse(x, y, width / 2, max(6, width * 0.065), SHADE, 0.13)


def stand(
    art: str, x: float, width: float, y: float = GROUND, scale: float = 1, turn: float = 0, mirror: bool = False
) -> str:
    """Place a thing drawn around its bottom centre, with a shadow as wide as `width` pixels of the picture."""
    return shadow(x + 6, y, width) + place(art, x, y, scale, turn, mirror)


def scattered(count: int, seed: int, left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    """Return points spread over a rectangle, the same ones each time: every cell of a grid holds about one."""
    dice = Random(seed)
    columns = max(1, round((count * (right - left) / (bottom - top)) ** 0.5))
    rows = -(-count // columns)
    wide, high = (right - left) / columns, (bottom - top) / rows
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    return [
        (left + (column + dice.uniform(0.15, 0.85)) * wide, top + (row + dice.uniform(0.15, 0.85)) * high)
        for column, row in cells[:count]
    ]
