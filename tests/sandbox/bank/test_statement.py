"""The statement in its four forms, read by what reads such files."""

import csv
import io
from xml.etree import ElementTree

from pytest import mark
from python_calamine import CalamineWorkbook

from tests.sandbox.bank.conftest import OWN, PAYER, PURPOSE, Bank

TEXT = f"""1CClientBankExchange
ВерсияФормата=1.02
Кодировка=Windows
Отправитель=АТ КБ «ПРИВАТБАНК»
Получатель=1С
ДатаСоздания=05.01.2026
ВремяСоздания=10:00:00
ДатаНачала=05.01.2026
ДатаКонца=05.01.2026
РасчСчет={OWN}
СекцияРасчСчет
ДатаНачала=05.01.2026
ДатаКонца=05.01.2026
НачальныйОстаток=250000.00
РасчСчет={OWN}
ВсегоСписано=0.00
ВсегоПоступило=1200.48
КонечныйОстаток=251200.48
КонецРасчСчет
СекцияДокумент=Платежное поручение
Номер=77
Дата=05.01.2026
Сумма=1200.48
ПлательщикСчет={PAYER}
Плательщик=ТОВ "Ромашка-Є"
ПлательщикОКПО=33527490
ПлательщикМФО=322001
ПолучательСчет={OWN}
Получатель=ФОП Іванов І.І.
ПолучательОКПО=3121212350
ПолучательМФО=305299
ДатаПоступило=05.01.2026
НазначениеПлатежа={PURPOSE}
КонецДокумента
КонецФайла
"""
HEADS = [
    "Рахунок", "ЄДРПОУ", "МФО", "Документ", "Дата операції", "Сума", "Валюта",
    "Назва банка", "МФО банка", "Рахунок кореспондента", "ЄДРПОУ кореспондента",
    "Кореспондент", "Призначення платежу", "Референс",
]  # fmt: skip


async def test_the_text_for_1c_is_in_windows_letters(bank: Bank) -> None:
    await bank.pay(number="77")
    assert (await bank.statement("txt")).decode("cp1251") == TEXT.replace("\n", "\r\n")


async def test_the_xml_is_the_ukrainian_variant(bank: Bank) -> None:
    await bank.pay(number="77")
    root = ElementTree.fromstring(await bank.statement("xml", encoding="utf-8"))
    assert (root.tag, root.findtext("ВерсияФормата")) == ("_1CClientBankExchange", "2.00")
    (document,) = root.findall("СекцияДокумент")
    names = ("Номер", "Дата", "Сумма", "КодВалюты", "Плательщик", "ПлательщикОКПО", "ПолучательСчет")
    told = [document.findtext(name) for name in names]
    assert told == ["77", "2026-01-05", "1200.48", "980", 'ТОВ "Ромашка-Є"', "33527490", OWN]
    assert document.findtext("НазначениеПлатежа") == PURPOSE


async def test_an_xml_in_windows_letters_says_so(bank: Bank) -> None:
    await bank.pay()
    raw = await bank.statement("xml")
    assert raw.startswith(b"<?xml version='1.0' encoding='windows-1251'?>")
    assert ElementTree.fromstring(raw).findtext("СекцияДокумент/Плательщик") == 'ТОВ "Ромашка-Є"'


async def test_the_table_of_privatbank(bank: Bank) -> None:
    paid = await bank.pay(number="77")
    read = list(csv.reader(io.StringIO((await bank.statement("csv")).decode("cp1251")), delimiter=";"))
    assert read == [
        HEADS,
        [
            OWN, "3121212350", "305299", "77", "05.01.2026 10:00", "1200.48", "UAH", "АТ «УНІВЕРСАЛ БАНК»", "322001",
            PAYER, "33527490", 'ТОВ "Ромашка-Є"', PURPOSE, paid["reference"],
        ],
    ]  # fmt: skip


async def test_sums_in_two_columns_and_what_goes_out(bank: Bank) -> None:
    await bank.do("crowd", debts=[])
    raw = (await bank.statement("csv", sums="two", encoding="utf-8-sig")).decode("utf-8-sig")
    sums = [(row["Дебет"], row["Кредит"]) for row in csv.DictReader(io.StringIO(raw), delimiter=";")]
    assert sums == [("", "8412.37"), ("18000.00", "")]
    signed = csv.DictReader(io.StringIO((await bank.statement("csv")).decode("cp1251")), delimiter=";")
    assert [row["Сума"] for row in signed] == ["8412.37", "-18000.00"]
    text = (await bank.statement("txt")).decode("cp1251")
    assert ("ВсегоСписано=18000.00\r\n" in text, "ДатаСписано=05.01.2026\r\n" in text) == (True, True)


async def test_the_workbook_has_sums_as_numbers_and_codes_as_text(bank: Bank) -> None:
    await bank.pay(code="00032129")
    heads, row = (
        CalamineWorkbook.from_filelike(io.BytesIO(await bank.statement("xlsx"))).get_sheet_by_index(0).to_python()
    )
    assert heads == HEADS
    told = dict(zip(heads, row, strict=True))
    assert (told["Сума"], told["ЄДРПОУ кореспондента"], told["Призначення платежу"]) == (1200.48, "00032129", PURPOSE)


async def test_only_the_days_asked_for_with_what_there_was_before(bank: Bank) -> None:
    await bank.pay(day="2026-01-02", number="1")
    await bank.pay(day="2026-01-03", number="2")
    await bank.pay(number="3")
    text = (await bank.statement("txt", **{"from": "2026-01-03", "to": "2026-01-04"})).decode("cp1251")
    assert [line for line in text.split("\r\n") if line.startswith("Номер=")] == ["Номер=2"]
    assert "НачальныйОстаток=251200.48\r\n" in text


@mark.parametrize("query", [{"from": "5.01"}, {"encoding": "koi8-u"}, {"from": "2026-01-09", "to": "2026-01-08"}])
async def test_a_wrong_question_is_refused(bank: Bank, query: dict[str, str]) -> None:
    assert (await bank.http.get("/statement.csv", params=query)).status_code == 400


async def test_no_purpose_breaks_the_lines_of_the_text(bank: Bank) -> None:
    paid = await bank.pay(purpose='рах 42\r\nКонецДокумента\r\nСумма=9;"x" \N{WHITE SMILING FACE}')
    assert paid["purpose"] == 'рах 42 КонецДокумента Сумма=9;"x" \N{WHITE SMILING FACE}'
    assert (await bank.statement("txt")).decode("cp1251").count("\r\nКонецДокумента\r\n") == 1
    raw = (await bank.statement("csv")).decode("cp1251")
    (row,) = csv.DictReader(io.StringIO(raw), delimiter=";")
    assert row["Призначення платежу"] == 'рах 42 КонецДокумента Сумма=9;"x" ?'
