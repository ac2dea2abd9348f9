"""`main.py digest`: the figures in the terminal, the same as files, and to the group."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.accounting import Subject
from bot.process import CannotStart
from bot.services.take_in import TakeIn
from handlers.terminal import digest as terminal
from integrations import chart, paper
from tests.services.backroom import connect
from tests.services.test_receivables_in import debt
from tests.support.accounting import Ledger
from tests.support.desk import Office
from tests.support.reading_papers import cells

DESKS = {"finance": ("telegram", "-1002")}


async def owe(office: Office) -> None:
    ledger = Ledger()
    ledger.owes(debt("d1", "1000.00"), debt("d2", "250.50", due=date(2026, 11, 23) + timedelta(days=1)))
    await office.books.write(connect)
    await TakeIn(office.books, ledger, office.clock).pull(Subject.RECEIVABLES)


async def show(office: Office, xlsx: Path | None = None, png: Path | None = None) -> None:
    await terminal.show(office.app, xlsx, png, paper.draw, chart.draw)


def pictures(folder: Path) -> list[Path]:
    return list(folder.glob("*.png"))


async def test_the_figures_are_plain_lines(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    await owe(office)
    await show(office)
    said = capsys.readouterr().out.replace("\u00a0", " ").splitlines()
    assert said[:3] == [
        "Борги на 23.11.2026", "Усього: 1 250,50 грн, 1 клієнт", "Прострочено: 1 000,00 грн (79 %), 1 клієнт",
    ]  # fmt: skip
    assert "1. Кафе «Ранок»: 1 250,50 грн, прострочено 1 000,00 грн" in said


async def test_the_table_and_the_chart_come_as_files(office: Office, tmp_path: Path) -> None:
    await owe(office)
    xlsx, png = tmp_path / "debts.xlsx", tmp_path / "debts.png"
    await show(office, xlsx, png)
    rows = cells(xlsx.read_bytes())
    assert [row for row in rows if row[0] == "Кафе «Ранок»"] == [
        ["Кафе «Ранок»", "Накладна РН-d1 від 10.11.2026", date(2026, 11, 10), date(2026, 11, 17), 6, 1000, 1000],
        ["Кафе «Ранок»", "Накладна РН-d2 від 10.11.2026", date(2026, 11, 10), date(2026, 11, 24), 0, 1000, 250.5],
    ]
    assert png.read_bytes().startswith(b"\x89PNG")


async def test_a_file_that_is_there_is_never_written_over(office: Office, tmp_path: Path) -> None:
    await owe(office)
    there = tmp_path / "debts.xlsx"
    there.write_text("чуже")
    with pytest.raises(CannotStart, match="вже є"):
        await show(office, there)
    assert there.read_text() == "чуже"


async def test_of_no_debts_there_are_no_files(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="Ніхто нічого не винен"):
        await show(office, None, tmp_path / "debts.png")
    assert pictures(tmp_path) == []


async def test_where_nothing_can_be_written_that_is_said(office: Office, tmp_path: Path) -> None:
    await owe(office)
    with pytest.raises(CannotStart, match="Файл не записано"):
        await show(office, None, tmp_path / "nowhere" / "debts.png")


async def test_it_is_sent_only_where_there_is_a_group(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CannotStart, match="TELEGRAM__FINANCE_CHAT"):
        await terminal.send(office.app.digest, {})
    await terminal.send(office.app.digest, DESKS)
    assert "Зведення надійде групі" in capsys.readouterr().out
    jobs = await office.books.read(lambda tx: tx.jobs.list(limit=10))
    assert sorted(str(job.args["kind"]) for job in jobs) == ["digest", "digest_table"]
