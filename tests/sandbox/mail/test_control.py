"""The control side and the pages: letters, live news, troubles; and that they open to this machine alone."""

import json
import smtplib
from typing import Any

import pytest

from tests.sandbox.mail.conftest import Post, letter


async def events(lines: Any, count: int) -> list[tuple[str, Any]]:
    """The next `count` events of a stream: name and data."""
    read: list[tuple[str, Any]] = []
    name = ""
    async for line in lines:
        name = line.removeprefix("event: ") if line.startswith("event: ") else name
        read += [(name, json.loads(line.removeprefix("data: ")))] if line.startswith("data: ") else []
        if len(read) == count:
            break
    return read


async def test_letters_and_a_reset_are_told_live_and_from_where_the_listener_left_off(post: Post) -> None:
    await post.send(letter(Subject="перший"))
    await post.send(letter(Subject="другий"))
    async with post.http.stream("GET", "/_control/events", headers={"Last-Event-ID": "1"}) as stream:
        lines = stream.aiter_lines()
        assert [(name, one["subject"]) for name, one in await events(lines, 1)] == [("message", "другий")]
        await post.send(letter(Subject="третій"))
        assert [(name, one["id"]) for name, one in await events(lines, 1)] == [("message", 3)]
        await post.control("reset")
        assert await events(lines, 1) == [("reset", {})]
    assert await post.messages() == []


async def test_letters_are_found_by_their_recipient(post: Post) -> None:
    await post.send(letter("a@lypa.example"))
    await post.send(letter("b@lypa.example"))
    assert [one["id"] for one in await post.messages(to="b@lypa.example")] == [2]


async def test_a_refusal_meets_the_named_stage_so_many_times(post: Post) -> None:
    await post.control("faults", kind="refuse", at="rcpt", reply="450 4.1.0 Not now", times=2)
    for _ in range(2):
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
            await post.send()
        assert refusal.value.recipients == {"olena@lypa.example": (450, b"4.1.0 Not now")}
    await post.send()
    assert (await post.http.get("/_control/faults")).json() == {"faults": []}


async def test_a_connection_that_is_dropped_takes_nothing(post: Post) -> None:
    await post.control("faults", kind="drop", at="mail")
    with pytest.raises(smtplib.SMTPServerDisconnected):
        await post.send()
    assert await post.messages() == []


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("faults", {"kind": "fire"}),
        ("faults", {"kind": "slow", "seconds": 3600}),
        ("faults", {"kind": "refuse", "reply": "500 x\r\n250 y"}),
        ("faults", {"kind": "slow", "at": "dinner"}),
        ("faults", []),
        ("clock", {"advance": -1}),
        ("clock", {"advance": "soon"}),
        ("messages/1/return", {"status": "2.0.0"}),
        ("messages/1/return", {"plain": 1}),
    ],
)
async def test_a_wrong_wish_is_refused_with_a_reason(post: Post, path: str, wanted: object) -> None:
    await post.send()
    answer = await post.http.post(f"/_control/{path}", json=wanted)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


async def test_the_control_side_lists_its_routes_its_recipients_and_its_ports(post: Post) -> None:
    listed = (await post.http.get("/_control/")).json()
    paths = {f"{one['method']} {one['path']}" for one in listed["routes"]}
    assert paths >= {"GET /messages", "GET /events", "GET /calls", "POST /faults", "POST /clock", "POST /reset"}
    assert listed["recipients"]["unknown@"] == "550 5.1.1 at once"
    assert listed["ports"] == post.office.ports


@pytest.mark.parametrize("path", ["/", "/_control/messages", "/letters/1/raw"])
@pytest.mark.parametrize("headers", [{"Host": "komora.example"}, {"X-Forwarded-For": "203.0.113.7"}])
async def test_strangers_read_no_mail(post: Post, path: str, headers: dict[str, str]) -> None:
    await post.send()
    assert (await post.http.get(path, headers=headers)).status_code == 403


async def test_the_html_of_a_letter_is_shut_away(post: Post) -> None:
    made = letter()
    made.add_alternative("<html><HEAD lang='uk'><title>x</title></head><p>так</p></html>", subtype="html")
    await post.send(made)
    shown = await post.http.get("/letters/1/html")
    assert shown.text == "<html><HEAD lang='uk'><base target=\"_blank\"><title>x</title></head><p>так</p></html>\n"
    policy = shown.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';")
    assert "allow-scripts" not in policy
    assert (await post.http.get("/letters/2/html")).status_code == 404


async def test_a_file_is_saved_and_never_shown(post: Post) -> None:
    made = letter()
    made.add_attachment(b"<script>", maintype="text", subtype="html", filename="Рахунок.html")
    await post.send(made)
    saved = await post.http.get("/letters/1/files/0")
    assert (saved.content, saved.headers["Content-Type"]) == (b"<script>", "application/octet-stream")
    assert saved.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%D0%A0%D0%B0%D1%85%D1%83%D0%BD%D0%BE%D0%BA.html"
    )
    assert (await post.http.get("/letters/1/html")).status_code == 404
    assert (await post.http.get("/letters/1/files/1")).status_code == 404


@pytest.mark.parametrize("path", ["/letters/x/raw", "/letters/9/files/0", "/assets/../page.js", "/assets/inbox.html"])
async def test_what_is_not_there_is_not_found(post: Post, path: str) -> None:
    assert (await post.http.get(path)).status_code == 404
