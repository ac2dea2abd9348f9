"""What people do, from Telegram's JSON to plain words."""

from datetime import UTC, datetime
from typing import Any

import pytest
import structlog

from bot.conversation.event import Contact, Event, File, Kind, Origin, Sender
from integrations.telegram.updates import Gone, Incoming, Moved, read
from tests.integration.telegram.bodies import DATE, GROUP, OLYA, PRIVATE, Json, membership, message, tap, update

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SENT = datetime.fromtimestamp(DATE, UTC)
SENDER = Sender("telegram", "777", "Оля Кіт", "uk")


def event_of(body: str) -> Event:
    incoming = read(body, NOW)
    assert incoming is not None
    assert isinstance(incoming.news, Event)
    return incoming.news


def test_a_text_is_written_words() -> None:
    said = Event("8", SENDER, Kind.WROTE, SENT, text="борошно 2 мішки", message="5")
    assert event_of(message(8, text="борошно 2 мішки")) == said


@pytest.mark.parametrize(
    ("typed", "payload"),
    [
        ("/start", ""),
        ("/start Abc_-9", "Abc_-9"),
        ("/start@komora_bot inv1", "inv1"),
        ("/start " + "a" * 64, "a" * 64),
        ("/start " + "a" * 65, ""),
        ("/start запрошення", ""),
        ("/start a b", ""),
        ("/start a'--", ""),
    ],
)
def test_start_brings_a_payload_of_sound_letters_and_length_only(typed: str, payload: str) -> None:
    event = event_of(message(text=typed))
    assert (event.kind, event.text) == (Kind.STARTED, payload)


@pytest.mark.parametrize("typed", ["/help", "/starting", "/start_order", "start"])
def test_another_command_is_text_as_it_is(typed: str) -> None:
    event = event_of(message(text=typed))
    assert (event.kind, event.text) == (Kind.WROTE, typed)


def test_a_tap_knows_its_message_and_its_query() -> None:
    incoming = read(tap(4, data="~x1:7", query="q8"), NOW)
    event = Event("4", SENDER, Kind.TAPPED, NOW, action="~x1:7", origin=Origin("9"))
    assert incoming == Incoming("777", event, "q8")


def test_a_tap_under_a_picture_says_so() -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    under = {"message_id": 9, "date": DATE, "chat": PRIVATE, "photo": photo}
    assert event_of(tap(under=under)).origin == Origin("9", has_media=True)


def test_a_tap_under_an_inaccessible_message_has_no_origin() -> None:
    assert event_of(tap(under={"message_id": 9, "date": 0, "chat": PRIVATE})).origin is None


def test_a_tap_in_a_group_is_of_that_group_by_that_person() -> None:
    incoming = read(tap(4, under={"message_id": 9, "date": DATE, "chat": GROUP, "text": "x"}), NOW)
    event = Event("4", SENDER, Kind.TAPPED, NOW, action="~x1:1", origin=Origin("9"), place="-500")
    assert incoming == Incoming("-500", event, "q1")


def test_a_tap_without_a_payload_is_only_answered() -> None:
    incoming = read(tap(data=None, under={"message_id": 9, "date": DATE, "chat": GROUP, "text": "x"}), NOW)
    assert incoming == Incoming("-500", None, "q1")


def contact(user_id: int | None, phone: str = "380501234567", **more: Any) -> str:
    card: Json = {"phone_number": phone, "first_name": "Оля"}
    return message(contact=card if user_id is None else {**card, "user_id": user_id}, **more)


def test_a_contact_of_the_sender_is_proven_and_international() -> None:
    event = event_of(contact(777))
    assert (event.kind, event.contact) == (Kind.SHARED_PHONE, Contact("+380501234567", proven=True))


@pytest.mark.parametrize("user_id", [778, None])
def test_somebody_elses_contact_proves_nothing(user_id: int | None) -> None:
    assert event_of(contact(user_id, "0501234567")).contact == Contact("0501234567", proven=False)


def test_a_forwarded_contact_proves_nothing_even_if_the_ids_agree() -> None:
    origin = {"type": "user", "sender_user": OLYA, "date": DATE}
    assert event_of(contact(777, forward_origin=origin)).contact == Contact("380501234567", proven=False)


def test_a_photo_is_a_file_by_its_largest_size_with_its_caption() -> None:
    sizes = [
        {"file_id": "small", "file_unique_id": "a", "width": 90, "height": 90, "file_size": 10},
        {"file_id": "large", "file_unique_id": "b", "width": 900, "height": 900, "file_size": 1000},
    ]
    event = event_of(message(photo=sizes, caption="ось перелік"))
    assert (event.kind, event.text) == (Kind.SENT_FILE, "ось перелік")
    assert event.file == File("photo", size=1000, ref="large")


def test_a_document_keeps_its_name() -> None:
    sent = {"file_id": "d", "file_unique_id": "u", "file_name": "замовлення.xlsx", "file_size": 77}
    assert event_of(message(document=sent)).file == File("document", "замовлення.xlsx", 77, "d")


def test_an_animation_is_not_taken_for_its_document() -> None:
    sent = {"file_id": "g", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    body = message(animation=sent, document={"file_id": "d", "file_unique_id": "v"})
    assert event_of(body).file == File("animation", ref="g")


@pytest.mark.parametrize(
    ("content", "file"),
    [
        ({"voice": {"file_id": "v", "file_unique_id": "u", "duration": 3, "file_size": 9}}, File("voice", "", 9, "v")),
        ({"location": {"latitude": 50.4, "longitude": 30.5}}, File("location")),
        ({"dice": {"emoji": "🎲", "value": 3}}, File("dice")),
        ({"something_of_next_year": {}}, File("unknown")),
    ],
)
def test_whatever_else_is_said_gets_an_answer_too(content: Json, file: File) -> None:
    event = event_of(message(**content))
    assert (event.kind, event.file) == (Kind.SENT_FILE, file)


def test_a_service_notice_is_not_something_said() -> None:
    assert read(message(message_auto_delete_timer_changed={"message_auto_delete_time": 60}), NOW) == Incoming("777")


def test_channels_are_ignored() -> None:
    said = {"message_id": 5, "date": DATE, "chat": PRIVATE, "from": OLYA, "text": "нове"}
    assert read(update(1, channel_post=said), NOW) == Incoming("")


def test_an_edit_names_the_message_that_has_other_words() -> None:
    said = {"message_id": 5, "date": DATE, "edit_date": DATE, "chat": PRIVATE, "from": OLYA, "text": "нове"}
    edited = Event("1", SENDER, Kind.EDITED, NOW, text="нове", message="5")
    assert read(update(1, edited_message=said), NOW) == Incoming("777", edited)


def test_what_is_said_in_a_group_is_the_groups() -> None:
    said = Event("1", SENDER, Kind.WROTE, SENT, text="привіт", place="-500", message="5")
    assert read(message(chat=GROUP, text="привіт"), NOW) == Incoming("-500", said)


def test_a_command_in_a_group_is_of_that_group_by_that_person() -> None:
    incoming = read(message(chat=GROUP, text="/debts@komora_bot Кафе"), NOW)
    event = Event("1", SENDER, Kind.WROTE, SENT, text="/debts@komora_bot Кафе", place="-500", message="5")
    assert incoming == Incoming("-500", event)


def test_a_start_in_a_group_starts_nobody() -> None:
    incoming = read(message(chat=GROUP, text="/start abc"), NOW)
    assert incoming is not None
    assert isinstance(incoming.news, Event)
    assert (incoming.news.kind, incoming.news.place) == (Kind.WROTE, "-500")


def test_blocking_the_bot_is_leaving() -> None:
    assert event_of(membership(6)) == Event("6", SENDER, Kind.LEFT, SENT)


def test_unblocking_the_bot_is_nothing_yet() -> None:
    assert read(membership(status="member"), NOW) == Incoming("777")


@pytest.mark.parametrize("status", ["kicked", "left"])
def test_a_group_that_put_the_bot_out_is_gone(status: str) -> None:
    assert read(membership(chat=GROUP, status=status), NOW) == Incoming("-500", Gone("-500"))


def test_a_group_tells_its_new_id_on_both_sides() -> None:
    supergroup = {"id": -1009, "type": "supergroup", "title": "Склад"}
    old = read(message(chat=GROUP, migrate_to_chat_id=-1009), NOW)
    new = read(message(chat=supergroup, migrate_from_chat_id=-500), NOW)
    assert [old, new] == [
        Incoming("-500", Moved("-500", "-1009")),
        Incoming("-1009", Moved("-500", "-1009")),
    ]


def test_zero_bytes_do_not_reach_the_books() -> None:
    assert event_of(message(text="а\0б")).text == "аб"


def test_a_message_from_the_future_is_of_now() -> None:
    said = {"message_id": 5, "date": 4_000_000_000, "chat": PRIVATE, "from": OLYA, "text": "x"}
    assert event_of(update(message=said)).at == NOW


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"message": {}}',
        update(message={"message_id": 5, "text": "таємниця"}),
        update(callback_query={"id": "1", "data": "таємниця"}),
        message(text="таємниця\ud800"),
        "[" * 100_000,
    ],
)
def test_what_cannot_be_decoded_is_logged_without_its_content(body: str) -> None:
    with structlog.testing.capture_logs() as logs:
        assert read(body, NOW) is None
    assert len(logs) == 1
    assert "таємниця" not in repr(logs)


def test_our_own_message_that_comes_back_with_a_tap_is_not_read() -> None:
    shown = {"message_id": 9, "date": DATE, "chat": PRIVATE, "text": 5, "reply_markup": "of a later version"}
    assert event_of(tap(under=shown)).origin == Origin("9")
