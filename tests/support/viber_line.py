"""A person on Viber's wire: acts and looks through the sandbox's control side."""

import re
from html import unescape
from typing import Any

import httpx

from tests.support.chat import Shown
from tests.support.loopback import Json, Stream

LONGEST = 7000
"""Characters of a message."""


class ViberLine:
    """One person's Viber, at the sandbox's address."""

    def __init__(self, http: httpx.AsyncClient, address: str, user: str, name: str) -> None:
        self._http = http
        self._address = f"{address}/_control"
        self._user = user
        self._name = name
        self._stream = Stream(http, f"{self._address}/events", user=user)
        self._buttons: list[Json] = []
        self._introduced = False
        self._file: Json = {}
        self._said: list[Json] = []

    async def start(self, payload: str = "") -> Shown:
        return await self._act("open", **({"context": payload} if payload else {}))

    async def write(self, text: str) -> Shown:
        return await self._act("say", text=text[:LONGEST])

    async def tap(self, label: str) -> Shown:
        return await self._act("tap", index=[_label(button) for button in self._buttons].index(label))

    async def tap_payload(self, payload: str) -> Shown:
        return await self._act("tap", action_body=payload)

    async def share_phone(self, phone: str) -> Shown:
        return await self._act("share_phone", phone=phone)

    async def send_photo(self) -> Shown:
        return await self._act("send_picture", name="photo.png", content_base64="iVBORw0KGgo=")

    async def payload_of(self, label: str) -> str:
        return next(str(button["ActionBody"]) for button in self._buttons if _label(button) == label)

    async def download(self) -> bytes:
        """The file from the address it came with."""
        answer = await self._http.get(self._file["media"])
        assert len(answer.raise_for_status().content) == self._file["size"]
        return answer.content

    async def forward_contact(self, phone: str) -> Shown:
        """A card from the address book."""
        return await self._act("send_contact", phone=phone)

    async def look(self) -> Shown:
        """The screen as it stands: the last message of the bot and the keyboard under it."""
        answer = await self._http.get(f"{self._address}/chat", params={"user": self._user})
        chat = answer.raise_for_status().json()
        said = self._said = [message for message in chat["messages"] if message["from"] == "bot"]
        self._buttons = (chat["keyboard"] or {"Buttons": []})["Buttons"]
        before = said[-2] if len(said) > 1 else {}
        self._file = before if before.get("type") == "file" else {}
        text, labels = said[-1].get("text", "") if said else "", [_label(button) for button in self._buttons]
        return Shown(text, labels, file=self._file.get("file_name", ""))

    async def post(self, what: str, **fields: Any) -> Json:
        """Do it and wait for nothing but the sandbox's word on it."""
        answer = await self._http.post(f"{self._address}/{what}", json={"user": self._user} | fields)
        assert answer.status_code == httpx.codes.OK, answer.text
        return dict(answer.json())

    async def close(self) -> None:
        await self._stream.close()

    async def _act(self, what: str, **fields: Any) -> Shown:
        """Do it; the screen is what the bot says next, with its keyboard."""
        if not self._introduced:
            self._introduced = bool(await self.post("users", id=self._user, name=self._name))
        await self._stream.begin()
        own = (await self.post(what, **fields))["callback"]["message_token"]
        while True:
            await self._stream.until(lambda event: event["type"] == "message" and event["token"] != own)
            shown = await self.look()
            if not self._said[-1:] or self._said[-1].get("type") != "file":  # the words of a file come after it
                return shown


def _label(button: Json) -> str:
    return unescape(re.sub(r"<[^>]+>", "", button.get("Text", "")))
