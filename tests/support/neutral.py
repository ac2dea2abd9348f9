"""A person on the kernel's own line: no messenger in between."""

import re
from html import unescape
from itertools import count

from markupsafe import Markup

from bot.conversation.event import Contact, Event, File, Kind, Origin, Sender
from bot.conversation.pipeline import Pipeline
from bot.conversation.screen import Attachment, Screen, Tap
from handlers.app import App
from tests.support.chat import Shown

_ids = count(1)


class NeutralLine:
    """Events straight into the pipeline; a tap carries the payload of the button it presses."""

    def __init__(self, pipeline: Pipeline[App], channel: str, external_id: str, *, proves_phones: bool = True) -> None:
        self._pipeline = pipeline
        self._sender = Sender(channel, external_id, "Хтось")
        self._proves = proves_phones
        self._screen: Screen | None = None
        self._menu: dict[str, str] = {}
        self.last: Event | None = None

    async def start(self, payload: str = "") -> Shown:
        return await self._do(Kind.STARTED, text=payload)

    async def write(self, text: str) -> Shown:
        return await self._do(Kind.WROTE, text=text)

    async def tap(self, label: str) -> Shown:
        return await self.tap_payload(await self.payload_of(label))

    async def tap_payload(self, payload: str) -> Shown:
        return await self._do(Kind.TAPPED, action=payload, origin=Origin("1"))

    async def share_phone(self, phone: str) -> Shown:
        return await self._do(Kind.SHARED_PHONE, contact=Contact(phone, proven=self._proves))

    async def send_photo(self) -> Shown:
        return await self._do(Kind.SENT_FILE, file=File("photo", ref="1"))

    async def payload_of(self, label: str) -> str:
        assert self._screen is not None
        taps = {
            button.label: button.action.pack() for row in self._screen.rows for button in row if isinstance(button, Tap)
        }
        return (self._menu | taps)[label]

    async def download(self) -> bytes:
        assert self._screen is not None
        assert isinstance(self._screen.media, Attachment)
        assert self._screen.media.size == self._screen.media.path.stat().st_size
        return self._screen.media.path.read_bytes()

    async def again(self) -> Shown:
        """The messenger delivers the last event a second time."""
        assert self.last is not None
        return self._shown(await self._pipeline.answer(self.last))

    async def _do(self, kind: Kind, **what: object) -> Shown:
        now = self._pipeline._now()
        self.last = Event(str(next(_ids)), self._sender, kind, now, **what)  # type: ignore[arg-type]
        return self._shown(await self._pipeline.answer(self.last))

    def _shown(self, screen: Screen | None) -> Shown:
        if screen is None:
            return Shown("")
        self._screen = screen
        if screen.menu:
            self._menu = {tap.label: tap.action.pack() for row in screen.menu for tap in row}
        buttons = [button.label for row in screen.rows for button in row]
        file = screen.media.name if isinstance(screen.media, Attachment) else ""
        return Shown(plain(screen.text), buttons + list(self._menu), screen.notice, file)


def plain(text: Markup) -> str:
    """The text as it reads, line breaks kept."""
    return unescape(re.sub(r"<[^>]+>", "", text))
