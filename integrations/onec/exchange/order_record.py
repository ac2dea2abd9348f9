"""One Документ of CommerceML as an order of the book of record."""

import hashlib
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from lxml import etree

from bot.domain.accounting import DocumentLink, OrderRecord, OrderRecordLine
from bot.domain.delivery import KYIV
from bot.domain.money import ZERO, Money
from bot.domain.order import State
from bot.domain.pricelist import kopiykas, share, thousandths
from integrations.onec.commerceml.names import YES
from integrations.onec.commerceml.products import NAMES, bare, identity, key, texts
from integrations.onec.exchange import order_words as words

_LINES = 20_000
_LONGEST = 4000
_DOTTED = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_ORDERS = {"", words.OPERATION.lower(), "замовлення товару"}


class NotAnOrder(Exception):
    """A shipment, a payment or an invoice that came along."""


class Unreadable(Exception):
    """{number}: the document cannot be taken, for this reason in words."""

    def __init__(self, number: str, reason: str) -> None:
        super().__init__(f"{number}: {reason}")
        self.number = number
        self.reason = reason


def record(element: Any) -> OrderRecord:
    """Raises NotAnOrder or Unreadable."""
    said = texts(element)
    own, number = key(said.get("Ид")), _short(said.get("Номер"))
    if bare(said.get("ХозОперация")).lower() not in _ORDERS:
        raise NotAnOrder
    if not own:
        raise Unreadable(number or f"рядок {element.sourceline}", "немає Ид")
    try:
        return _record(element, own, number)
    except ValueError as error:
        raise Unreadable(number or own, f"не читається «{str(error)[:60]}»") from error


def _record(element: Any, own: str, number: str) -> OrderRecord:
    said, told = texts(element), requisites(element)
    note, when = comment(said.get("Комментарий")), told.get(words.DELIVERY_DATE)
    amount = bare(said.get("Сумма"))
    return OrderRecord(
        link=DocumentLink(
            own, told.get(words.NUMBER_THERE) or number, _version(element, said.get("НомерВерсии")), _is_posted(told)
        ),
        placed_at=moment(said.get("Дата") or told.get(words.DATE_THERE), said.get("Время")),
        client=_client(element),
        state=_state(said, told),
        total=Money(kopiykas(amount)) if amount else ZERO,
        lines=tuple(_lines(element)),
        note=note,
        ours=_ours(own, number, told),
        delivery_date=day(when) if when else None,
        delivery_address=told.get(words.DELIVERY_ADDRESS, ""),
    )


def requisites(element: Any) -> dict[str, str]:
    """The document's own requisites by their name in lower case."""
    found: dict[str, str] = {}
    for group in element:
        if NAMES[group.tag] == "ЗначенияРеквизитов":
            for child in group:
                said = texts(child)
                found.setdefault(bare(said.get("Наименование")).lower(), _short(said.get("Значение")))
    return found


def comment(text: str | None) -> str:
    """The note without the lines that Komora adds to it."""
    lines = (text or "")[:_LONGEST].splitlines()
    return "\n".join(line for line in lines if not line.startswith(words.OURS)).strip()


def moment(written_day: str | None, written_time: str | None) -> datetime:
    """Kyiv time there, UTC here. Raises ValueError."""
    stated, clock = bare(written_day), bare(written_time).rpartition("T")[2]
    of_day = datetime.fromisoformat(stated) if "T" in stated else datetime.combine(day(stated), time())
    if clock:
        of_day = datetime.combine(day(stated), time.fromisoformat(f"0{clock}" if clock[1:2] == ":" else clock))
    day(stated)
    local = of_day if of_day.tzinfo else of_day.replace(tzinfo=KYIV)
    return local.astimezone(UTC).replace(microsecond=0)


def day(text: str) -> date:
    """A date as ISO or as people write it. Raises ValueError, for the empty date of 1C too."""
    if dotted := _DOTTED.match(text):
        found = date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    else:
        found = date.fromisoformat(text[:10])
    if not 1990 <= found.year <= 2999:
        raise ValueError(text)
    return found


def _version(element: Any, written: str | None) -> str:
    """The document's own version; where it has none, what tells two of its states apart."""
    if own := _short(written):
        return own
    plain = etree.tostring(element, with_tail=False)
    return f"cml:{hashlib.sha256(plain).hexdigest()[:24]}"


def _ours(own: str, number: str, told: dict[str, str]) -> UUID | str | None:
    """Our id where the document kept it; else the number that is ours because theirs is told apart."""
    try:
        return UUID(own)
    except ValueError:
        return number if number and words.NUMBER_THERE in told else None


def _client(element: Any) -> str:
    """The buyer: the one with that role, or the first."""
    parties = [texts(party) for party in element.iterfind("{*}Контрагенты/{*}Контрагент")]
    buyers = [party for party in parties if bare(party.get("Роль")).lower() in {"покупатель", "покупець"}]
    return next((key(party.get("Ид")) for party in (*buyers, *parties)), "")


def _is_posted(told: dict[str, str]) -> bool:
    return told.get(words.POSTED, "").lower() in YES


def _state(said: dict[str, str | None], told: dict[str, str]) -> State | None:
    marks = (told.get(words.MARKED), told.get(words.CANCELLED), said.get("ПометкаУдаления"))
    if any(bare(mark).lower() in YES for mark in marks):
        return State.CANCELLED
    stated = words.state(told.get(words.STATE, ""))
    if stated in {State.CANCELLED, State.CLOSED}:
        return stated
    if told.get(words.FINAL, "").lower() in YES:
        return State.CLOSED
    if _has_come(told.get(words.SHIPPED_THERE)):
        return State.SHIPPED
    return stated or (State.ACCEPTED if _is_posted(told) else None)


def _has_come(text: str | None) -> bool:
    """Whether a date is really said: 1C writes an empty one as the first of January of the year one."""
    try:
        return bool(text) and bool(day(text or ""))
    except ValueError:
        return False


def _lines(element: Any) -> list[OrderRecordLine]:
    goods = list(element.iterfind("{*}Товары/{*}Товар"))
    if len(goods) > _LINES:
        raise ValueError(f"{len(goods)} рядків")
    return [_line(texts(one)) for one in goods]


def _line(said: dict[str, str | None]) -> OrderRecordLine:
    """In base units: a line counted in packs says how many base units a pack has."""
    per = bare(said.get("Коэффициент"))
    coefficient = thousandths(per) if per else 1000
    if coefficient <= 0:
        raise ValueError(per)
    quantity, price = bare(said.get("Количество")), bare(said.get("ЦенаЗаЕдиницу"))
    amount, sku = bare(said.get("Сумма")), _short(said.get("Артикул"))
    counted = Decimal(thousandths(quantity)) * coefficient / 1_000_000
    each = Money(share(kopiykas(price), coefficient)) if price else ZERO
    return OrderRecordLine(
        article=identity(said.get("Ид")) or (f"sku:{sku}" if sku else ""),
        name=_short(said.get("Наименование")),
        quantity=counted,
        price=each,
        amount=Money(kopiykas(amount)) if amount else each.times(counted),
    )


def _short(text: str | None) -> str:
    return bare(text)[:_LONGEST]
