"""How this base differs from others: switches of the control side."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0, le=60)]


class Quirks(BaseModel):
    """Defaults are what was observed on live bases."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    honours_client_ref: bool = True
    if_match: Literal["ignore", "412"] = "ignore"
    first_request_delay: Seconds = 0
    date_filter: bool = True
    count_path: bool = True
    balance_slow: Seconds = 0
    closed_before: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    announce_charset: Literal["utf-8", "windows-1251"] = "utf-8"
    page_bytes_limit: Annotated[int, Field(ge=1)] | None = None
    unpublished: list[Annotated[str, Field(max_length=200)]] = []
    latency: Seconds = 0
    refuse_comment: Annotated[str, Field(max_length=200)] | None = None
    """Documents with this text in the comment are not written: an exception of the program's own code."""
