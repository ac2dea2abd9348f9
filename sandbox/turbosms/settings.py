"""What the customer sets in the cabinet about callbacks."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """Where reports of delivery are sent, in which form, how they are signed and in whose words.

    The vendor does not state the order of the signature's halves, and writes both the words of its API and SMPP's.
    """

    model_config = ConfigDict(extra="forbid")

    callback_url: Annotated[str, Field(max_length=500)] = ""
    callback_form: Literal["json", "form"] = "json"
    signature: Literal["secret_first", "id_first"] = "secret_first"
    words: Literal["smpp", "api"] = "smpp"
