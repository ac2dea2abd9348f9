"""What a person sees: text with five tags, rows of buttons, perhaps a picture or a file."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from markupsafe import Markup

from bot.conversation.action import Action


class Show(StrEnum):
    """SEND a new message, or REPLACE the one whose button was tapped, where the messenger can."""

    SEND = "send"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that comes back as an event with its action.

    `count` is shown as "(n)" after the label only where every screen draws the button anew; a kept menu would lie.
    """

    label: str
    action: Action
    count: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SharePhone:
    """A button that asks the person for their phone number."""

    label: str


Button = Tap | Link | SharePhone
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture file of ours; `name` is its last part in a public address."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of ours for this person alone, to keep: it always comes as a new message and is never edited away.

    `name` is what they see, with its ending; `token` is its secret part in an address that leads to it for a while.
    `picture`: it is to be seen at once, where the messenger can show it so.
    """

    path: Path
    name: str
    mime: str
    size: int
    token: str = field(repr=False)
    picture: bool = False


Media = Photo | Attachment


@dataclass(frozen=True, slots=True)
class Screen:
    """One thought, at most 8 rows of buttons with labels of at most 25 characters.

    `text` holds only b, i, s, code and a (with href); values are escaped by construction. `notice` is a short remark
    about what was just done: a messenger with toasts shows it there, another one puts it above the text. `menu` is the
    permanent bottom menu: a messenger that keeps a keyboard shows it with a screen that has no rows of its own, another
    one puts it under the rows of every screen. `about` is the order it shows, where it is to stay true: a messenger
    that can edit tells the desk in which message it stands.
    """

    text: Markup
    rows: Rows = ()
    media: Media | None = None
    show: Show = Show.REPLACE
    notice: str = ""
    menu: tuple[tuple[Tap, ...], ...] = ()
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class Traits:
    """What a messenger can do; screens are previewed against these limits in tests.

    `quotes`: a message can show which one it answers.
    """

    can_edit: bool
    keeps_menu: bool
    text_limit: int
    caption_limit: int
    label_limit: int
    rows: int
    row_width: int
    quotes: bool = False
