"""`main.py stats`: the figures in the terminal, the same as files, and to the group."""

from pathlib import Path

import pytest

from bot.domain.accounting import Subject
from bot.domain.figures import Period
from bot.process import CannotStart
from bot.services.order_news import OrderNews
from bot.services.take_in import TakeIn
from handlers.terminal import figures as terminal
from integrations import chart
from tests.services.backroom import connect, phone_order
from tests.support.accounting import Ledger
from tests.support.desk import Office

DESKS = {"finance": ("telegram", "-1002")}


async def sell(office: Office) -> None:
    await office.books.write(connect)
    await TakeIn(office.books, Ledger(), office.clock).pull(Subject.ORDERS)
    await OrderNews(office.books, office.clock).take([phone_order()])


async def show(office: Office, csv: Path | None = None, png: Path | None = None) -> None:
    await terminal.show(office.app.figures, Period.THIS_WEEK, csv, png, chart.draw)


async def test_the_figures_are_plain_lines(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    await sell(office)
    await show(office)
    said = capsys.readouterr().out.replace("\u00a0", " ").splitlines()
    assert said[:4] == [
        "Показники: Пн 23.11.2026", "", "Замовлень: 1 на 1 149,60 грн",
        "Онлайн: 0 % (0), за сумою 0 %; орієнтир 52 %",
    ]  # fmt: skip


async def test_a_week_with_nothing_is_said_to_be_so(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    await show(office)
    assert "За цей час не було ні замовлень, ні оплат, ні повідомлень." in capsys.readouterr().out


async def test_the_table_and_the_chart_come_as_files(office: Office, tmp_path: Path) -> None:
    await sell(office)
    csv, png = tmp_path / "stats.csv", tmp_path / "stats.png"
    await show(office, csv, png)
    assert csv.read_bytes().startswith("\ufeffДень;Замовлення онлайн;".encode())
    assert csv.read_text("utf-8-sig").splitlines()[1].startswith("23.11.2026;0;0,00;1;1149,60;0;")
    assert png.read_bytes().startswith(b"\x89PNG")


async def test_a_file_that_is_there_is_never_written_over(office: Office, tmp_path: Path) -> None:
    there = tmp_path / "stats.csv"
    there.write_text("чуже")
    with pytest.raises(CannotStart, match="вже є"):
        await show(office, there)
    assert there.read_text() == "чуже"


async def test_without_shares_there_is_no_chart(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="Часток за цей час немає"):
        await show(office, None, tmp_path / "stats.png")


async def test_where_nothing_can_be_written_that_is_said(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="Файл не записано"):
        await show(office, tmp_path / "nowhere" / "stats.csv")


async def test_it_is_sent_only_where_there_is_a_group(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CannotStart, match="TELEGRAM__FINANCE_CHAT"):
        await terminal.send(office.app.figures, {})
    await terminal.send(office.app.figures, DESKS)
    assert "Показники минулого тижня надійдуть групі" in capsys.readouterr().out
    jobs = await office.books.read(lambda tx: tx.jobs.list(limit=10))
    assert [str(job.args["kind"]) for job in jobs] == ["figures"]
