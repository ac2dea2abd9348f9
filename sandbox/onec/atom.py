"""Answers without `$format=json`: Atom feeds and entries, and errors in XML."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

ATOM = "http://www.w3.org/2005/Atom"
DATA = "http://schemas.microsoft.com/ado/2007/08/dataservices"
META = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SPACES = f'xmlns="{ATOM}" xmlns:d="{DATA}" xmlns:m="{META}"'


def feed(root: str, name: str, rows: Iterable[dict[str, Any]], updated: str, count: int | None = None) -> str:
    """A list."""
    counted = f"<m:count>{count}</m:count>" if count is not None else ""
    inside = "".join(inner_entry(root, name, row, updated) for row in rows)
    return (
        f'{_HEAD}<feed {SPACES}><id>{root}{name}</id><title type="text">{name}</title><updated>{updated}</updated>'
        f"{counted}{inside}</feed>"
    )


def entry(root: str, name: str, row: dict[str, Any], updated: str) -> str:
    """One object."""
    return _HEAD + inner_entry(root, name, row, updated, f" {SPACES}")


def elements(rows: Iterable[dict[str, Any]], name: str) -> str:
    """The rows of a virtual table."""
    inside = "".join(f"<d:element>{_properties(row)}</d:element>" for row in rows)
    return f'{_HEAD}<d:{name} xmlns:d="{DATA}" xmlns:m="{META}">{inside}</d:{name}>'


def service(root: str, names: Iterable[str]) -> str:
    """The list of entity sets."""
    sets = "".join(f'<collection href="{one}"><atom:title>{one}</atom:title></collection>' for one in names)
    return (
        f'{_HEAD}<service xml:base="{root}" xmlns="http://www.w3.org/2007/app" xmlns:atom="{ATOM}"><workspace>'
        f"<atom:title>Default</atom:title>{sets}</workspace></service>"
    )


def error(code: int, message: str) -> str:
    return (
        f'{_HEAD}<m:error xmlns:m="{META}"><m:code>{code}</m:code>'
        f'<m:message xml:lang="ru">{escape(message)}</m:message></m:error>'
    )


def inner_entry(root: str, name: str, row: dict[str, Any], updated: str, spaces: str = "") -> str:
    """An object in a feed."""
    key = f"{name}(guid'{row['Ref_Key']}')" if "Ref_Key" in row else name
    return (
        f'<entry{spaces}><id>{root}{key}</id><category term="StandardODATA.{name}" '
        'scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"/>'
        f'<title type="text"/><updated>{updated}</updated><author/><link rel="edit" href="{key}" title="edit-link"/>'
        f'<content type="application/xml"><m:properties>{_properties(row)}</m:properties></content></entry>'
    )


def _properties(row: dict[str, Any]) -> str:
    return "".join(_property(name, value) for name, value in row.items() if "@" not in name)


def _property(name: str, value: Any) -> str:
    if isinstance(value, list):
        inside = "".join(f"<d:element>{_properties(one)}</d:element>" for one in value)
        return f"<d:{name}>{inside}</d:{name}>"
    if isinstance(value, dict):
        return ""
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return f"<d:{name}>{escape(text)}</d:{name}>"
