"""Foreign programs send through the sandbox, and meet what a real server would say."""

import smtplib

import pytest

from sandbox.mail import smtp
from tests.sandbox.mail.conftest import Post, letter


async def test_a_letter_of_another_program_arrives(post: Post) -> None:
    await post.send()
    (got,) = await post.messages()
    assert got | {"headers": [], "size": 0} == {
        "id": 1,
        "at": "2026-01-01T00:00:00+00:00",
        "envelope_from": "orders@shop.example",
        "envelope_to": ["olena@lypa.example"],
        "size": 0,
        "message_id": "<1@shop.example>",
        "from": "orders@shop.example",
        "to": "olena@lypa.example",
        "subject": "Рахунок",
        "text": "Добрий день!\n",
        "has_html": False,
        "attachments": [],
        "headers": [],
    }


@pytest.mark.parametrize(
    ("to", "code", "said"),
    [
        ("unknown@lypa.example", 550, b"5.1.1 No such user here"),
        ("Unknown+17@lypa.example", 550, b"5.1.1 No such user here"),
        ("full@lypa.example", 452, b"4.2.2 The mailbox is full"),
        ("greylist@lypa.example", 451, b"4.7.1 Greylisted, come again"),
    ],
)
async def test_a_recipient_is_refused_at_once(post: Post, to: str, code: int, said: bytes) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        await post.send(letter(to))
    assert refusal.value.recipients == {to: (code, said)}


async def test_a_pair_seen_before_is_no_longer_greylisted_until_a_reset(post: Post) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        await post.send(letter("greylist@lypa.example"))
    await post.send(letter("greylist@lypa.example"))
    await post.control("reset")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        await post.send(letter("greylist@lypa.example"))


async def test_spam_is_refused_after_the_letter(post: Post) -> None:
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        await post.send(letter("spam@lypa.example"))
    assert refusal.value.smtp_code == 554
    assert await post.messages() == []


async def test_a_lost_answer_leaves_the_letter_delivered(post: Post) -> None:
    with pytest.raises(smtplib.SMTPServerDisconnected):
        await post.send(letter("lost@lypa.example"))
    assert [one["envelope_to"] for one in await post.messages()] == [["lost@lypa.example"]]


@pytest.mark.parametrize(("user", "password"), [("komora", "wrong"), ("somebody", "sandbox")])
async def test_a_wrong_password_is_refused(post: Post, user: str, password: str) -> None:
    with pytest.raises(smtplib.SMTPAuthenticationError) as refusal:
        await post.send(user=user, password=password)
    assert refusal.value.smtp_code == 535


async def test_nobody_sends_without_a_password(post: Post) -> None:
    with pytest.raises(smtplib.SMTPSenderRefused) as refusal:
        await post.send(user="")
    assert (refusal.value.smtp_code, refusal.value.smtp_error) == (530, b"5.7.0 Authentication required")


@pytest.mark.parametrize("missing", ["From", "Date", "Message-ID"])
async def test_a_letter_without_its_heads_is_refused(post: Post, missing: str) -> None:
    changes = {missing: ""} | ({"Sender": "orders@shop.example"} if missing == "From" else {})
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        await post.send(letter(**changes))
    assert (refusal.value.smtp_code, refusal.value.smtp_error) == (
        554,
        f"5.6.0 The letter lacks {missing.lower()}".encode(),
    )


async def test_a_letter_too_big_is_refused(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "LARGEST", 300)
    with pytest.raises(smtplib.SMTPSenderRefused) as refusal:
        await post.send(letter(Comments="x" * 200))
    assert refusal.value.smtp_code == 552


async def test_the_commands_are_kept_with_their_answers_but_without_words(post: Post) -> None:
    await post.send()
    calls = await post.http.get("/_control/calls")
    assert [(one["what"], one["reply"]) for one in calls.json()["calls"]] == [
        ("MAIL", "250 2.1.0 OK"),
        ("RCPT", "250 2.1.5 OK"),
        ("DATA", "250 2.0.0 Taken as 1"),
    ]
    assert "sandbox" not in calls.text
