"""Settings of the Telegram bot."""

import re
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator, model_validator

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{1,200}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class TelegramSettings(BaseModel):
    """What one bot needs; `public_url` is where Telegram finds the webhook, and is not needed for polling."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    token: SecretStr
    api_base: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: SecretStr = SecretStr("")
    public_url: str = ""

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, token: SecretStr) -> SecretStr:
        """It becomes a part of an address, so nothing but what BotFather gives may pass."""
        if not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("the token must look like 123456:ABC-def, as BotFather gave it")
        return token

    @field_validator("api_base")
    @classmethod
    def _keeps_the_token_private(cls, url: str) -> str:
        if not _is_private(url):
            raise ValueError("the address of the API must be https")
        return url.rstrip("/")

    @field_validator("public_url")
    @classmethod
    def _no_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> Self:
        if self.mode == "webhook":
            if not _SECRET.fullmatch(self.webhook_secret.get_secret_value()):
                raise ValueError("a webhook needs a secret of 1-256 characters A-Z a-z 0-9 _ -")
            if not _is_private(self.public_url):
                raise ValueError("a webhook needs a public address, https")
        return self


def _is_private(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
