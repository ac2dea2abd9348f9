"""Which column of a statement is what: by its heading, or as somebody said."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.bank import BrokenStatement

FIELDS: dict[str, tuple[str, ...]] = {
    "date": (
        "дата", "дата операції", "дата операции", "дата проведення", "дата проводки", "дата валютування", "дата док",
        "дата документа", "дата документу", "дата платежу", "дата зарахування", "date", "operation date", "dat od",
        "date time dat od tim p", "oper date", "дата час операції", "дата і час операції", "дата та час",
    ),
    "amount": (
        "сума", "сумма", "amount", "sum", "сума операції", "сумма операции", "сума платежу", "сума у валюті рахунку",
        "сума в валюті картки", "сума грн", "сума uah",
    ),
    "credit": ("кредит", "credit", "надходження", "приход", "прихід", "зараховано", "сума кредит", "оборот кредит"),
    "debit": ("дебет", "debit", "витрати", "расход", "видатки", "списано", "сума дебет", "оборот дебет"),
    "direction": ("trantype", "дебет кредит", "д к", "dk", "тип", "тип операції", "напрямок", "вид операції"),
    "currency": ("валюта", "currency", "ccy", "код валюти", "валюта рахунку"),
    "purpose": (
        "призначення", "призначення платежу", "назначение", "назначение платежа", "osnd", "purpose", "details",
        "деталі операції", "опис операції", "описание операции", "коментар", "details of payment",
    ),
    "payer": (
        "кореспондент", "корреспондент", "контрагент", "назва контрагента", "наименование контрагента", "платник",
        "плательщик", "назва кореспондента", "aut cntr nam", "counterparty", "назва платника",
        "найменування контрагента",
    ),
    "code": (
        "єдрпоу кореспондента", "едрпоу корреспондента", "єдрпоу контрагента", "едрпоу контрагента", "aut cntr crf",
        "код контрагента", "ідентифікаційний код контрагента", "єдрпоу платника", "код єдрпоу контрагента",
        "код кореспондента", "іпн контрагента", "рнокпп контрагента", "ipn контрагента",
    ),
    "account": (
        "рахунок кореспондента", "счет корреспондента", "рахунок контрагента", "счет контрагента", "aut cntr acc",
        "iban контрагента", "iban кореспондента", "рахунок платника", "iban платника", "рахунок кореспондента iban",
    ),
    "our_account": (
        "рахунок", "счет", "наш рахунок", "aut my acc", "iban", "account", "рахунок клієнта", "мій рахунок",
    ),
    "number": ("документ", "номер документа", "номер документу", "номер док", "num doc", "n док", "номер", "номер п д"),
    "bank_id": ("референс", "reference", "ref", "id", "id операції", "ід операції", "ідентифікатор", "id транзакції"),
    "bank_id_tail": ("refn",),
    "state": ("pr pr", "стан", "статус", "status"),
    "real": ("fl real",),
    "from_account": ("db iban", "iban дебет", "рахунок дебету"),
    "to_account": ("cr iban", "iban кредит", "рахунок кредиту"),
    "from_name": ("db name", "назва дебет", "платник дебет"),
    "to_name": ("cr name", "назва кредит", "отримувач"),
    "from_code": ("db code", "db okpo", "db edrpou", "єдрпоу дебет"),
    "to_code": ("cr code", "cr okpo", "cr edrpou", "єдрпоу кредит"),
}  # fmt: skip
_FIELD_OF = {word: name for name, words in FIELDS.items() for word in words}
_NOISE = re.compile(r"[^\w]+|_")
_TAILS = re.compile(r"\s(?:грн|uah|у грн|в грн|гривень|980)$")
LOOKED_AT = 60
WIDEST = 200
Columns = Mapping[str, int]


def guess(rows: Sequence[Sequence[Any]], asked: Mapping[str, str]) -> tuple[int, Columns]:
    """The row of the headings and where each field stands. Raises BrokenStatement where nothing looks like it."""
    best: dict[str, int] = {}
    at = -1
    for index, row in enumerate(rows[:LOOKED_AT]):
        found = _named(row)
        if len(found) > len(best):
            best, at = found, index
    if asked:
        at = max(at, 0)
        best = best | {field: _place(rows[at] if rows else (), field, where) for field, where in asked.items()}
    if "date" not in best or not best.keys() & {"amount", "credit"}:
        raise BrokenStatement("no_columns", ", ".join(str(cell)[:30] for cell in (rows[at] if at >= 0 else ())[:12]))
    return at, best


def _named(row: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(row[:WIDEST]):
        if not isinstance(cell, str) or len(cell) > 80:
            continue
        heading = " ".join(_NOISE.sub(" ", cell.lower()).split())
        field = _FIELD_OF.get(heading) or _FIELD_OF.get(_TAILS.sub("", heading))
        if field and field not in found:
            found[field] = index
    return found


def _place(headings: Sequence[Any], field: str, where: str) -> int:
    """By the heading's words, else by the column's letter. Raises BrokenStatement."""
    if field not in FIELDS:
        raise BrokenStatement("unknown_field", field)
    for index, cell in enumerate(headings):
        if str(cell).strip().casefold() == where.strip().casefold():
            return index
    letters = where.strip().upper()
    if not re.fullmatch("[A-Z]{1,2}", letters):
        raise BrokenStatement("unknown_column", where[:40])
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
