"""Papers made beside the event loop: under a name every system takes, in a place nobody guesses, one at a time."""

import asyncio
from pathlib import Path
from threading import Event, Lock

import pytest

from bot.domain.errors import Unavailable
from bot.domain.paper import Form, Paper
from bot.services.papers import WAITING, Papers, file_name
from bot.services.private_files import PrivateFiles
from tests.support.desk import Clock
from tests.unit.papers.documents import many, paper


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Прайс ГастроОпт 23.11.2026", "Прайс ГастроОпт 23.11.2026.pdf"),
        ('КП ТОВ "Ранок"/Київ: *нове*?', "КП ТОВ РанокКиїв нове.pdf"),
        ("ФОП О’Коннор & Ко", "ФОП О’Коннор & Ко.pdf"),
        ("../../etc/passwd", "etcpasswd.pdf"),
        ("а\r\nб\0в\u202eг", "абвг.pdf"),
        (" . ", "paper.pdf"),
        ("ї" * 300, "ї" * 100 + ".pdf"),
    ],
)
def test_a_name_is_one_that_every_system_takes(wanted: str, name: str) -> None:
    assert file_name(wanted, Form.PDF) == name
    assert len(name.encode()) <= 255


async def test_a_paper_lies_ready_with_its_size_and_secret(tmp_path: Path) -> None:
    def draw(_: Paper, form: Form, target: Path) -> None:
        target.write_bytes(form.value.encode() * 7)

    files = PrivateFiles(tmp_path, Clock())
    made = await Papers(draw, files).make(paper(many(1)), Form.XLSX, "Прайс")
    assert (made.name, made.size, made.path.read_bytes()) == ("Прайс.xlsx", 7, b"xxxxxxx")
    assert made.mime == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert files.find(made.token, made.name) == made.path


async def test_papers_are_drawn_one_at_a_time_and_few_may_wait(tmp_path: Path) -> None:
    at_work, go, busy = Lock(), Event(), []

    def draw(_: Paper, __: Form, target: Path) -> None:
        busy.append(at_work.acquire(blocking=False))
        go.wait(10)
        target.write_bytes(b"x")
        at_work.release()

    papers = Papers(draw, PrivateFiles(tmp_path, Clock()))
    asked = [asyncio.create_task(papers.make(paper(many(1)), Form.PDF, "Прайс")) for _ in range(WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="too many wait"):
        await papers.make(paper(many(1)), Form.PDF, "Прайс")
    go.set()
    assert len({made.token for made in await asyncio.gather(*asked)}) == WAITING
    assert busy == [True] * WAITING
    assert (await papers.make(paper(many(1)), Form.PDF, "Прайс")).size == 1


async def test_a_full_disk_is_told_as_something_that_passes(tmp_path: Path) -> None:
    def draw(_: Paper, __: Form, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    with pytest.raises(Unavailable) as error:
        await Papers(draw, PrivateFiles(tmp_path, Clock())).make(paper(many(1)), Form.PDF, "Прайс")
    assert str(error.value) == "papers make: OSError"


async def test_where_nobody_draws_nothing_is_made() -> None:
    with pytest.raises(Unavailable):
        await Papers().make(paper(many(1)), Form.PDF, "Прайс")
