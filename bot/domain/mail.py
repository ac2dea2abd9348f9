"""Letters by e-mail: what is sent, what came back, and the one Message-ID of a letter however often it is sent."""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attachment:
    """A file of a letter; `mime` such as application/pdf."""

    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """One letter to one address; `html` may be empty, `text` may not.

    `key` names the effect: two letters with one key are one letter. `unsubscribe_url` is https and takes a POST.
    """

    to: str
    subject: str
    text: str
    html: str
    key: str
    attachments: tuple[Attachment, ...] = ()
    unsubscribe_url: str = ""


@dataclass(frozen=True)
class Bounce:
    """A letter of ours that was accepted and came back; `reason` is a status such as 5.1.1, or empty.

    Where it is not `permanent`, the address may take the next letter.
    """

    message_id: str
    address: str
    permanent: bool
    reason: str


def message_id(key: str, domain: str) -> str:
    """The same for the same key, so that a letter sent twice is seen as one where it arrives."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"
