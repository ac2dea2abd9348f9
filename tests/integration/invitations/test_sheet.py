"""A sheet of invitations: drawn, photographed, and each code of it lets its person in once."""

import asyncio
import hashlib
import re
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import httpx
import pypdfium2
import pytest
import zxingcpp
from pydantic import SecretStr
from sqlalchemy import insert, select, update

import sandbox.telegram
import sandbox.viber
from bot.db import schema
from bot.db.books import Books
from bot.db.models import Account, Client, Invite, Person
from bot.db.opening import open_books
from bot.db.tx import Tx
from bot.domain.dialogue import Turn
from bot.domain.errors import Refused, Unavailable
from bot.ports import StartLinks
from bot.process import CannotStart
from bot.services.directory import Directory
from bot.services.joining import Joining
from handlers.terminal import invitations
from handlers.terminal.invitations import print_sheet
from integrations import telegram, viber
from integrations.paper import draw_invitations
from integrations.telegram import TelegramSettings
from integrations.viber import ViberSettings
from tests.support.desk import Clock
from tests.support.loopback import client, serving
from tests.support.reading_papers import pages
from tests.support.wholesaler import open_shop, uid

MAIN = Path(__file__).parents[3] / "main.py"
TELEGRAM = "7100000001:AAExampleTokenOfTheSheetTests1234567"
VIBER = "0123456789abcdef-0123456789abcdef-fedcba9876543210"


class Silent:
    """A messenger that does not answer."""

    channel = "viber"

    async def check(self) -> str:
        raise Unavailable("viber", "get_account_info", "no answer")

    def start_link(self, token: str) -> str:
        raise AssertionError("not asked for before a good check")


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as http:
        yield http


@pytest.fixture
async def messengers(http: httpx.AsyncClient) -> AsyncIterator[list[StartLinks]]:
    """Both, at their sandboxes."""
    here = sandbox.telegram.create_app(TELEGRAM, bot_username="komora_bot")
    async with serving(here) as one, serving(sandbox.viber.create_app(VIBER)) as other:
        settings = TelegramSettings(token=SecretStr(TELEGRAM), api_base=one)
        first = telegram.connect(settings, None, now=Clock())  # type: ignore[arg-type]
        known = ViberSettings(token=SecretStr(VIBER), api_base=f"{other}/pa")
        yield [first, viber.connect(known, None, http, now=Clock())]  # type: ignore[arg-type]
        await first.stop()


async def printed(
    books: Books, messengers: Sequence[StartLinks], target: Path, *codes: str, clock: Clock | None = None
) -> list[str]:
    """The sheet, and what a camera reads from its codes."""
    joining = Joining(books, None, company="ГастроОпт", now=clock or Clock())
    await print_sheet(Directory(books), joining, messengers, "ГастроОпт", codes, target, draw_invitations)
    document = pypdfium2.PdfDocument(target)
    found = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    document.close()
    return found


async def hashes(books: Books) -> dict[str, str]:
    """Whose invite each kept hash is."""

    def read(tx: Tx) -> dict[str, str]:
        rows = tx._connection.execute(
            select(Invite.token_hash, Person.name).join(Person, Person.id == Invite.person_id)
        )
        return {row.token_hash: row.name for row in rows}

    return await books.read(read)


def met(tx: Tx, account: str) -> None:
    tx.accounts.meet("telegram", account, "", Clock()(), None)


def joined(tx: Tx) -> None:
    """Olena has been here before."""
    values = {"channel": "telegram", "external_id": "7", "person_id": uid("Олена"), "created_at": Clock()()}
    tx._connection.execute(insert(Account).values(values))


async def test_every_code_is_somebodys_own_and_lets_them_in_once(
    stocked: Books, messengers: list[StartLinks], tmp_path: Path
) -> None:
    clock = Clock()
    codes = await printed(stocked, messengers, tmp_path / "qr.pdf", clock=clock)
    of_telegram = [code.removeprefix("https://t.me/komora_bot?start=") for code in codes if code.startswith("https")]
    of_viber = [code.rpartition("context=")[2] for code in codes if code.startswith("viber://pa?chatURI=")]
    assert (len(of_telegram), sorted(of_telegram)) == (3, sorted(of_viber))
    kept = await hashes(stocked)
    people = {token: kept[hashlib.sha256(token.encode()).hexdigest()] for token in of_telegram}
    assert set(people.values()) == {"Андрій", "Ірина", "Олена"}
    joining = Joining(stocked, None, company="ГастроОпт", now=clock)
    for number, (token, name) in enumerate(people.items()):
        account = str(number)
        await stocked.write(met, account)
        who = await joining.by_token(Turn("telegram", account, f"join {account}", clock()), token)
        assert who.name == name
        with pytest.raises(Refused, match="invite_used"):
            await joining.by_token(Turn("telegram", account, f"again {account}", clock()), token)


async def test_a_card_says_who_is_invited_where_and_until_when(
    stocked: Books, messengers: list[StartLinks], tmp_path: Path
) -> None:
    await printed(stocked, messengers, tmp_path / "qr.pdf", "14360570")
    (page,) = pages((tmp_path / "qr.pdf").read_bytes())
    assert page == (
        "ГастроОпт Ірина Готель «Дніпро» Наведіть камеру телефона на код, відкрийте чат і натисніть «Почати»: далі "
        "замовляйте без реєстрації. Посилання особисте й одноразове, діє до 23.12.2026. Telegram Viber"
    )


async def test_who_has_joined_and_who_acts_for_nobody_active_gets_no_card(
    stocked: Books, messengers: list[StartLinks], tmp_path: Path
) -> None:
    def change(tx: Tx) -> None:
        joined(tx)
        tx._connection.execute(update(Client).where(Client.id == uid("Готель «Дніпро»")).values(active=False))

    await stocked.write(change)
    await printed(stocked, messengers, tmp_path / "qr.pdf")
    (page,) = pages((tmp_path / "qr.pdf").read_bytes())
    assert [name in page for name in ("Олена", "Андрій", "Ірина", "Готель")] == [False, True, True, False]
    assert set((await hashes(stocked)).values()) == {"Андрій", "Ірина"}


async def test_the_sheet_is_for_us_alone_and_writes_over_nothing(
    stocked: Books, messengers: list[StartLinks], tmp_path: Path
) -> None:
    target = tmp_path / "qr.pdf"
    await printed(stocked, messengers, target)
    assert target.stat().st_mode & 0o777 == 0o600
    before = target.read_bytes()
    with pytest.raises(CannotStart, match="уже є"):
        await printed(stocked, messengers, target)
    assert target.read_bytes() == before
    assert len(await hashes(stocked)) == 3


async def test_a_messenger_that_is_silent_is_left_out(
    stocked: Books, messengers: list[StartLinks], tmp_path: Path
) -> None:
    codes = await printed(stocked, [messengers[0], Silent()], tmp_path / "qr.pdf")
    assert [code[:29] for code in codes] == ["https://t.me/komora_bot?start"] * 3


@pytest.mark.parametrize(
    ("codes", "said"), [(["1", "14360570"], "Клієнта з кодом 1 немає"), ([], "Жоден месенджер не дав посилань")]
)
async def test_where_no_sheet_can_come_of_it_nobody_is_invited(
    stocked: Books, tmp_path: Path, codes: list[str], said: str
) -> None:
    with pytest.raises(CannotStart, match=said):
        await printed(stocked, [Silent()], tmp_path / "qr.pdf", *codes)
    assert await hashes(stocked) == {}
    assert not (tmp_path / "qr.pdf").exists()


async def test_a_sheet_that_cannot_be_drawn_leaves_no_file(stocked: Books, tmp_path: Path) -> None:
    def fail(_: object, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError("disk full")

    joining = Joining(stocked, None, company="ГастроОпт", now=Clock())
    sure = Sure()
    with pytest.raises(OSError, match="disk full"):
        await print_sheet(Directory(stocked), joining, [sure], "ГастроОпт", [], tmp_path / "qr.pdf", fail)
    assert not (tmp_path / "qr.pdf").exists()


async def test_nobody_left_to_invite_and_too_many_are_said(
    stocked: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST", 2)
    with pytest.raises(CannotStart, match="Людей понад 2"):
        await printed(stocked, [Sure()], tmp_path / "qr.pdf")
    await stocked.write(lambda tx: tx._connection.execute(update(Person).values(active=False)))
    with pytest.raises(CannotStart, match="Запрошувати нікого"):
        await printed(stocked, [Sure()], tmp_path / "qr.pdf")
    assert await hashes(stocked) == {}


async def test_more_people_than_a_page_holds_go_on_the_next(tmp_path: Path, stocked: Books) -> None:
    def add(tx: Tx) -> None:
        for number in range(20):
            tx.clients.add_person(uid(f"new {number}"), f"new {number}", f"Новий {number}", f"+38067000{number:04d}")
            tx.clients.add_member(uid(f"new {number}"), uid("Кафе «Ранок»"), orders=True, pays=False, signs=False)

    await stocked.write(add)
    codes = await printed(stocked, [Sure()], tmp_path / "qr.pdf")
    assert (len(codes), len(set(codes)), len(pages((tmp_path / "qr.pdf").read_bytes()))) == (23, 23, 4)


async def test_an_invitation_ends_after_thirty_days(stocked: Books, tmp_path: Path) -> None:
    clock = Clock()
    (code, *_) = await printed(stocked, [Sure()], tmp_path / "qr.pdf", clock=clock)
    clock.moment += timedelta(days=30)
    joining = Joining(stocked, None, company="ГастроОпт", now=clock)
    with pytest.raises(Refused, match="invite_used"):
        await joining.by_token(Turn("telegram", "1", "late", clock()), code.rpartition("=")[2])


async def test_the_command_prints_the_sheet(sqlite_url: str, tmp_path: Path) -> None:
    await schema.migrate(sqlite_url)
    books = open_books(sqlite_url)
    await open_shop(books)
    await books.close()
    async with serving(sandbox.telegram.create_app(TELEGRAM, bot_username="komora_bot")) as address:
        command = await asyncio.create_subprocess_exec(
            sys.executable, str(MAIN), "invite", "--sheet", "qr.pdf", "--client", "14360570",
            cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={
                "PYTHONUTF8": "1", "DATABASE_URL": sqlite_url, "COMPANY__NAME": "ГастроОпт",
                "TELEGRAM__TOKEN": TELEGRAM, "TELEGRAM__API_BASE": address,
            },
        )  # fmt: skip
        said, wrong = await command.communicate()
    assert (command.returncode, wrong.decode()) == (0, "")
    assert re.fullmatch(r"Запрошень: 1, діють до \d\d\.\d\d\.\d{4}\. Файл: qr\.pdf\n.+\n", said.decode())
    (page,) = pages((tmp_path / "qr.pdf").read_bytes())
    assert page.startswith("ГастроОпт Ірина Готель «Дніпро»")


class Sure:
    """A messenger that needs no network."""

    channel = "telegram"

    async def check(self) -> str:
        return "komora_bot"

    def start_link(self, token: str) -> str:
        return f"https://t.me/komora_bot?start={token}"
