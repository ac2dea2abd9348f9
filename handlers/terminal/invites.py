"""`main.py invites`: everybody who has no access yet is invited, and what came of it.

What is heavy is imported by the command that needs it: the command line has to start at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.domain.access import LEAST_PACE, MOST_PACE, PACE
from bot.domain.errors import NotFound, Refused
from bot.process import CannotStart

if TYPE_CHECKING:
    from handlers.app import App

T = TypeVar("T")
Opened = Callable[[bool], "AbstractAsyncContextManager[App]"]
"""The services, and where it is wanted with the chats that are set up: that takes seconds."""
Codes = Annotated[
    list[str] | None, typer.Option("--client", help="лише люди цього клієнта: код у 1С, ЄДРПОУ чи РНОКПП; можна кілька")
]
Again = Annotated[bool, typer.Option("--again", help="і тих, чиє попереднє посилання ще діє")]
Contact = Annotated[str, typer.Argument(help="телефон або адреса пошти")]
SHOWN = 50
REPORTS = 5
BY_HAND = "термінал"
REFUSALS = {
    "nobody_to_invite": "Запрошувати нікого: усі, кому можна написати, мають доступ або посилання, яке ще діє.",
    "no_messenger": "Немає ні TELEGRAM__TOKEN, ні VIBER__TOKEN: нема куди запрошувати.",
}


def commands(opened: Opened) -> typer.Typer:
    """The commands, over what the composition root opens for them."""
    cli = typer.Typer(no_args_is_help=True, help="Запросити до бота всіх, хто ще не має доступу.")

    @cli.command()
    def preview(
        client: Codes = None,
        again: Again = False,
        every: Annotated[bool, typer.Option("--all", help="показати всіх, а не перших 50")] = False,
    ) -> None:
        """Кого буде запрошено, як і приблизно за скільки; кого ні і чому."""
        _run(_preview(opened, client or [], again, None if every else SHOWN))

    @cli.command()
    def send(
        client: Codes = None,
        limit: Annotated[int | None, typer.Option(min=1, help="не більше стількох людей")] = None,
        again: Again = False,
        pace: Annotated[int, typer.Option(min=LEAST_PACE, max=MOST_PACE, help="скільки запрошень на годину")] = PACE,
        yes: Annotated[bool, typer.Option("--yes", help="не перепитувати")] = False,
    ) -> None:
        """Почати розсилку запрошень; далі її веде продукт, що працює (main.py run)."""
        _run(_send(opened, client or [], again, limit, pace, yes))

    @cli.command()
    def report() -> None:
        """Що вийшло з розсилок: надіслано, доставлено, прочитано, увійшло, не вдалося, скільки коштувало."""
        _run(_report(opened))

    @cli.command()
    def halt() -> None:
        """Зупинити розсилку, яка триває: більше нікого не запрошувати."""
        _run(_halt(opened))

    @cli.command()
    def stop(contact: Contact) -> None:
        """Нічого не надсилати на цей телефон чи адресу пошти."""
        _run(_stop(opened, contact))

    @cli.command()
    def resume(contact: Contact) -> None:
        """Знову надсилати на цей телефон чи адресу пошти."""
        _run(_resume(opened, contact))

    @cli.command()
    def qr(out: Annotated[Path, typer.Option(help="новий файл .svg або .png")]) -> None:
        """QR-код, що відкриває бота: один для всіх, для друкованої форми рахунка."""
        _run(_qr(opened, out))

    return cli


async def _preview(opened: Opened, codes: list[str], again: bool, shown: int | None) -> None:
    from bot.domain.access import outlook
    from handlers.terminal import invites_report

    async with opened(False) as app:
        found = await app.access.preview(codes, again=again)
        typer.echo("\n".join(invites_report.preview(found, outlook(found), shown or len(found))))


async def _send(opened: Opened, codes: list[str], again: bool, limit: int | None, pace: int, yes: bool) -> None:
    from bot.domain.access import outlook
    from handlers.terminal import invites_report

    async with opened(True) as app:
        found = outlook(await app.access.preview(codes, again=again))
        typer.echo("\n".join(invites_report.totals(found)))
        if found.people and not yes and not typer.confirm("Надіслати?"):
            raise CannotStart("Нічого не надіслано.")
        try:
            begun = await app.access.begin("", codes, again=again, most=limit, pace=pace)
        except Refused as refusal:
            raise CannotStart(REFUSALS[refusal.code]) from refusal
        if not begun.ours:
            raise CannotStart(
                f"Розсилка вже триває ({invites_report.begun(begun.campaign)}). Стан: main.py invites report"
            )
        people = found.people if limit is None else min(limit, found.people)
        typer.echo(f"Розсилку почато: людей {people}, {pace} на годину, лише вдень. Стан: main.py invites report")


async def _report(opened: Opened) -> None:
    from handlers.terminal import invites_report

    async with opened(False) as app:
        typer.echo("\n".join(invites_report.report(await app.access.reports(REPORTS))))


async def _halt(opened: Opened) -> None:
    async with opened(False) as app:
        running = (await app.access.view()).running
        if running is None or not await app.access.halt(running.campaign.id, BY_HAND):
            raise CannotStart("Жодна розсилка зараз не триває.")
        typer.echo(f"Розсилку зупинено: запрошено {running.invited}.")


async def _stop(opened: Opened, written: str) -> None:
    async with opened(False) as app:
        await _of(app.access.stop(written))
        typer.echo("Додано до стоп-листа: туди більше нічого не надійде.")


async def _resume(opened: Opened, written: str) -> None:
    async with opened(False) as app:
        there = await _of(app.access.resume(written))
        typer.echo("Прибрано зі стоп-листа." if there else "У стоп-листі цього немає.")


async def _qr(opened: Opened, target: Path) -> None:
    if target.suffix.lower() not in (".svg", ".png"):
        raise CannotStart("Потрібен файл .svg або .png, наприклад: main.py invites qr --out bot.svg")
    if await asyncio.to_thread(target.exists):
        raise CannotStart(f"Файл {target} уже є. Приберіть його або назвіть інший.")
    async with opened(True) as app:
        chats = app.invitations.chats
        links = await chats.plain()
    if not links:
        raise CannotStart("Жоден месенджер не дав посилання. Перевірте TELEGRAM__TOKEN і VIBER__TOKEN: main.py check")
    address = chats.permanent or next(iter(links.values()))
    try:
        await asyncio.to_thread(_draw, address, target)
    except OSError as error:
        raise CannotStart(f"Файл {target} не створити: {error.strerror}.") from None
    typer.echo(f"{address}\nФайл: {target}")


def _draw(address: str, target: Path) -> None:
    """Raises OSError."""
    import segno

    segno.make_qr(address, error="m").save(str(target), scale=10, border=4)


async def _of(asked: Awaitable[T]) -> T:
    try:
        return await asked
    except ValueError:
        raise CannotStart("Це ні телефон, ні адреса пошти. Приклад: main.py invites stop 0671234567") from None


def _run(work: Awaitable[None]) -> None:
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
