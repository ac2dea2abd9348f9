"""What Vchasno says: tolerant in, since numbers come as texts, truths as numbers, and lists bare or in an object."""

import re
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

_REF = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}", re.ASCII)
_YES = frozenset({"1", "true", "yes"})


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value).strip()


def _number(value: Any) -> int | None:
    written = _text(value).removesuffix(".0")
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= 12 else None


def _truth(value: Any) -> bool:
    return str(value).strip().lower() in _YES


def _ref(value: Any) -> str:
    said = _text(value)
    return said if _REF.fullmatch(said) else ""


def _code(value: Any) -> str:
    """A state's code."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = _text(value)
    return said if re.fullmatch(r"[0-9A-Za-z_]{1,32}", said, re.ASCII) else ""


def _emails(value: Any) -> tuple[str, ...]:
    said = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(address for one in said if (address := _text(one)))


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, or the one object."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def is_ref(ref: str) -> bool:
    """Whether it can be a document's id: it becomes a part of an address."""
    return bool(_REF.fullmatch(ref))


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[int | None, BeforeValidator(_number)]
Truth = Annotated[bool, BeforeValidator(_truth)]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SaidRecipient(_Said):
    """The other side of a document; its addresses may be hidden."""

    edrpou: Text = ""
    emails: Annotated[tuple[str, ...], BeforeValidator(_emails)] = ()


def _recipients(value: Any) -> Any:
    return objects(value) if value is not None else []


class Document(_Said):
    """A document; `recipients` come only where they were asked for."""

    id: Annotated[str, BeforeValidator(_ref)] = Field(default="", validation_alias=AliasChoices("id", "document_id"))
    status: Annotated[str, BeforeValidator(_code)] = Field(
        default="", validation_alias=AliasChoices("status", "status_id")
    )
    vendor_id: Text = ""
    extension: Text = ""
    url: Text = ""
    date_finished: Text = ""
    recipients: Annotated[tuple[SaidRecipient, ...], BeforeValidator(_recipients)] = ()


class Stamp(_Said):
    """A company's seal beside a signature: a signature of its own."""

    company_name: Text = ""
    edrpou: Text = ""
    serial_number: Text = ""
    signer_name: Text = ""
    signer_position: Text = ""
    timestamp: Text = ""


def _stamp(value: Any) -> Any:
    return value if isinstance(value, dict) else None


class Signature(Stamp):
    """A signature, with the seal that was put beside it."""

    is_internal: Truth = False
    stamp: Annotated[Stamp | None, BeforeValidator(_stamp)] = None


class Comment(_Said):
    """A comment; one of the type `rejection` holds the reason."""

    text: Text = ""
    type: Text = ""
    date_created: Text = ""


class Rate(_Said):
    """A tariff that was bought."""

    name: Text = ""
    type: Text = ""
    start_date: Text = ""
    end_date: Text = ""
    units_left: Number = None


def _limit(value: Any) -> Any:
    return value if isinstance(value, dict) else {}


class Sent(_Said):
    """How many documents may be sent, and how many were."""

    used: Number = None
    limit: Number = None
    is_unlimited: Truth = False


class Limits(_Said):
    documents_sent: Annotated[Sent, BeforeValidator(_limit)] = Sent()


def _rates(value: Any) -> Any:
    return objects(value) if value is not None else []


class Billing(_Said):
    """The company's tariffs."""

    rates: Annotated[tuple[Rate, ...], BeforeValidator(_rates)] = ()
    limits: Annotated[Limits, BeforeValidator(_limit)] = Limits()


def documents(said: Any) -> list[Document]:
    """Of a list in an object, a bare list, or a bare object; what has no id is none."""
    found = said.get("documents", said) if isinstance(said, dict) else said
    return [one for row in objects(found) if (one := Document.model_validate(row)).id]
