"""`main.py invites`: everybody who has no access yet is invited, and what came of it.

What is heavy is imported by the command that needs it: the command line has to start at once.
"""

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.domain.campaign import LEAST_PACE, MOST_PACE, PACE, Purpose, Wanted
from bot.process import CannotStart
from handlers.terminal.campaigns import SHOWN, Opened, halted, previewed, reported, run, sent

T = TypeVar("T")
Codes = Annotated[
    list[str] | None, typer.Option("--client", help="лише люди цього клієнта: код у 1С, ЄДРПОУ чи РНОКПП; можна кілька")
]
Again = Annotated[bool, typer.Option("--again", help="і тих, чиє попереднє посилання ще діє")]
Contact = Annotated[str, typer.Argument(help="телефон або адреса пошти")]


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
        run(previewed(opened, Wanted(Purpose.ACCESS, client or [], again), None if every else SHOWN))

    @cli.command()
    def send(
        client: Codes = None,
        limit: Annotated[int | None, typer.Option(min=1, help="не більше стількох людей")] = None,
        again: Again = False,
        pace: Annotated[int, typer.Option(min=LEAST_PACE, max=MOST_PACE, help="скільки запрошень на годину")] = PACE,
        yes: Annotated[bool, typer.Option("--yes", help="не перепитувати")] = False,
    ) -> None:
        """Почати розсилку запрошень; далі її веде продукт, що працює (main.py run)."""
        wanted = Wanted(Purpose.ACCESS, client or [], again, most=limit, pace=pace)
        run(sent(opened, wanted, yes, "main.py invites report", chats=True))

    @cli.command()
    def report() -> None:
        """Що вийшло з розсилок: надіслано, доставлено, прочитано, увійшло, не вдалося, скільки коштувало."""
        run(reported(opened, (Purpose.ACCESS,)))

    @cli.command()
    def halt() -> None:
        """Зупинити розсилку, яка триває: більше нікого не запрошувати."""
        run(halted(opened, (Purpose.ACCESS,)))

    @cli.command()
    def stop(contact: Contact) -> None:
        """Нічого не надсилати на цей телефон чи адресу пошти."""
        run(_stop(opened, contact))

    @cli.command()
    def resume(contact: Contact) -> None:
        """Знову надсилати на цей телефон чи адресу пошти."""
        run(_resume(opened, contact))

    @cli.command()
    def qr(out: Annotated[Path, typer.Option(help="новий файл .svg або .png")]) -> None:
        """QR-код, що відкриває бота: один для всіх, для друкованої форми рахунка."""
        run(_qr(opened, out))

    return cli


async def _stop(opened: Opened, written: str) -> None:
    async with opened(False) as app:
        await _of(app.stop_list.stop(written))
        typer.echo("Додано до стоп-листа: туди більше нічого не надійде.")


async def _resume(opened: Opened, written: str) -> None:
    async with opened(False) as app:
        there = await _of(app.stop_list.resume(written))
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
