"""What is to be paid and who pays, as the matching looks it up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from bot.domain.matching.letters import keys, tail
from bot.domain.matching.names import bare
from bot.domain.money import Money

DISTINCT = 6


class RuleKind(StrEnum):
    """What of a payer a rule was learned from."""

    CODE = "code"
    ACCOUNT = "account"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Rule:
    """A payer whose money somebody put to a client before."""

    kind: RuleKind
    value: str
    client: UUID


@dataclass(frozen=True, slots=True)
class Open:
    """A document, or an order of ours that has none yet, with what is left to be paid for it.

    `also` are other numbers it goes by: those of its order.
    """

    client: UUID
    number: str
    rest: Money
    dated: date
    document: str | None = None
    order_id: UUID | None = None
    kind: str = ""
    due: date | None = None
    also: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        return (self.number, *self.also)


@dataclass(frozen=True, slots=True)
class Payer:
    """A client as one who pays."""

    id: UUID
    name: str
    codes: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Book:
    """All of it at one moment. `own_codes` and `own_accounts` are the wholesaler's."""

    payers: Mapping[UUID, Payer]
    opens: Sequence[Open]
    rules: Sequence[Rule] = ()
    own_codes: frozenset[str] = frozenset()
    own_accounts: frozenset[str] = frozenset()

    @cached_property
    def of_client(self) -> Mapping[UUID, list[Open]]:
        """Oldest due first."""
        found: defaultdict[UUID, list[Open]] = defaultdict(list)
        for one in sorted(self.opens, key=lambda one: (one.due or one.dated, one.dated, one.number)):
            found[one.client].append(one)
        return found

    @cached_property
    def by_sum(self) -> Mapping[Money, list[Open]]:
        return _grouped((one.rest, one) for one in self.opens)

    @cached_property
    def by_key(self) -> Mapping[str, list[Open]]:
        return _grouped((key, one) for one in self.opens for number in one.numbers for key in keys(number))

    @cached_property
    def by_tail(self) -> Mapping[str, list[Open]]:
        """By the last digits of numbers with letters before them, for those who leave the letters out."""
        return _grouped((last, one) for one in self.opens for number in one.numbers if (last := tail(number)))

    @cached_property
    def by_code(self) -> Mapping[str, list[UUID]]:
        return _grouped((code, one.id) for one in self.payers.values() for code in one.codes)

    @cached_property
    def by_account(self) -> Mapping[str, list[UUID]]:
        return _grouped((account, one.id) for one in self.payers.values() for account in one.accounts)

    @cached_property
    def by_name(self) -> Mapping[str, list[UUID]]:
        return _grouped((name, one.id) for one in self.payers.values() if (name := bare(one.name)))

    @cached_property
    def distinct_names(self) -> Mapping[str, list[UUID]]:
        """Those that do not stand in a purpose by chance."""
        return {name: ids for name, ids in self.by_name.items() if len(name.replace(" ", "")) >= DISTINCT}

    @cached_property
    def by_rule(self) -> Mapping[tuple[RuleKind, str], list[UUID]]:
        return _grouped(((rule.kind, rule.value), rule.client) for rule in self.rules)


K = TypeVar("K")
V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        if value not in found[key]:
            found[key].append(value)
    return dict(found)
