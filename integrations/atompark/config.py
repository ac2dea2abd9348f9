"""Settings of the AtomPark account."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class AtomParkSettings(BaseModel):
    """Keys from the cabinet and the registered sender: 11 Latin letters and digits, or 14 digits.

    `test` asks AtomPark to accept messages without sending them; `lifetime` is in hours, 0 for the longest.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    public_key: SecretStr
    private_key: SecretStr
    sender: str = Field(pattern=r"^([A-Za-z0-9 ._-]{1,11}|[0-9]{1,14})$")
    base_url: str = "https://api.atompark.com"
    lifetime: int = 0
    test: bool = False

    @field_validator("base_url")
    @classmethod
    def _keeps_the_keys_private(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError("the address of the API must be https")
        return url.rstrip("/")

    @field_validator("lifetime")
    @classmethod
    def _known_to_atompark(cls, hours: int) -> int:
        if hours not in (0, 1, 6, 12, 24):
            raise ValueError("a message lives 0 (the longest), 1, 6, 12 or 24 hours")
        return hours
