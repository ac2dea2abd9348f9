"""A document as it was sent against the document as 1C keeps it: it cuts and drops without a word."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.domain.accounting import Kept
from integrations.onec.odata.profile import Attribute, DocumentTable
from integrations.onec.odata.values import number, ref

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def differences(table: DocumentTable, sent: Mapping[str, Any], kept: Mapping[str, Any]) -> tuple[Kept, ...]:
    """Fields that are kept otherwise; an optional field that the configuration does not have is no difference."""
    words = {attribute.name: attribute for attribute in (*table.fields.values(), *table.external_ids)}
    found = [*_fields("", words, {name: value for name, value in sent.items() if name != table.lines.entity}, kept)]
    if table.lines.entity in sent:
        found += _lines(table, sent[table.lines.entity], kept.get(table.lines.entity))
    return tuple(found)


def plain_differences(
    attributes: Iterable[Attribute], sent: Mapping[str, Any], kept: Mapping[str, Any]
) -> tuple[Kept, ...]:
    """The same of what has no lines."""
    return tuple(_fields("", {attribute.name: attribute for attribute in attributes}, sent, kept))


def only_cut(found: tuple[Kept, ...]) -> bool:
    """Whether all the difference is that texts were shortened; 2 in the place of 20 is no shortened text."""
    return all(
        field.kept and field.sent.startswith(field.kept) and not _NUMBER.fullmatch(field.sent) for field in found
    )


def _lines(table: DocumentTable, sent: list[dict[str, Any]], kept: Any) -> Iterator[Kept]:
    rows = kept if isinstance(kept, list) else []
    if len(rows) != len(sent):
        yield Kept(table.lines.entity, str(len(sent)), str(len(rows)))
        return
    words = {attribute.name: attribute for attribute in table.lines.fields.values()}
    ordered = sorted(rows, key=lambda row: number(row.get("LineNumber")))
    for line, row in zip(sent, ordered, strict=True):
        yield from _fields(f"{table.lines.entity}[{line['LineNumber']}].", words, line, row)


def _fields(
    place: str, words: Mapping[str, Attribute], sent: Mapping[str, Any], kept: Mapping[str, Any]
) -> Iterator[Kept]:
    for name, value in sent.items():
        attribute = words.get(name)
        if name not in kept:
            if attribute is not None and not attribute.optional:
                yield Kept(place + name, _shown(value), "")
            continue
        if not _same(value, kept[name]):
            yield Kept(place + name, _shown(value), _shown(kept[name]))


def _same(sent: Any, kept: Any) -> bool:
    if isinstance(sent, bool):
        return sent is kept
    if isinstance(sent, (Decimal, int)):
        return number(kept).quantize(Decimal("0.001")) == Decimal(sent).quantize(Decimal("0.001"))
    if isinstance(sent, str) and isinstance(kept, str):
        if sent == kept:
            return True
        return ref(sent) == ref(kept) if len(sent) == 36 and len(kept) == 36 else sent.strip() == kept.strip()
    return str(sent) == str(kept)


def _shown(value: Any) -> str:
    if isinstance(value, (Decimal, float)):
        return f"{number(value):f}"
    return value.isoformat() if isinstance(value, datetime) else str(value)
