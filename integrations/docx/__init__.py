"""Templates of contracts in DOCX: inspected before they are believed, and filled."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.domain.template.checking import Inspected

__all__ = ["LARGEST", "Templates"]

LARGEST = 5 * 1024 * 1024
"""Bytes; a contract with a logo has a tenth of it."""


class Templates:
    """What is slow here (docxtpl, lxml) is imported when it is first needed."""

    def inspect(self, content: bytes) -> Inspected:
        """Every field and every problem of a file; never raises because of what is in it."""
        from integrations.docx.inspecting import inspect

        return inspect(content, LARGEST)

    def fill(self, content: bytes, values: Mapping[str, Mapping[str, Any]], target: Path) -> None:
        """Raises BrokenTemplate, OSError."""
        from integrations.docx.filling import fill

        fill(content, values, target, LARGEST)
