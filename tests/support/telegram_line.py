"""A person on Telegram's wire: acts and looks through the sandbox's control side."""

import asyncio
from typing import Any

import httpx

from tests.support.chat import Shown

PATIENCE = 10.0
SCREENS = {
    "sendMessage",
    "sendPhoto",
    "editMessageText",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
}
Json = dict[str, Any]


class TelegramLine:
    """One person's Telegram, at the sandbox's address."""

    def __init__(self, http: httpx.AsyncClient, address: str, user: int) -> None:
        self._http = http
        self._address = address
        self._user = user
        self._current = 0

    async def start(self, payload: str = "") -> Shown:
        return await self._act("start", **({"payload": payload} if payload else {}))

    async def write(self, text: str) -> Shown:
        return await self._act("say", text=text)

    async def tap(self, label: str) -> Shown:
        place = await self._place(label)
        if place is None:
            return await self.write(label)
        return await self._act("tap", message_id=self._current, row=place[0], column=place[1])

    async def tap_payload(self, payload: str) -> Shown:
        return await self._act("tap", message_id=self._current, data=payload)

    async def share_phone(self, phone: str) -> Shown:
        return await self._act("share_phone", phone=phone)

    async def send_photo(self) -> Shown:
        return await self._act("send_photo", content_base64=PNG)

    async def payload_of(self, label: str) -> str:
        keyboard = _message(await self._chat(), self._current)["keyboard"]
        return str(next(b["callback_data"] for row in keyboard for b in row if b["text"] == label))

    async def look(self) -> Shown:
        """The screen as it stands: the message last sent or edited, and the keyboard below."""
        return _shown(await self._chat(), self._current, "")

    async def _act(self, what: str, **fields: Any) -> Shown:
        await self._http.delete(f"{self._address}/_control/calls")
        answer = await self._http.post(f"{self._address}/_control/{what}", json={"user": self._user} | fields)
        answer.raise_for_status()
        return await self.next_screen(str(answer.json().get("text") or "") if what == "tap" else "")

    async def next_screen(self, toast: str = "") -> Shown:
        """Wait until the bot has sent or edited a screen since the calls were emptied."""
        async with asyncio.timeout(PATIENCE):
            while True:
                calls = (await self._http.get(f"{self._address}/_control/calls")).json()
                shown = [call for call in calls if self._is_screen(call)]
                if shown:
                    result = shown[-1]["answer"].get("result")
                    self._current = result["message_id"] if isinstance(result, dict) else self._current
                    return _shown(await self._chat(), self._current, toast)
                await asyncio.sleep(0.01)

    def _is_screen(self, call: Json) -> bool:
        if call["method"] not in SCREENS or str(call["params"].get("chat_id")) != str(self._user):
            return False
        return call["ok"] or "not modified" in call["answer"].get("description", "")

    async def _place(self, label: str) -> tuple[int, int] | None:
        """Row and column of an inline button; None where it stands on the reply keyboard."""
        keyboard = _message(await self._chat(), self._current).get("keyboard", [])
        for row, buttons in enumerate(keyboard):
            for column, button in enumerate(buttons):
                if button["text"] == label:
                    return row, column
        return None

    async def _chat(self) -> Json:
        answer = await self._http.get(f"{self._address}/_control/chat/{self._user}")
        return dict(answer.raise_for_status().json())


def _message(chat: Json, message_id: int) -> Json:
    return next((one for one in chat["messages"] if one["message_id"] == message_id), {})


def _shown(chat: Json, message_id: int, toast: str) -> Shown:
    message = _message(chat, message_id)
    buttons = [button["text"] for row in message.get("keyboard", []) for button in row]
    below = (chat["reply_keyboard"] or {}).get("keyboard", [])
    buttons += [button["text"] if isinstance(button, dict) else button for row in below for button in row]
    return Shown(message.get("text") or message.get("caption") or "", buttons, toast)


PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
