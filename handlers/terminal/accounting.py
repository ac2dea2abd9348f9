"""`main.py pull` and `main.py reconcile`: by hand what the background does by the clock."""

import sys
from collections.abc import Sequence

import typer

from bot.db.books import Books
from bot.domain.accounting import Subject
from bot.domain.errors import OutsideError
from bot.domain.pull import PullReport
from bot.ports import Accounting, Clock
from bot.process import CannotStart
from bot.services.reconciliation import Reconciliation
from bot.services.take_in import ALL, TakeIn
from handlers.terminal import work_report


def subjects(names: Sequence[str]) -> Sequence[Subject]:
    """All of them where none is named. Raises CannotStart."""
    unknown = [name for name in names if name not in list(Subject)]
    if unknown:
        raise CannotStart(f"Немає такого: {', '.join(unknown)}. Є: {', '.join(Subject)}.")
    return [Subject(name) for name in names] or ALL


def require(accounting: Accounting | None) -> Accounting:
    """Raises CannotStart."""
    if accounting is None:
        raise CannotStart("ONEC__BASE_URL: задайте адресу публікації 1С.")
    return accounting


async def pull(books: Books, accounting: Accounting, wanted: Sequence[Subject], now: Clock, *, full: bool) -> None:
    """Raises CannotStart where 1C does not give; what came before it stays."""
    take_in = TakeIn(books, accounting, now)
    for subject in wanted:
        try:
            report = await take_in.pull(subject, full=full, told=_tell)
        except OutsideError as error:
            name = work_report.SUBJECTS[subject]
            raise CannotStart(f"{name}: 1С не віддала ({error}). Перевірте: main.py check") from error
        typer.echo("\n".join(work_report.pulled(report)))


async def reconcile(books: Books, accounting: Accounting, now: Clock) -> None:
    """Raises CannotStart."""
    try:
        report = await Reconciliation(books, accounting, now).compare()
    except OutsideError as error:
        raise CannotStart(f"1С не віддала замовлень ({error}). Перевірте: main.py check") from error
    typer.echo(work_report.reconciled(report))


def _tell(report: PullReport) -> None:
    if sys.stderr.isatty():
        typer.echo(f"  {work_report.SUBJECTS[report.subject]}: {report.seen} …\r", err=True, nl=False)
