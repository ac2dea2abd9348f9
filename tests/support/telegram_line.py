"""A person on Telegram's wire: acts and looks through the sandbox's control side."""

import struct
import zlib
from base64 import b64encode
from typing import Any

import httpx

from tests.support.chat import Shown
from tests.support.loopback import Json, Stream

NOT_MODIFIED = "message is not modified"
LONGEST = 4096
"""Characters of a message."""


class TelegramLine:
    """One person's Telegram, at the sandbox's address."""

    def __init__(self, http: httpx.AsyncClient, address: str, user: int, name: str) -> None:
        self._http = http
        self._address = f"{address}/_control"
        self._user = user
        self._name = name
        self._stream = Stream(http, f"{self._address}/events", chat=user)
        self._current = 0
        self._buttons: list[Json] = []
        self._introduced = False
        self._document: Json = {}

    async def start(self, payload: str = "") -> Shown:
        return await self._act("start", **({"payload": payload} if payload else {}))

    async def write(self, text: str) -> Shown:
        return await self._act("say", text=text[:LONGEST])

    async def tap(self, label: str) -> Shown:
        """An inline button, or, where none is called so, the words of the keyboard below."""
        for button in self._buttons:
            if button["text"] == label:
                return await self.tap_payload(button["data"])
        return await self.write(label)

    async def tap_payload(self, payload: str) -> Shown:
        return await self._act("tap", message_id=self._current, data=payload)

    async def share_phone(self, phone: str) -> Shown:
        return await self._act("share_phone", phone=phone)

    async def send_photo(self) -> Shown:
        return await self._act("send_photo", content_base64=_picture())

    async def payload_of(self, label: str) -> str:
        return next(str(button["data"]) for button in self._buttons if button["text"] == label)

    async def download(self) -> bytes:
        """The file as the phone fetches it."""
        answer = await self._http.get(f"{self._address.removesuffix('_control')}{self._document['url']}")
        assert len(answer.raise_for_status().content) == self._document["size"]
        return answer.content

    async def forward_contact(self, phone: str) -> Shown:
        """Somebody else's card, passed on."""
        return await self._act("share_phone", phone=phone, forwarded={"first_name": "Хтось інший"})

    async def look(self) -> Shown:
        """The screen as it stands: the bot's newest message, and the keyboard below."""
        chat = await self._chat()
        said = [message for message in chat["messages"] if not message["outgoing"]]
        return self._see(said[-1] if said else {}, chat["reply_keyboard"], "")

    async def post(self, what: str, **fields: Any) -> Json:
        """Do it and wait for nothing but the sandbox's word on it."""
        answer = await self._http.post(f"{self._address}/{what}", json={"user": self._user} | fields)
        assert answer.status_code == httpx.codes.OK, answer.text
        return dict(answer.json())

    async def close(self) -> None:
        await self._stream.close()

    async def _act(self, what: str, **fields: Any) -> Shown:
        """Do it; the screen is what the bot sends or edits next, or leaves as it is because nothing in it changed."""
        if not self._introduced:
            self._introduced = bool(await self.post("users", id=self._user, first_name=self._name))
        await self._stream.begin()
        done = await self.post(what, **fields)
        shown = await self._stream.until(_is_screen)
        chat = await self._chat()
        current = shown["message"]["message_id"] if "message" in shown else self._current
        message = next(one for one in chat["messages"] if one["message_id"] == current)
        return self._see(message, chat["reply_keyboard"], str(done.get("text") or "") if what == "tap" else "")

    def _see(self, message: Json, below: Json | None, toast: str) -> Shown:
        """The message in hand, its buttons and the keyboard below them."""
        self._current = message.get("message_id", 0)
        self._buttons = [button for row in message.get("keyboard", []) for button in row]
        words = [button for row in (below or {"keyboard": []})["keyboard"] for button in row]
        labels = [button["text"] if isinstance(button, dict) else button for button in (*self._buttons, *words)]
        self._document = message.get("document", {})
        return Shown(message.get("text") or message.get("caption") or "", labels, toast, self._document.get("name", ""))

    async def _chat(self) -> Json:
        answer = await self._http.get(f"{self._address}/chat/{self._user}")
        return dict(answer.raise_for_status().json())


def _is_screen(event: Json) -> bool:
    if event["type"] in ("message", "edited"):
        return not event["message"]["outgoing"]
    return event["type"] == "call_error" and NOT_MODIFIED in event["description"]


def _picture() -> str:
    """A PNG of one white pixel, in base64."""
    parts = (("IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), ("IDAT", zlib.compress(b"\0\xff")), ("IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + name.encode() + body + struct.pack(">I", zlib.crc32(name.encode() + body))
        for name, body in parts
    )
    return b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)).decode()
