"""Keyboards about letting people in: their own links, and the campaign of the managers' group."""

from collections.abc import Mapping
from uuid import UUID

from bot.conversation.screen import Button, Link, Rows, Tap
from bot.i18n import Translator
from keyboards.staff_actions import AskInvites, HaltInvites, ShowInvites, ShowReports, ShowStanding, StartInvites

NAMES = {"telegram": "Telegram", "viber": "Viber"}


def entrance(tr: Translator, links: Mapping[str, str]) -> Rows:
    """A person's own links, the preferred messenger first."""
    return tuple(
        (Link(tr.label("Open in {messenger}", messenger=NAMES.get(channel, channel)), url),)
        for channel, url in links.items()
    )


def invites(tr: Translator, *, people: int, running: UUID | None) -> Rows:
    """What can be done now: begin, or stop what goes on."""
    rows: list[tuple[Button, ...]] = []
    if running is not None:
        rows.append((Tap(tr.label("Stop inviting"), HaltInvites(running)),))
    elif people:
        rows.append((Tap(tr.label("Send to all"), AskInvites()),))
    rows.append((Tap(tr.label("Report"), ShowReports()), Tap(tr.label("Refresh"), ShowInvites())))
    rows.append((Tap(tr.label("State of 1C"), ShowStanding()),))
    return tuple(rows)


def confirm(tr: Translator, people: int) -> Rows:
    return (
        (Tap(tr.label("Yes, send"), StartInvites(people)),),
        (Tap(tr.label("No, back"), ShowInvites()),),
    )


def reports(tr: Translator) -> Rows:
    return ((Tap(tr.label("Refresh"), ShowReports()), Tap(tr.label("Invite clients"), ShowInvites())),)
