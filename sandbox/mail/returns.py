"""The mailbox of what comes back: reports that arrive a moment after a letter was taken, until they are deleted."""

import itertools
from datetime import datetime
from email.utils import format_datetime

AFTER = 1.0
KEPT = 2000
LONGEST = 2 * 1024 * 1024
HOST = "mx.sandbox.example"

_REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@{host}>
To: {sender}
Subject: {subject}
Date: {date}
Message-ID: <{number}.{stamp}@{host}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"

--{boundary}
Content-Type: text/plain; charset=us-ascii

This is the mail system at host {host}.

<{recipient}>: {words}

--{boundary}
Content-Type: message/delivery-status

Reporting-MTA: dns; {host}
Arrival-Date: {date}

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; {host}
Diagnostic-Code: smtp; {words}

--{boundary}
Content-Type: text/rfc822-headers

{heads}

--{boundary}--
"""
_PLAIN = """\
Return-Path: <>
From: MAILER-DAEMON@{host}
To: {sender}
Subject: failure notice
Date: {date}

Hi. This is the qmail-send program at {host}.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{recipient}>:
{words}

--- Below this line is a copy of the message.

Return-Path: <{sender}>
{heads}
"""
_WORDS = {
    "5.1.1": "550 5.1.1 User unknown",
    "5.2.2": "552 5.2.2 Over quota",
    "4.4.1": "connect to mx.elsewhere.example: timed out",
}


class Returns:
    """Letters by number, each with the moment it arrives; the oldest go when there are too many."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[float, bytes]] = {}
        self._numbers = itertools.count(1)

    def expect(self, letter: bytes, due: float) -> int:
        """Takes a letter that will be there from `due` on; returns its number. Raises ValueError for one too long."""
        if len(letter) > LONGEST:
            raise ValueError(f"a letter of at most {LONGEST} bytes")
        number = next(self._numbers)
        lines = letter.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        self._kept[number] = due, lines
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return number

    def present(self, now: float) -> dict[int, bytes]:
        """Those that have arrived, oldest first."""
        return {number: letter for number, (due, letter) in self._kept.items() if due <= now}

    def delete(self, numbers: set[int]) -> None:
        for number in numbers:
            self._kept.pop(number, None)

    def clear(self) -> None:
        self._kept.clear()


def report(sender: str, recipient: str, raw: bytes, *, status: str, is_plain: bool, at: datetime, number: int) -> bytes:
    """What the mail system writes to `sender` of the letter `raw` that `recipient` did not get, or does not get yet.

    `status` is by RFC 3463: one that begins with 4.4 is of a letter still tried.
    """
    is_tried = status.startswith("4.4")
    written = (_PLAIN if is_plain else _REPORT).format(
        host=HOST,
        sender=sender,
        recipient=recipient,
        subject="Delayed Mail (still being retried)" if is_tried else "Undelivered Mail Returned to Sender",
        date=format_datetime(at),
        number=number,
        stamp=int(at.timestamp()),
        boundary=f"report-{number}-{int(at.timestamp())}",
        words=_WORDS.get(status, f"{'550' if status.startswith('5') else '450'} {status} Not delivered"),
        action="delayed" if is_tried else "failed",
        status=status,
        heads=raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("ascii", "replace"),
    )
    return written.encode("ascii", "replace")
