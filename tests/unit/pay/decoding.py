"""Reads a QR back with a reader that shares nothing with its maker: from our SVG, from grey dots."""

import base64
import re
from xml.etree import ElementTree

import zxingcpp

DOTS = 6
"""Of one module's side."""
_STROKE = re.compile(r"M(\d+) (\d+)\.5h(\d+)")
_SVG = "{http://www.w3.org/2000/svg}"


def read_svg(svg: str) -> str:
    """The text in the picture as a camera sees it: the circle hides what is under it."""
    root = ElementTree.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[-1])
    dots = [bytearray(b"\xff" * side * DOTS) for _ in range(side * DOTS)]
    strokes = next(path.attrib["d"] for path in root.findall(f"{_SVG}path") if "stroke" in path.attrib)
    for x, y, length in (map(int, stroke) for stroke in _STROKE.findall(strokes)):
        for row in dots[y * DOTS : (y + 1) * DOTS]:
            row[x * DOTS : (x + length) * DOTS] = bytes(length * DOTS)
    circle = root.find(f"{_SVG}g/{_SVG}circle")
    assert circle is not None
    radius, middle = float(circle.attrib["r"]) * DOTS, side * DOTS // 2
    for y in range(int(middle - radius), int(middle + radius) + 1):
        half = int(max(0.0, radius**2 - (y - middle) ** 2) ** 0.5)
        dots[y][middle - half : middle + half] = b"\xff" * (2 * half)
    return read_dots(b"".join(dots), side * DOTS)


def read_dots(grey: bytes, width: int) -> str:
    """The one QR in a picture of grey dots, row by row."""
    rows = memoryview(grey).cast("B", shape=[len(grey) // width, width])
    (found,) = zxingcpp.read_barcodes(rows)
    assert found.format is zxingcpp.BarcodeFormat.QRCode
    return found.text


def modules(svg: str) -> int:
    """The side of the code without its margin."""
    side = re.search(r'viewBox="0 0 (\d+) ', svg)
    assert side
    return int(side[1]) - 8


def lines_of(link: str) -> list[str]:
    """What a bank's app finds in the link."""
    data = link.removeprefix("https://bank.gov.ua/qr/")
    return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)).decode("cp1251").split("\r\n")
