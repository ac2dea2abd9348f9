"""What `main.py templates` says, and the files it writes."""

from pathlib import Path
from uuid import UUID

import pytest

from bot.domain.signing import DocumentKind
from bot.process import CannotStart
from handlers.terminal import templates_report as terminal
from tests.db.people import DNIPRO, turn
from tests.services.test_templates import BY, SUPPLIED
from tests.support.desk import Office
from tests.support.word_files import CONTRACT, lines, written

CONTRACT_KIND = DocumentKind.CONTRACT


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "наш.docx"
    path.write_bytes(written(*CONTRACT))
    return path


async def test_what_is_used_is_listed(office: Office, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await terminal.added(office.app, CONTRACT_KIND, good)
    assert capsys.readouterr().out == "Договір поставки: тепер версія 1, наш.docx\n"
    await terminal.listed(office.app)
    first, version, *rest = capsys.readouterr().out.splitlines()
    assert first == "Договір поставки (contract): версія 1, наш.docx"
    assert version.startswith("  1. наш.docx, main.py, 23.11.2026 10:00, SHA-256 ")
    assert rest == ["Додаткова угода (amendment): зразок Komora", "Акт звірки (reconciliation): зразок Komora"]


async def test_a_good_file_is_told_with_its_fields(
    office: Office, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await terminal.checked(office.app, good)
    assert capsys.readouterr().out.splitlines() == [
        f"{good}: Договір поставки, усе гаразд. Полів: 5",
        "  договір.номер", "  договір.дата", "  компанія.преамбула", "  клієнт.преамбула", "  договір.порядок_оплати",
    ]  # fmt: skip


async def test_a_bad_file_is_told_with_what_to_mend(office: Office, tmp_path: Path) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(written(*CONTRACT, "Адреса: {{ клієнт.адресса }}"))
    wrong = "• Немає поля клієнт.адресса. Можливо, клієнт.адреса? Це тут: «Адреса: {{ клієнт.адресса }}»"
    with pytest.raises(CannotStart) as told:
        await terminal.checked(office.app, bad)
    assert str(told.value) == f"{bad}: найбільше схоже на «Договір поставки», але:\n{wrong}"
    with pytest.raises(CannotStart) as told:
        await terminal.added(office.app, CONTRACT_KIND, bad)
    assert str(told.value) == f"{bad} не може бути шаблоном «Договір поставки»:\n{wrong}"


async def test_a_file_that_is_not_there_is_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="файл не читається"):
        await terminal.checked(office.app, tmp_path / "none.docx")


async def test_a_document_is_filled_into_a_new_file(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await office.app.requisites.supply(turn(), DNIPRO.id, SUPPLIED, BY)
    await office.app.templates.take(None, await _offered(office), CONTRACT_KIND, BY)
    out = tmp_path / "договір.docx"
    with pytest.raises(CannotStart, match=r"компанія|гуртівні"):
        await terminal.filled(office.app, CONTRACT_KIND, "14360570", out, "15")
    own = written("№ {{ договір.номер }} від {{ договір.дата_цифрами }}: {{ компанія.назва }}, {{ клієнт.преамбула }}, "
                  "{{ договір.відстрочення }}")  # fmt: skip
    offer = await office.app.templates.offer("коротко.docx", own, BY)
    await office.app.templates.take(None, offer.file.id, CONTRACT_KIND, BY)
    await terminal.filled(office.app, CONTRACT_KIND, "14360570", out, "15")
    assert lines(out)[0].startswith("№ 15 від 23.11.2026: ГастроОпт, Готель «Дніпро», код ЄДРПОУ 14360570, в особі")
    assert capsys.readouterr().out == (f"Договір поставки, Готель «Дніпро»: {out} (шаблон: коротко.docx, версія 2)\n")
    with pytest.raises(CannotStart, match="уже є"):
        await terminal.filled(office.app, CONTRACT_KIND, "14360570", out, "15")
    with pytest.raises(CannotStart, match="PDF робить LibreOffice"):
        await terminal.filled(office.app, CONTRACT_KIND, "14360570", tmp_path / "a.pdf", "15")


async def test_what_a_client_lacks_is_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CannotStart) as told:
        await terminal.filled(office.app, CONTRACT_KIND, "Дніпро", tmp_path / "a.docx", "15")
    assert "Готель «Дніпро»: документ не заповнено.\n• немає" in str(told.value)


async def test_a_client_must_be_one(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="Клієнтів «Нептун»: 0"):
        await terminal.filled(office.app, CONTRACT_KIND, "Нептун", tmp_path / "a.docx", "15")


async def test_old_debts_make_no_act(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"main\.py pull receivables"):
        await terminal.filled(office.app, DocumentKind.RECONCILIATION, "Дніпро", tmp_path / "a.docx", "1")


async def _offered(office: Office) -> UUID:
    return (await office.app.templates.offer("а.docx", written(*CONTRACT), BY)).file.id
