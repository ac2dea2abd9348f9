"""Files for one person: sent as they are, kept as they came, told of without their secret."""

from pathlib import Path

import pytest
import structlog
from markupsafe import Markup

from bot.conversation.screen import Attachment, Screen, Show, Tap
from bot.domain.errors import Ambiguous, Rejected
from integrations.telegram import documents
from tests.integration.telegram.buttons import Press
from tests.integration.telegram.desk import RecordingDesk, fixed
from tests.integration.telegram.world import OLYA, World

NAME = "Прайс ГастроОпт, п’ятниця № 7.pdf"
SECRET = "a-secret-part-of-an-address"
MENU = ((Tap("Каталог", Press(8)),),)


def price_list(folder: Path, content: bytes = b"%PDF-1.4 prices") -> Attachment:
    path = folder / SECRET / NAME
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return Attachment(path, NAME, "application/pdf", len(content), SECRET)


async def test_a_file_comes_under_its_name_with_its_words_and_the_menu(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    screen = Screen(Markup("<b>Прайс</b>: 6 товарів"), media=price_list(tmp_path), menu=MENU)
    await world.messenger(desk).show(str(OLYA), screen)
    (message,) = await world.messages()
    document = message["document"]
    assert (document["name"], document["size"], document["mime"]) == (NAME, 15, "application/pdf")
    assert message["caption"] == "Прайс: 6 товарів"
    assert (await world.http.get(f"/{document['url']}")).content == b"%PDF-1.4 prices"
    keyboard = (await world.get(f"chat/{OLYA}"))["reply_keyboard"]
    assert [[button["text"] for button in row] for row in keyboard["keyboard"]] == [["Каталог"]]
    assert await world.methods() == ["sendDocument"]


async def test_a_file_asked_for_by_a_tap_is_a_message_of_its_own(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    messenger = await world.polling(desk)
    await messenger.show(str(OLYA), Screen(Markup("Прайс?"), rows=((Tap("PDF", Press(1)),),)))
    asked = (await world.messages())[-1]["message_id"]
    desk.screen = fixed(Screen(Markup("Ось він"), media=price_list(tmp_path), show=Show.REPLACE))
    await world.do("tap", user=OLYA, message_id=asked, row=0, column=0)
    await desk.until_done()
    assert await world.texts() == ["Прайс?", "Ось він"]


async def test_a_button_under_a_file_leaves_the_file_where_it_is(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    messenger = await world.polling(desk)
    screen = Screen(Markup("Ось він"), rows=((Tap("Далі", Press(1)),),), media=price_list(tmp_path))
    await messenger.show(str(OLYA), screen)
    (message,) = await world.messages()
    desk.screen = fixed(Screen(Markup("Далі")))
    await world.do("tap", user=OLYA, message_id=message["message_id"], row=0, column=0)
    await desk.until_done()
    first, second = await world.messages()
    assert (first["document"]["name"], first["edited"]) == (NAME, False)
    assert (second["text"], second.get("document")) == ("Далі", None)


async def test_a_file_that_somebody_waits_for_is_sent_again_after_a_failure_of_telegram(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    await world.do("faults", kind="server_error", method="sendDocument", count=2)
    screen = Screen(Markup("Ось він"), media=price_list(tmp_path))
    await world.messenger(desk)._outbox.put(str(OLYA), screen, insists=True)
    assert [message["document"]["name"] for message in await world.messages()] == [NAME]


async def test_a_file_whose_answer_was_lost_may_have_come(world: World, desk: RecordingDesk, tmp_path: Path) -> None:
    await world.do("faults", kind="lost_answer", method="sendDocument")
    with pytest.raises(Ambiguous):
        await world.messenger(desk).show(str(OLYA), Screen(Markup("Ось він"), media=price_list(tmp_path)))
    assert [message["document"]["name"] for message in await world.messages()] == [NAME]


async def test_a_file_that_is_gone_is_refused_without_its_secret(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    gone = price_list(tmp_path)
    gone.path.unlink()
    with structlog.testing.capture_logs() as logs, pytest.raises(Rejected) as refusal:
        await world.messenger(desk).show(str(OLYA), Screen(Markup("Ось він"), media=gone))
    assert str(refusal.value) == "telegram sendDocument: FileNotFoundError"
    assert SECRET not in f"{refusal.value!r}{logs}{gone!r}".replace(str(gone.path), "")
    assert await world.methods() == []


@pytest.mark.parametrize("size", [0, 101])
async def test_an_empty_file_and_one_beyond_the_bound_are_not_sent(
    world: World, desk: RecordingDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(documents, "UPLOAD_LIMIT", 100)
    file = price_list(tmp_path, b"x" * size)
    with pytest.raises(Rejected):
        await world.messenger(desk).show(str(OLYA), Screen(Markup("Ось він"), media=file))
    assert await world.methods() == []


async def test_a_file_on_its_way_is_not_left_out_for_a_newer_screen(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    messenger = await world.polling(desk)
    await messenger.show(str(OLYA), Screen(Markup("Прайс?"), rows=((Tap("PDF", Press(1)),),)))
    asked = (await world.messages())[-1]["message_id"]
    await world.do("faults", kind="rate_limit", method="sendDocument", seconds=1)
    for number, screen in enumerate((Screen(Markup("Ось він"), media=price_list(tmp_path)), Screen(Markup("Інше"))), 1):
        desk.screen = fixed(screen)
        await world.do("tap", user=OLYA, message_id=asked, data="~tgtest1:1", wait=0)
        await desk.until(lambda number=number: len(desk.events) == number)  # type: ignore[misc]
    await desk.until_done(2)
    assert await world.texts() == ["Інше", "Ось він"]
