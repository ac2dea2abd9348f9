"""Statements in every form that banks give come out as the same lines, and what is no statement is refused."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from bot.domain.bank import BrokenStatement, Statement, StatementLine
from bot.domain.money import Money
from integrations import bank, spreadsheet

OURS = "UA223052990000026001234567890"
THEIRS = "UA083220010000026007000000001"
PURPOSE = "Оплата за товар зг. рах. №42 від 04.01.2026, у т.ч. ПДВ 20% 200.08"
Write = Callable[[str | bytes], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "statement"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def read(path: Path, *, accounts: tuple[str, ...] = (OURS,), **columns: str) -> Statement:
    return bank.read(path, spreadsheet.tables, accounts=accounts, columns=columns)


def refused(path: Path) -> str:
    with pytest.raises(BrokenStatement) as caught:
        read(path)
    return caught.value.code


def line(**changes: str) -> StatementLine:
    said = {"payer": 'ТОВ "Ромашка-Є"', "payer_code": "33527490", "payer_account": THEIRS, "our_account": OURS}
    return StatementLine(date(2026, 1, 5), Money(120048), PURPOSE, number="77", **(said | changes))


TEXT = f"""1CClientBankExchange
ВерсияФормата=1.02
Кодировка=Windows
РасчСчет={OURS}
СекцияДокумент=Платежное поручение
Номер=77
Дата=05.01.2026
Сумма=1200.48
ПлательщикСчет={THEIRS}
Плательщик=ТОВ "Ромашка-Є"
ПлательщикОКПО=33527490
ПолучательСчет={OURS}
ДатаПоступило=05.01.2026
Получатель=ФОП Іванов І.І.
ПолучательОКПО=3121212350
НазначениеПлатежа={PURPOSE}
КонецДокумента
СекцияДокумент=Платежное поручение
Номер=12
Дата=05.01.2026
Сумма=99,50
ПлательщикСчет={OURS}
ПолучательСчет={THEIRS}
Получатель=ТОВ "Ромашка-Є"
ПолучательОКПО=33527490
ДатаСписано=06.01.2026
НазначениеПлатежа1=За послуги
НазначениеПлатежа2=зв'язку
КонецДокумента
КонецФайла
"""
XML = f"""<?xml version="1.0" encoding="windows-1251"?>
<_1CClientBankExchange>
  <ВерсияФормата>2.00</ВерсияФормата>
  <СекцияДокумент>
    <Номер>77</Номер><Дата>2026-01-05</Дата><Сумма>1200.48</Сумма><КодВалюты>980</КодВалюты>
    <ПлательщикСчет>{THEIRS}</ПлательщикСчет><Плательщик>ТОВ "Ромашка-Є"</Плательщик>
    <ПлательщикОКПО>33527490</ПлательщикОКПО>
    <ПолучательСчет>{OURS}</ПолучательСчет><Получатель>ФОП Іванов І.І.</Получатель>
    <НазначениеПлатежа>{PURPOSE}</НазначениеПлатежа>
  </СекцияДокумент>
</_1CClientBankExchange>
"""
CSV = (
    "Рахунок;ЄДРПОУ;МФО;Документ;Дата операції;Дебет;Кредит;Валюта;Рахунок кореспондента;ЄДРПОУ кореспондента;"
    "Кореспондент;Призначення платежу\r\n"
    f'{OURS};3121212350;305299;77;05.01.2026 10:00;;1 200,48;UAH;{THEIRS};33527490;"ТОВ ""Ромашка-Є""";"{PURPOSE}"\r\n'
)
PRIVAT = {
    "AUT_MY_ACC": OURS, "AUT_CNTR_ACC": THEIRS, "AUT_CNTR_CRF": "33527490", "AUT_CNTR_NAM": 'ТОВ "Ромашка-Є"',
    "CCY": "UAH", "FL_REAL": "r", "PR_PR": "r", "NUM_DOC": "77", "DAT_KL": "06.01.2026", "DAT_OD": "05.01.2026",
    "OSND": PURPOSE, "SUM": "1200.48", "REF": "JBKLO1", "REFN": "1", "TRANTYPE": "C", "ID": "1000000001",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-8-sig", "utf-16"])
def test_the_text_exchange_is_read_in_every_encoding(written: Write, encoding: str) -> None:
    came, went = read(written(TEXT.encode(encoding))).lines
    assert came == line()
    assert (went.amount, went.purpose, went.payer, went.booked_on) == (
        Money(-9950), "За послуги зв'язку", 'ТОВ "Ромашка-Є"', date(2026, 1, 6),
    )  # fmt: skip


def test_the_text_exchange_knows_our_account_by_its_own_header(written: Write) -> None:
    assert [one.incoming for one in read(written(TEXT), accounts=()).lines] == [True, False]


def test_the_xml_variant_is_read(written: Write) -> None:
    assert read(written(XML.encode("windows-1251"))).lines == (line(),)


def test_a_payment_of_none_of_our_accounts_is_left_out(written: Write) -> None:
    found = read(written(XML.encode("windows-1251")), accounts=("UA903052992990004149123456789",))
    assert (found.lines, [why for _, why in found.left_out]) == ((), ["not_ours"])


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-16"])
def test_a_csv_is_read_by_its_headings(written: Write, encoding: str) -> None:
    assert read(written(CSV.encode(encoding))).lines == (line(),)


def test_a_workbook_is_read_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "statement.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Виписка за 05.01.2026"])
        headings = ["Дата операції", "Сума", "Валюта", "ЄДРПОУ кореспондента", "Кореспондент", "Рахунок кореспондента"]
        sheet.write_row(2, 0, [*headings, "Призначення платежу", "Документ", "Рахунок"])
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_datetime(3, 0, date(2026, 1, 5), day)
        sheet.write_row(3, 1, [1200.48, "UAH", 33527490, 'ТОВ "Ромашка-Є"', THEIRS, PURPOSE, 77, OURS])
        sheet.write_row(4, 0, ["Разом", 1200.48])
    found = read(path)
    assert found == Statement((line(),), ((5, "unreadable"),))


def test_privatbanks_own_answer_is_read_with_its_id(written: Write) -> None:
    undone = PRIVAT | {"PR_PR": "t", "REF": "X"}
    out = PRIVAT | {"TRANTYPE": "D", "REF": "Y", "AUT_CNTR_CRF": 32129}
    found = read(written(json.dumps({"transactions": [PRIVAT, undone, out]}, ensure_ascii=False))).lines
    assert found[0] == line(bank_id="JBKLO1 1")
    assert [(one.amount, one.payer_code) for one in found[1:]] == [(Money(-120048), "00032129")]


def test_columns_are_taken_as_somebody_says(written: Write) -> None:
    path = written("A;Коли;Скільки;Хто\n1;05.01.2026;1200,48;33527490\n")
    assert refused(path) == "no_columns"
    (found,) = read(path, date="Коли", amount="C", code="Хто").lines
    assert (found.booked_on, found.amount, found.payer_code) == (date(2026, 1, 5), Money(120048), "33527490")


def test_a_table_with_two_sides_knows_which_is_ours(written: Write) -> None:
    heads = "Дата;DB_IBAN;CR_IBAN;Сума;Призначення"
    rows = [f"05.01.2026;{THEIRS};{OURS};10.00;рах 42", f"05.01.2026;{OURS};{THEIRS};5.00;за послуги"]
    assert [one.amount for one in read(written("\n".join([heads, *rows]))).lines] == [Money(1000), Money(-500)]


def test_another_currency_stays_what_it_is(written: Write) -> None:
    found = read(written(CSV.replace("UAH", "USD").encode()))
    assert [one.amount for one in found.lines] == [Money(120048, "USD")]
    assert found.came == Money(0)


def test_a_row_that_cannot_be_read_is_told_and_the_rest_is_taken(written: Write) -> None:
    bad = CSV.splitlines()[1].replace("1 200,48", "багато")
    worse = CSV.splitlines()[1].replace("05.01.2026", "45.13.2026")
    found = read(written(f"{CSV}{bad}\r\n{worse}\r\n"))
    assert (len(found.lines), found.left_out) == (1, ((3, "unreadable"), (4, "unreadable")))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        ("привіт, це не виписка".encode(), "no_columns"),
        (b"PK\x03\x04 not an archive", "broken_archive"),
        ("1CClientBankExchange\nСекцияДокумент=1\nСумма=1\n".encode(), "cut_off"),
        ("1CClientBankExchange\nКонецФайла\n".encode(), "no_lines"),
        (b"<?xml version='1.0'?><_1CClientBankExchange><x>", "broken_xml"),
        (b"<html><body>403</body></html>", "no_header"),
        (b'{"status": "ERROR"}', "broken_json"),
        (b"[" * 100_000, "broken_table"),
        (b'{"transactions":' + b"[" * 100_000, "broken_json"),
        ("1CClientBankExchange\n".encode("utf-16")[:-1], "wrong_encoding"),
        (bytes(range(256)) * 40, "wrong_encoding"),
    ],
)
def test_what_is_no_statement_is_refused(written: Write, content: bytes, code: str) -> None:
    assert refused(written(content)) == code


def test_a_file_that_is_too_big_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(bank.LARGEST + 1)
    assert refused(path) == "too_large"


def test_an_archive_that_swells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    assert refused(path) == "archive_bomb"


def test_an_xml_that_swells_or_reaches_out_is_refused(written: Write) -> None:
    head = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>"
    files = "<!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
    found = read(written(head + files + XML.split("?>")[1].replace(PURPOSE, "&b;&c;")))
    assert [one.purpose for one in found.lines] == [""]


def test_too_many_lines_are_refused(written: Write) -> None:
    heads, row, *_ = CSV.splitlines()
    assert refused(written("\r\n".join([heads, *([row] * 50_002)]))) == "too_many"
