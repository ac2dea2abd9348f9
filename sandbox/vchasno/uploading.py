"""What comes with an upload: the words in the query, the files in the body, what a file's name says."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Annotated, Literal
from uuid import uuid4

from aiohttp import BodyPartReader, web
from pydantic import BaseModel, BeforeValidator, Field, ValidationError, field_validator

from sandbox.vchasno import course
from sandbox.vchasno.categories import CATEGORIES
from sandbox.vchasno.company import CODE
from sandbox.vchasno.document import OWNER, Document, Recipient, Side
from sandbox.vchasno.faults import Faults
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused, over_quota

LARGEST_FILE = 15 * 1024 * 1024
LARGEST_UPLOAD = 100 * 1024 * 1024
MOST_FILES = 500
FORMATS = frozenset({"pdf", "xml", "dbf", "txt", "png", "jpeg", "jpg", "doc", "docx", "xls", "xlsx", "rtf"})
EMAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
WRONG = "37193071"
LISTS = ("tags", "signer_emails", "signer_roles", "reviewers_emails", "reviewers_ids", "share_to")


def _day(said: object) -> object:
    """Nothing but YYYY-MM-DD."""
    if isinstance(said, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        return date.fromisoformat(said)
    raise ValueError("YYYY-MM-DD expected")


Day = Annotated[date, BeforeValidator(_day)]
Amount = Annotated[int, Field(ge=0, le=10**13)]
Count = Annotated[int, Field(ge=0, le=20)]


class Words(BaseModel):
    """The query of an upload; what it does not know is not looked at."""

    title: Annotated[str, Field(max_length=500)] = ""
    doc_number: Annotated[str, Field(max_length=100)] = ""
    date_document: Day | None = None
    amount: Amount | None = None
    category: int = 0
    recipient_edrpou: str = ""
    recipient_emails: str = ""
    first_sign_by: Side = OWNER
    expected_owner_signatures: Count = 1
    expected_recipient_signatures: Count = 1
    is_internal: bool = False
    is_multilateral: bool = False
    vendor_id: Annotated[str, Field(max_length=200)] = ""
    show_recipients: bool = False
    tags: list[str] = []
    parent_id: str = ""
    access_settings_level: Literal["", "extended", "private"] = ""

    @field_validator("category")
    @classmethod
    def _known(cls, category: int) -> int:
        if category not in CATEGORIES:
            raise ValueError("no such category")
        return category

    @field_validator("recipient_edrpou")
    @classmethod
    def _code(cls, code: str) -> str:
        if code and not CODE.fullmatch(code):
            raise ValueError("EDRPOU or RNOKPP expected")
        return code

    @property
    def emails(self) -> list[str]:
        return [one.strip() for one in self.recipient_emails.split(",") if one.strip()]


def words_of(query: Mapping[str, str], lists: Mapping[str, list[str]]) -> Words:
    """Raises Refused."""
    try:
        said = Words.model_validate({name: value for name, value in query.items() if name not in LISTS} | dict(lists))
    except ValidationError as error:
        raise wrong(error) from None
    if any(not EMAIL.fullmatch(one) for one in said.emails):
        raise Refused("Помилка валідації", details={"recipient_emails": "e-mail expected"})
    if said.is_multilateral and (said.expected_owner_signatures, said.expected_recipient_signatures) != (1, 1):
        raise Refused("Кількість підписів не задають багатосторонньому документу")
    return said


def wrong(error: ValidationError) -> Refused:
    """Which fields are wrong, and how."""
    details = {".".join(map(str, one["loc"])) or "body": one["msg"] for one in error.errors()}
    return Refused("Помилка валідації", details=details)


async def files_of(request: web.Request) -> list[tuple[str, bytes]]:
    """Names and bytes of every part called `file`. Raises Refused."""
    if request.content_type != "multipart/form-data":
        raise Refused("Очікується multipart/form-data")
    found: list[tuple[str, bytes]] = []
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader):
                raise Refused("Файл у вкладеній частині не приймається")
            if part.name != "file":
                await part.release()
                continue
            found.append((part.filename or "", await _bounded(part)))
            if len(found) > MOST_FILES or sum(len(content) for _, content in found) > LARGEST_UPLOAD:
                raise Refused("Забагато файлів за один раз")
    except (ValueError, LookupError) as error:
        raise Refused("Тіло запиту не читається", details={"body": str(error)[:200]}) from None
    if not found:
        raise Refused("Файлу немає", details={"file": "field required"})
    return found


async def _bounded(part: BodyPartReader) -> bytes:
    read = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        read += chunk
        if len(read) > LARGEST_FILE:
            raise Refused("Файл завеликий: до 15 МБ")
    return bytes(read)


def taken(office: Office, said: Words, files: list[tuple[str, bytes]], faults: Faults) -> list[Document]:
    """The documents, in their first state; the tariff is charged. Raises Refused."""
    left = office.tariff.left
    if left is not None and left < len(files):
        raise over_quota()
    made = [_document(office, _named(office, said, PurePath(name).stem), name, content) for name, content in files]
    for document in made:
        if document.recipients and faults.take("no_recipient", call="upload"):
            document.recipients = []
        if document.recipients and faults.take("wrong_recipient", call="upload"):
            document.recipients = [Recipient(WRONG, document.recipients[0].emails, "ТОВ «Зовсім інша компанія»")]
        course.prepared(document)
        office.add(document)
    if left is not None:
        office.tariff.left = left - len(files)
    return made


def _document(office: Office, said: Words, name: str, content: bytes) -> Document:
    path, now = PurePath(name), office.moment()
    extension = path.suffix.lower().removeprefix(".")
    if extension not in FORMATS:
        raise Refused("Формат файлу не підтримується", details={"file": extension or "без розширення"})
    if not content:
        raise Refused("Файл порожній")
    recipients = []
    if said.recipient_edrpou:
        known = office.company(said.recipient_edrpou)
        recipients = [Recipient(said.recipient_edrpou, said.emails, known.name)]
    title, order = said.title or path.stem, office.next_order()
    return Document(
        str(uuid4()), order, content, extension, title, now, now, number=said.doc_number, day=said.date_document,
        amount=said.amount, category=said.category, vendor_id=said.vendor_id, first_sign_by=said.first_sign_by,
        expected_owner=said.expected_owner_signatures, expected_recipient=said.expected_recipient_signatures,
        is_internal=said.is_internal, is_multilateral=said.is_multilateral, recipients=recipients, tags=said.tags,
        parent=said.parent_id,
    )  # fmt: skip


def _named(office: Office, said: Words, stem: str) -> Words:
    """`<owner>_<recipient>_<YYYYMMDD>_<title>_<number>_<email>_<vendor id>_<amount>`, where the query is silent."""
    owner, *parts = stem.split("_")
    if owner != office.own.edrpou or len(parts) < 3 or not CODE.fullmatch(parts[0]):
        return said
    names = ("recipient_edrpou", "date_document", "title", "doc_number", "recipient_emails", "vendor_id", "amount")
    told = dict(zip(names, parts, strict=False))
    day = told["date_document"]
    told["date_document"] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    try:
        read = Words.model_validate({name: value for name, value in told.items() if value})
    except ValidationError as error:
        raise wrong(error) from None
    silent = {name for name in names if name in told and name not in said.model_fields_set}
    return said.model_copy(update={name: getattr(read, name) for name in silent})
