"""A test kit that reads as a dialogue: person.writes("борошно"), person.taps("Підтвердити"), person.sees("Замовлення").

The same person talks to the kernel directly, over Telegram's wire, or over Viber's: each has a `Line` of its own.
"""

import re
from dataclasses import dataclass, field
from typing import Protocol


@dataclass
class Shown:
    """What stands on the person's screen now: plain text and the labels of its buttons."""

    text: str
    buttons: list[str] = field(default_factory=list)
    notice: str = ""
    file: str = ""


class Line(Protocol):
    """One way to the bot, and the person's end of it."""

    async def start(self, payload: str = "") -> Shown: ...

    async def write(self, text: str) -> Shown: ...

    async def tap(self, label: str) -> Shown: ...

    async def tap_payload(self, payload: str) -> Shown: ...

    async def share_phone(self, phone: str) -> Shown: ...

    async def send_photo(self) -> Shown: ...

    async def payload_of(self, label: str) -> str: ...

    async def download(self) -> bytes: ...


@dataclass
class Talker:
    """A person in front of a screen."""

    line: Line
    screen: Shown = field(default_factory=lambda: Shown(""))

    async def starts(self, payload: str = "") -> None:
        self.screen = await self.line.start(payload)

    async def writes(self, text: str) -> None:
        self.screen = await self.line.write(text)

    async def taps(self, label: str) -> None:
        """Press the button whose label begins like this; the menu's too."""
        self.screen = await self.line.tap(self.label_like(label))

    async def presses(self, payload: str) -> None:
        """Send a payload that no button need carry."""
        self.screen = await self.line.tap_payload(payload)

    async def shares_phone(self, phone: str) -> None:
        self.screen = await self.line.share_phone(phone)

    async def sends_photo(self) -> None:
        self.screen = await self.line.send_photo()

    async def payload_of(self, label: str) -> str:
        """What the button would send."""
        return await self.line.payload_of(self.label_like(label))

    async def receives(self, name: str) -> bytes:
        """The content of the file that came with the screen, under this name."""
        assert self.screen.file == name, f"{self.screen.file!r} came, not {name!r}, with:\n{self.screen.text}"
        return await self.line.download()

    def label_like(self, label: str) -> str:
        found = [each for each in self.screen.buttons if each.startswith(label)]
        assert found, f"no button {label!r} among {self.screen.buttons} under:\n{self.screen.text}"
        return found[0]

    def sees(self, *words: str) -> None:
        everything = f"{self.screen.notice}\n{self.screen.text}".replace("\u00a0", " ").replace("\u202f", " ")
        for word in words:
            assert word in everything, f"{word!r} is not on the screen:\n{everything}\n{self.screen.buttons}"

    def sees_not(self, *words: str) -> None:
        for word in words:
            assert word not in f"{self.screen.notice}\n{self.screen.text}", word

    def sees_buttons(self, *labels: str) -> None:
        for label in labels:
            self.label_like(label)

    def reads(self, pattern: str) -> str:
        """The first group of the pattern on the screen."""
        found = re.search(pattern, self.screen.text.replace("\u00a0", " "))
        assert found, f"{pattern!r} is not on the screen:\n{self.screen.text}"
        return found[1]
