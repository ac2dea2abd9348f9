"""Which documents a list gives, and its pages of three."""

import base64
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from types import MappingProxyType

from multidict import MultiMapping

from sandbox.vchasno.document import Document
from sandbox.vchasno.office import KYIV
from sandbox.vchasno.refusal import Refused

PAGE = 3
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
Test = Callable[[Document], bool]

TEXTS: Mapping[str, Callable[[Document], str]] = MappingProxyType(
    {
        "vendor_id": lambda one: one.vendor_id,
        "vendor": lambda one: "integration" if one.vendor_id else "",
        "number": lambda one: one.number,
        "recipient_edrpou": lambda one: one.recipient.edrpou if one.recipient else "",
        "extension": lambda one: one.extension,
    }
)
MOMENTS: Mapping[str, Callable[[Document], datetime | None]] = MappingProxyType(
    {
        "date": lambda one: one.created,
        "date_document": lambda one: datetime.combine(one.day, time(), KYIV) if one.day else None,
        "date_finished": lambda one: one.finished,
        "date_rejected": lambda one: one.rejected,
        "changed": lambda one: one.changed,
    }
)
FLAGS: Mapping[str, Test] = MappingProxyType(
    {
        "is_delivered": lambda one: one.delivered is not None,
        "is_internal": lambda one: one.is_internal,
        "is_archived": lambda _: False,
        "is_public_shared": lambda _: False,
        "processed": lambda one: one.processed,
        "has_changed": lambda one: one.has_changed,
        "not_tagged": lambda one: not one.tags,
    }
)
AMOUNTS: Mapping[str, Callable[[int, int], bool]] = MappingProxyType(
    {
        "amount_eq": lambda has, asked: has == asked,
        "amount_gte": lambda has, asked: has >= asked,
        "amount_lte": lambda has, asked: has <= asked,
    }
)


def chosen(documents: Iterable[Document], query: MultiMapping[str]) -> list[Document]:
    """Newest first; a filter nobody knows chooses nothing out. Raises Refused."""
    tests = list(_tests(query))
    return sorted((one for one in documents if all(test(one) for test in tests)), key=lambda one: -one.order)


def page(documents: Sequence[Document], cursor: str) -> tuple[list[Document], str | None]:
    """Three after the cursor, and the cursor of the next three. Raises Refused."""
    if cursor:
        try:
            below = int(base64.urlsafe_b64decode(cursor.encode()).decode())
        except ValueError:
            raise Refused("Помилка валідації", details={"cursor": "unknown"}) from None
        documents = [one for one in documents if one.order < below]
    shown = list(documents[:PAGE])
    more = len(documents) > PAGE
    return shown, base64.urlsafe_b64encode(str(shown[-1].order).encode()).decode() if more else None


def moment(name: str, said: str, *, last: bool = False) -> datetime:
    """A day or a minute of Kyiv; the last moment of a day where it ends a span. Raises Refused."""
    try:
        if _DAY.fullmatch(said):
            day = datetime.fromisoformat(said).replace(tzinfo=KYIV)
            return day + timedelta(days=1) - timedelta(microseconds=1) if last else day
        if _MINUTE.fullmatch(said):
            return datetime.fromisoformat(said).replace(tzinfo=KYIV)
    except ValueError:
        pass
    raise Refused("Помилка валідації", details={name: "YYYY-MM-DD or YYYY-MM-DDTHH:MM expected"})


def flag(query: MultiMapping[str], name: str) -> bool:
    """1 or 0. Raises Refused."""
    said = query.get(name, "0")
    if said not in {"0", "1"}:
        raise Refused("Помилка валідації", details={name: "1 or 0 expected"})
    return said == "1"


def _tests(query: MultiMapping[str]) -> Iterable[Test]:
    for name, text in TEXTS.items():
        if name in query:
            yield _same(text, query[name].removeprefix("."))
    if "ids" in query:
        yield _among(lambda one: one.id, query.getall("ids"))
    if "status" in query:
        yield _among(lambda one: str(one.status), [str(_whole(query, "status"))])
    if "category" in query:
        yield _among(lambda one: str(one.category), query.getall("category"))
    for name, is_so in FLAGS.items():
        if name in query:
            yield _flagged(is_so, flag(query, name))
    for name, fits in AMOUNTS.items():
        if name in query:
            yield _costs(fits, _whole(query, name))
    for name, of in MOMENTS.items():
        yield from _span(query, name, of)


def _same(text: Callable[[Document], str], asked: str) -> Test:
    return lambda one: text(one) == asked


def _among(text: Callable[[Document], str], asked: list[str]) -> Test:
    return lambda one: text(one) in asked


def _flagged(is_so: Test, asked: bool) -> Test:
    return lambda one: is_so(one) == asked


def _costs(fits: Callable[[int, int], bool], asked: int) -> Test:
    return lambda one: one.amount is not None and fits(one.amount, asked)


def _span(query: MultiMapping[str], name: str, of: Callable[[Document], datetime | None]) -> Iterable[Test]:
    if f"{name}_from" in query:
        first = moment(f"{name}_from", query[f"{name}_from"])
        yield lambda one: (at := of(one)) is not None and at >= first
    if f"{name}_to" in query:
        last = moment(f"{name}_to", query[f"{name}_to"], last=True)
        yield lambda one: (at := of(one)) is not None and at <= last


def _whole(query: MultiMapping[str], name: str) -> int:
    try:
        return int(query[name])
    except ValueError:
        raise Refused("Помилка валідації", details={name: "integer expected"}) from None
