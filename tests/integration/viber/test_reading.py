"""Callbacks as our models and as the official library read them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from viberbot.api.viber_requests import create_request

from bot.conversation.event import Event, Kind
from integrations.viber.models import key_of, read_callback
from integrations.viber.reading import event_of
from tests.integration.viber import callbacks

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAMPLES = [
    {"event": "webhook", "timestamp": 1, "message_token": callbacks.TOKEN_ID},
    callbacks.subscribed(),
    callbacks.started(context="token"),
    callbacks.started(subscribed=True),
    callbacks.fate("unsubscribed"),
    callbacks.fate("delivered"),
    callbacks.fate("seen"),
    callbacks.fate("failed", desc="bad"),
    callbacks.said("борошно"),
    callbacks.said("~o1:5"),
    callbacks.message({"type": "picture", "text": "чек", "media": "https://d.example/a.jpg", "file_name": "a.jpg"}),
    callbacks.message({"type": "video", "media": "https://d.example/a.mp4", "size": 100, "duration": 3}),
    callbacks.message({"type": "file", "media": "https://d.example/a.xlsx", "size": 100, "file_name": "a.xlsx"}),
    callbacks.message({"type": "sticker", "sticker_id": 46105}),
    callbacks.message({"type": "contact", "contact": {"name": "Іван", "phone_number": "380501112233"}}),
    callbacks.message({"type": "url", "media": "https://k.example"}),
    callbacks.message({"type": "location", "location": {"lat": 50.4, "lon": 30.5}}),
]
"""Everything that the official library reads without an error."""


def _read(callback: dict[str, Any]) -> Event | None:
    body = json.dumps(callback)
    read = read_callback(body)
    return event_of(read, key_of(read, body), NOW)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["event"])
def test_our_model_agrees_with_the_official_library(sample: dict[str, Any]) -> None:
    ours, theirs = read_callback(json.dumps(sample)), create_request(sample)
    assert (ours.event, ours.timestamp) == (theirs.event_type, theirs.timestamp)
    who = getattr(theirs, "sender", None) or getattr(theirs, "user", None)
    expected = who.id if who else getattr(theirs, "user_id", None)
    assert ours.person_id == expected
    for name in ("context", "subscribed", "silent", "desc"):
        assert getattr(ours, name) == getattr(theirs, name, getattr(ours, name))
    assert ours.message_token == str(getattr(theirs, "message_token", callbacks.TOKEN_ID))


@pytest.mark.parametrize("sample", SAMPLES[8:], ids=lambda sample: sample["message"]["type"])
def test_our_model_agrees_on_what_was_sent(sample: dict[str, Any]) -> None:
    ours, theirs = read_callback(json.dumps(sample)).message, create_request(sample).message
    assert ours is not None
    assert ours.type == sample["message"]["type"]
    for name in ("text", "media", "size"):
        assert (getattr(ours, name) or None) == (getattr(theirs, name, getattr(ours, name)) or None)
    assert getattr(ours.contact, "phone_number", None) == getattr(
        getattr(theirs, "contact", None), "phone_number", None
    )


@pytest.mark.parametrize(
    "callback",
    [
        callbacks.fate("failed", udid=None),
        {name: value for name, value in callbacks.started().items() if name != "type"},
        {name: value for name, value in callbacks.said("а").items() if name != "timestamp"},
        callbacks.said("а") | {"sender": None},
        callbacks.message({"type": "location", "location": None}),
        callbacks.message({"type": "poll", "text": "а"}),
        {"event": "client_status", "user": callbacks.user()},
    ],
)
def test_what_breaks_the_official_library_is_read(callback: dict[str, Any]) -> None:
    with pytest.raises(Exception):  # noqa: B017 the library raises bare ones
        create_request(callback)
    assert read_callback(json.dumps(callback)).event == callback["event"]


def test_a_location_without_a_place_is_still_something_sent() -> None:
    event = _read(callbacks.message({"type": "location", "location": None}))
    assert event is not None
    assert event.kind is Kind.SENT_FILE


def test_a_kind_of_message_not_known_yet_is_something_sent() -> None:
    event = _read(callbacks.message({"type": "poll"}))
    assert event is not None
    assert event.file is not None
    assert (event.kind, event.file.kind) == (Kind.SENT_FILE, "poll")


@pytest.mark.parametrize("timestamp", [None, 0, -1, "x", 10**30, 1.5, True, [1]])
def test_a_moment_that_is_none_is_now(timestamp: object) -> None:
    event = _read(callbacks.said("а") | {"timestamp": timestamp})
    assert event is not None
    assert event.at in (NOW, datetime.fromtimestamp(0.001, UTC))


def test_fields_of_a_wrong_type_count_as_absent() -> None:
    wrong = callbacks.said("а") | {"sender": {"id": callbacks.OLENA, "name": 7, "language": [], "api_version": "x"}}
    event = _read(wrong)
    assert event is not None
    assert (event.sender.name, event.sender.language) == ("", None)


def test_a_name_is_one_line_of_bounded_length() -> None:
    event = _read(callbacks.said("а") | {"sender": callbacks.user(name="О\nлена\u202e" + "а" * 200)})
    assert event is not None
    assert (event.sender.name[:7], len(event.sender.name)) == ("О лена" + "а", 100)


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "type", "text", "x"]), inner),
    ),
    st.sampled_from(["sender", "user", "message", "context", "silent", "timestamp", "message_token", "user_id"]),
    st.sampled_from([one for one in SAMPLES if one["event"] != "webhook"]),
)
def test_no_value_of_any_field_breaks_the_reading(value: object, field: str, sample: dict[str, Any]) -> None:
    _read(sample | {field: value})
