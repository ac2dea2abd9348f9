"""Settings of the Viber bot."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator

NAME_LIMIT = 28
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class ViberSettings(BaseModel):
    """What one bot needs; `public_url` is where Viber finds us, and may be empty."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    token: SecretStr
    api_base: str = "https://chatapi.viber.com/pa"
    sender_name: str = "Komora"
    public_url: str = ""

    @field_validator("token")
    @classmethod
    def _fits_a_header(cls, token: SecretStr) -> SecretStr:
        value = token.get_secret_value()
        if not value or not value.isascii() or not value.isprintable() or " " in value:
            raise ValueError("the token must be printable ASCII without spaces")
        return token

    @field_validator("api_base")
    @classmethod
    def _keeps_the_token_private(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError("the address of the API must be https")
        return url.rstrip("/")

    @field_validator("sender_name")
    @classmethod
    def _short(cls, name: str) -> str:
        return name.strip()[:NAME_LIMIT].strip() or "Komora"

    @field_validator("public_url")
    @classmethod
    def _no_slash(cls, url: str) -> str:
        return url.rstrip("/")
