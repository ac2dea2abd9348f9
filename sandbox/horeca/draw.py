"""Draws a picture for every category of the demo price list: `python -m sandbox.horeca.draw`.

A developer's command, it needs Chromium; the product itself reads only `pictures.csv` and the PNG files.
"""

import csv
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from sandbox.horeca.drawing.departments import DEPARTMENTS
from sandbox.horeca.drawing.png import with_palette
from sandbox.horeca.drawing.shapes import HEIGHT, WIDTH
from sandbox.horeca.drawing.slug import slug

HERE = Path(__file__).parent
CHROMIUM_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]


def pictures() -> dict[str, str]:
    """Return the SVG of each category path."""
    return {category: svg for department in DEPARTMENTS for category, svg in department.pictures().items()}


def rendered(page: Page, svg: str) -> bytes:
    page.set_content(f'<body style="margin:0">{svg}')
    return with_palette(page.screenshot())


def draw(folder: Path) -> None:
    """Write `pictures/*.png` and `pictures.csv` into a folder."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    drawings = pictures()
    files = {category: f"{slug(category)}.png" for category in drawings}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for category, svg in drawings.items():
            (folder / "pictures" / files[category]).write_bytes(rendered(page, svg))
        browser.close()
    with (folder / "pictures.csv").open("w", encoding="utf-8", newline="") as table:
        csv.writer(table, lineterminator="\n").writerows([("category_path", "file"), *files.items()])


if __name__ == "__main__":
    draw(HERE)
