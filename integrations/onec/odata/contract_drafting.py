"""A signed contract as an item of 1C's catalogue: what it says, how ours is told, and what a manager's one lacks."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.domain.accounting import Kept, OutgoingContract
from bot.domain.matching.letters import plain
from integrations.onec.odata.bearings import Bearings
from integrations.onec.odata.client import Row
from integrations.onec.odata.drafting import MARK, Body, Draft
from integrations.onec.odata.literals import EMPTY_REF
from integrations.onec.odata.profile import CardTable, ContractTable, Profile
from integrations.onec.odata.values import day, local, number, ref, words, yes

_BLANKS = re.compile(r"\s+")
_NOT_NUMBER = re.compile(r"[\s№#]")
_DAY = re.compile(r"\d{4}-\d\d-\d\dT")
_NOT_CUSTOMERS = ("поставщик", "комитент")
_PAIRS = (("days_limited", "payment_days"), ("sum_limited", "credit_limit"))
"""A term, and the flag that it is watched at all."""


def stamp(contract: OutgoingContract) -> str:
    """What ours is found by, at the beginning of its line in a comment."""
    return f"{MARK} [{contract.id.hex[:8]}]"


def line(contract: OutgoingContract) -> str:
    """The most important first: 1C may cut the end."""
    parts = (contract.words, contract.link)
    said = "; ".join(_BLANKS.sub(" ", part).strip() for part in parts if part.strip())
    return f"{stamp(contract)}: {said}"


def with_line(comment: str, contract: OutgoingContract) -> str:
    """The comment with our line under what stands there already."""
    return comment if stamp(contract) in comment else "\n".join((*filter(None, [comment]), line(contract)))


async def terms(contract: OutgoingContract, profile: Profile, bearings: Bearings) -> Draft:
    """What was signed, by 1C's names; a price type that is not there is left out, and told."""
    table = profile.contract
    price_type = await bearings.kept(profile.price_type, contract.price_type)
    limit = contract.credit_limit
    said: dict[str, Any] = {
        "number": table.cut("number", contract.number),
        "date": _midnight(contract.dated),
        "until": None if contract.until is None else _midnight(contract.until),
        "price_type": price_type,
        "days_limited": None if contract.payment_days is None else True,
        "payment_days": contract.payment_days,
        "sum_limited": None if limit is None else True,
        "credit_limit": None if limit is None else limit.amount,
        "signed": True,
        "organization": await bearings.organization() if table.field("organization") else None,
        "currency": await bearings.currency() if table.field("currency") else None,
    }
    lost = contract.price_type is not None and price_type is None
    return Draft(_named(table, said), (Kept("price_type", contract.price_type or "", ""),) if lost else ())


def whole(contract: OutgoingContract, agreed: Body, profile: Profile, card: Row) -> Body:
    """A new item of the client with this card; the owner goes under every name that it may have."""
    table, counterparty = profile.contract, profile.counterparty.entity
    said: dict[str, Any] = {
        "owner": contract.client,
        "owner_ref": contract.client,
        "partner": ref(profile.counterparty.read(card, "partner")) or EMPTY_REF,
        "name": table.cut("name", contract.name),
        "comment": line(contract),
    }
    owner = table.name("owner")
    kind = {} if not owner or owner.endswith("_Key") else {f"{owner}_Type": f"StandardODATA.{counterparty}"}
    return {**table.always, **kind, **_named(table, said), **agreed}


def lacking(table: ContractTable, agreed: Body, row: Row) -> Body:
    """What of the terms stands empty there; a term goes with its flag, or not at all."""
    body = {name: value for name, value in agreed.items() if name in row and _is_empty(row[name])}
    for flag, term in _PAIRS:
        names = {table.name(flag), table.name(term)}
        if yes(table.read(row, flag)) or number(table.read(row, term)):
            body = {name: value for name, value in body.items() if name not in names}
    return body


def is_same(table: ContractTable, row: Row, contract: OutgoingContract) -> bool:
    """Whether somebody has entered this contract: by number and day, which may stand in the name alone."""
    if yes(row.get("DeletionMark")) or yes(row.get("IsFolder")) or _of_supplier(table, row):
        return False
    said, name, dated = words(table.read(row, "number")), words(table.read(row, "name")), day(table.read(row, "date"))
    if said:
        ours = (contract.number, table.cut("number", contract.number))
        return any(same_number(said, one) for one in ours) and dated in (None, contract.dated)
    named = any(same_number(word, contract.number) for word in _BLANKS.split(name))
    return named and (dated == contract.dated or _says(name, contract.dated))


def is_ours(table: ContractTable, row: Row, contract: OutgoingContract) -> bool:
    """Whether it was recorded before: what became of it since is the office's."""
    comment = table.field("comment")
    stamped = comment is not None and stamp(contract) in words(row.get(comment.name))
    return stamped or ref(row.get("Ref_Key")) == str(contract.id)


def same_number(one: str, other: str) -> bool:
    """As people mean it, whatever alphabet its letters were typed in."""
    return _number(one) == _number(other)


def of_organization(table: ContractTable, rows: Iterable[Row], organization: str | None) -> list[Row]:
    """Those that are not of another organization of the wholesaler."""
    attribute = table.field("organization")
    if attribute is None or organization is None:
        return list(rows)
    return [row for row in rows if ref(row.get(attribute.name)) in (None, organization)]


def _named(table: CardTable, said: Mapping[str, Any]) -> Body:
    fields = {word: table.field(word) for word in said}
    return {one.name: said[word] for word, one in fields.items() if one is not None and said[word] is not None}


def _number(said: str) -> str:
    return plain(_NOT_NUMBER.sub("", said).strip(".,;:()«»\"'"))


def _midnight(on: date) -> str:
    return f"{on.isoformat()}T00:00:00"


def _says(name: str, on: date) -> bool:
    return f"{on:%d.%m.%Y}" in name or f"{on:%d.%m.%y}" in name


def _of_supplier(table: ContractTable, row: Row) -> bool:
    kind = words(table.read(row, "kind")).lower()
    return any(word in kind for word in _NOT_CUSTOMERS)


def _is_empty(value: Any) -> bool:
    """1C writes nothing as blanks, zeros, or the first day of the year 1."""
    if not isinstance(value, str):
        return not value
    return value.strip() in ("", EMPTY_REF, "0") or (_DAY.match(value) is not None and local(value) is None)
