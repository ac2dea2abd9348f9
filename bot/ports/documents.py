"""Documents made from templates, and turned into PDF."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from bot.domain.template.checking import Inspected


class DocumentTemplates(Protocol):
    """Templates kept by the office in Word. Both calls are slow, so never on the event loop."""

    def inspect(self, content: bytes) -> Inspected:
        """Every field and every problem of a file; never raises because of what is in it."""
        ...

    def fill(self, content: bytes, values: Mapping[str, Mapping[str, Any]], target: Path) -> None:
        """Writes the filled document; `values` are texts by group and field, and rows of texts.

        Raises BrokenTemplate, OSError.
        """
        ...


class ToPdf(Protocol):
    """Turns a document into PDF, where the machine has something that can."""

    @property
    def available(self) -> bool: ...

    async def convert(self, source: Path, target: Path) -> None:
        """Raises Unavailable with the code `absent`, `timeout` or `failed`; the document itself is left as it is."""
        ...
