"""The statement of some days as the banks and 1C's "Клієнт-банк" have it: two tables, a text and an XML."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import xlsxwriter

from sandbox.bank.accounts import Party
from sandbox.bank.ledger import Transfer

ONE_SUM = (
    "Рахунок",
    "ЄДРПОУ",
    "МФО",
    "Документ",
    "Дата операції",
    "Сума",
    "Валюта",
    "Назва банка",
    "МФО банка",
    "Рахунок кореспондента",
    "ЄДРПОУ кореспондента",
    "Кореспондент",
    "Призначення платежу",
    "Референс",
)
TWO_SUMS = (*ONE_SUM[:5], "Дебет", "Кредит", *ONE_SUM[6:])
MONEY = ("Сума", "Дебет", "Кредит")
ORDER = "Платежное поручение"


@dataclass(frozen=True, slots=True)
class Statement:
    """What happened on the account from `first` to `last`."""

    own: Party
    first: date
    last: date
    made_at: datetime
    opening: Decimal
    transfers: list[Transfer]

    @property
    def came(self) -> Decimal:
        return sum((one.amount for one in self.transfers if one.incoming), Decimal("0.00"))

    @property
    def went(self) -> Decimal:
        return sum((one.amount for one in self.transfers if not one.incoming), Decimal("0.00"))


def rows(statement: Statement, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """A table's rows under its heads, which are first."""
    yield list(columns)
    for one in statement.transfers:
        own, other = statement.own, one.other
        debit, credit = ("", f"{one.amount:.2f}") if one.incoming else (f"{one.amount:.2f}", "")
        sign = "" if one.incoming else "-"
        sums = [f"{sign}{one.amount:.2f}"] if columns is ONE_SUM else [debit, credit]
        head = [own.iban, own.code, own.mfo, one.number, f"{one.at:%d.%m.%Y %H:%M}"]
        yield [
            *head, *sums, "UAH", other.bank, other.mfo, other.iban, other.code, other.name, one.purpose, one.reference,
        ]  # fmt: skip


def as_csv(statement: Statement, encoding: str, columns: tuple[str, ...]) -> bytes:
    """PrivatBank's: semicolons, Windows' letters by default."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows(statement, columns))
    return out.getvalue().encode(encoding, errors="replace")


def as_xlsx(statement: Statement, columns: tuple[str, ...]) -> bytes:
    """Sums are numbers, everything else is text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Виписка")
        for y, row in enumerate(rows(statement, columns)):
            for x, value in enumerate(row):
                if y and value and columns[x] in MONEY:
                    sheet.write_number(y, x, float(value))
                else:
                    sheet.write_string(y, x, value)
    return out.getvalue()


def as_text(statement: Statement, encoding: str) -> bytes:
    """1CClientBankExchange 1.02."""
    lines = [line for part in (_head(statement), _account(statement)) for line in part]
    for one in statement.transfers:
        lines += _document(one)
    text = "".join(f"{line}\r\n" for line in [*lines, "КонецФайла"])
    return text.encode(encoding, errors="replace")


def _head(statement: Statement) -> list[str]:
    return [
        "1CClientBankExchange",
        "ВерсияФормата=1.02",
        "Кодировка=Windows",
        f"Отправитель={statement.own.bank or 'Банк'}",
        "Получатель=1С",
        f"ДатаСоздания={_day(statement.made_at)}",
        f"ВремяСоздания={statement.made_at:%H:%M:%S}",
        f"ДатаНачала={_day(statement.first)}",
        f"ДатаКонца={_day(statement.last)}",
        f"РасчСчет={statement.own.iban}",
    ]


def _account(statement: Statement) -> list[str]:
    return [
        "СекцияРасчСчет",
        f"ДатаНачала={_day(statement.first)}",
        f"ДатаКонца={_day(statement.last)}",
        f"НачальныйОстаток={statement.opening:.2f}",
        f"РасчСчет={statement.own.iban}",
        f"ВсегоСписано={statement.went:.2f}",
        f"ВсегоПоступило={statement.came:.2f}",
        f"КонечныйОстаток={statement.opening + statement.came - statement.went:.2f}",
        "КонецРасчСчет",
    ]


def _document(one: Transfer) -> list[str]:
    happened = "ДатаПоступило" if one.incoming else "ДатаСписано"
    return [
        f"СекцияДокумент={ORDER}",
        f"Номер={one.number}",
        f"Дата={_day(one.at)}",
        f"Сумма={one.amount:.2f}",
        *_party("Плательщик", one.payer),
        *_party("Получатель", one.payee),
        f"{happened}={_day(one.at)}",
        f"НазначениеПлатежа={one.purpose}",
        "КонецДокумента",
    ]


def _party(role: str, party: Party) -> list[str]:
    return [f"{role}Счет={party.iban}", f"{role}={party.name}", f"{role}ОКПО={party.code}", f"{role}МФО={party.mfo}"]


def as_xml(statement: Statement, encoding: str) -> bytes:
    """The Ukrainian variant, version 2.00."""
    root = ElementTree.Element("_1CClientBankExchange")
    head = {"ВерсияФормата": "2.00", "Отправитель": statement.own.bank, "Получатель": "Бухгалтерия для Украины, 2.0"}
    _put(root, head)
    for one in statement.transfers:
        section = ElementTree.SubElement(root, "СекцияДокумент")
        _put(section, {"ВидДокумента": ORDER, "Номер": one.number, "Дата": f"{one.at:%Y-%m-%d}"})
        _put(section, {"ДокументИД": one.reference, "Сумма": f"{one.amount:.2f}", "КодВалюты": "980"})
        for role, party in (("Плательщик", one.payer), ("Получатель", one.payee)):
            _put(section, {f"{role}Счет": party.iban, role: party.name, f"{role}Банк": party.bank})
            _put(section, {f"{role}ОКПО": party.code, f"{role}МФО": party.mfo})
        _put(section, {"НазначениеПлатежа": one.purpose})
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, encoding=encoding, xml_declaration=True)
    return made


def _put(parent: ElementTree.Element, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        ElementTree.SubElement(parent, name).text = value


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
