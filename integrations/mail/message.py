"""A letter as it goes over the wire: seven-bit, in lines that every server takes."""

import re
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from urllib.parse import urlsplit

from bot.domain.errors import Rejected
from bot.domain.mail import Attachment, Letter, message_id
from integrations.mail.addresses import wire_address
from integrations.mail.config import MailSettings

SYSTEM = "mail"
LONGEST_TEXT = 2 * 1024 * 1024
"""Characters of a letter's text, and of its HTML."""
MOST_ATTACHMENTS = 20
LARGEST_LETTER = 20 * 1024 * 1024
"""Bytes of the files together; base64 makes a third more of them, and few servers take over 30 MB."""
_LONGEST_SUBJECT = 400
_LONGEST_NAME = 120
_LONGEST_URL = 900
_MIME = re.compile(r"(?!multipart/|message/)([A-Za-z0-9!#$&^_.+-]{1,60})/([A-Za-z0-9!#$&^_.+-]{1,60})")
_UNKEEPABLE = re.compile(r'[<>:"/\\|?*]')
_URL = re.compile(r"https?://[!#-;=?-Z_a-z~%\[\]]+")


class _AsWritten(UnstructuredHeader, BaseHeader):
    """In one line: the standard library would fold a long address, or break it up into encoded words."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
for _name in ("to", "reply-to", "list-unsubscribe"):
    _HEADERS.map_to_type(_name, _AsWritten)
_POLICY = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)


def composed(letter: Letter, settings: MailSettings, at: datetime) -> tuple[str, str, bytes]:
    """The Message-ID, the recipient and the whole letter. Raises Rejected for one that cannot be sent."""
    recipient = wire_address(letter.to)
    sender = wire_address(settings.address)
    if recipient is None or sender is None:
        raise _rejected("bad address")
    if len(letter.text) > LONGEST_TEXT or len(letter.html) > LONGEST_TEXT or not letter.text.strip():
        raise _rejected("empty or too long text")
    if len(letter.attachments) > MOST_ATTACHMENTS or _weight(letter) > LARGEST_LETTER:
        raise _rejected("too big")
    identity = message_id(letter.key, sender.rpartition("@")[2])
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(_line(settings.display_name, _LONGEST_NAME), addr_spec=sender)
    message["To"] = recipient
    message["Subject"] = _line(letter.subject, _LONGEST_SUBJECT)
    message["Date"] = at
    message["Message-ID"] = identity
    if settings.reply_to:
        message["Reply-To"] = wire_address(settings.reply_to)
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{_unsubscribe(letter.unsubscribe_url)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _fill(message, letter)
    return identity, recipient, message.as_bytes()


def _fill(message: EmailMessage, letter: Letter) -> None:
    message.set_content(_written(letter.text), cte="base64")
    if letter.html:
        message.add_alternative(_written(letter.html), subtype="html", cte="base64")
    for attachment in letter.attachments:
        kind = _MIME.fullmatch(attachment.mime)
        main, sub = (kind[1], kind[2]) if kind else ("application", "octet-stream")
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=_file_name(attachment))


def _unsubscribe(url: str) -> str:
    """One click is a POST of a mail service, so it comes by https, or from this machine."""
    if len(url) > _LONGEST_URL or not _URL.fullmatch(url):
        raise _rejected("bad unsubscribe address")
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise _rejected("bad unsubscribe address")
    return url


def _file_name(attachment: Attachment) -> str:
    """As any system can keep it."""
    return _line(_UNKEEPABLE.sub("_", attachment.name), _LONGEST_NAME).strip(". ") or "file"


def _line(text: str, longest: int) -> str:
    """One line without signs that steer: whatever was in it, no header can begin in the middle of another."""
    plain = "".join(sign if sign.isprintable() else " " for sign in _written(text))
    return " ".join(plain.split())[:longest].rstrip()


def _written(text: str) -> str:
    """What can be written in UTF-8: half a surrogate pair cannot."""
    return text.encode("utf-8", "replace").decode()


def _weight(letter: Letter) -> int:
    return sum(len(one.content) for one in letter.attachments)


def _rejected(code: str) -> Rejected:
    return Rejected(SYSTEM, "send", code)
