"""Statements compiled once in a process, not once for each of its thousands of databases."""

from typing import Any

from sqlalchemy import Connection


class Statements(dict[Any, Any]):
    """What was compiled, by the kind of the dialect: every engine has a dialect of its own that compiles alike."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), compiled)


COMPILED = Statements()


def share(connection: Connection) -> None:
    connection.execution_options(compiled_cache=COMPILED)
