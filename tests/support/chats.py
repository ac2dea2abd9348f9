"""Messengers that give links, as services see them."""

from bot.domain.errors import Unavailable


class Chat:
    """A messenger of which only the links matter; `silent` as long as it does not say its name."""

    def __init__(self, channel: str = "telegram", *, silent: bool = False) -> None:
        self.channel = channel
        self.silent = silent
        self.name = "komora_bot"
        self.asked = 0

    async def check(self) -> str:
        self.asked += 1
        if self.silent:
            raise Unavailable(self.channel, "check")
        return self.channel

    def start_link(self, token: str) -> str:
        return f"{self.chat_link()}?start={token}"

    def chat_link(self) -> str:
        return {"telegram": f"https://t.me/{self.name}", "viber": "viber://pa?chatURI=komora"}[self.channel]
