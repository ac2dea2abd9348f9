"""Answers before they are sent, in JSON or Atom."""

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.onec import atom
from sandbox.onec.errors import ODataError
from sandbox.onec.query.options import JSON, Options
from sandbox.onec.reading import Page
from sandbox.onec.views import View

JSON_TYPE, ATOM_TYPE, XML_TYPE = "application/json", "application/atom+xml;type=feed", "application/xml"
UPDATED = "2026-01-01T00:00:00"
DISCLOSED = "; charset="


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is text, sent in UTF-8 whatever the header says."""

    status: int = 200
    body: str = ""
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts answers together; `root` is the address of the interface."""

    root: str
    options: Options

    def page(self, page: Page) -> Answer:
        """A list."""
        rows = [page.selection.json_of(row) for row in page.rows]
        count = page.total if self.options.counted else None
        name = page.view.name
        if self.options.format != JSON:
            if page.view.entity is None:
                return Answer(body=atom.elements(rows, name.rpartition("/")[2]), content_type=XML_TYPE)
            return Answer(body=atom.feed(self.root, name, rows, UPDATED, count), content_type=ATOM_TYPE)
        made: dict[str, Any] = self._context(name)
        if count is not None:
            made["odata.count"] = str(count)
        made["value"] = rows
        return self.json(made)

    def one(self, view: View, row: dict[str, Any], status: int = 200, location: str = "") -> Answer:
        """An object whole; `location` goes into the header as it is, Cyrillic and all."""
        headers = {"Location": location} if location else {}
        if self.options.format != JSON:
            return Answer(
                status, atom.entry(self.root, view.name, row, UPDATED), "application/atom+xml;type=entry", headers
            )
        return self.json({**self._context(f"{view.name}/@Element"), **row}, status, headers)

    def value(self, name: str, value: Any) -> Answer:
        """One property."""
        if self.options.format != JSON:
            return Answer(body=atom.elements([{name: value}], name), content_type=XML_TYPE)
        return self.json({**self._context(name), "value": value})

    def service(self, names: list[str]) -> Answer:
        """The list of entity sets."""
        if self.options.format != JSON:
            return Answer(body=atom.service(self.root, names), content_type=XML_TYPE)
        made = {"odata.metadata": f"{self.root}$metadata", "value": [{"name": one, "url": one} for one in names]}
        return self.json(made)

    def error(self, error: ODataError) -> Answer:
        return error_answer(error, self.options.format == JSON)

    def json(self, made: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> Answer:
        return Answer(status, json.dumps(made, ensure_ascii=False), self._type(), headers or {})

    def _type(self) -> str:
        return f"{JSON_TYPE};odata={self.options.level}"

    def _context(self, name: str) -> dict[str, Any]:
        if self.options.level == "nometadata":
            return {}
        return {"odata.metadata": f"{self.root}$metadata#{name}"}


def error_answer(error: ODataError, as_json: bool = True) -> Answer:
    if not as_json:
        return Answer(error.status, atom.error(error.code, error.message), XML_TYPE)
    told = {"odata.error": {"code": str(error.code), "message": {"lang": "ru", "value": error.message}}}
    return Answer(error.status, json.dumps(told, ensure_ascii=False))
