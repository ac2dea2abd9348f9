"""Settings of mail: what cannot work is refused, and no password is told."""

from typing import Any

import pytest
from pydantic import ValidationError

from integrations.mail import MailSettings

GOOD: dict[str, Any] = {"url": "smtps://orders%40shop.example:p%3Ass@mail.shop.example", "from": "orders@shop.example"}


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("smtps://a:b@mail.shop.example", ("mail.shop.example", 465, True)),
        ("smtp://a:b@mail.shop.example", ("mail.shop.example", 587, False)),
        ("smtp://mail.shop.example:2525/", ("mail.shop.example", 2525, False)),
    ],
)
def test_an_address_of_a_server_is_understood(url: str, place: tuple[str, int, bool]) -> None:
    server = MailSettings(**GOOD | {"url": url}).server
    assert (server.host, server.port, server.tls) == place


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("orders@shop.example", "ГастроОпт"),
        ("<orders@shop.example>", "ГастроОпт"),
        ('ТОВ "Гурт", Київ (центр) <orders@shop.example>', 'ТОВ "Гурт", Київ (центр)'),
        ('"Гурт, Київ" <orders@shop.example>', "Гурт, Київ"),
        ('"Гурт" і "Ко" <orders@shop.example> ', '"Гурт" і "Ко"'),
    ],
)
def test_a_name_of_the_sender_is_written_as_people_write_it(sender: str, name: str) -> None:
    chosen = MailSettings(**GOOD | {"from": sender, "name": "ГастроОпт"})
    assert (chosen.display_name, chosen.address) == (name, "orders@shop.example")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({}, "orders@shop.example"),
        ({"bounces": "pop3s://box:x@pop.shop.example"}, "orders@shop.example"),
        ({"bounces": "pop3s://back%40shop.example:x@pop.shop.example/"}, "back@shop.example"),
        ({"bounces": "pop3s://box:x@pop.shop.example:995/back@shop.example"}, "back@shop.example"),
    ],
)
def test_letters_return_to_an_address_that_somebody_reads(changes: dict[str, str], path: str) -> None:
    assert MailSettings(**GOOD | changes).return_path == path


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"url": ""}, "url"),
        ({"url": "https://mail.shop.example"}, "url"),
        ({"url": "smtps://orders@mail.shop.example"}, "url"),
        ({"url": "smtps://a:b%0D%0Ac@mail.shop.example"}, "url"),
        ({"url": "smtps://a:b@mail.shop.example:99999"}, "url"),
        ({"url": "smtps://a:b@mail.shop.example/box"}, "url"),
        ({"url": "smtps://a:b@mail.shop.example?x=1"}, "url"),
        ({"from": ""}, "from"),
        ({"from": "Гурт"}, "from"),
        ({"from": "a@b@c.example"}, "from"),
        ({"bounces": "pop3://a:b@pop.shop.example"}, "bounces"),
        ({"bounces": "pop3s://pop.shop.example"}, "bounces"),
        ({"bounces": "pop3s://a:b@pop.shop.example/box"}, "bounces"),
        ({"bounces": "imaps://a:b@pop.shop.example"}, "bounces"),
        ({"reply_to": "office"}, "reply_to"),
    ],
)
def test_settings_that_cannot_work_are_refused_by_name(changes: dict[str, str], where: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        MailSettings(**GOOD | changes)
    assert [one["loc"] for one in refusal.value.errors()] == [(where,)]


def test_no_password_is_in_the_words_of_a_refusal_or_of_the_settings() -> None:
    good = MailSettings(**GOOD)
    with pytest.raises(ValidationError) as refusal:
        MailSettings(**GOOD | {"url": "ftp://a:hidden@mail.shop.example"})
    assert "hidden" not in str(refusal.value)
    assert "p:ss" not in f"{good!r} {good.server!r}"
    assert "p%3Ass" not in repr(good)
    assert good.server.password == "p:ss"
