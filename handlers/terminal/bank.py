"""The terminal's words about bank statements."""

import asyncio
from collections.abc import Callable, Mapping

from bot.domain.bank import BrokenStatement, LineState, Statement
from bot.i18n import translator
from bot.process import CannotStart
from bot.services.bank import BankDesk

WORDS: Mapping[LineState, str] = {
    LineState.AUTOMATIC: "рознесено само",
    LineState.OFFERED: "є варіанти, вирішує група фінансів",
    LineState.UNKNOWN: "невідомо чиї",
    LineState.IGNORED: "відкладено: не оплати клієнтів",
    LineState.NEW: "чекають на 1С",
}
BROKEN: Mapping[str, str] = {
    "empty": "файл порожній",
    "too_large": "файл завеликий, щонайбільше 20 МБ",
    "too_many": "забагато рядків, візьміть коротший період",
    "no_columns": "не знайдено заголовків таблиці; назвіть колонки: --map date=Дата --map amount=E",
    "unknown_field": "немає такого поля для --map",
    "unknown_column": "немає такої колонки",
    "cut_off": "файл обірвано, завантажте його з банку ще раз",
    "no_lines": "у файлі немає платежів",
    "wrong_encoding": "літери файла не читаються, збережіть у windows-1251 або UTF-8",
    "no_header": "це не виписка",
    "broken_json": "це не відповідь ПриватБанку",
    "broken_xml": "XML пошкоджено",
    "broken_archive": "книгу Excel пошкоджено",
    "broken_workbook": "книгу Excel пошкоджено",
    "broken_table": "таблиця не читається",
    "archive_bomb": "файл розпаковується у надто багато",
}


async def take_in(desk: BankDesk, read: Callable[[], Statement]) -> None:
    """Takes a statement in and tells what became of it. Raises CannotStart."""
    try:
        statement = await asyncio.to_thread(read)
    except BrokenStatement as error:
        why = BROKEN.get(error.code, error.code)
        raise CannotStart(f"Виписку не прийнято: {why}{f' ({error.detail})' if error.detail else ''}.") from error
    taken = await desk.take_lines(statement)
    money = translator("uk").money
    print(f"Рядків: {taken.lines}, нових: {taken.new}, не прочитано: {taken.left_out}")  # noqa: T201
    for state, words in WORDS.items():
        if state in taken.sums:
            count, sum_ = taken.sums[state]
            print(f"  {words}: {count}, {money(sum_)}")  # noqa: T201
    if taken.waits:
        print("1С не відповідає: рядки чекають і рознесуться, коли відповість.")  # noqa: T201
    if taken.new:
        await desk.tell()
