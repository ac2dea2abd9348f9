"""What comes back lies in a mailbox that any POP3 client reads."""

import poplib
from email import message_from_bytes
from email.message import Message

import pytest

from tests.sandbox.mail.conftest import Post, letter


def whole(box: poplib.POP3) -> bytes:
    return b"\r\n".join(box.retr(1)[1])


def inside(message: Message) -> list[Message]:
    """The parts of a letter, or the blocks of a report."""
    parts = message.get_payload()
    assert isinstance(parts, list)
    return [part for part in parts if isinstance(part, Message)]


def dropped(box: poplib.POP3) -> None:
    """Deleted, and gone without a good-bye."""
    box.dele(1)


def deleted(box: poplib.POP3) -> int:
    box.dele(1)
    left = box.stat()[0]
    box.quit()
    return left


async def returned(post: Post, to: str) -> Message:
    await post.send(letter(to))
    await post.control("clock", advance=1)
    return message_from_bytes(await post.pop(whole))


async def test_a_report_comes_a_second_later(post: Post) -> None:
    await post.send(letter("bounce@lypa.example"))
    assert await post.pop(lambda box: box.stat()) == (0, 0)
    await post.control("clock", advance=1)
    assert (await post.pop(lambda box: box.stat()))[0] == 1


@pytest.mark.parametrize(
    ("to", "action", "status"),
    [
        ("bounce@lypa.example", "failed", "5.1.1"),
        ("bounce-full@lypa.example", "failed", "5.2.2"),
        ("delayed@lypa.example", "delayed", "4.4.1"),
    ],
)
async def test_a_report_is_one_by_rfc_3464(post: Post, to: str, action: str, status: str) -> None:
    report = await returned(post, to)
    assert (report["To"], report["Return-Path"]) == ("orders@shop.example", "<>")
    assert (report.get_content_type(), report.get_param("report-type")) == ("multipart/report", "delivery-status")
    _, fields, heads = inside(report)
    _, recipient = inside(fields)
    assert (recipient["Final-Recipient"], recipient["Action"], recipient["Status"]) == (f"rfc822; {to}", action, status)
    assert "Message-ID: <1@shop.example>" in str(heads.get_payload())


async def test_plain_words_come_without_a_report(post: Post) -> None:
    notice = await returned(post, "bounce-plain@lypa.example")
    assert (notice.get_content_type(), notice["Subject"]) == ("text/plain", "failure notice")
    assert "<bounce-plain@lypa.example>:\r\n550 5.1.1 User unknown" in str(notice.get_payload())


async def test_a_letter_can_be_sent_back_by_hand(post: Post) -> None:
    await post.send()
    await post.control("messages/1/return", status="5.7.1", plain=True)
    assert b"550 5.7.1 Not delivered" in await post.pop(whole)


async def test_what_is_deleted_is_gone_with_the_good_bye_and_not_before(post: Post) -> None:
    await returned(post, "bounce@lypa.example")
    await post.pop(dropped)
    assert (await post.pop(lambda box: box.stat()))[0] == 1
    assert await post.pop(deleted) == 0
    assert (await post.pop(lambda box: box.stat()))[0] == 0


async def test_a_letter_keeps_its_name_when_another_goes(post: Post) -> None:
    for words in ("first", "second", ".dots\n..\n"):
        await post.http.post("/_control/returns", content=f"Subject: x\n\n{words}".encode())
    before = await post.pop(lambda box: box.uidl()[1])
    await post.pop(deleted)
    assert await post.pop(lambda box: box.uidl()[1]) == [
        before[1].replace(b"2 ", b"1 "),
        before[2].replace(b"3 ", b"2 "),
    ]
    assert await post.pop(lambda box: box.retr(2)[1]) == [b"Subject: x", b"", b".dots", b".."]
    assert await post.pop(lambda box: box.top(2, 1)[1]) == [b"Subject: x", b"", b".dots"]
    assert await post.pop(lambda box: [one.split()[0] for one in box.list()[1]]) == [b"1", b"2"]


async def test_one_at_a_time_is_let_in(post: Post) -> None:
    def second(_: poplib.POP3) -> str:
        other = poplib.POP3("127.0.0.1", post.office.ports["pop3"], timeout=5)
        other.user("komora")
        with pytest.raises(poplib.error_proto) as refusal:
            other.pass_("sandbox")
        other.close()
        return str(refusal.value)

    assert "[IN-USE]" in await post.pop(second)


async def test_a_wrong_password_is_refused(post: Post) -> None:
    with pytest.raises(poplib.error_proto, match="AUTH"):
        await post.pop(lambda box: box.stat(), password="wrong")


@pytest.mark.parametrize("command", ["RETR 7", "RETR", "DELE x", "TOP 1", "FLY"])
async def test_what_is_not_understood_is_said_so(post: Post, command: str) -> None:
    with pytest.raises(poplib.error_proto, match="Not understood"):
        await post.pop(lambda box: box._shortcmd(command))  # type: ignore[attr-defined]
