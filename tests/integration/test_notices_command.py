"""`main.py notices`: the command line over a real database."""

import asyncio
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from bot.db.opening import open_books
from bot.db.schema import migrate
from bot.db.tx import Tx
from bot.domain.dispatch import DispatchState, Way
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from tests.db.people import OLENA, RANOK
from tests.support.desk import MONDAY_MORNING
from tests.support.loopback import PATIENCE
from tests.support.wholesaler import fill

ROOT = Path(__file__).parents[2]
PHONE = "+380671112233"


def _told(tx: Tx) -> UUID:
    dispatch = tx.dispatches.add(OLENA, RANOK.id, Notice(NoticeKind.PAY_LINK, "order"), MONDAY_MORNING)
    assert dispatch is not None
    tx.dispatches.settle(dispatch, DispatchState.SENT, way=Way.SMS.value, address=PHONE, price=Money(240))
    free = tx.dispatches.add(OLENA, RANOK.id, Notice(NoticeKind.ORDER_CHANGED, "order"), MONDAY_MORNING)
    assert free is not None
    tx.dispatches.settle(free, DispatchState.SEEN, way=Way.VIBER.value, address="olena")
    return dispatch


async def _fill(url: str) -> UUID:
    await migrate(url)
    books = open_books(url)
    try:
        await books.write(fill)
        return await books.write(_told)
    finally:
        await books.close()


@pytest.fixture
def notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    url = f"sqlite+aiosqlite:///{tmp_path / 'komora.db'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("NOTICES__SMS_PRICE", "1.50")
    return asyncio.run(_fill(url))


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "main.py"), "notices", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)


def test_what_was_told_is_listed_by_state_and_client(notice: UUID) -> None:
    assert [line.split()[0] == str(notice) for line in run("list", "--state", "sent").stdout.splitlines()] == [True]
    assert len(run("list", "--client", "1759013776", "--since", "2026-11-23").stdout.splitlines()) == 2
    assert run("list", "--since", "2026-11-24").stdout == "Повідомлень немає.\n"


def test_a_client_that_is_not_known_is_named(notice: UUID) -> None:
    result = run("list", "--client", "000")
    assert (result.returncode, result.stderr) == (1, "Клієнта з кодом 000 немає.\n")


def test_one_is_shown_without_the_phone(notice: UUID) -> None:
    shown = run("show", str(notice)).stdout
    assert "Олена, Кафе «Ранок»" in shown
    assert "Куди: …2233" in shown
    assert PHONE not in shown
    assert run("show", str(UUID(int=0))).returncode == 1


def test_a_month_is_told_with_what_was_saved_at_the_price_of_sms(notice: UUID) -> None:
    told = run("cost", "--month", "2026-11").stdout.replace("\u00a0", " ").splitlines()
    assert told[-2:] == ["Разом витрачено: 2,40 грн", "безплатні повідомлення зекономили 3,00 грн проти SMS"]
