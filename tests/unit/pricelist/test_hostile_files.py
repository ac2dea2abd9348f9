"""Files made to harm or broken on the way: a clear error with the file and the place, and bounded memory."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.domain.pricelist import BrokenPriceList
from integrations.onec import commerceml
from integrations.onec.commerceml import pulling, sources
from tests.unit.pricelist import documents as cml
from tests.unit.pricelist.documents import MILK

ROOT = Path(__file__).parents[3]
GOOD = cml.document(cml.catalogue(cml.product(MILK)))
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def refused(*paths: Path) -> BrokenPriceList:
    with pytest.raises(BrokenPriceList) as caught:
        list(commerceml.read(paths))
    return caught.value


def archived(folder: Path, members: dict[str, bytes], name: str = "set.zip") -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return folder / name


def test_a_document_cut_short_is_refused_at_its_end(tmp_path: Path) -> None:
    error = refused(cml.written(tmp_path, "import.xml", GOOD[:-40]))

    assert (error.file, error.code, error.line) == ("import.xml", "broken_xml", 5)


def test_elements_closed_in_the_wrong_order_are_refused_at_their_line(tmp_path: Path) -> None:
    error = refused(cml.written(tmp_path, "import.xml", GOOD.replace("</Товар>", "</Товары>")))

    assert (error.file, error.code, error.line) == ("import.xml", "broken_xml", 5)


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/evil.dtd"> %p;]>',
        "<!DOCTYPE x>",
    ],
)
def test_a_document_type_is_refused_before_anything_is_read(tmp_path: Path, doctype: str) -> None:
    text = cml.document(cml.catalogue(cml.product(MILK, "&l11;&file;")), prolog=DECLARED + doctype)

    error = refused(cml.written(tmp_path, "import.xml", text))

    assert (error.file, error.code) == ("import.xml", "document_type")


def test_an_undeclared_entity_is_a_broken_document(tmp_path: Path) -> None:
    assert refused(cml.written(tmp_path, "x.xml", GOOD.replace("Молоко", "&bomb;"))).code == "broken_xml"


@pytest.mark.parametrize(
    ("text", "encoding", "code"),
    [
        (GOOD, "cp1251", "wrong_encoding"),
        (GOOD.replace("UTF-8", "KLINGON-8"), "utf-8", "wrong_encoding"),
        (GOOD.replace("2,5%", "2\x015%"), "utf-8", "broken_xml"),
        ("<html><body>Not found</body></html>", "utf-8", "not_commerceml"),
        ("", "utf-8", "not_commerceml"),
        ("   ", "utf-8", "not_commerceml"),
        ("sku,name\n1,x", "utf-8", "broken_xml"),
    ],
)
def test_what_is_not_as_declared_is_refused(tmp_path: Path, text: str, encoding: str, code: str) -> None:
    error = refused(cml.written(tmp_path, "import.xml", text, encoding))

    assert (error.file, error.code) == ("import.xml", code)


def test_groups_nested_without_end_are_refused(tmp_path: Path) -> None:
    deep = "<Группа><Ид>a</Ид><Наименование>a</Наименование><Группы>" * 5000

    assert refused(cml.written(tmp_path, "x.xml", cml.document(deep))).code == "broken_xml"


def test_one_endless_text_is_refused(tmp_path: Path) -> None:
    endless = cml.document(cml.catalogue(cml.product(MILK, "я" * 6_000_000)))

    assert refused(cml.written(tmp_path, "x.xml", endless)).code == "element_too_large"


def test_one_endless_element_is_refused(tmp_path: Path) -> None:
    prices = cml.price("1") * (pulling.LONGEST_ELEMENT // 300)

    error = refused(cml.written(tmp_path, "x.xml", cml.document(cml.package(cml.offer(MILK, prices)))))

    assert error.code == "element_too_large"


@pytest.mark.parametrize(
    "member", ["../import.xml", "/etc/import.xml", "C:\\import.xml", "a/../../b.xml", "..\\b.xml", "\\b.xml"]
)
def test_a_path_that_leads_out_of_an_archive_is_refused(tmp_path: Path, member: str) -> None:
    error = refused(archived(tmp_path, {member: GOOD.encode()}))

    assert (error.file, error.code, error.detail) == ("set.zip", "unsafe_path", member)


def test_an_archive_inside_an_archive_is_refused(tmp_path: Path) -> None:
    error = refused(archived(tmp_path, {"import.xml": GOOD.encode(), "more.zip": b"PK"}))

    assert (error.code, error.detail) == ("nested_archive", "more.zip")


def test_a_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    error = refused(archived(tmp_path, {"import.xml": b" " * 20_000_000}))

    assert (error.file, error.code, error.detail) == ("set.zip", "archive_bomb", "import.xml")


def test_members_that_are_too_large_together_are_refused() -> None:
    members = [zipfile.ZipInfo(f"{number}.xml") for number in range(3)]
    for member in members:
        member.file_size = member.compress_size = sources.TOTAL_BYTES // 2

    with pytest.raises(BrokenPriceList, match="archive_too_large"):
        sources.checked("set.zip", members)


def test_an_archive_of_countless_members_is_refused() -> None:
    with pytest.raises(BrokenPriceList, match="too_many_members"):
        sources.checked("set.zip", [zipfile.ZipInfo("x.jpg")] * (sources.MEMBERS + 1))


def test_an_archive_behind_a_password_is_refused() -> None:
    member = zipfile.ZipInfo("import.xml")
    member.flag_bits = 1

    with pytest.raises(BrokenPriceList, match="encrypted"):
        sources.checked("set.zip", [member])


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = archived(tmp_path, {"import.xml": GOOD.encode() * 3})
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)

    assert refused(path).code == "broken_archive"


def test_what_only_begins_like_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 nothing more")

    assert refused(tmp_path / "x.zip").code == "broken_archive"


def test_an_archive_without_xml_is_refused(tmp_path: Path) -> None:
    assert refused(archived(tmp_path, {"1.jpg": b"x"})).code == "no_xml"


def test_memory_stays_the_same_for_a_document_ten_times_longer(tmp_path: Path) -> None:
    script = (
        "import re, sys; from pathlib import Path; from integrations.onec import commerceml\n"
        "for record in commerceml.read([Path(sys.argv[1])]): pass\n"
        "print(re.findall(r'VmHWM:\\s*([0-9]+)', Path('/proc/self/status').read_text())[0])"
    )
    peaks = []
    for count in (2_000, 20_000):
        products = "".join(cml.product(f"{number}", f"Товар {number}") + "<сміття/>" * 5 for number in range(count))
        path = cml.written(tmp_path, f"{count}.xml", cml.document(cml.catalogue(products) + "<сміття/>" * count))
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)], cwd=ROOT, check=True, capture_output=True, text=True
        )
        peaks.append(int(done.stdout))

    assert peaks[1] < peaks[0] + 8_000  # KiB
