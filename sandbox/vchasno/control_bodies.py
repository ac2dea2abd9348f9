"""What the control side takes."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^(\d{8,10}|[A-ZА-ЯІЇЄҐ]{2}\d{6})$")]
Name = Annotated[str, Field(max_length=160)]


class Body(BaseModel):
    """An object with these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class ClientSigns(Body):
    """`send` by the same click; another `edrpou` than the recipient's is a wrong company, `signer` surname first."""

    send: bool = True
    edrpou: Code | None = None
    name: Name = ""
    signer: Annotated[str, Field(max_length=60)] = ""


class OwnerSigns(Body):
    send: bool = True
    signer: Annotated[str, Field(max_length=60)] = ""


class Rejects(Body):
    text: Annotated[str, Field(min_length=1, max_length=4000)]


class Status(Body):
    """Any code, known or not."""

    code: Annotated[int, Field(ge=1, le=99_999)]


class Taken(Body):
    """Another recipient than the owner named."""

    edrpou: Code
    email: Annotated[str, Field(max_length=200)] = ""


class DeleteAnswer(Body):
    accept: bool
    message: Annotated[str, Field(max_length=4000)] = ""


class NewCompany(Body):
    """What is not given stays as it was known."""

    edrpou: Code
    name: Name | None = None
    registered: bool | None = None
    email: Annotated[str, Field(max_length=200)] | None = None
    signer: Annotated[str, Field(max_length=60)] | None = None


class Mail(Body):
    url: Annotated[str, Field(max_length=300)] = ""


class Clock(Body):
    """Time goes forward only."""

    advance: Annotated[float, Field(ge=0, le=10 * 366 * 86400)]
