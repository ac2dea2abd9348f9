"""Templates of contracts: taken in from the office with their versions, shown filled, and filled for clients."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from bot.db.books import Books
from bot.db.templates import FileRow, TemplateRow
from bot.db.tx import Tx
from bot.domain.dialogue import Turn
from bot.domain.envelope import EnvelopeView
from bot.domain.errors import NotFound, Outdated, Refused, Unavailable
from bot.domain.signing import DocumentKind, Recipient
from bot.domain.template.checking import (
    BrokenTemplate,
    Inspected,
    ProblemKind,
    TemplateProblem,
    likely_kind,
    problems_of,
)
from bot.domain.template.facts import DocumentFacts
from bot.domain.template.lacks import lack
from bot.domain.template.sample import UNKNOWN, sample
from bot.domain.template.values import Values, values_of
from bot.i18n import KYIV
from bot.logs import log
from bot.ports import Clock
from bot.ports.documents import DocumentTemplates, ToPdf
from bot.services.contract_facts import ContractFactsBook, Wanted
from bot.services.envelopes import Filled
from bot.services.papers import Made, Papers
from bot.services.private_files import name_of

LARGEST = 5 * 1024 * 1024
KEPT = timedelta(days=7)
"""A file that came and became no template is forgotten after so long."""
ALWAYS = ("клієнт.код", "клієнт.пошта")
"""Without these nobody can be asked to sign."""
TITLES: Mapping[DocumentKind, str] = {
    DocumentKind.CONTRACT: "Договір поставки",
    DocumentKind.AMENDMENT: "Додаткова угода",
    DocumentKind.RECONCILIATION: "Акт звірки",
}
"""How the files are named, in the language of what is in them."""
SAMPLE = "зразок Komora"
Fetch = Callable[[str, int], Awaitable[bytes]]
logger = log("templates")


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that came: the kind it fits best, and what keeps it from being a template of each kind."""

    file: FileRow
    likely: DocumentKind
    problems: Mapping[DocumentKind, tuple[TemplateProblem, ...]]
    fields: int


@dataclass(frozen=True, slots=True)
class KindView:
    """What is used for a kind: a version of the office's, or the sample where `in_use` is None."""

    kind: DocumentKind
    in_use: TemplateRow | None
    versions: tuple[TemplateRow, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template's file and what it is called."""

    content: bytes
    called: str


class Templates:
    """Implements `Filler` of envelopes. Without an engine nothing can be taken in or filled."""

    def __init__(
        self,
        books: Books,
        engine: DocumentTemplates | None,
        to_pdf: ToPdf | None,
        facts: ContractFactsBook,
        papers: Papers,
        samples: Path,
        now: Clock,
    ) -> None:
        self._books = books
        self._engine = engine
        self._to_pdf = to_pdf
        self._facts = facts
        self._papers = papers
        self._samples = samples
        self._now = now
        self._fetch: Fetch | None = None

    @property
    def makes_pdf(self) -> bool:
        return self._to_pdf is not None and self._to_pdf.available

    def today(self) -> date:
        """In Kyiv."""
        return self._now().astimezone(KYIV).date()

    def connect(self, fetch: Fetch) -> None:
        """Once the messenger of the staff is there: how it brings a file."""
        self._fetch = fetch

    # --- taking in ---------------------------------------------------------------------------------------------------

    async def take_sent(self, ref: str, name: str, size: int, by: tuple[str, str]) -> Offer:
        """A file that somebody sent. Raises BrokenTemplate (too large), Refused (no_templates), OutsideError."""
        if self._fetch is None or self._engine is None:
            raise Refused("no_templates")
        if size > LARGEST:
            raise BrokenTemplate([TemplateProblem(ProblemKind.TOO_LARGE)])
        content = await self._fetch(ref, LARGEST)
        return await self.offer(name_of("document", name), content, by)

    async def offer(self, name: str, content: bytes, by: tuple[str, str]) -> Offer:
        """Looked at, and kept until somebody says what it is. Raises Refused: no_templates."""
        inspected = await self.inspect(content)
        now, sha256 = self._now(), hashlib.sha256(content).hexdigest()

        def keep(tx: Tx) -> FileRow:
            tx.templates.forget_unused(now - KEPT)
            file = tx.templates.file(tx.templates.keep(name, content, sha256, by, now))
            assert file is not None
            return file

        return _offer(await self._books.write(keep), inspected)

    async def offered(self, file_id: UUID) -> Offer:
        """Raises NotFound, Refused."""
        file = await self._books.read(lambda tx: tx.templates.file(file_id))
        if file is None:
            raise NotFound("template file")
        return _offer(file, await self.inspect(await self._file(file_id)))

    async def inspect(self, content: bytes) -> Inspected:
        """Raises Refused: no_templates."""
        return await asyncio.to_thread(self._require_engine().inspect, content)

    async def take(self, turn: Turn | None, file_id: UUID, kind: DocumentKind, by: tuple[str, str]) -> TemplateRow:
        """From now on documents of the kind are filled from it; the same again is the same version.

        Raises NotFound, and Outdated for a file that cannot be one.
        """
        if (await self.offered(file_id)).problems[kind]:
            raise Outdated("template")
        now = self._now()
        return await self._changed(turn, kind, lambda tx: tx.templates.take(kind, file_id, by, now))

    async def use(self, turn: Turn | None, kind: DocumentKind, version: int) -> KindView:
        """Back to a version, or to the sample with 0. Raises NotFound."""
        if version and await self._books.read(lambda tx: tx.templates.get(kind, version)) is None:
            raise NotFound("template")
        await self._applied(turn, lambda tx: tx.templates.use(kind, version))
        return await self.of_kind(kind)

    async def of_kind(self, kind: DocumentKind) -> KindView:
        return await self._books.read(lambda tx: _view(tx, kind))

    async def all(self) -> list[KindView]:
        return await self._books.read(lambda tx: [_view(tx, kind) for kind in DocumentKind])

    async def _changed(self, turn: Turn | None, kind: DocumentKind, change: Callable[[Tx], object]) -> TemplateRow:
        await self._applied(turn, change)
        row = (await self.of_kind(kind)).in_use
        if row is None:  # somebody went back to the sample in the same moment
            raise NotFound("template")
        return row

    async def _applied(self, turn: Turn | None, change: Callable[[Tx], object]) -> None:
        if turn is None:
            await self._books.write(change)
        else:
            await self._books.apply(turn, change, lambda _: None)

    # --- giving out --------------------------------------------------------------------------------------------------

    async def given_out(self, kind: DocumentKind, version: int) -> Made:
        """The template's own file, to be changed in Word; 0 is the sample. Raises NotFound, Unavailable."""
        chosen = await self._chosen(kind, version)
        return await self._papers.keep(f"{TITLES[kind]} (шаблон).docx", chosen.content)

    async def example(self, kind: DocumentKind, file_id: UUID | None = None, version: int | None = None) -> Made:
        """The file, a version, or what is in use, filled for a client who does not exist.

        Raises NotFound, Unavailable, Refused (no_templates), and Outdated for a file that cannot be filled.
        """
        content = await self._file(file_id) if file_id else (await self._chosen(kind, version)).content
        values = values_of(sample(kind, self._facts.company, self._facts.place, self.today()))
        name = f"{TITLES[kind]} (приклад).docx"
        try:
            return await self._papers.written(name, lambda path: self._fill(content, values, path, UNKNOWN))
        except BrokenTemplate as error:
            raise Outdated("template") from error

    async def fill(self, envelope: EnvelopeView, folder: Path) -> Filled:
        """For an envelope. Raises Unavailable, BrokenTemplate."""
        filled, _ = await self.document(Wanted.of(envelope), folder, signed=True)
        return filled

    async def document(self, wanted: Wanted, folder: Path, *, signed: bool) -> tuple[Filled, DocumentFacts]:
        """A document of a client in a folder of the caller's; `signed`: it is for somebody who is asked to sign.

        Raises NotFound, Unavailable, BrokenTemplate, Refused: no_templates.
        """
        chosen = await self._chosen(wanted.kind, None)
        used = (*(await self.inspect(chosen.content)).fields, *(ALWAYS if signed else ()))
        prices = any(field.startswith("прайс.") for field in used)
        facts = await self._facts.gather(wanted, prices=prices)
        values = values_of(facts)
        if lacking := values.lacking(used):
            return Filled(template=chosen.called, lacks=tuple(map(lack, lacking))), facts
        source = folder / name_of("document", f"{TITLES[wanted.kind]} {wanted.number or 'б-н'}.docx")
        await asyncio.to_thread(self._fill, chosen.content, values, source)
        pdf = await self._pdf(source)
        to = Recipient(facts.client.code, facts.client.email)
        return Filled(pdf or source, source if pdf else None, chosen.called, to), facts

    async def _pdf(self, source: Path) -> Path | None:
        """None where it cannot be made: the document itself goes on."""
        if self._to_pdf is None or not self._to_pdf.available:
            return None
        target = source.with_suffix(".pdf")
        try:
            await self._to_pdf.convert(source, target)
        except Unavailable as error:
            logger.warning("no PDF was made", code=error.code)
            return None
        return target

    def _fill(self, content: bytes, values: Values, target: Path, unknown: str = "") -> None:
        self._require_engine().fill(content, values.filled(unknown), target)

    def _require_engine(self) -> DocumentTemplates:
        if self._engine is None:
            raise Refused("no_templates")
        return self._engine

    async def _chosen(self, kind: DocumentKind, version: int | None) -> Chosen:
        """Of None what is in use. Raises NotFound."""

        def find(tx: Tx) -> tuple[TemplateRow, bytes | None] | None:
            row = tx.templates.in_use(kind) if version is None else tx.templates.get(kind, version)
            return (row, tx.templates.content(row.file_id)) if row else None

        found = None if version == 0 else await self._books.read(find)
        if found is not None and found[1] is not None:
            return Chosen(found[1], f"{found[0].name}, версія {found[0].version}")
        if version:
            raise NotFound("template")
        path = self._samples / f"{kind.value}.docx"
        return Chosen(await asyncio.to_thread(path.read_bytes), SAMPLE)

    async def _file(self, file_id: UUID) -> bytes:
        content = await self._books.read(lambda tx: tx.templates.content(file_id))
        if content is None:
            raise NotFound("template file")
        return content


def _offer(file: FileRow, inspected: Inspected) -> Offer:
    problems = {kind: problems_of(kind, inspected) for kind in DocumentKind}
    return Offer(file, likely_kind(inspected), problems, len(inspected.fields))


def _view(tx: Tx, kind: DocumentKind) -> KindView:
    return KindView(kind, tx.templates.in_use(kind), tuple(tx.templates.versions(kind)))
