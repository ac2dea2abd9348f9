"""A letter as a mail program shows it."""

from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default

LONGEST_TEXT = 200_000
LONGEST_HEADER = 4000
MOST_HEADERS = 100


@dataclass(frozen=True, slots=True)
class File:
    """An attachment."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood; `html` is None where the letter has none."""

    headers: list[tuple[str, str]]
    text: str
    html: str | None
    files: list[File]

    def header(self, name: str) -> str:
        """The first of that name; empty where there is none."""
        return next((value for found, value in self.headers if found.lower() == name), "")

    def as_json(self) -> dict[str, object]:
        files = [{"name": one.name, "mime": one.mime, "size": len(one.content)} for one in self.files]
        return {
            "message_id": self.header("message-id"),
            "from": self.header("from"),
            "to": self.header("to"),
            "subject": self.header("subject"),
            "text": self.text[:LONGEST_TEXT],
            "has_html": self.html is not None,
            "attachments": files,
            "headers": self.headers,
        }


def read(raw: bytes) -> Reading:
    """Whatever can be read of it: the letter may be broken."""
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    text, html = _body(message, "plain"), _body(message, "html")
    return Reading(_headers(message), text or "", html, _files(message))


def _headers(message: EmailMessage) -> list[tuple[str, str]]:
    found = []
    for name, raw in list(message.raw_items())[:MOST_HEADERS]:
        try:
            value = str(default.header_fetch_parse(name, raw))
        except (MessageError, ValueError, LookupError, AttributeError):
            value = str(raw)
        found.append((name, value.encode("utf-8", "replace").decode()[:LONGEST_HEADER]))
    return found


def _body(message: EmailMessage, subtype: str) -> str | None:
    try:
        part = message.get_body((subtype,))
        if part is None:
            return None
        return str(part.get_content()).encode("utf-8", "replace").decode().replace("\r\n", "\n")
    except (MessageError, ValueError, LookupError, AttributeError):
        return None


def _files(message: EmailMessage) -> list[File]:
    try:
        return [_file(part) for part in message.iter_attachments() if isinstance(part, EmailMessage)]
    except (MessageError, ValueError, LookupError, AttributeError):
        return []


def _file(part: EmailMessage) -> File:
    content = part.get_payload(decode=True)
    name = (part.get_filename() or "file").encode("utf-8", "replace").decode()
    return File(name, part.get_content_type(), content if isinstance(content, bytes) else part.as_bytes())
