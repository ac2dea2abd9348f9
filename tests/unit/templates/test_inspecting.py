"""Files that people send as templates: what they use, and what is wrong with them."""

import zipfile
from io import BytesIO

import pytest

from bot.domain.template.checking import ProblemKind, TemplateProblem
from integrations.docx import LARGEST, Templates
from tests.support.word_files import CONTRACT, repacked, saved, written

TABLE = (
    ("№", "Товар", "Ціна"),
    ("{%tr for рядок in прайс.рядки %}", "", ""),
    ("{{ рядок.номер }}", "{{рядок.назва}}", "{{ рядок.ціна }}"),
    ("{%tr endfor %}", "", ""),
)
LOOK = Templates().inspect
MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def problems(content: bytes) -> list[tuple[ProblemKind, str]]:
    return [(problem.kind, problem.field) for problem in LOOK(content).problems]


def of_text(*paragraphs: str) -> list[tuple[ProblemKind, str]]:
    return problems(written(*paragraphs))


def with_relation(relation: str) -> bytes:
    end = b"</Relationships>"
    part = "word/_rels/document.xml.rels"
    return repacked(written("Текст"), {part: lambda old: old.replace(end, relation.encode() + end)})


def test_the_fields_of_a_file_are_told_in_order() -> None:
    inspected = LOOK(written(*CONTRACT, table=TABLE, header="{{ компанія.телефон }}"))
    assert inspected.problems == ()
    assert inspected.fields == (
        "договір.номер", "договір.дата", "компанія.преамбула", "клієнт.преамбула", "договір.порядок_оплати",
        "прайс.рядки", "прайс.рядки.номер", "прайс.рядки.назва", "прайс.рядки.ціна", "компанія.телефон",
    )  # fmt: skip


def test_a_tag_that_word_tore_into_runs_is_one_tag() -> None:
    inspected = LOOK(written(("Покупець: {", "{ клі", "єнт.", "назва }", "}.")))
    assert (inspected.fields, inspected.problems) == (("клієнт.назва",), ())


def test_a_letter_written_as_two_is_one_letter() -> None:
    assert LOOK(written("{{ догові\u0438\u0306.номер }}")).fields == ("договій.номер",)


def test_a_field_says_where_it_stands() -> None:
    (use,) = LOOK(written("Постачальник зобов’язується передати у власність Покупця {{ клієнт.назва }} Товар")).uses
    assert use.where == "Постачальник зобов’язується передати у власність Покупця {{"


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 7 * 7 }}", "{{ ''.__class__ }}", "{{ клієнт['назва'] }}", "{{ клієнт.назва.upper() }}",
        "{{ клієнт.назва|upper }}", "{{ self.__init__ }}", "{% if клієнт.назва %}", "{% set x = 1 %}",
        "{% include 'x' %}", "{% macro a() %}", "{# примітка #}", "{{ a.b.c }}", "{{r клієнт.назва|e }}",
        "{%p if клієнт.іпн %}", "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    ],
)  # fmt: skip
def test_code_is_refused(tag: str) -> None:
    kind, written_there = of_text(f"Текст {tag} далі")[0]
    assert kind in (ProblemKind.CODE, ProblemKind.BROKEN_TAG)
    assert written_there == tag[:60]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Назва: {{ клієнт.назва }", "{{ клієнт.назва }"),
        ("Назва: { клієнт.назва }}", "{ клієнт.назва }}"),
        ("Назва: {клієнт.назва}", "{клієнт.назва}"),
        ("Назва: {{ клієнт назва }}", "{{ клієнт назва }}"),
        ("Назва: {{ }}", "{{ }}"),
        ("{% tr for рядок in прайс.рядки %}", "{% tr for рядок in прайс.рядки %}"),
        ("{% for рядок in прайс.рядки %}", "{% for рядок in прайс.рядки %}"),
        ("{%tr for рядок in прайс %}", "{%tr for рядок in прайс %}"),
    ],
)
def test_a_broken_tag_is_shown(text: str, shown: str) -> None:
    assert of_text(text) == [(ProblemKind.BROKEN_TAG, shown)]


def test_a_name_without_its_group_is_a_field_nobody_knows() -> None:
    inspected = LOOK(written("{{ назва }}"))
    assert (inspected.fields, inspected.problems) == (("назва",), ())


def test_rows_repeat_in_tables_only() -> None:
    assert (ProblemKind.LOOP_OUTSIDE_TABLE, "прайс.рядки") in of_text("{%tr for рядок in прайс.рядки %}")


def test_the_row_of_a_loops_tag_holds_nothing_else() -> None:
    table = (("{%tr for рядок in прайс.рядки %}{{ рядок.назва }}",), ("{%tr endfor %}",))
    assert problems(written(table=table)) == [(ProblemKind.LOOP_ROW, "прайс.рядки")]


def test_a_loop_without_its_end_is_told() -> None:
    assert problems(written(table=TABLE[:3])) == [(ProblemKind.LOOP_OPEN, "прайс.рядки")]


def test_an_end_without_its_loop_is_told() -> None:
    assert problems(written(table=TABLE[3:])) == [(ProblemKind.LOOP_OPEN, "endfor")]


def test_a_loop_within_a_loop_is_told() -> None:
    assert problems(written(table=(TABLE[1], *TABLE[1:])))[0] == (ProblemKind.LOOP_OPEN, "прайс.рядки")


def test_a_plain_text_is_no_word_file() -> None:
    assert problems("Договір".encode()) == [(ProblemKind.NOT_DOCX, "")]


def test_an_archive_of_something_else_is_no_word_file() -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("photo.jpg", b"x")
    assert problems(archive.getvalue()) == [(ProblemKind.NOT_DOCX, "")]


def test_the_old_word_format_is_named() -> None:
    assert problems(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == [(ProblemKind.OLD_WORD, "")]


def test_a_file_above_the_bound_is_not_opened() -> None:
    assert problems(b"PK" + bytes(LARGEST)) == [(ProblemKind.TOO_LARGE, "")]


def test_a_file_that_unpacks_to_too_much_is_not_opened() -> None:
    bomb = repacked(written("Текст"), {f"word/media/{n}.bin": lambda _: bytes(16 * 1024 * 1024) for n in range(4)})
    assert len(bomb) < LARGEST
    assert problems(bomb) == [(ProblemKind.BOMB, "")]


def test_a_text_that_unpacks_to_too_much_is_not_opened() -> None:
    long = repacked(written("Текст"), {"word/document.xml": lambda old: old + b" " * 17 * 1024 * 1024})
    assert problems(long) == [(ProblemKind.BOMB, "")]


def test_macros_are_refused() -> None:
    assert problems(repacked(written("Текст"), {"word/vbaProject.bin": lambda _: b"x"})) == [(ProblemKind.MACROS, "")]
    renamed = repacked(written("Текст"), {"[Content_Types].xml": lambda old: old.replace(PLAIN, MACRO)})
    assert problems(renamed) == [(ProblemKind.MACROS, "")]


def test_a_workbook_named_docx_is_no_document() -> None:
    sheet = repacked(written("Текст"), {"[Content_Types].xml": lambda old: old.replace(PLAIN, b"application/xml")})
    assert problems(sheet)[0] == (ProblemKind.NOT_DOCX, "")


def test_another_file_inside_is_refused() -> None:
    assert problems(repacked(written("Текст"), {"word/embeddings/book.xlsx": lambda _: b"x"})) == [
        (ProblemKind.EMBEDDED, "")
    ]


def test_a_template_or_picture_from_elsewhere_is_refused() -> None:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for kind in ("attachedTemplate", "image"):
        outside = with_relation(
            f'<Relationship Id="rId99" Type="{kinds}/{kind}" Target="http://198.51.100.1/x" TargetMode="External"/>'
        )
        assert problems(outside) == [(ProblemKind.OUTSIDE, "http://198.51.100.1/x")]


def test_a_link_that_a_reader_may_press_is_no_problem() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    assert problems(
        with_relation(f'<Relationship Id="rId99" Type="{kind}" Target="mailto:a@b.ua" TargetMode="External"/>')
    ) == []  # fmt: skip


def test_a_field_of_word_that_takes_from_elsewhere_is_refused() -> None:
    def with_field(old: bytes) -> bytes:
        return old.replace(
            b"<w:sectPr", b"<w:p><w:r><w:instrText> DDEAUTO c:\\\\cmd.exe</w:instrText></w:r></w:p><w:sectPr", 1
        )

    assert problems(repacked(written("Текст"), {"word/document.xml": with_field})) == [
        (ProblemKind.OUTSIDE, "DDEAUTO c:\\\\cmd.exe")
    ]


def test_changes_that_nobody_accepted_are_told() -> None:
    def inserted(old: bytes) -> bytes:
        return old.replace(b"<w:r>", b'<w:ins w:id="1"><w:r>', 1).replace(b"</w:r>", b"</w:r></w:ins>", 1)

    changed = repacked(written("Текст"), {"word/document.xml": inserted})
    assert problems(changed) == [(ProblemKind.TRACKED, "")]


def test_entities_are_not_made_longer() -> None:
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
    broken = repacked(written("Текст"), {"word/document.xml": lambda old: entity + old[old.index(b"?>") + 2 :]})
    assert problems(broken) == [(ProblemKind.BROKEN, "")]


def test_a_torn_file_is_told_and_nothing_worse() -> None:
    whole = written(*CONTRACT)
    for length in (3, 100, len(whole) // 2, len(whole) - 30):
        assert problems(whole[:length]) == [(ProblemKind.NOT_DOCX, "")]
    torn = repacked(whole, {"word/document.xml": lambda old: old[: len(old) // 2]})
    assert problems(torn) == [(ProblemKind.BROKEN, "")]


def test_a_tag_in_the_files_properties_is_told() -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("{{ клієнт.назва }}")
    document.core_properties.title = "{{ 7*7 }}"
    assert problems(saved(document.save)) == [(ProblemKind.UNFILLED, "")]


def test_code_that_hides_in_an_attribute_is_found() -> None:
    hidden = repacked(
        written("{{ клієнт.назва }}"),
        {"word/document.xml": lambda old: old.replace(b"<w:body>", b'<w:body w:x="{{ 7*7 }}">', 1)},
    )
    assert LOOK(hidden).problems[:1] == (TemplateProblem(ProblemKind.CODE, "mul"),)
