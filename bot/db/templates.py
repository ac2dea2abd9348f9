"""Versions of templates: files that came, and which of them is in use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Counter, DocumentTemplate, TemplateFile
from bot.domain.signing import DocumentKind


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file without what is in it."""

    id: UUID
    name: str
    sha256: str
    by_name: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A version; `by_name` and `chosen_at` tell who took it, and when, as the template of its kind."""

    kind: DocumentKind
    version: int
    in_use: bool
    file_id: UUID
    name: str
    sha256: str
    by_name: str
    chosen_at: datetime


class Templates:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def keep(self, name: str, content: bytes, sha256: str, by: tuple[str, str], at: datetime) -> UUID:
        """The file's id; the same content keeps the one it had. `by` is a name and an account."""
        values = {"id": uuid4(), "sha256": sha256, "name": name, "content": content, "sent_at": at}
        self._connection.execute(
            self._insert(TemplateFile)
            .values(values | {"by_name": by[0], "by_account": by[1]})
            .on_conflict_do_nothing(index_elements=["sha256"])
        )
        known = select(TemplateFile.id).where(TemplateFile.sha256 == sha256)
        return self._connection.execute(known).scalar_one()

    def file(self, file_id: UUID) -> FileRow | None:
        row = self._connection.execute(_FILE.where(TemplateFile.id == file_id)).first()
        return FileRow(*row) if row else None

    def content(self, file_id: UUID) -> bytes | None:
        return self._connection.execute(select(TemplateFile.content).where(TemplateFile.id == file_id)).scalar()

    def forget_unused(self, before: datetime) -> int:
        """Files that came before then and are no version of anything; returns how many went."""
        used = select(DocumentTemplate.file_id)
        old = delete(TemplateFile).where(TemplateFile.sent_at < before, TemplateFile.id.not_in(used))
        return self._connection.execute(old).rowcount

    def take(self, kind: DocumentKind, file_id: UUID, by: tuple[str, str], at: datetime) -> int:
        """The file is the template of the kind from now on: its version, a new one or the one it has."""
        self._lock(kind)
        same = (DocumentTemplate.kind == kind.value, DocumentTemplate.file_id == file_id)
        version = self._connection.execute(select(DocumentTemplate.version).where(*same)).scalar()
        if version is None:
            last = select(func.max(DocumentTemplate.version)).where(DocumentTemplate.kind == kind.value)
            version = (self._connection.execute(last).scalar() or 0) + 1
            row = {"kind": kind.value, "version": version, "file_id": file_id, "chosen_at": at}
            self._connection.execute(
                insert(DocumentTemplate).values(row | {"by_name": by[0], "by_account": by[1], "in_use": False})
            )
        self.use(kind, version)
        return version

    def use(self, kind: DocumentKind, version: int) -> bool:
        """This version from now on; 0 is the sample. False where there is no such version."""
        self._lock(kind)
        of_kind = update(DocumentTemplate).where(DocumentTemplate.kind == kind.value)
        self._connection.execute(of_kind.where(DocumentTemplate.in_use).values(in_use=False))
        if version == 0:
            return True
        chosen = of_kind.where(DocumentTemplate.version == version).values(in_use=True)
        return bool(self._connection.execute(chosen).rowcount)

    def _lock(self, kind: DocumentKind) -> None:
        """Whoever chooses a template of this kind at the same time waits here."""
        series = self._insert(Counter).values(series=f"template:{kind.value}", value=0)
        self._connection.execute(series.on_conflict_do_update(index_elements=["series"], set_={"value": Counter.value}))

    def in_use(self, kind: DocumentKind) -> TemplateRow | None:
        row = self._connection.execute(
            _TEMPLATE.where(DocumentTemplate.kind == kind.value, DocumentTemplate.in_use)
        ).first()
        return _row(row) if row else None

    def get(self, kind: DocumentKind, version: int) -> TemplateRow | None:
        found = _TEMPLATE.where(DocumentTemplate.kind == kind.value, DocumentTemplate.version == version)
        row = self._connection.execute(found).first()
        return _row(row) if row else None

    def versions(self, kind: DocumentKind) -> list[TemplateRow]:
        """Newest first."""
        found = _TEMPLATE.where(DocumentTemplate.kind == kind.value).order_by(DocumentTemplate.version.desc())
        return [_row(row) for row in self._connection.execute(found)]


_FILE = select(
    TemplateFile.id, TemplateFile.name, TemplateFile.sha256, TemplateFile.by_name, TemplateFile.sent_at
)  # fmt: skip
_TEMPLATE = select(
    DocumentTemplate.kind, DocumentTemplate.version, DocumentTemplate.in_use, DocumentTemplate.file_id,
    TemplateFile.name, TemplateFile.sha256, DocumentTemplate.by_name, DocumentTemplate.chosen_at,
).join(TemplateFile, TemplateFile.id == DocumentTemplate.file_id)  # fmt: skip


def _row(row: Any) -> TemplateRow:
    kind, *rest = row
    return TemplateRow(DocumentKind(kind), *rest)
