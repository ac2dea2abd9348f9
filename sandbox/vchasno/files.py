"""A document as files: the original, the archive with signatures, a printed sheet of who signed."""

import io
import re
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote
from xml.sax.saxutils import escape

from aiohttp import web
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from sandbox.vchasno import statuses
from sandbox.vchasno.company import Company
from sandbox.vchasno.container import packed
from sandbox.vchasno.document import Document

TYPES = MappingProxyType(
    {
        "pdf": "application/pdf",
        "xml": "application/xml",
        "txt": "text/plain",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
    }
)
SHOWN = frozenset({"pdf", "png", "jpg", "jpeg"})
"""What a browser may draw on the service's own page."""
FONT = "VchasnoSans"
EARLIEST = (1980, 1, 1, 0, 0, 0)


def original(document: Document, *, inline: bool = False) -> web.Response:
    """The uploaded bytes as they were."""
    shown = "inline" if inline and document.extension in SHOWN else "attachment"
    name = quote(file_name(document))
    headers = {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    kind = TYPES.get(document.extension, "application/octet-stream")
    return web.Response(body=document.content, content_type=kind, headers=headers)


def file_name(document: Document) -> str:
    stem = re.sub(r"[^\w .№()-]+", "_", document.title).strip() or "document"
    return f"{stem[:100]}.{document.extension}"


def archive(document: Document, own: Company, *, appended: bool, guide: bool) -> bytes:
    """The original, a .p7s for every signature or one for all with the data in it, and a receipt."""
    name, out = file_name(document), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        _put(made, name, document.content)
        if appended and document.signatures:
            _put(made, f"{name}.p7s", packed([one.signed for one in document.signatures], document.content))
        else:
            for number, one in enumerate(document.signatures, 1):
                _put(made, f"{name}_{number}_{one.signer.edrpou}.p7s", packed([one.signed], None))
        _put(made, "Квитанція.pdf", printed(document, own))
        if guide:
            _put(made, "Інструкція.pdf", _sheet(["Перевірити підпис: https://czo.gov.ua/verify"]))
    return out.getvalue()


def printed(document: Document, own: Company) -> bytes:
    """A sheet that says what the document is and who has signed it."""
    day = document.day.strftime("%d.%m.%Y") if document.day else ""
    lines = [
        f"<b>{escape(document.title)}</b>",
        escape(
            " ".join(filter(None, [f"№ {document.number}" if document.number else "", f"від {day}" if day else ""]))
        ),
        f"Відправник: {escape(own.name)}, {escape(own.edrpou)}",
        *(f"Отримувач: {escape(one.name or 'компанія')}, {escape(one.edrpou)}" for one in document.recipients),
        f"Стан: {statuses.text(document.status)}",
        *(
            f"Підпис: {escape(one.name)}, {escape(one.signer.name)} {escape(one.signer.edrpou)}, "
            f"{one.at:%d.%m.%Y %H:%M:%S}, сертифікат {escape(one.serial)}"
            for one in document.signatures
        ),
        "Пісочниця «Вчасно»: підписи тут тестові.",
    ]
    return _sheet([line for line in lines if line])


def _sheet(lines: list[str]) -> bytes:
    out, style = io.BytesIO(), ParagraphStyle("plain", fontName=_font(), fontSize=11, leading=16)
    made = SimpleDocTemplate(out, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=20 * mm)
    made.build([piece for line in lines for piece in (Paragraph(line, style), Spacer(1, 3 * mm))])
    return out.getvalue()


@cache
def _font() -> str:
    """One with Ukrainian letters, that comes with the library of charts."""
    found = find_spec("matplotlib")
    assert found is not None and found.submodule_search_locations
    folder = Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"
    pdfmetrics.registerFont(TTFont(FONT, folder / "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont(f"{FONT}-Bold", folder / "DejaVuSans-Bold.ttf"))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=f"{FONT}-Bold", italic=FONT, boldItalic=f"{FONT}-Bold")
    return FONT


def _put(archive: zipfile.ZipFile, name: str, body: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, EARLIEST), body, zipfile.ZIP_DEFLATED)
