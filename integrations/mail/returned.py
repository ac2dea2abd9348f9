"""Is it a letter of ours that came back, and why: reports by RFC 3464, and the forms in use before and beside them."""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import NamedTuple

from bot.domain.mail import Bounce
from integrations.mail.addresses import wire_address

_LONGEST_TEXT = 256 * 1024
_STATUS = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-])")
_FAILED = re.compile(
    r"undeliver|non-?delivery|not delivered|failure notice|delivery (has )?failed|delivery failure"
    r"|delivery status notification|returned mail|returned to sender|не ?доставлен|недоставлен|не вдалося доставити",
    re.IGNORECASE,
)
_ON_ITS_WAY = re.compile(r"delay|warning|still being retried|затрим|задерж", re.IGNORECASE)
_DAEMON = re.compile(r"(mailer-daemon|postmaster|mail-daemon|bounce[^@]*)@", re.IGNORECASE)
_TO = re.compile(r"^[> \t]*To:[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_NAMED = re.compile(r"<([^\s<>@]+@[^\s<>@]+)>:")
_NOT_OF_ADDRESS = re.compile(r"5\.(1\.[78]|2\.[23]|3\.\d+|4\.\d+|6\.\d+|7\.\d+)")
"""A full mailbox, a letter too big, a network, a policy or our own sender: the address itself may be good."""


class Original(NamedTuple):
    """A letter of ours, found in another: for whom it was, or empty where that is not said."""

    message_id: str
    address: str


def bounces_of(letter: bytes, domain: str) -> list[Bounce]:
    """Of one letter in the mailbox; empty for anything that is not a failure of a letter from `domain`."""
    message = message_from_bytes(letter)
    original = _original(message, domain)
    if original is None:
        return []
    reports = [block for part in message.walk() for block in _recipients(part)]
    if reports:
        return [one for block in reports if (one := _reported(block, original))]
    return _guessed(message, original)


def _recipients(part: Message) -> Sequence[Message]:
    """The fields of each recipient of a delivery report: the first block is about the report itself."""
    payload = part.get_payload()
    if part.get_content_type() != "message/delivery-status" or not isinstance(payload, list):
        return []
    return [block for block in payload if isinstance(block, Message) and block["Final-Recipient"]]


def _reported(block: Message, letter: Original) -> Bounce | None:
    """None for one that was delivered, passed on or is still tried."""
    status = _STATUS.search(str(block["Status"] or "")) or _STATUS.search(str(block["Diagnostic-Code"] or ""))
    action = str(block["Action"] or "failed").strip().lower()
    if action != "failed":
        return None
    named = (_address(str(block[name] or "").partition(";")[2]) for name in ("Original-Recipient", "Final-Recipient"))
    original, final = named
    return Bounce(
        letter.message_id, letter.address or original or final, _is_permanent(status), status[1] if status else ""
    )


def _guessed(message: Message, original: Original) -> list[Bounce]:
    """Of a letter without a report: from a mail system, saying that something was not delivered."""
    sender, subject = parseaddr(str(message["From"] or ""))[1], _words(str(message["Subject"] or ""))
    text = "\n".join(_texts(message))
    failed = message["X-Failed-Recipients"]
    by_system = str(message["Return-Path"] or "").strip() == "<>" or _DAEMON.match(sender) or failed
    says_so = failed or _FAILED.search(subject) or _FAILED.search(text[:2000])
    if not (by_system and says_so) or _ON_ITS_WAY.search(subject):
        return []
    status = _STATUS.search(text)
    code = status or _CODE.search(text)
    named = _NAMED.search(text)
    address = original.address or _address(str(failed or "")) or _address(named[1] if named else "")
    return [Bounce(original.message_id, address, _is_permanent(code), code[1] if code else "")]


def _is_permanent(code: "re.Match[str] | None") -> bool:
    return code is not None and code[1].startswith("5") and not _NOT_OF_ADDRESS.fullmatch(code[1])


def _original(message: Message, domain: str) -> Original | None:
    """Quoted whole, by its heads or in the text. What answers a letter of ours has its name in its own heads only."""
    shape = re.compile(rf"(?<![0-9a-f])([0-9a-f]{{32}}@{re.escape(domain)})(?![\w.-])", re.IGNORECASE)
    for text in _texts(message):
        if found := shape.search(text):
            to = _TO.search(text)
            return Original(f"<{found[1].lower()}>", _address(to[1]) if to else "")
    return None


def _texts(message: Message) -> Iterator[str]:
    """The heads of every letter inside, then every text; not the heads of the letter itself."""
    for part in message.walk():
        if part is not message and part["Message-ID"]:
            yield "\n".join(f"{name}: {value}" for name, value in part.items())[:_LONGEST_TEXT]
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_maintype() == "text" else None
        if isinstance(payload, bytes):
            yield _decoded(payload[:_LONGEST_TEXT], part.get_content_charset("utf-8"))


def _words(header: str) -> str:
    try:
        return str(make_header(decode_header(header)))
    except (HeaderParseError, LookupError, ValueError):
        return header


def _decoded(payload: bytes, charset: str) -> str:
    try:
        return payload.decode(charset, "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def _address(written: str) -> str:
    """As we would write it; empty for anything else."""
    return wire_address(parseaddr(written)[1] or written.strip().strip("<>")) or ""
