"""Settings of the exchange that 1C itself drives."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

Version = Literal["2.03", "2.04", "2.05", "2.06", "2.07", "2.08", "2.09", "2.10"]
KIB, MIB = 1024, 1024**2


class ExchangeSettings(BaseModel):
    """What an IT person types into 1C, and the bounds of what 1C may send.

    `file_limit` is one part of a file, `upload_limit` is all the files of one dialogue, unpacked ones included;
    `answer_within` is how many seconds a long import keeps 1C waiting before it hears `progress`.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    user: str = Field(min_length=1, max_length=200)
    password: SecretStr
    events_key: SecretStr = SecretStr("")
    encoding: Literal["utf-8", "windows-1251"] = "utf-8"
    version: Version = "2.08"
    file_limit: int = Field(default=2 * MIB, ge=KIB, le=64 * MIB)
    upload_limit: int = Field(default=512 * MIB, ge=KIB, le=8192 * MIB)
    zip: bool = True
    folder: Path
    currency: str = Field(default="UAH", min_length=1, max_length=10)
    answer_within: float = Field(default=10.0, ge=0, le=60)

    @field_validator("user")
    @classmethod
    def _fits_basic(cls, user: str) -> str:
        if ":" in user or not user.isprintable():
            raise ValueError("a user's name has no colon and no line ends")
        return user

    @field_validator("password")
    @classmethod
    def _not_empty(cls, password: SecretStr) -> SecretStr:
        if not password.get_secret_value():
            raise ValueError("the exchange needs a password")
        return password
