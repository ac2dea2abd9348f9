"""What an import did, by kind, with the lines that need a person's eye."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.pricelist.records import Kind, Problem

SHOWN_PROBLEMS = 200


class Progress(NamedTuple):
    """How far the import is; `total` is None while it is not known."""

    stage: str
    done: int
    total: int | None = None


@dataclass
class Count:
    """How many of a kind met each fate."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    switched_off: int = 0

    @property
    def written(self) -> int:
        return self.added + self.changed + self.switched_off


@dataclass
class Report:
    """The outcome of an import; the problems are kept up to a bound, and all are counted by their code."""

    kinds: dict[Kind, Count] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    by_code: Counter[str] = field(default_factory=Counter)
    dry_run: bool = False

    def count(self, kind: Kind) -> Count:
        return self.kinds.setdefault(kind, Count())

    def add(self, problem: Problem) -> None:
        self.by_code[problem.code] += 1
        if problem.left_out:
            self.count(problem.kind).left_out += 1
        if len(self.problems) < SHOWN_PROBLEMS:
            self.problems.append(problem)

    @property
    def not_shown(self) -> int:
        return self.by_code.total() - len(self.problems)

    @property
    def changed_anything(self) -> bool:
        return any(count.written for count in self.kinds.values())
