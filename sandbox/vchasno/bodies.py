"""What the calls take as JSON; fields nobody knows are not looked at."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.vchasno.uploading import Amount, Day

Email = Annotated[str, Field(pattern=r"^[^@\s,]+@[^@\s,]+\.[^@\s,]+$", max_length=200)]
Code = Annotated[str, Field(pattern=r"^(\d{8,10}|[A-ZА-ЯІЇЄҐ]{2}\d{6})$")]
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Ids = Annotated[list[str], Field(min_length=1, max_length=500)]


class DocumentIds(BaseModel):
    document_ids: Ids


class Info(BaseModel):
    """What is not given stays."""

    title: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    number: Annotated[str, Field(max_length=100)] | None = None
    date: Day | None = None
    amount: Amount | None = None
    category: int | None = None


class Counterparty(BaseModel):
    edrpou: Code
    email: Email


class Party(BaseModel):
    edrpou: Code
    emails: Annotated[list[Email], Field(min_length=1, max_length=20)]
    is_email_hidden: bool = False
    role: Literal["signer", "viewer"] = "signer"


class Parties(BaseModel):
    is_ordered: bool = False
    recipients: Annotated[list[Party], Field(min_length=1, max_length=50)]


class FlowStep(BaseModel):
    edrpou: Code
    emails: Annotated[list[Email], Field(max_length=20)] = []
    order: Annotated[int, Field(ge=0, le=100)] = 0
    sign_num: Annotated[int, Field(ge=1, le=20)] = 1


class Reason(BaseModel):
    text: Words


class NewComment(BaseModel):
    text: Words
    is_internal: bool = False


class NewSignature(BaseModel):
    signature: Annotated[str, Field(min_length=1, max_length=2_000_000)]
    stamp: str | None = None


class DeleteMessage(BaseModel):
    message: Annotated[str, Field(max_length=4000)] = ""
    reject_message: Annotated[str, Field(max_length=4000)] = ""


class CompanyCode(BaseModel):
    edrpou: Code


class NewSession(BaseModel):
    document_id: str
    edrpou: Code
    email: Email
    type: Literal["view_session", "sign_session"]
    on_finish_url: Annotated[str, Field(max_length=2000)] = ""
    on_cancel_url: Annotated[str, Field(max_length=2000)] = ""


class NewLink(BaseModel):
    type: Literal["view", "sign"]
    access_period: Literal[1, 3, 5, 7, 14, 30]
    is_single_use_link: bool = False
    recipient_edrpou: Code | None = None
    recipient_email: Email | None = None
    email_text: str = ""


class LinkChange(BaseModel):
    access_period: Literal[1, 3, 5, 7, 14, 30] | None = None
    is_active: bool | None = None


class Trial(BaseModel):
    rate: Literal["integration_trial"]
