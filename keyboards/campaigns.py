"""Keyboards of campaigns: letting people in, price lists and offers; and a person's own links."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.conversation.screen import Button, Link, Rows, Tap
from bot.domain.campaign import Purpose
from bot.i18n import Translator
from keyboards.rows import choices, pager
from keyboards.staff_actions import (
    AskCampaign,
    ChooseOffer,
    HaltCampaign,
    ShowCampaign,
    ShowMailings,
    ShowReports,
    ShowStanding,
    StartCampaign,
)

NAMES = {"telegram": "Telegram", "viber": "Viber"}


def entrance(tr: Translator, links: Mapping[str, str]) -> Rows:
    """A person's own links, the preferred messenger first."""
    return tuple(
        (Link(tr.label("Open in {messenger}", messenger=NAMES.get(channel, channel)), url),)
        for channel, url in links.items()
    )


def campaign(tr: Translator, purpose: Purpose, category: UUID | None, *, people: int, running: UUID | None) -> Rows:
    """What can be done now: begin, or stop what goes on."""
    rows: list[tuple[Button, ...]] = []
    if running is not None:
        rows.append((Tap(tr.label("Stop sending"), HaltCampaign(purpose, running)),))
    elif people:
        rows.append((Tap(tr.label("Send to all"), AskCampaign(purpose, category)),))
    refresh = Tap(tr.label("Refresh"), ShowCampaign(purpose, category))
    rows.append((Tap(tr.label("Report"), ShowReports(purpose)), refresh))
    rows.append((_back(tr, purpose),))
    return tuple(rows)


def confirm(tr: Translator, purpose: Purpose, category: UUID | None, people: int) -> Rows:
    return (
        (Tap(tr.label("Yes, send"), StartCampaign(purpose, people, category)),),
        (Tap(tr.label("No, back"), ShowCampaign(purpose, category)),),
    )


def reports(tr: Translator, purpose: Purpose) -> Rows:
    return ((Tap(tr.label("Refresh"), ShowReports(purpose)), Tap(tr.label("Back"), _home(purpose))),)


def mailings(tr: Translator) -> Rows:
    """What can be sent to everybody who orders."""
    return (
        (Tap(tr.label("Price list"), ShowCampaign(Purpose.PRICE_LIST)),),
        (Tap(tr.label("Offer: usual basket"), ShowCampaign(Purpose.OFFER)),),
        (Tap(tr.label("Offer of a category"), ChooseOffer()),),
        (Tap(tr.label("Report"), ShowReports(Purpose.PRICE_LIST)), Tap(tr.label("State of 1C"), ShowStanding())),
    )


def categories(tr: Translator, shown: Sequence[tuple[UUID, str]], start: int, page: int, pages: int) -> Rows:
    """Of what everybody is to get an offer."""
    return (
        *choices([(name, ShowCampaign(Purpose.OFFER, category)) for category, name in shown], start),
        *pager(tr, page, pages, ChooseOffer),
        (Tap(tr.label("Back"), ShowMailings()),),
    )


def _home(purpose: Purpose) -> ShowCampaign | ShowMailings:
    return ShowCampaign(purpose) if purpose is Purpose.ACCESS else ShowMailings()


def _back(tr: Translator, purpose: Purpose) -> Tap:
    if purpose is Purpose.ACCESS:
        return Tap(tr.label("State of 1C"), ShowStanding())
    return Tap(tr.label("Back"), ShowMailings())
