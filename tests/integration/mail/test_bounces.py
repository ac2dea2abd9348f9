"""Letters that come back: reports, plain words, what is left alone, and that nothing is deleted before it is known."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Rejected, Unavailable
from bot.domain.mail import Bounce, message_id
from integrations.mail import Mail, mailbox
from integrations.mail.returned import bounces_of
from tests.integration.mail.conftest import PASSWORD, USER, Server, letter

OURS = message_id("invoice:17", "shop.example")
GONE = Bounce(OURS, "bounce@lypa.example", True, "5.1.1")


@pytest.mark.parametrize(
    ("to", "bounce"),
    [
        ("bounce@lypa.example", GONE),
        ("bounce-full@lypa.example", Bounce(OURS, "bounce-full@lypa.example", False, "5.2.2")),
        ("bounce-plain@lypa.example", Bounce(OURS, "bounce-plain@lypa.example", True, "5.1.1")),
    ],
)
async def test_a_letter_that_came_back_is_told(server: Server, mail: Mail, to: str, bounce: Bounce) -> None:
    await mail.send(letter(to=to))
    assert await mail.bounces() == ()
    assert await server.came_back(mail) == [bounce]


async def test_a_letter_that_is_still_tried_has_not_come_back(server: Server, mail: Mail) -> None:
    await mail.send(letter(to="delayed@lypa.example"))
    assert await server.came_back(mail) == []
    assert await server.returns() == 1


async def test_a_bounce_is_told_until_it_is_forgotten(server: Server, mail: Mail) -> None:
    await mail.send(letter(to=GONE.address))
    assert await server.came_back(mail) == [GONE]
    assert await mail.bounces() == (GONE,)
    assert await server.mail().bounces() == (GONE,)
    await mail.forget([GONE])
    assert (await mail.bounces(), await server.mail().bounces(), await server.returns()) == ((), (), 0)
    await mail.forget([GONE])


async def test_only_what_was_given_is_deleted(server: Server, mail: Mail) -> None:
    await mail.send(letter(to=GONE.address))
    assert await server.came_back(mail) == [GONE]
    await mail.send(letter(to=GONE.address, key="invoice:18"))
    await server.control("clock", advance=2)
    await mail.forget([GONE, Bounce("<x@shop.example>", "a@b.example", True, "")])
    later = Bounce(message_id("invoice:18", "shop.example"), GONE.address, True, "5.1.1")
    assert await mail.bounces() == (later,)


async def test_a_letter_of_a_person_stays_and_is_read_once(server: Server, mail: Mail) -> None:
    await server.returned(f"From: olena@lypa.example\nSubject: Re: Рахунок\nIn-Reply-To: {OURS}\n\nДякую!\n")
    await mail.send(letter(to=GONE.address))
    assert await server.came_back(mail) == [GONE]
    await mail.forget(await mail.bounces())
    assert await mail.bounces() == ()
    assert [what for what, _ in await server.calls()].count("POP3 RETR") == 2
    assert await server.returns() == 1


async def test_a_full_mailbox_is_read_a_part_at_a_time(
    server: Server, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MOST_LETTERS", 2)
    for number in range(3):
        await server.returned(f"From: a@b.example\nSubject: {number}\n\n.\n")
    await mail.send(letter(to=GONE.address))
    assert await server.came_back(mail) == []
    assert await mail.bounces() == (GONE,)


async def test_of_a_long_letter_the_beginning_is_read(
    server: Server, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "LARGEST", 100)
    await mail.send(letter(to=GONE.address))
    assert await server.came_back(mail) == [GONE]
    assert [what for what, _ in await server.calls() if what in ("POP3 TOP", "POP3 RETR")] == ["POP3 TOP"]


async def test_a_letter_without_end_is_passed_over(server: Server, mail: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MOST_BYTES", 4000)
    await server.returned("From: a@b.example\n\nshort\n")
    await server.returned("From: a@b.example\n\n" + "x\n" * 3000)
    await mail.send(letter(to=GONE.address))
    assert await server.came_back(mail) == []
    assert await mail.bounces() == ()
    assert await mail.bounces() == (GONE,)


async def test_a_list_without_end_is_for_later(server: Server, mail: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MOST_BYTES", 10)
    await server.returned("From: a@b.example\n\nshort\n")
    with pytest.raises(Unavailable):
        await mail.bounces()


async def test_nobody_looks_where_no_mailbox_is_set(server: Server) -> None:
    mail = server.mail(bounces="")
    assert await mail.bounces() == ()
    await mail.forget([GONE])
    assert await server.calls() == []


@pytest.mark.parametrize("fault", ["drop", "lost_answer"])
async def test_a_mailbox_that_fails_is_for_later_and_loses_nothing(server: Server, mail: Mail, fault: str) -> None:
    await mail.send(letter(to=GONE.address))
    await server.came_back(mail)
    await server.fault(at="pop3", kind=fault)
    with pytest.raises(Unavailable):
        await mail.forget([GONE])
    assert await server.mail().bounces() == (GONE,)
    await mail.forget([GONE])
    assert await server.returns() == 0


async def test_a_good_bye_that_was_not_heard_is_no_loss(server: Server, mail: Mail) -> None:
    await mail.send(letter(to=GONE.address))
    await server.came_back(mail)
    await server.fault(at="quit", kind="lost_answer")
    with pytest.raises(Unavailable):
        await mail.forget([GONE])
    assert await server.returns() == 0
    await mail.forget([GONE])
    assert await mail.bounces() == ()


async def test_a_wrong_password_of_the_mailbox_is_told(server: Server) -> None:
    mail = server.mail(bounces=server.ports["pop3"].replace("p%40ss", "wrong"))
    with pytest.raises(Rejected) as refusal:
        await mail.check()
    assert (refusal.value.operation, refusal.value.code, refusal.value.of_system) == ("mailbox", "login", True)


async def test_a_mailbox_that_somebody_reads_is_for_later(server: Server, mail: Mail) -> None:
    await mail.bounces()
    async with _held(server):
        with pytest.raises(Unavailable):
            await mail.bounces()
    assert await mail.bounces() == ()


@asynccontextmanager
async def _held(server: Server) -> AsyncIterator[None]:
    """Somebody else is in the mailbox."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(server.ports["pop3"]).port)
    for line in (f"USER {USER}", f"PASS {PASSWORD}"):
        await reader.readline()
        writer.write(f"{line}\r\n".encode())
    assert await reader.readline() == b"+OK\r\n"
    try:
        yield
    finally:
        writer.close()
        await writer.wait_closed()


HEADS = f"Message-ID: {OURS}\nFrom: orders@shop.example\nTo: olena@lypa.example\nSubject: x\n"
REPORT = """\
From: {sender}
Subject: {subject}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

Human words
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

{fields}

--b
Content-Type: {kind}

{heads}
--b--
"""


def report(
    fields: str, *, kind: str = "text/rfc822-headers", heads: str = HEADS, sender: str = "MAILER-DAEMON@mx.example"
) -> bytes:
    return REPORT.format(fields=fields, kind=kind, heads=heads, sender=sender, subject="Undelivered").encode()


def plain(
    words: str, *, subject: str = "failure notice", sender: str = "MAILER-DAEMON@mx.example", more: str = ""
) -> bytes:
    return f"From: {sender}\nSubject: {subject}\n{more}\n{words}\n".encode()


OLENA = "olena@lypa.example"
GONE_OLENA = Bounce(OURS, OLENA, True, "5.1.1")
FAILED = f"Final-Recipient: rfc822; {OLENA}\nAction: failed\nStatus: "


PIECES = [
    *(line + b"\n" for line in report(f"{FAILED}5.1.1").split(b"\n")),
    *(b"\n", b"\xff", b"--b--\n", b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\n", b"=?x?b?"),
    *(b"Content-Type: text/plain; charset=nonsense\n", b"Content-Type: multipart/mixed; boundary=b\n", b": \n"),
]


@pytest.mark.parametrize(
    ("raw", "bounces"),
    [
        (report(f"{FAILED}5.1.1"), [Bounce(OURS, OLENA, True, "5.1.1")]),
        (report(f"{FAILED}5.1.1", kind="message/rfc822", heads=f"{HEADS}\nbody"), [Bounce(OURS, OLENA, True, "5.1.1")]),
        (report(f"{FAILED}4.4.7"), [Bounce(OURS, OLENA, False, "4.4.7")]),
        (report(f"{FAILED}5.7.1"), [Bounce(OURS, OLENA, False, "5.7.1")]),
        (report(f"{FAILED}5.0.0 (undefined)"), [Bounce(OURS, OLENA, True, "5.0.0")]),
        (report(f"{FAILED}\nDiagnostic-Code: smtp; 550-5.1.10 gone"), [Bounce(OURS, OLENA, True, "5.1.10")]),
        (report(FAILED), [Bounce(OURS, OLENA, False, "")]),
        (
            report("Final-Recipient: rfc822; forward@x.example\nAction: failed\nStatus: 5.1.1"),
            [GONE_OLENA := Bounce(OURS, OLENA, True, "5.1.1")],
        ),
        (report(f"Final-Recipient: rfc822; {OLENA}\nAction: delayed\nStatus: 4.4.1"), []),
        (report(f"Final-Recipient: rfc822; {OLENA}\nAction: delivered\nStatus: 2.0.0"), []),
        (report(f"{FAILED}5.1.1", heads="Message-ID: <other@shop.example>\n"), []),
        (report(f"{FAILED}5.1.1", heads=HEADS.replace("shop.example", "else.example")), []),
        (report(f"{FAILED}5.1.1", heads=HEADS.replace("@shop.example>", "@shop.example.evil>")), []),
        (plain(f"<{OLENA}>:\n550 5.1.1 unknown\n\nMessage-ID: {OURS}"), [GONE_OLENA]),
        (plain(f"<{OLENA}>:\n550 unknown\n\nMessage-ID: {OURS}"), [Bounce(OURS, OLENA, True, "550")]),
        (plain(f"552 5.2.2 over quota\n\n> To: {OLENA}\n> Message-ID: {OURS}"), [Bounce(OURS, OLENA, False, "5.2.2")]),
        (plain(f"It failed.\n{HEADS}"), [Bounce(OURS, OLENA, False, "")]),
        (
            plain(f"gone\n{OURS}", sender="a@b.example", more=f"X-Failed-Recipients: {OLENA}\n"),
            [Bounce(OURS, OLENA, False, "")],
        ),
        (plain(f"550 5.1.1 x\n{HEADS}", sender="it@x.example", more="Return-Path: <>\n"), [GONE_OLENA]),
        (plain(f"550 5.1.1 x\n{HEADS}", subject="=?utf-8?b?0J3QtSDQtNC+0YHRgtCw0LLQu9C10L3Qvg==?="), [GONE_OLENA]),
        (plain(f"550 5.1.1 x\n{HEADS}", sender="olena@lypa.example"), []),
        (plain(f"still trying\n{HEADS}", subject="Warning: message delayed 24 hours"), []),
        (plain(f"На відпустці.\n{HEADS}", subject="Re: Рахунок", sender="postmaster@x.example"), []),
        (plain("550 5.1.1 unknown"), []),
        (b"", []),
        (b"\xff\x00", []),
    ],
)
def test_a_form_is_understood(raw: bytes, bounces: list[Bounce]) -> None:
    assert bounces_of(raw, "shop.example") == bounces


@given(st.one_of(st.binary(max_size=400), st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join)))
@settings(max_examples=150, deadline=None)
def test_any_letter_is_read_to_its_end(raw: bytes) -> None:
    assert {one.message_id for one in bounces_of(raw, "shop.example")} <= {OURS}


async def test_a_letter_that_cannot_be_read_does_not_hold_up_the_others(
    server: Server, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.returned("From: a@b.example\nContent-Type: multipart/mixed; boundary=" + "b" * 1500 + "\n\n--b\n")
    await server.returned("From: a@b.example\n\n" + "x" * 5000 + "\n")
    await mail.send(letter(to=GONE.address))
    assert await server.came_back(mail) == [GONE]
