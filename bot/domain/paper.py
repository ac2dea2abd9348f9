"""A paper for a client: what stands in it, in words already chosen, before anybody draws it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.money import Money


class Form(StrEnum):
    """As what a paper is drawn; a button carries the letter."""

    XLSX = "x"
    PDF = "p"


Cell = str | Money | int | date
Fact = tuple[str, str | date]
"""What is said above the table: a word and what it says."""


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is the width as a part of all shares."""

    heading: str
    share: int


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together under a name, one at least; each has a cell for every column."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A table with its head and foot; `grouping` is what the names of its groups are called."""

    language: str
    company: str
    title: str
    facts: tuple[Fact, ...]
    columns: tuple[Column, ...]
    grouping: str
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InviteCard:
    """A card to cut out: who is invited, by which links (the messenger's name and the address), and what is said."""

    company: str
    client: str
    person: str
    links: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
