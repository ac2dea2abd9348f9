"""What the campaigns' commands share: looking ahead, sending, the report and the halt.

What is heavy is imported by the command that needs it: the command line has to start at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

import typer

from bot.domain.campaign import Purpose, Wanted
from bot.domain.errors import NotFound, Refused
from bot.process import CannotStart

if TYPE_CHECKING:
    from handlers.app import App

Opened = Callable[[bool], "AbstractAsyncContextManager[App]"]
"""The services, and where it is wanted with the chats that are set up: that takes seconds."""
SHOWN = 50
REPORTS = 5
BY_HAND = "термінал"
REFUSALS = {
    "nobody_to_invite": "Запрошувати нікого: усі, кому можна написати, мають доступ або посилання, яке ще діє.",
    "no_messenger": "Немає ні TELEGRAM__TOKEN, ні VIBER__TOKEN: нема куди запрошувати.",
}


async def previewed(opened: Opened, wanted: Wanted, shown: int | None) -> None:
    from bot.domain.campaign import outlook
    from handlers.terminal import campaigns_report

    async with opened(False) as app:
        found = await app.campaigns.preview(wanted)
        said = campaigns_report.preview(wanted.purpose, found, outlook(found), shown or len(found))
        typer.echo("\n".join(said))


async def sent(opened: Opened, wanted: Wanted, yes: bool, where: str, *, chats: bool) -> None:
    """`where` is the command that tells how it goes. Raises CannotStart, NotFound."""
    from bot.domain.campaign import outlook
    from handlers.terminal import campaigns_report

    async with opened(chats) as app:
        found = outlook(await app.campaigns.preview(wanted))
        typer.echo("\n".join(campaigns_report.totals(wanted.purpose, found)))
        if not found.people and wanted.purpose is not Purpose.ACCESS:
            raise CannotStart("Надсилати нікому.")
        if found.people and not yes and not typer.confirm("Надіслати?"):
            raise CannotStart("Нічого не надіслано.")
        try:
            begun = await app.campaigns.begin(wanted, "")
        except Refused as refusal:
            raise CannotStart(REFUSALS[refusal.code]) from refusal
        if not begun.ours:
            raise CannotStart(f"Розсилка вже триває ({campaigns_report.begun(begun.campaign)}). Стан: {where}")
        people = found.people if wanted.most is None else min(wanted.most, found.people)
        typer.echo(f"Розсилку почато: людей {people}, {wanted.pace} на годину, лише вдень. Стан: {where}")


async def reported(opened: Opened, purposes: Sequence[Purpose]) -> None:
    from handlers.terminal import campaigns_report

    async with opened(False) as app:
        found = await app.campaigns.reports(purposes, REPORTS)
        typer.echo("\n".join(campaigns_report.report(purposes[0], found)))


async def halted(opened: Opened, purposes: Sequence[Purpose]) -> None:
    """All that go on. Raises CannotStart where none does."""
    async with opened(False) as app:
        halted = 0
        for purpose in purposes:
            running = (await app.campaigns.view(purpose)).running
            if running is not None and await app.campaigns.halt(running.campaign.id, BY_HAND):
                halted += 1
                word = "запрошено" if purpose is Purpose.ACCESS else "надіслано"
                typer.echo(f"Розсилку зупинено: {word} {running.told}.")
        if not halted:
            raise CannotStart("Жодна розсилка зараз не триває.")


def run(work: Awaitable[None]) -> None:
    """Do it, say what is wrong where it is, and be done."""

    async def done() -> None:
        await work

    try:
        asyncio.run(done())
    except CannotStart as error:
        words = str(error)
    except NotFound as error:
        words = f"Клієнта {error} немає. Потрібен код у 1С, ЄДРПОУ чи РНОКПП."
    else:
        return
    typer.echo(words, err=True)
    raise typer.Exit(1)
