"""A template filled by docxtpl, with a Jinja that can do nothing but name fields and repeat rows."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import category

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.domain.template.checking import BrokenTemplate, ProblemKind, TemplateProblem
from integrations.docx.inspecting import inspect
from integrations.docx.tags import normal

_SHOWN = 60
_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Getattr, nodes.Name, nodes.For)
_BRACES = {"{{": "{_{", "}}": "}_}", "{%": "{_%", "%}": "%_}"}
"""How docxtpl wants braces written that are to stand in the document."""


class Environment(ImmutableSandboxedEnvironment):
    """Only plain values of plain mappings; no filters, no tests, no functions."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.filters.clear()
        self.tests.clear()
        self.globals.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, argument) if isinstance(argument, str) else self.undefined(obj=obj, name=argument)

    def call(self, *_: Any, **__: Any) -> Any:
        raise SecurityError("calls")


class _Document(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    def patch_xml(self, src_xml: str) -> str:
        return normal(super().patch_xml(normal(src_xml)))

    def render_properties(self, *_: Any, **__: Any) -> None:
        """No fields there."""


def fill(content: bytes, values: Mapping[str, Mapping[str, Any]], target: Path, largest: int) -> None:
    """Write the filled document. Raises BrokenTemplate, OSError."""
    inspected = inspect(content, largest)
    if inspected.problems:
        raise BrokenTemplate(inspected.problems)
    document = _Document(BytesIO(content))
    try:
        document.render(_plain(values), Environment())
    except TemplateError as error:
        raise BrokenTemplate([TemplateProblem(ProblemKind.UNKNOWN_FIELD, str(error.message or "")[:_SHOWN])]) from error
    document.save(target)


def unlike(content: bytes, seen: set[str]) -> Iterator[TemplateProblem]:
    """What Jinja would see in the file and a reader of Word does not. Raises nothing."""
    document = _Document(BytesIO(content))
    try:
        for xml in _sources(document):
            yield from _stranger(Environment().parse(xml), seen, {})
    except TemplateSyntaxError as error:
        yield TemplateProblem(ProblemKind.BROKEN_TAG, (error.message or "")[:_SHOWN])
    except Exception as error:  # docxtpl and python-docx have no class of errors for a file that is not in order
        yield TemplateProblem(ProblemKind.BROKEN, type(error).__name__)


def _sources(document: _Document) -> Iterator[str]:
    """Every part that docxtpl fills, as it hands it to Jinja."""
    document.init_docx()
    yield document.patch_xml(document.get_xml())
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            yield document.patch_xml(document.get_part_xml(part))
    for part in document.docx.part.package.parts:
        if part.content_type.endswith(".footnotes+xml"):
            yield document.patch_xml(part.blob.decode("utf-8"))


def _stranger(node: nodes.Node, seen: set[str], rows: Mapping[str, str]) -> Iterator[TemplateProblem]:
    """`rows` are the lists that the names of loops around the node stand for."""
    if not isinstance(node, _ALLOWED):
        yield TemplateProblem(ProblemKind.CODE, type(node).__name__.lower())
    if isinstance(node, nodes.Getattr):
        path = _path(node, rows)
        if path not in seen:
            yield TemplateProblem(ProblemKind.CODE, path)
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        rows = {**rows, node.target.name: _path(node.iter, {})}
    for child in node.iter_child_nodes():
        yield from _stranger(child, seen, rows)


def _path(node: nodes.Node, rows: Mapping[str, str]) -> str:
    owner = node.node if isinstance(node, nodes.Getattr) else node
    name = owner.name if isinstance(owner, nodes.Name) else ""
    return f"{rows.get(name, name)}.{node.attr}" if isinstance(node, nodes.Getattr) else name


def _plain(values: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {group: {name: _value(value) for name, value in fields.items()} for group, fields in values.items()}


def _value(value: str | Sequence[Mapping[str, str]]) -> Any:
    if isinstance(value, str):
        return _text(value)
    return [{name: _text(text) for name, text in row.items()} for row in value]


def _text(value: str) -> str:
    """One line without what XML cannot hold; braces stay braces."""
    kept = "".join(map(_letter, value))
    for brace, written in _BRACES.items():
        kept = kept.replace(brace, written)
    return kept.strip()


def _letter(char: str) -> str:
    """Spaces of any width stay; marks nobody sees go; what ends a line becomes a space."""
    if char.isprintable() or category(char) == "Zs":
        return char
    return "" if category(char) in ("Cf", "Cs", "Cn", "Co") else " "
