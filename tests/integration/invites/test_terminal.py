"""`main.py invites` and `mailings`, as an administrator has them: real processes, one database, Telegram's sandbox."""

import asyncio
import re
import struct
import sys
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

import sandbox.telegram
from bot.db import schema
from bot.db.books import Books
from bot.db.models import Client, Person
from bot.db.opening import open_books
from bot.domain.campaign import Purpose
from bot.domain.dispatch import DispatchState, Way
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.services.campaigns import STEP
from tests.db.people import ANDRII, DNIPRO, OLENA, RANOK
from tests.support.loopback import serving
from tests.support.wholesaler import open_shop
from tests.unit.pay.decoding import read_dots

MAIN = Path(__file__).parents[3] / "main.py"
TOKEN = "7100000001:AAExampleTokenOfTheInvitesTests12345"
SMS = {"TURBOSMS__TOKEN": "t0ken", "TURBOSMS__SENDER": "Komora"}


@dataclass
class Terminal:
    """A folder with the small wholesaler's database."""

    folder: Path
    telegram: str
    books: Books

    async def says(
        self, *arguments: str, code: int = 0, typed: str = "", command: str = "invites", **environment: str
    ) -> list[str]:
        """What the command prints; it ends with this code."""
        given = {
            "PYTHONUTF8": "1", "DATABASE_URL": self.url, "TELEGRAM__TOKEN": TOKEN, "TELEGRAM__API_BASE": self.telegram,
            **SMS, **environment,
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(MAIN), command, *arguments, cwd=self.folder, env=given,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await process.communicate(typed.encode())
        assert (process.returncode, b"Traceback" in err) == (code, False), err.decode()
        return (out if code == 0 else err).decode().replace("\u00a0", " ").splitlines()

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder / 'komora.db'}"

    async def steps(self) -> int:
        jobs = await self.books.read(lambda tx: tx.jobs.list(limit=100))
        return len([job for job in jobs if job.name == STEP])


def read_png(png: bytes) -> str:
    """The QR in a picture of black and white dots, each row of which stands for itself or repeats the one before."""
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (1, 0)
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    data, wide = zlib.decompress(packed), (width + 7) // 8
    dots, row = bytearray(), bytes(wide)
    for start in range(0, height * (wide + 1), wide + 1):
        kind, given = data[start], data[start + 1 : start + 1 + wide]
        row = {0: given, 2: bytes((a + b) % 256 for a, b in zip(given, row, strict=True))}[kind]
        dots += bytes(255 * (row[x // 8] >> (7 - x % 8) & 1) for x in range(width))
    return read_dots(bytes(dots), width)


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[Terminal]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'komora.db'}"
    await schema.migrate(url)
    books = open_books(url)
    await open_shop(books)
    await books.write(
        lambda tx: [
            tx._connection.execute(one) and None
            for one in (
                update(Client).where(Client.id == DNIPRO.id).values(external_id="dnipro"),
                update(Person).where(Person.id == ANDRII).values(phone=None),
            )
        ]
    )
    async with serving(sandbox.telegram.create_app(TOKEN, bot_username="komora_bot")) as telegram:
        yield Terminal(tmp_path, telegram, books)
    await books.close()


async def test_a_preview_says_who_gets_what_by_which_way_and_who_does_not(terminal: Terminal) -> None:
    said = await terminal.says("preview")
    assert [re.sub(" {2,}", " | ", line) for line in said] == [
        "Готель «Дніпро», Кафе… | Ірина | SMS | …2233 | 2,40 грн",
        "Кафе «Ранок» | Андрій | — | немає ні телефону, ні пошти",
        "Кафе «Ранок» | Олена | SMS | …2233 | 2,40 грн",
        "",
        "Без доступу: 3. Буде запрошено: 2, приблизно 4,80 грн",
        " | SMS | 2 | 4,80 грн",
        "Не буде запрошено:",
        " | 1 | немає ні телефону, ні пошти",
    ]
    assert not any("380671112233" in line for line in said)
    assert (await terminal.says("preview", "--client", "dnipro"))[
        -2
    ] == "Без доступу: 1. Буде запрошено: 1, приблизно 2,40 грн"
    unknown = await terminal.says("preview", "--client", "12", code=1)
    assert unknown == ["Клієнта 12 немає. Потрібен код у 1С, ЄДРПОУ чи РНОКПП."]
    without = await terminal.says("preview", TURBOSMS__TOKEN="")
    assert (
        without[-2:]
        == ["       2  SMS чи пошту, якою можна написати, не під’єднано", "       1  немає ні телефону, ні пошти"][::-1]
    )


async def test_a_campaign_is_begun_once_after_a_question(terminal: Terminal) -> None:
    assert (await terminal.says("send", typed="n\n", code=1))[-1] == "Нічого не надіслано."
    assert await terminal.steps() == 0
    begun = await terminal.says("send", "--pace", "60", "--limit", "1", typed="y\n")
    assert begun[-1].endswith("Розсилку почато: людей 1, 60 на годину, лише вдень. Стан: main.py invites report")
    again = await terminal.says("send", "--yes", code=1)
    assert re.fullmatch(
        r"Розсилка вже триває \([\d.]+ [\d:]+, з термінала\)\. Стан: main\.py invites report", again[-1]
    )
    assert await terminal.steps() == 1
    report = await terminal.says("report")
    assert (report[0].endswith("з термінала: запрошення, триває, 60 на годину"), report[1].split()) == (
        True,
        ["запрошено", "0"],
    )
    assert await terminal.says("halt") == ["Розсилку зупинено: запрошено 0."]
    assert await terminal.says("halt", code=1) == ["Жодна розсилка зараз не триває."]
    assert (await terminal.says("report"))[0].endswith("(термінал)")


async def test_without_a_messenger_nothing_is_begun(terminal: Terminal) -> None:
    said = await terminal.says("send", "--yes", code=1, TELEGRAM__TOKEN="")
    assert said == ["Немає ні TELEGRAM__TOKEN, ні VIBER__TOKEN: нема куди запрошувати."]
    await terminal.says("send", "--pace", "0", code=2)


async def test_a_report_counts_what_came_of_the_invitations(terminal: Terminal) -> None:
    assert await terminal.says("report") == [
        "Розсилок запрошень ще не було. Кого буде запрошено: main.py invites preview"
    ]
    await terminal.says("send", "--yes")
    now = datetime.now(UTC)
    (campaign,) = await terminal.books.read(lambda tx: tx.campaigns.last((Purpose.ACCESS,), 5))
    notice = Notice(NoticeKind.ACCESS, str(campaign.id))
    one = await terminal.books.write(lambda tx: tx.dispatches.add(OLENA, RANOK.id, notice, now))
    other = await terminal.books.write(lambda tx: tx.dispatches.add(ANDRII, RANOK.id, notice, now))
    assert one
    assert other
    await terminal.books.write(
        lambda tx: tx.dispatches.settle(one, DispatchState.SEEN, way=Way.SMS.value, price=Money(240))
    )
    await terminal.books.write(lambda tx: tx.dispatches.settle(other, DispatchState.FAILED, "bounced 5.1.1"))
    said = await terminal.says("report")
    assert [" ".join(line.split()) for line in said[1:]] == [
        "запрошено 2", "ще в дорозі 0", "надіслано 1", "доставлено 1", "прочитано 1", "уже не треба 0",
        "не вдалося 1", "1 лист повернувся 5.1.1", "увійшло 0", "коштувало 2,40 грн",
    ]  # fmt: skip


async def test_a_phone_or_a_mailbox_is_put_into_the_stop_list_and_out_of_it(terminal: Terminal) -> None:
    assert await terminal.says("stop", "067 111 22 33") == ["Додано до стоп-листа: туди більше нічого не надійде."]
    assert any("телефон або пошта у стоп-листі" in line for line in await terminal.says("preview"))
    assert await terminal.says("resume", "0671112233") == ["Прибрано зі стоп-листа."]
    assert await terminal.says("resume", "0671112233") == ["У стоп-листі цього немає."]
    wrong = await terminal.says("stop", "Олена", code=1)
    assert wrong == ["Це ні телефон, ні адреса пошти. Приклад: main.py invites stop 0671234567"]


async def test_a_code_for_the_invoice_opens_the_bot_and_carries_no_token(terminal: Terminal) -> None:
    assert await terminal.says("qr", "--out", "bot.png") == ["https://t.me/komora_bot", "Файл: bot.png"]
    assert read_png((terminal.folder / "bot.png").read_bytes()) == "https://t.me/komora_bot"
    assert (await terminal.says("qr", "--out", "page.svg", PUBLIC_URL="https://komora.example/"))[
        0
    ] == "https://komora.example/join"
    assert "<svg" in (terminal.folder / "page.svg").read_text()
    assert (await terminal.says("qr", "--out", "bot.png", code=1))[0].startswith("Файл bot.png уже є.")
    assert (await terminal.says("qr", "--out", "bot.pdf", code=1))[0].startswith("Потрібен файл .svg або .png")


async def test_an_offer_of_a_category_is_sent_from_the_terminal_to_whoever_costs_nothing(terminal: Terminal) -> None:
    mail = {"MAIL__URL": "smtp://127.0.0.1:1", "MAIL__FROM": "komora@example.com"}
    says = partial(terminal.says, command="mailings", **mail)  # type: ignore[arg-type]
    mailbox = update(Person).where(Person.id == OLENA).values(email="olena@ranok.example")
    await terminal.books.write(lambda tx: tx._connection.execute(mailbox) and None)
    said = await says("preview", "price-list")
    assert said[-5:] == [
        "Замовляють: 4. Отримають: 1, приблизно 0,00 грн",
        "  лист          1  0,00 грн",
        "Не отримають:",
        "       1  немає ні телефону, ні пошти",
        "       2  немає безплатного шляху",
    ]
    unknown = await says("send", "offer", "--category", "риба", code=1)
    assert unknown == ["Розділу «риба» немає. Є: борошно, молочні продукти"]
    begun = await says("send", "offer", "--category", "Борошно", "--yes")
    assert begun[-1] == "Розсилку почато: людей 1, 300 на годину, лише вдень. Стан: main.py mailings report"
    report = await says("report")
    assert report[0].endswith("з термінала: комерційна пропозиція, триває, 300 на годину")
