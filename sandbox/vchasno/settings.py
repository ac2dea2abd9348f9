"""What the control side sets for good: how the service behaves, what the tariff allows."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """`director` says what the owner's director does with whatever waits for them, `director_after` seconds later.

    `index_lag` is how many seconds lists know nothing of a change; `wrapped` gives one document as a list of one;
    `rate` is calls a second, 0 for any number.
    """

    model_config = ConfigDict(extra="forbid")

    director: Literal["by_hand", "signs", "signs_and_sends"] = "by_hand"
    director_after: Annotated[float, Field(ge=0, le=86_400)] = 1.0
    index_lag: Annotated[float, Field(ge=0, le=3600)] = 0.0
    wrapped: bool = False
    rate: Annotated[int, Field(ge=0, le=1000)] = 10


class Tariff(BaseModel):
    """Without `integration` the API is closed; `left` is how many documents may yet be uploaded, None for any."""

    model_config = ConfigDict(extra="forbid")

    integration: bool = True
    trial_used: bool = False
    total: Annotated[int, Field(ge=0, le=1_000_000)] = 1000
    left: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
