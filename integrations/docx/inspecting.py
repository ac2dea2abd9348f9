"""A template read as Word shows it, paragraph by paragraph, and again as Jinja would: both must see the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from bot.domain.template.checking import Inspected, ProblemKind, TemplateProblem, Use
from integrations.docx.package import Package, W, dangers, opened
from integrations.docx.tags import EndTag, FieldTag, ForTag, Tag, WrongTag, normal, tags, without_tags

_FILLED = ("word/document.xml", "word/header", "word/footer", "word/footnotes.xml")
"""Parts in which fields are filled in."""
_READ = (*_FILLED, "word/endnotes.xml", "word/comments")
_SHOWN = 60
_DC = "{http://purl.org/dc/elements/1.1/}"


def inspect(content: bytes, largest: int) -> Inspected:
    """Every field and every problem of a file; never raises because of what is in it."""
    package = opened(content, largest)
    if isinstance(package, TemplateProblem):
        return Inspected(problems=(package,))
    try:
        dangerous = tuple(dict.fromkeys(dangers(package)))
        reading = _Reading()
        for name, tree in _read_parts(package):
            reading.part(tree, filled=name.startswith(_FILLED))
    except ValueError:
        return Inspected(problems=(TemplateProblem(ProblemKind.BROKEN),))
    problems = [*dangerous, *reading.problems, *_properties(package)]
    if not problems:
        from integrations.docx.filling import unlike

        problems += unlike(content, {use.field for use in reading.uses})
    return Inspected(tuple(reading.uses), tuple(dict.fromkeys(problems)))


def _read_parts(package: Package) -> Iterator[tuple[str, etree._Element]]:
    for name, tree in package.parts():
        if name.startswith(_READ):
            yield name, tree


def _properties(package: Package) -> Iterator[TemplateProblem]:
    """The file's title and the like are not for fields."""
    if "docProps/core.xml" in package.names:
        said = "".join(map(str, package.tree("docProps/core.xml").itertext()))
        if "{{" in said or "{%" in said:
            yield TemplateProblem(ProblemKind.UNFILLED, where=" ".join(said.split())[:_SHOWN])


@dataclass
class _Loop:
    row: str
    over: str
    table: etree._Element
    where: str


@dataclass
class _Reading:
    uses: list[Use] = field(default_factory=list)
    problems: list[TemplateProblem] = field(default_factory=list)
    _loop: _Loop | None = None

    def part(self, tree: etree._Element, *, filled: bool) -> None:
        for paragraph in tree.iter(f"{W}p"):
            text = _text(paragraph)
            where = " ".join(text.split())[:_SHOWN].rstrip()
            for tag in tags(text):
                if filled:
                    self._take(tag, paragraph, where)
                else:
                    self._say(ProblemKind.UNFILLED, "", where)
        if self._loop:
            self._say(ProblemKind.LOOP_OPEN, self._loop.over, self._loop.where)
            self._loop = None

    def _say(self, kind: ProblemKind, written: str, where: str) -> None:
        self.problems.append(TemplateProblem(kind, written, where))

    def _take(self, tag: Tag, paragraph: etree._Element, where: str) -> None:
        match tag:
            case WrongTag(kind, written):
                if kind is ProblemKind.UNKNOWN_FIELD:
                    self.uses.append(Use(written, where))
                else:
                    self._say(kind, written, where)
            case FieldTag(owner, name):
                self._field(owner, name, paragraph, where)
            case ForTag(row, over):
                self._begin(row, over, paragraph, where)
            case EndTag():
                self._end(paragraph, where)

    def _field(self, owner: str, name: str, paragraph: etree._Element, where: str) -> None:
        loop = self._loop
        if loop is None or owner != loop.row:
            self.uses.append(Use(f"{owner}.{name}", where))
        elif _above(paragraph, "tbl") is not loop.table:
            self._say(ProblemKind.ROW_FIELD_OUTSIDE, f"{owner}.{name}", where)
        else:
            self.uses.append(Use(f"{loop.over}.{name}", where))

    def _begin(self, row: str, over: str, paragraph: etree._Element, where: str) -> None:
        table = self._table_of_loop(paragraph, over, where)
        if self._loop:
            self._say(ProblemKind.LOOP_OPEN, self._loop.over, self._loop.where)
        if table is not None:
            self._loop = _Loop(row, over, table, where)
            self.uses.append(Use(over, where, rows=True))

    def _end(self, paragraph: etree._Element, where: str) -> None:
        table = self._table_of_loop(paragraph, "endfor", where)
        if self._loop is None or (table is not None and table is not self._loop.table):
            self._say(ProblemKind.LOOP_OPEN, "endfor", where)
        self._loop = None

    def _table_of_loop(self, paragraph: etree._Element, written: str, where: str) -> etree._Element | None:
        """The table in which a loop's tag has a row to itself."""
        row, table = _above(paragraph, "tr"), _above(paragraph, "tbl")
        if row is None or table is None:
            self._say(ProblemKind.LOOP_OUTSIDE_TABLE, written, where)
            return None
        said = "".join(_text(one) for one in row.iter(f"{W}p"))
        if without_tags(said) or len(list(tags(said))) > 1:
            self._say(ProblemKind.LOOP_ROW, written, where)
        return table


def _above(node: etree._Element, name: str) -> etree._Element | None:
    return next(node.iterancestors(f"{W}{name}"), None)


def _text(paragraph: etree._Element) -> str:
    """What the paragraph says itself, without a text box that hangs in it."""
    pieces: list[str] = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if _above(node, "p") is paragraph:
            pieces.append((node.text or "") if node.tag == f"{W}t" else " ")
    return normal("".join(pieces))
