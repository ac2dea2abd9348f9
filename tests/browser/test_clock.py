"""Time moved on the demo page: the product's morning jobs run, and 1C's time is the new one."""

import re
import sqlite3
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.async_api import Page, expect

from tests.browser.test_demo import take

KYIV = ZoneInfo("Europe/Kyiv")
ROOT = Path(__file__).parents[2]
MORNING_JOBS = {"reconcile": "06:30", "reconcile_cards": "06:40", "remind_of_held": "09:00", "tell_failures": "09:30"}


def ticks(file: Path) -> dict[str, str]:
    """The last tick of every schedule that became a job, in Kyiv."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        found = database.execute("select name, last_tick from schedules").fetchall()
    moments = {name: datetime.fromisoformat(f"{tick}+00:00").astimezone(KYIV) for name, tick in found}
    return {name: f"{moment:%Y-%m-%d %H:%M}" for name, moment in moments.items()}


async def test_to_the_next_working_morning(page: Page) -> None:
    clock = page.locator("#clock")
    await clock.locator("summary").click()
    await take(page, "clock")
    await clock.get_by_role("button", name="Наступний робочий ранок").click()
    await expect(clock.locator("time")).to_have_text(re.compile("09:3[5-9]"))
    shown = await clock.locator("time").get_attribute("datetime")
    assert shown is not None
    day = datetime.fromisoformat(shown).astimezone(KYIV).date()

    place = urlsplit(page.url)
    told = await page.request.post(f"http://{place.netloc}/onec/_control/clock", data={"advance": 0})
    assert datetime.fromisoformat((await told.json())["now"]).date() == day

    file = ROOT / "var" / "demo" / str(place.port) / "komora.db"
    wanted = {name: f"{day} {at}" for name, at in MORNING_JOBS.items()}
    while not wanted.items() <= ticks(file).items():
        await page.wait_for_timeout(100)
