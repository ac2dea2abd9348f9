"""The terminal's words about templates of contracts."""

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bot.domain.errors import NotFound, Unavailable
from bot.domain.signing import DocumentKind
from bot.domain.template.checking import BrokenTemplate, TemplateProblem, likely_kind, problems_of
from bot.i18n import KYIV, translator
from bot.process import CannotStart
from bot.services.contract_facts import Wanted
from bot.services.templates import LARGEST, SAMPLE, TITLES
from handlers.app import App
from handlers.template_words import problem

BY = ("main.py", "terminal")
FOUND = 10


async def listed(app: App) -> None:
    for view in await app.templates.all():
        used = f"версія {view.in_use.version}, {view.in_use.name}" if view.in_use else SAMPLE
        typer.echo(f"{TITLES[view.kind]} ({view.kind.value}): {used}")
        for row in view.versions:
            chosen = row.chosen_at.astimezone(KYIV)
            typer.echo(
                f"  {row.version}. {row.name}, {row.by_name}, {chosen:%d.%m.%Y %H:%M}, SHA-256 {row.sha256[:16]}…"
            )


async def checked(app: App, file: Path) -> None:
    """Raises CannotStart for a file that cannot be a template of anything."""
    inspected = await app.templates.inspect(await _read(file))
    likely = likely_kind(inspected)
    found = problems_of(likely, inspected)
    if found:
        like = f" найбільше схоже на «{TITLES[likely]}», але:" if inspected.fields else ""
        raise CannotStart(f"{file}:{like}\n{_said(found)}")
    typer.echo(f"{file}: {TITLES[likely]}, усе гаразд. Полів: {len(inspected.fields)}")
    for field in inspected.fields:
        typer.echo(f"  {field}")


async def added(app: App, kind: DocumentKind, file: Path) -> None:
    """Raises CannotStart."""
    offer = await app.templates.offer(file.name, await _read(file), BY)
    if offer.problems[kind]:
        raise CannotStart(f"{file} не може бути шаблоном «{TITLES[kind]}»:\n{_said(offer.problems[kind])}")
    row = await app.templates.take(None, offer.file.id, kind, BY)
    typer.echo(f"{TITLES[kind]}: тепер версія {row.version}, {row.name}")


async def filled(app: App, kind: DocumentKind, client: str, out: Path, number: str) -> None:
    """Raises CannotStart."""
    clients = await app.digest.named(client)
    if len(clients) != 1:
        names = "".join(f"\n  {one.name}" for one in clients[:FOUND])
        raise CannotStart(f"Клієнтів «{client}»: {len(clients)}. Уточніть назву або код.{names}")
    if await asyncio.to_thread(out.exists):
        raise CannotStart(f"{out} уже є. Назвіть новий файл.")
    wanted = Wanted(kind, clients[0].id, number, app.templates.today())
    with TemporaryDirectory(prefix="komora-") as folder:
        try:
            made, _ = await app.templates.document(wanted, Path(folder), signed=False)
        except NotFound as error:
            raise CannotStart("Такого клієнта вже немає.") from error
        except Unavailable as error:
            raise CannotStart("Борги з 1С застарілі: спершу main.py pull receivables.") from error
        except BrokenTemplate as error:
            raise CannotStart(f"Шаблон не заповнюється:\n{_said(error.problems)}") from error
        if made.lacks:
            raise CannotStart(
                "\n".join([f"{clients[0].name}: документ не заповнено.", *(f"• {one}" for one in made.lacks)])
            )
        await _given(made.file, made.source, out)
    typer.echo(f"{TITLES[kind]}, {clients[0].name}: {out} (шаблон: {made.template})")


async def _given(file: Path | None, source: Path | None, out: Path) -> None:
    """Raises CannotStart where a PDF is wanted and there is none."""
    same = next((path for path in (file, source) if path is not None and path.suffix == out.suffix.lower()), None)
    if same is None:
        raise CannotStart("Потрібен файл .docx або .pdf. PDF робить LibreOffice; без нього назвіть .docx.")
    await asyncio.to_thread(shutil.copyfile, same, out)


async def _read(file: Path) -> bytes:
    """Raises CannotStart."""
    try:
        return await asyncio.to_thread(_content, file)
    except OSError as error:
        raise CannotStart(f"{file}: файл не читається.") from error


def _content(file: Path) -> bytes:
    """One byte more than may be, at most: that is enough to be refused."""
    with file.open("rb") as read:
        return read.read(LARGEST + 1)


def _said(found: Sequence[TemplateProblem]) -> str:
    tr = translator("uk")
    return "\n".join(f"• {problem(tr, one).striptags()}" for one in found)
