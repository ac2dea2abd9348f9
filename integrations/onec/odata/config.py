"""Settings of a 1C base that is published by OData."""

from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

ProfileName = Literal["ut_ua", "bas_ut", "unf", "bp"]
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ROOT = "/odata/standard.odata"


class OnecSettings(BaseModel):
    """Where the base is and how orders and payments are written into it.

    `base_url` is what the web client opens (`https://host/base`). `organization` is an EDRPOU, a code or a name,
    `warehouse` a code or a name; empty means the base's first one. `date_filter` off is for bases that fail on
    conditions by date: their documents are read newest first instead.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    base_url: str
    user: str = Field(min_length=1)
    password: SecretStr
    profile: ProfileName
    organization: str = ""
    warehouse: str = ""
    post_orders: bool = False
    post_payments: bool = False
    timezone: str = "Europe/Kyiv"
    date_filter: bool = True

    @field_validator("base_url")
    @classmethod
    def _keeps_the_password_private(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError("the address of the base must be https")
        if not parts.hostname or parts.query or parts.fragment or parts.username is not None:
            raise ValueError("the address of the base has no parameters and no password in it")
        return url.rstrip("/").removesuffix(_ROOT)

    @field_validator("user")
    @classmethod
    def _fits_basic(cls, user: str) -> str:
        if ":" in user or not user.isprintable():
            raise ValueError("a user's name has no colon and no control characters")
        return user

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            raise ValueError("an unknown time zone") from None
        return name

    @property
    def root(self) -> str:
        """The address of the OData service."""
        return self.base_url + _ROOT

    @property
    def zone(self) -> ZoneInfo:
        """The base's moments have no zone of their own: they are the server's local time."""
        return ZoneInfo(self.timezone)
