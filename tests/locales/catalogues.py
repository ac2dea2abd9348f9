"""What the source says, what the translations hold, and the file a translation should be."""

from collections.abc import Iterator, Sequence
from io import SEEK_END, BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
SOURCES = ("bot/i18n.py", "bot/services", "bot/web", "handlers", "keyboards")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"say": None, "label": None, "plural": (1, 2), "marked": None}
LANGUAGES = ("uk", "ru")
WIDTH = 110

MsgId = str | tuple[str, ...]


def path_of(language: str, root: Path = ROOT) -> Path:
    return root / "locales" / language / "LC_MESSAGES" / "komora.po"


def extracted(root: Path = ROOT) -> list[MsgId]:
    """Every text in the source that wants a translation, sorted."""
    return sorted(set(_found(root)), key=first_form)


def read(language: str, root: Path = ROOT) -> Catalog:
    with path_of(language, root).open("rb") as source:
        return read_po(source, locale=language)


def updated(language: str, root: Path = ROOT) -> bytes:
    """The translation file as it should be: present texts alone, known translations kept, new ones empty."""
    known = read(language, root)
    catalogue = Catalog(locale=language, fuzzy=False)
    for msgid in extracted(root):
        before = known.get(first_form(msgid))
        if before is not None and before.id == msgid and not before.fuzzy:
            catalogue.add(msgid, before.string, user_comments=before.user_comments)
        else:
            catalogue.add(msgid)
    written = BytesIO(_header(catalogue, language).encode())
    written.seek(0, SEEK_END)
    write_po(written, catalogue, width=WIDTH, no_location=True, omit_header=True, sort_output=True)
    return written.getvalue().rstrip(b"\n") + b"\n"


def messages(language: str) -> list[Message]:
    """The translated texts, without the header."""
    return [message for message in read(language) if message.id]


def first_form(msgid: str | Sequence[str]) -> str:
    """What identifies a message: of a plural, its singular."""
    return msgid if isinstance(msgid, str) else msgid[0]


def forms(message: Message) -> tuple[str, ...]:
    """Every translated form of a message."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _found(root: Path) -> Iterator[MsgId]:
    for source in SOURCES:
        path = root / source
        if path.is_dir():
            rows = (row[2] for row in extract_from_dir(path, keywords=KEYWORDS))
        else:
            rows = (row[1] for row in extract_from_file("python", path, keywords=KEYWORDS))
        yield from (tuple(row) if isinstance(row, (tuple, list)) else row for row in rows)


def _header(catalogue: Catalog, language: str) -> str:
    """Nothing that changes from one update to the next: no dates, no versions of tools."""
    lines = (
        "Project-Id-Version: Komora",
        f"Language: {language}",
        f"Plural-Forms: {catalogue.plural_forms}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"
