"""Files in Viber: first the file by its address, then its words with the keyboard."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from markupsafe import Markup

from bot.conversation.action import Action, payload
from bot.conversation.screen import Attachment, Screen, Tap
from bot.services.private_files import PrivateFiles
from bot.web.files import file_routes
from integrations.viber.rendering import Look, render, render_welcome
from tests.integration.viber.world import Bot, Phone, Watch, running_bot

NAME = "Прайс ГастроОпт, п’ятниця № 7.pdf"
CONTENT = b"%PDF-1.4 prices"


@payload("vbfile")
class _Menu(Action):
    pass


def laid(files: PrivateFiles) -> Attachment:
    token, path = files.place(NAME)
    path.write_bytes(CONTENT)
    return Attachment(path, NAME, "application/pdf", len(CONTENT), token)


@pytest.fixture
def files(tmp_path: Path, watch: Watch) -> PrivateFiles:
    return PrivateFiles(tmp_path, watch)


@pytest.fixture
async def bot(viber: str, watch: Watch, files: PrivateFiles) -> AsyncIterator[Bot]:
    """Registered at Viber, with the addresses of its files."""
    async with running_bot(viber, watch, routes=file_routes(files)) as running:
        await running.messenger.register()
        yield running


async def test_a_file_comes_before_its_words_and_the_keyboard(bot: Bot, phone: Phone, files: PrivateFiles) -> None:
    bot.desk.screen = Screen(Markup("<b>Прайс</b>: 6 товарів"), media=laid(files), menu=((Tap("Меню", _Menu()),),))
    await phone.does("say", text="прайс")
    await bot.desk.until_done()
    chat = await phone.sees()
    file, words = [message for message in chat["messages"] if message["from"] == "bot"]
    assert (file["type"], file["file_name"], file["size"]) == ("file", NAME, len(CONTENT))
    assert (words["type"], words["text"]) == ("text", "Прайс: 6 товарів")
    assert [button["ActionBody"] for button in chat["keyboard"]["Buttons"]] == ["~vbfile1"]


async def test_the_address_of_a_file_ends_after_a_day(
    bot: Bot, phone: Phone, files: PrivateFiles, watch: Watch
) -> None:
    bot.desk.screen = Screen(Markup("Прайс"), media=laid(files))
    await phone.does("say", text="прайс")
    await bot.desk.until_done()
    address = next(message for message in (await phone.sees())["messages"] if message.get("type") == "file")["media"]
    watch.forward(timedelta(hours=23, minutes=59))
    given = await phone.http.get(address)
    assert (given.status_code, given.content) == (200, CONTENT)
    watch.forward(timedelta(minutes=1))
    assert (await phone.http.get(address)).status_code == 404


async def test_a_device_too_old_for_the_keyboard_gets_the_file_once(
    bot: Bot, phone: Phone, files: PrivateFiles
) -> None:
    await phone.set("users", id=phone.id, api_version=1)
    bot.desk.screen = Screen(Markup("Прайс"), media=laid(files), menu=((Tap("Меню", _Menu()),),))
    await phone.does("say", text="прайс")
    await bot.desk.until_done()
    kinds = [message["type"] for message in (await phone.sees())["messages"] if message["from"] == "bot"]
    assert kinds == ["file", "text"]


def test_a_welcome_and_a_bot_without_an_address_say_the_words_alone(files: PrivateFiles) -> None:
    screen = Screen(Markup("Прайс"), media=laid(files))
    look = Look("Комора", "https://komora.example/media", "https://komora.example/files")
    assert render_welcome(screen, look, 1) == {"type": "text", "text": "Прайс", "sender": {"name": "Комора"}}
    assert [message["type"] for message in render(screen, Look("Комора"), 1)] == ["text"]


def test_the_address_is_the_secret_and_the_name_with_its_ending() -> None:
    look = Look("Комора", files_url="https://komora.example/files")
    file = Attachment(Path("x"), "Ціни 1.pdf", "application/pdf", 9, "secret.1790000000")
    assert look.file(file) == "https://komora.example/files/secret.1790000000/%D0%A6%D1%96%D0%BD%D0%B8%201.pdf"
