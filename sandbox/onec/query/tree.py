"""A filter as a tree, and how it is read: or, and, not, comparisons, sums, products, calls."""

from dataclasses import dataclass
from typing import Any

from sandbox.onec.query.tokens import Token, Unreadable, tokens

COMPARISONS = ("eq", "ne", "gt", "ge", "lt", "le")
MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant: guid, date, string, number or bool."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Path:
    """An attribute, or attributes over references: Контрагент/КодПоЕДРПОУ."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """`left name right`; of `not` the left alone."""

    name: str
    left: Any
    right: Any = None


@dataclass(frozen=True, slots=True)
class Logic:
    """Any (`or`) or all (`and`) of the parts; flat, since clients ask for many keys at once."""

    name: str
    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Quantifier:
    """`section/any(variable: condition)` or all."""

    path: Path
    name: str
    variable: str
    condition: Any


def parse(text: str) -> Any:
    """The tree. Raises Unreadable."""
    reader = _Reader(tokens(text))
    tree = reader.any_of()
    if reader.next.kind != "end":
        raise Unreadable(f'неожиданное "{reader.next.text}"')
    return tree


class _Reader:
    def __init__(self, read: list[Token]) -> None:
        self._tokens, self._at, self._depth = read, 0, 0

    @property
    def next(self) -> Token:
        return self._tokens[self._at]

    def take(self) -> Token:
        token = self.next
        self._at += token.kind != "end"
        return token

    def _sign(self, sign: str) -> bool:
        if self.next.kind == "sign" and self.next.value == sign:
            self._at += 1
            return True
        return False

    def _need(self, sign: str) -> None:
        if not self._sign(sign):
            raise Unreadable(f'ожидается "{sign}"')

    def _word(self, *words: str) -> str:
        if self.next.kind == "name" and self.next.value in words:
            return str(self.take().value)
        return ""

    def any_of(self) -> Any:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unreadable("слишком большая вложенность")
        parts = [self._all_of()]
        while self._word("or"):
            parts.append(self._all_of())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Logic("or", tuple(parts))

    def _all_of(self) -> Any:
        parts = [self._negated()]
        while self._word("and"):
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))

    def _negated(self) -> Any:
        if self._word("not"):
            return Operation("not", self._negated())
        left = self._sum()
        name = self._word(*COMPARISONS)
        return Operation(name, left, self._sum()) if name else left

    def _sum(self) -> Any:
        left = self._product()
        while name := self._word("add", "sub"):
            left = Operation(name, left, self._product())
        return left

    def _product(self) -> Any:
        left = self._one()
        while name := self._word("mul", "div"):
            left = Operation(name, left, self._one())
        return left

    def _one(self) -> Any:
        if self._sign("("):
            inside = self.any_of()
            self._need(")")
            return inside
        token = self.take()
        if token.kind in ("guid", "date", "string", "number", "bool"):
            return Literal(token.kind, token.value)
        if token.kind != "name":
            raise Unreadable(f'неожиданное "{token.text}"' if token.text else "неожиданный конец выражения")
        if self._sign("("):
            return self._call(str(token.value))
        return self._path(str(token.value))

    def _call(self, name: str) -> Call:
        arguments: list[Any] = []
        while not self._sign(")"):
            if arguments:
                self._need(",")
            arguments.append(self.any_of())
        return Call(name, tuple(arguments))

    def _path(self, first: str) -> Any:
        steps = [first]
        while self._sign("/"):
            token = self.take()
            if token.kind != "name":
                raise Unreadable("неверный путь к реквизиту")
            if token.value in ("any", "all") and self._sign("("):
                return self._quantifier(Path(tuple(steps)), str(token.value))
            steps.append(str(token.value))
        return Path(tuple(steps))

    def _quantifier(self, path: Path, name: str) -> Quantifier:
        variable = self.take()
        if variable.kind != "name":
            raise Unreadable("ожидается имя переменной")
        self._need(":")
        condition = self.any_of()
        self._need(")")
        return Quantifier(path, name, str(variable.value), condition)
