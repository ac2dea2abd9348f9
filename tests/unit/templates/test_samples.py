"""The samples that come with the product are what their text says, and can be filled."""

from io import BytesIO

import pytest
from docx import Document

from bot.domain.signing import DocumentKind
from bot.domain.template.checking import likely_kind, problems_of
from bot.domain.template.values import values_of
from handlers.app import SAMPLES
from integrations.docx import Templates
from tests.contract_samples.drawing import Sheet
from tests.contract_samples.texts import SAMPLES as TEXTS
from tests.support.contract_facts import ADDITION, CONTRACT, RECONCILIATION

FACTS = {one.kind: one for one in (CONTRACT, ADDITION, RECONCILIATION)}


def xml(sheet: Sheet) -> bytes:
    kept = BytesIO()
    sheet.document.save(kept)
    return bytes(Document(kept).element.xml.encode())


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_sample_is_what_its_text_says(kind: DocumentKind) -> None:
    """If not: `python -m tests.contract_samples`."""
    kept = Document(str(SAMPLES / f"{kind.value}.docx")).element.xml.encode()
    assert kept == xml(TEXTS[kind.value]())


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_sample_is_a_template_of_its_kind(kind: DocumentKind) -> None:
    inspected = Templates().inspect((SAMPLES / f"{kind.value}.docx").read_bytes())
    assert problems_of(kind, inspected) == ()
    assert likely_kind(inspected) is kind
    assert values_of(FACTS[kind]).lacking(inspected.fields) == ()
