"""Screens as Viber's messages: pure."""

import json
from pathlib import Path

import pytest
from markupsafe import Markup
from viberbot.api.messages import PictureMessage, TextMessage, get_message

from bot.conversation.action import Action, payload
from bot.conversation.screen import Link, Photo, Screen, SharePhone, Tap
from integrations.viber.levels import min_api_version
from integrations.viber.rendering import BODY_LIMIT, Look, Message, render, render_welcome, serialised

LOOK = Look("Комора", "https://komora.example/media")
PHOTO = Photo(Path("media/x.png"), "сир/№1.png")


@payload("viberdraw")
class _Draw(Action):
    pass


ROWS = ((Tap("Так", _Draw()), Link("Сайт", "https://k.example")), (SharePhone("Мій номер"),))


def _letters(count: int) -> Markup:
    return Markup("{}").format("я" * count)


def test_a_screen_is_one_message() -> None:
    assert render(Screen(Markup("Вітаємо"), notice="Додано"), LOOK, 6) == [
        {"type": "text", "text": "Додано\n\nВітаємо", "sender": {"name": "Комора"}}
    ]


def test_a_notice_is_not_markup() -> None:
    (message,) = render(Screen(Markup("Кошик"), notice="Сир <b> додано\x00"), LOOK, 6)
    assert message["text"] == "Сир <b> додано\n\nКошик"


def test_a_screen_without_words_is_still_a_message() -> None:
    (message,) = render(Screen(Markup("")), LOOK, 6)
    assert message["text"] == "…"


def test_7000_characters_are_sent_whole_and_7001_are_shortened() -> None:
    (whole,) = render(Screen(_letters(7000)), LOOK, 6)
    (cut,) = render(Screen(_letters(7001)), LOOK, 6)
    assert whole["text"] == "я" * 7000
    assert cut["text"] == "я" * 6999 + "…"


def test_a_picture_stands_over_its_text() -> None:
    (message,) = render(Screen(Markup("Сир"), rows=ROWS, media=PHOTO), LOOK, 6)
    assert (message["type"], message["text"]) == ("picture", "Сир")
    assert message["media"] == "https://komora.example/media/%D1%81%D0%B8%D1%80%2F%E2%84%961.png"
    assert "thumbnail" not in message


def test_a_long_text_follows_its_picture_and_both_carry_the_keyboard() -> None:
    picture, text = render(Screen(Markup("Сир\n{}").format("я" * 768), rows=ROWS, media=PHOTO), LOOK, 6)
    assert (picture["type"], picture["text"]) == ("picture", "Сир")
    assert (text["type"], text["text"]) == ("text", "я" * 768)
    assert picture["keyboard"] == text["keyboard"]


def test_a_long_first_line_leaves_the_caption_empty() -> None:
    picture, text = render(Screen(_letters(769), media=PHOTO), LOOK, 6)
    assert (picture["text"], text["text"]) == ("", "я" * 769)


@pytest.mark.parametrize(("photo", "look"), [(Photo(Path("a.svg"), "a.svg"), LOOK), (PHOTO, Look("Комора"))])
def test_a_picture_that_viber_cannot_show_is_left_out(photo: Photo, look: Look) -> None:
    (message,) = render(Screen(Markup("Сир"), media=photo), look, 6)
    assert message["type"] == "text"


def test_a_welcome_is_one_message_even_with_a_long_text() -> None:
    short = render_welcome(Screen(Markup("Сир"), media=PHOTO), LOOK, 6)
    long = render_welcome(Screen(_letters(769), media=PHOTO), LOOK, 6)
    assert (short["type"], long["type"], long["text"]) == ("picture", "text", "я" * 769)


@pytest.mark.parametrize(("level", "needed"), [(1, None), (2, None), (3, 3), (4, 4), (5, 4), (6, 6)])
def test_the_level_is_counted_from_what_was_drawn(level: int, needed: int | None) -> None:
    (message,) = render(Screen(Markup("Меню"), rows=ROWS), LOOK, level)
    assert message.get("min_api_version") == needed


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ({"type": "text"}, 1),
        ({"keyboard": {"Buttons": [{"ActionBody": "a", "Silent": True, "TextSize": "small"}]}}, 1),
        ({"keyboard": {"Buttons": [{"ActionType": "share-phone"}]}}, 3),
        ({"keyboard": {"Buttons": [{"ActionType": "location-picker"}]}}, 3),
        ({"keyboard": {"Buttons": [{"InternalBrowser": {}}]}}, 3),
        ({"keyboard": {"Buttons": [], "CustomDefaultHeight": 50}}, 3),
        ({"keyboard": {"Buttons": [], "HeightScale": 50}}, 3),
        ({"keyboard": {"Buttons": [], "InputFieldState": "hidden"}}, 4),
        ({"keyboard": {"Buttons": [], "ButtonsGroupColumns": 6}}, 4),
        ({"keyboard": {"Buttons": [], "ButtonsGroupRows": 2}}, 4),
        ({"keyboard": {"Buttons": [{"TextPaddings": [1, 1, 1, 1]}]}}, 4),
        ({"keyboard": {"Buttons": [{"Text": "<s>9</s>"}]}}, 4),
        ({"keyboard": {"Buttons": [{"Text": '<font size="12">9</font>'}]}}, 4),
        ({"keyboard": {"Buttons": [{"Text": '<font color="#000000">9</font>'}]}}, 1),
        ({"keyboard": {"Buttons": [{"Frame": {}}]}}, 6),
        ({"keyboard": {"Buttons": [{"BgMediaScaleType": "fit"}]}}, 6),
        ({"keyboard": {"Buttons": [{"ActionType": "open-map", "Map": {}}]}}, 6),
        ({"keyboard": {"Buttons": [{"MediaPlayer": {}}]}}, 6),
        ({"keyboard": {"Buttons": [], "FavoritesMetadata": {}}}, 6),
        ({"type": "rich_media", "rich_media": {"ButtonsGroupColumns": 6, "Buttons": [{}]}}, 7),
        ({"type": "payment"}, 10),
    ],
)
def test_every_field_has_its_level(message: Message, level: int) -> None:
    assert min_api_version(message) == level


def test_30_kilobytes_are_counted_as_they_are_sent_and_the_text_gives_way() -> None:
    rows = tuple((Link("Товар", f"https://k.example/{'я' * 700}"),) for _ in range(11))
    menu = ((Tap("Меню", _Draw()),),)
    (message,) = render(Screen(Markup("{}").format("Слово " * 1150), rows=rows, menu=menu), LOOK, 6)
    body = serialised(message)
    assert "Слово".encode() in body
    assert BODY_LIMIT - 100 <= len(body) <= BODY_LIMIT
    assert message["text"].startswith("Слово Слово ")
    assert message["text"].endswith(" Слово…")
    assert len(message["keyboard"]["Buttons"]) == 12


def test_rows_give_way_where_no_text_is_left_to_cut() -> None:
    rows = tuple((Link("Товар", f"https://k.example/{'я' * 1900}"),) for _ in range(11))
    (message,) = render(Screen(Markup("Коротко"), rows=rows, menu=((Tap("Меню", _Draw()),),)), LOOK, 6)
    assert len(serialised(message)) <= BODY_LIMIT
    assert message["text"] == "Коротко"
    assert [button["ActionType"] for button in message["keyboard"]["Buttons"]] == ["open-url"] * 7 + ["reply"]


def test_our_messages_are_those_of_the_official_library() -> None:
    (text,) = render(Screen(Markup("Меню"), rows=ROWS), LOOK, 6)
    (picture,) = render(Screen(Markup("Сир"), rows=ROWS, media=PHOTO), LOOK, 6)
    official = [
        TextMessage(text="Меню", keyboard=text["keyboard"], min_api_version=6),
        PictureMessage(text="Сир", media=picture["media"], keyboard=picture["keyboard"], min_api_version=6),
    ]
    for ours, theirs in zip((text, picture), official, strict=True):
        assert theirs.validate()
        assert _bare(ours) == _without_nulls(theirs.to_dict())


@pytest.mark.parametrize("media", [None, PHOTO])
def test_the_official_library_reads_our_messages_back(media: Photo | None) -> None:
    (message,) = render(Screen(Markup("Меню"), rows=ROWS, media=media), LOOK, 6)
    read = get_message(json.loads(serialised(message)))
    assert _without_nulls(read.to_dict()) == _bare(message)


def _bare(message: Message) -> Message:
    return {name: value for name, value in message.items() if name != "sender"}


def _without_nulls(message: Message) -> Message:
    return {name: value for name, value in message.items() if value is not None}
