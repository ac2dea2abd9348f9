"""What may be forgotten: a mapping that drops what was longest unused."""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """At most `limit` pairs."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pairs: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        value = self._pairs.get(key)
        if value is not None:
            self._pairs.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        self._pairs[key] = value
        self._pairs.move_to_end(key)
        if len(self._pairs) > self._limit:
            self._pairs.popitem(last=False)

    def forget(self, key: K) -> None:
        self._pairs.pop(key, None)
