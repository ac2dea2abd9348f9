"""Files of a dialogue on the disk: parts, repeats, archives, names, bounds."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.domain.pricelist import BrokenPriceList
from integrations.onec.exchange import words
from integrations.onec.exchange.uploads import Upload, UploadRefused, safe_name

WHOLE = '<?xml version="1.0"?><К><Каталог СодержитТолькоИзменения="false"/></К>'
CHANGES = '<?xml version="1.0"?><К><Каталог СодержитТолькоИзменения="true"/></К>'


@pytest.fixture
def upload(tmp_path: Path) -> Upload:
    return Upload(tmp_path / "dialogue", 10_000)


def add(upload: Upload, name: str, content: bytes | str) -> str:
    part = upload.incoming()
    part.write_bytes(content if isinstance(content, bytes) else content.encode())
    return upload.add(name, part)


def content(upload: Upload, name: str) -> bytes:
    return upload.named(name).path.read_bytes()


def packed(members: Mapping[str, str | bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return memory.getvalue()


def test_parts_of_a_name_are_put_together_in_their_order(upload: Upload) -> None:
    for part in (b"<?xml ", b"version='1.0'?>", b"<a/>"):
        add(upload, "import.xml", part)
    assert content(upload, "import.xml") == b"<?xml version='1.0'?><a/>"


def test_the_same_long_part_once_more_is_a_repeat_and_equal_short_ones_are_not(upload: Upload) -> None:
    add(upload, "import.xml", b"<?xml version='1.0'?>")
    add(upload, "import.xml", b"a" * 1024)
    add(upload, "import.xml", b"a" * 1024)
    add(upload, "import.xml", b"bb")
    add(upload, "import.xml", b"bb")
    assert content(upload, "import.xml") == b"<?xml version='1.0'?>" + b"a" * 1024 + b"bbbb"


@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\n"])
def test_what_begins_a_document_begins_the_file_anew(upload: Upload, mark: str) -> None:
    add(upload, "import.xml", WHOLE)
    add(upload, "import.xml", "rest")
    add(upload, "import.xml", mark + CHANGES)
    assert content(upload, "import.xml") == (mark + CHANGES).encode()


def test_a_repeat_of_a_whole_file_is_the_same_file(upload: Upload) -> None:
    add(upload, "import.xml", WHOLE)
    before = upload.named("import.xml")
    add(upload, "import.xml", WHOLE)
    assert upload.named("import.xml") == before
    add(upload, "import.xml", CHANGES)
    assert upload.named("import.xml").stamp > before.stamp


def test_an_archive_in_parts_is_unpacked_once_it_is_asked_for(upload: Upload) -> None:
    whole = packed({"import.xml": WHOLE, "import_files/aa/photo.jpg": b"jpg"})
    for start in range(0, len(whole), 50):
        add(upload, "v8_1.zip", whole[start : start + 50])
    assert content(upload, "import.xml") == WHOLE.encode()
    assert content(upload, "import_files/aa/photo.jpg") == b"jpg"
    with pytest.raises(UploadRefused, match=r"v8_1\.zip не передавали"):
        upload.named("v8_1.zip")


def test_another_archive_after_a_whole_one_replaces_what_it_names(upload: Upload) -> None:
    add(upload, "set.zip", packed({"import.xml": WHOLE}))
    add(upload, "set.zip", packed({"import.xml": CHANGES}))
    assert content(upload, "import.xml") == CHANGES.encode()


def test_half_an_archive_is_told_from_a_broken_one(upload: Upload) -> None:
    whole = packed({"import.xml": WHOLE})
    add(upload, "set.zip", whole[:-10])
    with pytest.raises(UploadRefused, match=r"Архів set\.zip дійшов не повністю"):
        upload.named("import.xml")
    add(upload, "set.zip", whole[-10:])
    add(upload, "bad.zip", b"PK\x03\x04" + b"\0" * 30 + b"PK\x05\x06" + b"\xff" * 16 + b"\0\0")
    with pytest.raises(BrokenPriceList, match="broken_archive"):
        upload.named("import.xml")


@pytest.mark.parametrize("name", ["../out.xml", "/etc/out.xml", "C:\\out.xml", "a/../../out.xml"])
def test_an_archive_that_leads_out_is_refused(upload: Upload, name: str) -> None:
    add(upload, "set.zip", packed({name: WHOLE}))
    with pytest.raises(BrokenPriceList, match="unsafe_path"):
        upload.named("out.xml")


def test_a_bomb_is_refused_by_what_it_says_and_by_what_comes_out_of_it(tmp_path: Path) -> None:
    roomy = Upload(tmp_path / "roomy", 10**8)
    add(roomy, "bomb.zip", packed({"import.xml": b"\0" * 2_000_000}))
    with pytest.raises(BrokenPriceList, match="archive_bomb"):
        roomy.named("import.xml")
    tight = Upload(tmp_path / "tight", 10_000)
    add(tight, "set.zip", packed({"a.xml": b"\0" * 6000, "b.xml": b"\0" * 6000}))
    with pytest.raises(UploadRefused, match="разом більші за 10000 байтів"):
        tight.named("a.xml")


def test_all_files_of_a_dialogue_together_are_bounded(upload: Upload) -> None:
    add(upload, "a.xml", b"a" * 6000)
    add(upload, "b.xml", b"b" * 4000)
    with pytest.raises(UploadRefused, match="разом більші"):
        add(upload, "b.xml", b"c")
    with pytest.raises(UploadRefused, match="разом більші"):
        add(upload, "c.xml", b"c")


def test_an_empty_part_is_refused(upload: Upload) -> None:
    with pytest.raises(UploadRefused, match=words.EMPTY_PART):
        add(upload, "a.xml", b"")


def test_an_import_may_name_the_file_without_its_folder_where_there_is_only_one(upload: Upload) -> None:
    add(upload, "webdata/1/import.xml", WHOLE)
    assert upload.named("import.xml").name == "webdata/1/import.xml"
    add(upload, "webdata/2/import.xml", WHOLE)
    with pytest.raises(UploadRefused, match=r"Файла import\.xml не передавали"):
        upload.named("import.xml")
    assert upload.named("webdata\\2\\import.xml").name == "webdata/2/import.xml"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_parts_of_a_whole_catalogue_are_taken_together(upload: Upload, encoding: str) -> None:
    for name, text in (("import0_2.xml", WHOLE), ("import0_1.xml", WHOLE), ("offers0_1.xml", WHOLE)):
        add(upload, name, text.encode(encoding))
    add(upload, "import0_3.xml", CHANGES.encode(encoding))

    def together(name: str) -> list[str]:
        return [file.name for file in upload.together(upload.named(name))]

    assert together("import0_1.xml") == together("import0_2.xml") == ["import0_2.xml", "import0_1.xml"]
    assert together("import0_3.xml") == ["import0_3.xml"]
    assert together("offers0_1.xml") == ["offers0_1.xml"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("import.xml", "import.xml"),
        (" import.xml ", "import.xml"),
        ("import_files/aa/Фото 1.jpg", "import_files/aa/Фото 1.jpg"),
        (".\\import_files\\a.jpg", "import_files/a.jpg"),
        ("C:\\Users\\Оля\\v8_1.xml", "v8_1.xml"),
        ("c:v8_1.xml", "v8_1.xml"),
        ("\\\\server\\share\\v8_1.xml", "v8_1.xml"),
        ("/etc/passwd", "passwd"),
    ],
)
def test_a_name_stays_inside(written: str, kept: str) -> None:
    assert safe_name(written) == kept


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "/",
        "..",
        "a/../b.xml",
        "..\\b.xml",
        "a\0.xml",
        "a\n.xml",
        "import:1.xml",
        "x" * 201,
        "a/" * 8 + "b",
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(name: str) -> None:
    with pytest.raises(UploadRefused):
        safe_name(name)


def test_orders_are_ready_once_their_document_is_closed(upload: Upload) -> None:
    end = "</КоммерческаяИнформация>"
    add(upload, "a.xml", f'<?xml version="1.0"?><КоммерческаяИнформация>{end[:-5]}')
    assert upload.finished_documents("a.xml") == []
    add(upload, "a.xml", end[-5:] + "\r\n")
    assert [file.name for file in upload.finished_documents("a.xml")] == ["a.xml"]
    add(upload, "b.xml", f"<КоммерческаяИнформация>{end}".encode("windows-1251"))
    add(upload, "c.xml", f"<КоммерческаяИнформация>{end}".encode("utf-16"))
    assert [upload.finished_documents(name)[0].name for name in ("b.xml", "c.xml")] == ["b.xml", "c.xml"]
    archive = packed({"orders.xml": WHOLE, "photo.jpg": b"jpg"})
    add(upload, "d.zip", archive[:-3])
    assert upload.finished_documents("d.zip") == []
    add(upload, "d.zip", archive[-3:])
    assert [file.name for file in upload.finished_documents("d.zip")] == ["orders.xml"]
