"""Settings of the company's account at Vchasno."""

import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HEADER = re.compile(r"[!-~]{1,2000}", re.ASCII)


class VchasnoSettings(BaseModel):
    """The token of one employee in one company, from the cabinet."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    token: SecretStr
    base_url: str = "https://edo.vchasno.ua"

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
        if not _is_private(url) or parts.query:
            raise ValueError("the address of the service must be https and have no parameters")
        return url.rstrip("/")

    def is_page(self, url: str) -> bool:
        """Whether an address in an answer is a page of the service."""
        try:
            ours, theirs = urlsplit(self.base_url), urlsplit(url)
            if not _is_private(url):
                return False
        except ValueError:
            return False
        same = (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)
        return same or (theirs.scheme == "https" and (theirs.hostname or "").endswith(".vchasno.ua"))


def _is_private(url: str) -> bool:
    parts = urlsplit(url)
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
