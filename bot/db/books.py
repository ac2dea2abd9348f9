"""The books: hand a plain function over `tx` in, get its result after the commit.

A body is never a coroutine: it cannot wait for anything slow while it holds locks, it runs in one hop on both
databases, and several bodies can share one COMMIT (decision record 0003). A body may run more than once before its
commit (a deadlock on PostgreSQL), so it must do nothing but read and write `tx`; it returns plain values.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from bot.db.tx import Tx
from bot.domain.dialogue import Turn

P = ParamSpec("P")
T = TypeVar("T")


class Books(Protocol):
    """One database behind transactions of plain functions."""

    async def read(self, body: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The body's result over one consistent view; it must not write."""
        ...

    async def write(self, body: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The body's result after its COMMIT; an exception rolls it back and comes out here."""
        ...

    async def apply(self, turn: Turn, effect: Callable[[Tx], object], view: Callable[[Tx], T]) -> T:
        """The effect once for the event of the turn, however often the event arrives; then the view of what is."""
        ...

    async def leads(self, name: str) -> bool:
        """Whether this process is the one to do what is called so; others ask again and again until it is gone."""
        ...

    async def resign(self, name: str) -> None:
        """Let another process do it."""
        ...

    async def close(self) -> None:
        """Finish what was handed in, then let the database go."""
        ...


def applied(tx: Tx, turn: Turn, effect: Callable[[Tx], object], view: Callable[[Tx], T]) -> T:
    """The body of `Books.apply`: the event's id, the effect and the dialogue in one transaction."""
    if tx.dialogues.first_time(turn):
        effect(tx)
        tx.dialogues.save(turn)
    return view(tx)
