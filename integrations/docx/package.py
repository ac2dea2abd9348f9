"""The archive of a DOCX looked through before anybody opens it: bounds, macros, what it takes from elsewhere."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from bot.domain.template.checking import ProblemKind, TemplateProblem

UNPACKED = 60 * 1024 * 1024
PART = 16 * 1024 * 1024
"""Of one part that is read as text: a price list of 5,000 lines has less than ten."""
PARTS = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO = ("vbaproject.bin", "vbadata.xml")
_INSIDE = ("word/embeddings/", "word/activex/")
_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_FIELDS = re.compile(
    r"^\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|EMBED)\b", re.IGNORECASE
)
"""Fields of Word that take something from elsewhere, or run something."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parsed(content: bytes) -> etree._Element:
    """A part of the archive; nothing outside is opened for it, no entity is made longer. Raises ValueError."""
    if b"<!DOCTYPE" in content or "<!DOCTYPE".encode("utf-16-le") in content:
        raise ValueError("doctype")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("not XML") from error


class Package:
    """The parts of a DOCX by their names. Raises ValueError where a part cannot be read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = archive.namelist()

    def tree(self, name: str) -> etree._Element:
        try:
            return parsed(self._archive.read(name))
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            raise ValueError(name) from error

    def parts(self) -> Iterator[tuple[str, etree._Element]]:
        """What Word shows or reads, tree by tree."""
        for name in self.names:
            if name.startswith("word/") and name.endswith(".xml"):
                yield name, self.tree(name)


def opened(content: bytes, largest: int) -> Package | TemplateProblem:
    """The package, or why it is not to be opened at all."""
    if len(content) > largest:
        return TemplateProblem(ProblemKind.TOO_LARGE)
    if content.startswith(_OLE):
        return TemplateProblem(ProblemKind.OLD_WORD)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError):
        return TemplateProblem(ProblemKind.NOT_DOCX)
    infos = archive.infolist()
    read = max((info.file_size for info in infos if info.filename.endswith((".xml", ".rels"))), default=0)
    if len(infos) > PARTS or read > PART or sum(info.file_size for info in infos) > UNPACKED:
        return TemplateProblem(ProblemKind.BOMB)
    if "[Content_Types].xml" not in archive.namelist() or "word/document.xml" not in archive.namelist():
        return TemplateProblem(ProblemKind.NOT_DOCX)
    return Package(archive)


def dangers(package: Package) -> Iterator[TemplateProblem]:
    """Everything for which it is not taken, whatever its text says. Raises ValueError."""
    types = {node.get("ContentType", "") for node in package.tree("[Content_Types].xml")}
    lowered = [name.lower() for name in package.names]
    if any("macroenabled" in one.lower() for one in types) or any(name.endswith(_MACRO) for name in lowered):
        yield TemplateProblem(ProblemKind.MACROS)
    elif _MAIN not in types:
        yield TemplateProblem(ProblemKind.NOT_DOCX)
    if any(name.startswith(_INSIDE) for name in lowered):
        yield TemplateProblem(ProblemKind.EMBEDDED)
    for name in package.names:
        if name.endswith(".rels"):
            yield from _outside(package.tree(name))
    for _, tree in package.parts():
        yield from _in_text(tree)


def _outside(relations: etree._Element) -> Iterator[TemplateProblem]:
    for relation in relations:
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        if kind == "aFChunk":
            yield TemplateProblem(ProblemKind.EMBEDDED)
        if relation.get("TargetMode", "").lower() == "external" and not (kind == "hyperlink" and _LINK.match(target)):
            yield TemplateProblem(ProblemKind.OUTSIDE, target[:80])


def _in_text(tree: etree._Element) -> Iterator[TemplateProblem]:
    told = ["".join(map(str, node.itertext())) for node in tree.iter(f"{W}instrText")]
    told += [node.get(f"{W}instr", "") for node in tree.iter(f"{W}fldSimple")]
    for instruction in told:
        if _FIELDS.match(instruction):
            yield TemplateProblem(ProblemKind.OUTSIDE, " ".join(instruction.split())[:80])
    if any(True for name in ("ins", "del", "moveFrom", "moveTo") for _ in tree.iter(f"{W}{name}")):
        yield TemplateProblem(ProblemKind.TRACKED)
