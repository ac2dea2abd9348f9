"""Letters through the mail server of the sandbox, with its troubles."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.mail import Attachment, message_id
from bot.ports import MailSender
from integrations.mail import submission
from tests.integration.mail.conftest import PASSWORD, Server, letter


async def test_a_letter_arrives_with_its_words_its_html_and_its_files(server: Server) -> None:
    port: MailSender = server.mail(reply_to="office@shop.example")
    files = (
        Attachment("Рахунок № 17.pdf", "application/pdf", b"%PDF-\x00\xff"),
        Attachment("a/b.txt", "broken", b"\r\n.\r\n"),
    )
    sent = await port.send(letter(attachments=files))
    (shown,) = await server.messages()
    assert (shown["envelope_from"], shown["envelope_to"]) == ("bounces@shop.example", ["olena@lypa.example"])
    got = await server.received()
    assert got["Subject"] == "Рахунок № 17"
    assert got["From"] == "Гурт «Полонина» <orders@shop.example>"
    assert (got["To"], got["Reply-To"]) == ("olena@lypa.example", "office@shop.example")
    assert got["Date"].datetime.isoformat() == "2026-11-23T09:30:00+00:00"
    assert got["Message-ID"] == sent == message_id("invoice:17", "shop.example")
    assert got["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in got
    plain, html = got.get_body(("plain",)), got.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == ["Добрий день!", "Рахунок у вкладенні."]
    assert html.get_content().splitlines() == ["<p>Добрий день!</p>"]
    inside = list(got.iter_attachments())
    assert [(one.get_filename(), one.get_content_type(), one.get_payload(decode=True)) for one in inside] == [
        ("Рахунок № 17.pdf", "application/pdf", b"%PDF-\x00\xff"),
        ("a_b.txt", "application/octet-stream", b"\r\n.\r\n"),
    ]


async def test_one_click_takes_the_address_off_the_list(server: Server) -> None:
    address = "https://shop.example/u/" + "a" * 300
    await server.mail().send(letter(unsubscribe_url=address, html=""))
    newest = (await server.messages())[-1]["id"]
    raw = (await server.http.get(f"{server.page}/letters/{newest}/raw")).content
    assert f"List-Unsubscribe: <{address}>\r\n".encode() in raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert (await server.received()).get_content_type() == "text/plain"


async def test_the_same_letter_twice_is_one_message(server: Server) -> None:
    mail = server.mail()
    first, again = await mail.send(letter()), await mail.send(letter(text="Трохи інакше"))
    other = await mail.send(letter(key="invoice:18"))
    assert first == again != other


async def test_a_letter_without_a_name_of_the_sender_bears_the_company(server: Server) -> None:
    changes: dict[str, Any] = {"from": "orders@shop.example", "name": "ГастроОпт", "bounces": ""}
    await server.mail(**changes).send(letter())
    assert (await server.received())["From"] == "ГастроОпт <orders@shop.example>"
    assert (await server.messages())[0]["envelope_from"] == "orders@shop.example"


async def test_nothing_can_begin_a_header_in_the_middle_of_another(server: Server) -> None:
    name = "файл.pdf\r\nX-Evil: 1"
    subject = "Рахунок\r\nBcc: all@lypa.example\u2028X-Evil: 1\x00"
    await server.mail().send(letter(subject=subject, attachments=(Attachment(name, "text/html\r\nX-Evil: 1", b""),)))
    got = await server.received()
    assert got["Subject"] == "Рахунок Bcc: all@lypa.example X-Evil: 1"
    assert [one.get_filename() for one in got.iter_attachments()] == ["файл.pdf X-Evil_ 1"]
    assert not [name for part in got.walk() for name in part if name in ("Bcc", "X-Evil")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": ""}, "bad address"),
        ({"to": "olena"}, "bad address"),
        ({"to": "olena@lypa.example, all@lypa.example"}, "bad address"),
        ({"to": "olena@lypa.example\r\nRCPT TO:<all@lypa.example>"}, "bad address"),
        ({"to": "олена@lypa.example"}, "bad address"),
        ({"to": "a@" + "b" * 64 + ".example"}, "bad address"),
        ({"text": " \n"}, "empty or too long text"),
        ({"html": "x" * (2 * 1024 * 1024 + 1)}, "empty or too long text"),
        ({"attachments": (Attachment("a", "a/b", b""),) * 21}, "too big"),
        ({"attachments": (Attachment("a", "a/b", b"x" * (20 * 1024 * 1024 + 1)),)}, "too big"),
        ({"unsubscribe_url": "http://shop.example/u"}, "bad unsubscribe address"),
        ({"unsubscribe_url": "https://shop.example/u>\r\nBcc: a@b.example"}, "bad unsubscribe address"),
    ],
)
async def test_a_letter_that_cannot_be_sent_asks_nobody(server: Server, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        await server.mail().send(letter(**changes))
    assert (refusal.value.code, refusal.value.of_system) == (code, False)
    assert await server.calls() == []


async def test_a_domain_in_ukrainian_goes_out_in_its_ascii_form(server: Server) -> None:
    await server.mail().send(letter(to="olena@гурт.укр"))
    assert (await server.messages())[0]["envelope_to"] == ["olena@xn--c1a0agc.xn--j1amh"]


@pytest.mark.parametrize(
    ("to", "error", "code"),
    [
        ("unknown@lypa.example", Rejected, "5.1.1"),
        ("full@lypa.example", Unavailable, "4.2.2"),
        ("greylist@lypa.example", Unavailable, "4.7.1"),
        ("spam@lypa.example", Rejected, "5.7.1"),
        ("lost@lypa.example", Ambiguous, "SMTPServerDisconnected"),
    ],
)
async def test_a_recipient_refused_is_of_this_letter(
    server: Server, to: str, error: type[OutsideError], code: str
) -> None:
    with pytest.raises(error) as refusal:
        await server.mail().send(letter(to=to))
    assert (refusal.value.code, refusal.value.of_system) == (code, False)


async def test_a_greylisted_letter_is_taken_the_second_time(server: Server) -> None:
    mail = server.mail()
    with pytest.raises(Unavailable):
        await mail.send(letter(to="greylist@lypa.example"))
    await mail.send(letter(to="greylist@lypa.example"))
    assert len(await server.messages()) == 1


@pytest.mark.parametrize(
    ("fault", "error", "code", "of_system", "taken"),
    [
        ({"kind": "lost_answer", "at": "data"}, Ambiguous, "SMTPServerDisconnected", False, 1),
        ({"kind": "drop", "at": "data"}, Ambiguous, "SMTPServerDisconnected", False, 0),
        ({"kind": "drop", "at": "rcpt"}, Unavailable, "SMTPServerDisconnected", False, 0),
        ({"kind": "drop", "at": "mail"}, Unavailable, "SMTPServerDisconnected", False, 0),
        ({"kind": "drop", "at": "ehlo"}, Unavailable, "SMTPServerDisconnected", False, 0),
        ({"kind": "refuse", "at": "ehlo", "reply": "421 4.3.2 Closing"}, Unavailable, "4.3.2", False, 0),
        ({"kind": "refuse", "at": "mail", "reply": "451 Later"}, Unavailable, "451", False, 0),
        ({"kind": "refuse", "at": "mail", "reply": "550 5.1.8 Bad sender"}, Rejected, "5.1.8", True, 0),
        ({"kind": "refuse", "at": "mail", "reply": "552 5.3.4 Too big"}, Rejected, "5.3.4", False, 0),
        ({"kind": "refuse", "at": "rcpt", "reply": "530 5.7.0 Log in"}, Rejected, "5.7.0", True, 0),
        ({"kind": "refuse", "at": "rcpt", "reply": "550 No"}, Rejected, "550", False, 0),
        ({"kind": "refuse", "at": "rcpt", "reply": "550 4.1.1 Mixed up"}, Rejected, "550", False, 0),
        ({"kind": "refuse", "at": "data", "reply": "451 4.3.0 Later"}, Unavailable, "4.3.0", False, 0),
        ({"kind": "refuse", "at": "data", "reply": "554 5.7.1 No"}, Rejected, "5.7.1", False, 0),
        ({"kind": "refuse", "at": "data", "reply": "299 "}, None, None, False, 0),
    ],
)
async def test_a_trouble_on_the_way_means_one_thing(
    server: Server,
    fault: dict[str, Any],
    error: type[OutsideError] | None,
    code: str | None,
    of_system: bool,
    taken: int,
) -> None:
    await server.fault(**fault)
    found, named, system = await _outcome(server.mail().send)
    assert (found, named, system) == (error, code, of_system)
    assert len(await server.messages()) == taken


async def _outcome(send: Callable[..., Awaitable[str]]) -> tuple[type[OutsideError] | None, object, bool]:
    try:
        await send(letter())
    except OutsideError as error:
        return type(error), error.code, error.of_system
    return None, None, False


@pytest.mark.parametrize(
    ("limit", "stage", "error"), [("COMMAND", "mail", Unavailable), ("ANSWERING", "data", Ambiguous)]
)
async def test_an_answer_too_late_is_lost(
    server: Server, monkeypatch: pytest.MonkeyPatch, limit: str, stage: str, error: type[OutsideError]
) -> None:
    await server.fault(kind="slow", at=stage, seconds=1)
    monkeypatch.setattr(submission, limit, 0.1)
    with pytest.raises(error):
        await server.mail().send(letter())


async def test_nobody_listening_is_for_later(server: Server) -> None:
    with pytest.raises(Unavailable) as trouble:
        await server.mail(url="smtp://127.0.0.1:1").ping()
    assert trouble.value.code == "SMTPConnectError"


async def test_a_wrong_password_stops_every_letter_with_an_alert(server: Server) -> None:
    address = server.ports["smtp"].replace("p%40ss", "wrong")
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await server.mail(url=address).ping()
    assert (refusal.value.code, refusal.value.of_system) == ("5.7.8", True)
    assert [(one["event"], one["code"]) for one in lines] == [("mail server lets nothing through", "5.7.8")]


async def test_a_server_that_wants_to_know_us_is_not_written_to_without_a_password(server: Server) -> None:
    with pytest.raises(Rejected) as refusal:
        await server.mail(url=server.ports["smtp"].replace("komora:p%40ss%3Aword%2F1@", "")).send(letter())
    assert (refusal.value.code, refusal.value.of_system) == ("5.7.0", True)


async def test_a_check_tries_both_servers_and_the_sender(server: Server) -> None:
    mail = server.mail()
    smtp, pop3 = (server.ports[name].rpartition(":")[2] for name in ("smtp", "pop3"))
    assert await mail.check() == (
        f"orders@shop.example → 127.0.0.1:{smtp}; bounces@shop.example ← 127.0.0.1:{pop3} (0)"
    )  # fmt: skip
    assert [what for what, _ in await server.calls()] == ["MAIL", "POP3 USER", "POP3 PASS", "POP3 STAT", "POP3 QUIT"]
    assert await server.messages() == []


@asynccontextmanager
async def _speaking(*answers: bytes | None) -> AsyncIterator[str]:
    """A server that answers line by line, whatever it hears; None ends the connection. It reads no letter."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in answers:
            if answer is None:
                break
            writer.write(answer)
            await writer.drain()
            await reader.readline()
        writer.transport.abort()

    door = _narrow()
    async with await asyncio.start_server(speak, sock=door):
        yield f"smtp://127.0.0.1:{door.getsockname()[1]}"


def _narrow() -> socket.socket:
    """A door that lets little in before somebody reads."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    door.bind(("127.0.0.1", 0))
    return door


HELLO = [b"220 x\r\n", b"250 x\r\n", b"250 OK\r\n", b"250 OK\r\n"]


@pytest.mark.parametrize(
    ("answers", "error", "code"),
    [
        ([None], Unavailable, "SMTPConnectError"),
        ([b"554 5.7.1 Blocked\r\n"], Rejected, "5.7.1"),
        ([b"421 Busy\r\n"], Unavailable, "421"),
        ([b"HTTP/1.1 200 OK\r\n"], Unavailable, "broken answer"),
        ([b"220 x\r\n", b"x" * 40_000], Unavailable, "broken answer"),
        ([b"220 x\r\n", b"250-x\r\n250 SIZE 100\r\n"], Rejected, "too big"),
        ([*HELLO, b"250 Go on\r\n"], Unavailable, "broken answer"),
        ([*HELLO, b"354 Go on\r\n", None], Ambiguous, "SMTPServerDisconnected"),
        ([*HELLO, b"354 Go on\r\n", b"what?\r\n"], Ambiguous, "SMTPResponseException"),
    ],
)
async def test_a_strange_server_is_taken_at_its_word(
    server: Server, answers: list[bytes | None], error: type[OutsideError], code: str
) -> None:
    async with _speaking(*answers) as address:
        with pytest.raises(error) as trouble:
            await server.mail(url=address).send(letter())
    assert trouble.value.code == code


async def test_a_letter_cut_off_in_the_middle_was_not_sent(server: Server) -> None:
    big = letter(attachments=(Attachment("a.bin", "application/octet-stream", b"x" * 5_000_000),))
    async with _speaking(*HELLO, b"354 Go on\r\n", b"", None) as address:
        with pytest.raises(Unavailable):
            await server.mail(url=address).send(big)


async def test_an_answer_in_the_middle_of_a_letter_is_heard(server: Server) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in (*HELLO, b"354 Go on\r\n"):
            writer.write(answer)
            await reader.readline()
        writer.write(b"552 5.3.4 Enough\r\n")
        await writer.drain()
        await told.wait()
        writer.transport.abort()

    told = asyncio.Event()
    big = letter(attachments=(Attachment("a.bin", "application/octet-stream", b"x" * 5_000_000),))
    door = _narrow()
    async with await asyncio.start_server(speak, sock=door):
        with pytest.raises(Rejected) as refusal:
            await server.mail(url=f"smtp://127.0.0.1:{door.getsockname()[1]}").send(big)
        told.set()
    assert refusal.value.code == "5.3.4"


async def test_addresses_passwords_and_words_are_in_no_error_and_no_log(server: Server) -> None:
    await server.fault(kind="refuse", at="mail", reply="550 5.7.1 olena@lypa.example Secret")
    mail = server.mail()
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await mail.send(letter(text="Таємниця"))
    told = f"{refusal.value!r} {vars(refusal.value)} {lines}"
    for secret in (PASSWORD, "olena", "Secret", "Таємниця"):
        assert secret not in told
