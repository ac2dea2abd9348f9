"""Settings of the TurboSMS account."""

import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HEADER = re.compile(r"[!-~]{1,500}", re.ASCII)


class TurboSmsSettings(BaseModel):
    """The token and the registered senders from the cabinet; Viber's is registered apart and may be missing.

    `secret` is what callbacks are signed with; without it there are none.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    token: SecretStr
    sender: str = Field(pattern=r"^([A-Za-z0-9 ._-]{1,11}|[0-9]{1,14})$")
    viber_sender: str = Field(default="", max_length=28)
    secret: SecretStr = SecretStr("")
    base_url: str = "https://api.turbosms.ua"

    @field_validator("token")
    @classmethod
    def _fits_a_header(cls, token: SecretStr) -> SecretStr:
        if not _HEADER.fullmatch(token.get_secret_value()):
            raise ValueError("the token has no spaces and Latin letters only")
        return token

    @field_validator("base_url")
    @classmethod
    def _keeps_the_token_private(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError("the address of the API must be https")
        return url.rstrip("/")
