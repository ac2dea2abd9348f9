"""A person on Viber's wire: acts and looks through the sandbox's control side."""

import asyncio
import re
from html import unescape
from typing import Any

import httpx

from tests.support.chat import Shown

PATIENCE = 10.0
Json = dict[str, Any]


class ViberLine:
    """One person's Viber, at the sandbox's address."""

    def __init__(self, http: httpx.AsyncClient, address: str, user: str) -> None:
        self._http = http
        self._address = address
        self._user = user

    async def start(self, payload: str = "") -> Shown:
        return await self._act("open", **({"context": payload} if payload else {}))

    async def write(self, text: str) -> Shown:
        return await self._act("say", text=text)

    async def tap(self, label: str) -> Shown:
        buttons = (await self._chat())["keyboard"]["Buttons"]
        index = next(n for n, button in enumerate(buttons) if _label(button) == label)
        return await self._act("tap", index=index)

    async def tap_payload(self, payload: str) -> Shown:
        return await self._act("tap", action_body=payload)

    async def share_phone(self, phone: str) -> Shown:
        return await self._act("share_phone", phone=phone)

    async def send_photo(self) -> Shown:
        return await self._act("send_picture", name="photo.png", content_base64="iVBORw0KGgo=")

    async def payload_of(self, label: str) -> str:
        buttons = (await self._chat())["keyboard"]["Buttons"]
        return str(next(button["ActionBody"] for button in buttons if _label(button) == label))

    async def look(self) -> Shown:
        """The screen as it stands: the last message of the bot and the keyboard under it."""
        return _shown(await self._chat())

    async def _act(self, what: str, **fields: Any) -> Shown:
        before = len(_from_bot(await self._chat()))
        answer = await self._http.post(f"{self._address}/_control/{what}", json={"user": self._user} | fields)
        answer.raise_for_status()
        return await self.next_screen(before)

    async def next_screen(self, before: int) -> Shown:
        """Wait until the bot has said more than `before` messages, the last with its keyboard."""
        async with asyncio.timeout(PATIENCE):
            while True:
                chat = await self._chat()
                if len(_from_bot(chat)) > before and chat["keyboard"]:
                    return _shown(chat)
                await asyncio.sleep(0.01)

    async def _chat(self) -> Json:
        answer = await self._http.get(f"{self._address}/_control/chat", params={"user": self._user})
        return dict(answer.raise_for_status().json())


def _from_bot(chat: Json) -> list[Json]:
    return [message for message in chat["messages"] if message["from"] == "bot"]


def _label(button: Json) -> str:
    return unescape(re.sub(r"<[^>]+>", "", button.get("Text", "")))


def _shown(chat: Json) -> Shown:
    said = _from_bot(chat)
    text = said[-1].get("text", "") if said else ""
    buttons = [_label(button) for button in (chat["keyboard"] or {"Buttons": []})["Buttons"]]
    return Shown(text, buttons)
