"""Addresses as 1C and the web servers before it accept them."""

from collections.abc import Iterable
from urllib.parse import quote

LONGEST_SEGMENT = 260
"""http.sys refuses a longer part of a path; conditions go into the query for that reason too."""
LONGEST_QUERY = 2048
"""IIS refuses a longer query by default, counted as it is written."""
_PATH_SAFE = "()'=,/$"
_QUERY_SAFE = "()',:/;=$*"
_CORRUPTED = "?+\\"
Query = tuple[tuple[str, str], ...]


def address(root: str, resource: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """UTF-8 and percent signs; a space is always `%20`: 1C does not read `+`.

    Raises ValueError where the path holds what a web server would spoil.
    """
    if any(character in _CORRUPTED or ord(character) < 32 for character in resource):
        raise ValueError("the path holds a character that IIS or 1C corrupts")
    if any(len(segment) > LONGEST_SEGMENT for segment in resource.split("/")):
        raise ValueError("a part of the path is too long")
    path = f"{root}/{quote(resource, safe=_PATH_SAFE)}"
    parameters = "&".join(f"{name}={quote(value, safe=_QUERY_SAFE)}" for name, value in query)
    return f"{path}?{parameters}" if parameters else path


def written(value: str) -> int:
    """How long a value becomes in a query: a Cyrillic letter is six characters."""
    return len(quote(value, safe=_QUERY_SAFE))
