"""Writes XML as a base does: from top to bottom, tabs and CRLF, never the whole document in memory."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from sandbox.onec.commerceml.versions import Version

BOM = b"\xef\xbb\xbf"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Pen:
    """`inside` opens an element for a while, `put` writes one with a text."""

    def __init__(self, out: BinaryIO, encoding: str) -> None:
        if encoding == "utf-8":
            out.write(BOM)
        self._text = io.TextIOWrapper(out, encoding, errors="xmlcharrefreplace", newline="\r\n")
        self._depth = 0
        self._text.write(f'<?xml version="1.0" encoding="{encoding.upper()}"?>\n')

    @contextmanager
    def root(self, version: Version, at: datetime) -> Iterator[None]:
        """КоммерческаяИнформация around everything."""
        space = {"xmlns": version.namespace} if version.namespace else {}
        made = f"{at:%Y-%m-%d}" if version.date_only else f"{at:%Y-%m-%dT%H:%M:%S}"
        with self.inside("КоммерческаяИнформация", {**space, "ВерсияСхемы": version.name, "ДатаФормирования": made}):
            yield
        self._text.flush()
        self._text.detach()

    @contextmanager
    def inside(self, tag: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
        self._line(f"<{tag}{_attributes(attributes)}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._line(f"</{tag}>")

    def put(self, tag: str, text: object = "", attributes: dict[str, str] | None = None) -> None:
        """One element on its line; an empty one is closed at once."""
        content = _clean(text)
        end = f">{content}</{tag}>" if content else "/>"
        self._line(f"<{tag}{_attributes(attributes)}{end}")

    def mixed(self, tag: str, text: object, attributes: dict[str, str], inner: str, **texts: object) -> None:
        """One line: a text with an element `inner` of elements behind it."""
        inside = "".join(f"<{name}>{_clean(value)}</{name}>" for name, value in texts.items())
        self._line(f"<{tag}{_attributes(attributes)}>{_clean(text)}<{inner}>{inside}</{inner}></{tag}>")

    def put_many(self, **texts: object) -> None:
        """Elements in order."""
        for tag, text in texts.items():
            self.put(tag, text)

    def requisites(self, values: dict[str, object]) -> None:
        """ЗначенияРеквизитов by their names."""
        with self.inside("ЗначенияРеквизитов"):
            for name, value in values.items():
                with self.inside("ЗначениеРеквизита"):
                    self.put_many(Наименование=name, Значение=value)

    def _line(self, text: str) -> None:
        self._text.write("\t" * self._depth + text + "\n")


def number(value: Decimal) -> str:
    """12.500 -> 12.5, 1E+3 -> 1000."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _attributes(attributes: dict[str, str] | None) -> str:
    return "".join(f" {name}={quoteattr(_bare(value))}" for name, value in (attributes or {}).items())


def _clean(text: object) -> str:
    if isinstance(text, bool):
        return "true" if text else "false"
    return escape(_bare(str(text)))


def _bare(text: str) -> str:
    """Without the signs XML cannot carry."""
    return _FORBIDDEN.sub("", text)
