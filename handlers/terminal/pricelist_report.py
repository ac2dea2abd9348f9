"""What an import of a price list did, and why a file was refused, for the person at the command line."""

from collections.abc import Iterator

from bot.domain.pricelist import BrokenPriceList, Count, Problem, Report
from bot.domain.pricelist.records import Kind

KINDS: dict[Kind, str] = {
    "category": "Категорії",
    "article": "Товари",
    "barcode": "Штрихкоди",
    "price_type": "Типи цін",
    "price": "Ціни",
    "warehouse": "Склади",
    "stock": "Залишки",
    "file": "Інше",
}
GONE: dict[Kind, str] = {"article": "вимкнено", "price": "прибрано", "stock": "прибрано", "barcode": "прибрано"}

REASONS = {
    "ambiguous_sku": "артикул {detail} мають кілька товарів, тому невідомо, який саме",
    "bad_number": "не читається як число: {detail}",
    "bad_price": "ціна не читається як число: {detail}",
    "bad_quantity": "залишок не є кількістю: {detail}",
    "currency": "ціна не в гривні: {detail}",
    "empty_catalogue": "повний каталог без жодного товару: нічого не додано й нічого не вимкнено",
    "empty_price": "ціна порожня",
    "negative_price": "ціна від’ємна: {detail}",
    "negative_stock": "залишок від’ємний ({detail}), записано нуль",
    "no_id": "немає ідентифікатора: {detail}",
    "no_name": "немає назви: {detail}",
    "no_parent": "батьківської групи немає у файлі, категорію поставлено на верхній рівень: {detail}",
    "no_price": "немає жодної ціни: {detail}",
    "no_price_type": "ціна без типу ціни: {detail}",
    "no_sku": "немає артикула: {detail}",
    "no_warehouse": "залишок без складу",
    "nothing_switched_off": "є товари без ідентифікатора, тому відсутні у файлі товари не вимкнено",
    "order_document": "це замовлення, а не прайс: пропущено",
    "said_twice": "той самий товар описано ще раз нижче; узято останній опис: {detail}",
    "too_long": "завеликий текст (назва, артикул чи інше поле): {detail}…",
    "unknown_article": "ціна або залишок товару, якого немає ні у файлах, ні в базі: {detail}",
    "unknown_category": "групи товару немає у файлі, категорія лишилася як була: {detail}",
    "unknown_price_type": "тип ціни ніде не описаний: {detail}",
    "unknown_warehouse": "склад ніде не описаний: {detail}",
    "vague_stock": "залишок словами, а не числом: {detail}",
    "zero_price": "ціна нульова",
}

REFUSALS = {
    "archive_bomb": "архів розпаковується у підозріло великий файл: {detail}",
    "archive_too_large": "архів після розпакування завеликий",
    "broken_archive": "архів пошкоджено {detail}",
    "broken_table": "таблицю не вдалося прочитати: {detail}",
    "broken_workbook": "книгу не вдалося відкрити: {detail}",
    "broken_xml": "XML пошкоджено: {detail}",
    "document_type": "у файлі є DOCTYPE із власними сутностями; такі файли не приймаються",
    "element_too_large": "один елемент завеликий, файл не схожий на вивантаження",
    "empty": "файл порожній",
    "encrypted": "архів захищено паролем: {detail}",
    "nested_archive": "архів усередині архіву: {detail}. Розпакуйте його й передайте файли",
    "no_header": "не знайдено рядка із заголовками: потрібні щонайменше артикул і назва або ціна",
    "no_xml": "немає жодного файла XML",
    "not_commerceml": "це не CommerceML {detail}",
    "too_large": "файл завеликий: {detail}",
    "too_many": "забагато різних значень: {detail}",
    "too_many_members": "в архіві забагато файлів: {detail}",
    "unknown_column": "немає такої колонки: {detail}",
    "unsafe_path": "шлях у архіві виводить за межі теки: {detail}",
    "wrong_encoding": "кодування не таке, як заявлено у файлі: {detail}",
}


def lines(report: Report) -> list[str]:
    """The report, a line each: first the counts, then what needs a look, by file and line."""
    return [*_head(report), *_counts(report), *_problems(report)]


def refusal(error: BrokenPriceList) -> list[str]:
    """Why nothing was imported."""
    place = f"{error.file}, рядок {error.line}" if error.line else error.file
    reason = REFUSALS.get(error.code, error.code).format(detail=error.detail).strip(" :")
    return [f"{place}: {reason}.", "Нічого не імпортовано, база лишилася як була."]


def _head(report: Report) -> Iterator[str]:
    if report.dry_run:
        yield "Пробний прогін: у базу нічого не записано."
    elif not report.changed_anything and report.problems and not any(c.unchanged for c in report.kinds.values()):
        yield "У файлах не знайдено нічого, що можна імпортувати."
    elif not report.changed_anything:
        yield "Змін немає: у базі вже все так, як у файлах."
    else:
        yield "Прайс імпортовано."


def _counts(report: Report) -> Iterator[str]:
    for kind, title in KINDS.items():
        count = report.kinds.get(kind)
        facts = _facts(kind, count) if count else []
        if facts:
            yield f"{title + ':':<12} {', '.join(facts)}"


def _facts(kind: Kind, count: Count) -> list[str]:
    named = (
        ("додано", count.added),
        ("змінено", count.changed),
        ("без змін", count.unchanged),
        (GONE.get(kind, "прибрано"), count.switched_off),
        ("пропущено", count.left_out),
    )
    return [f"{word} {_number(value)}" for word, value in named if value]


def _problems(report: Report) -> Iterator[str]:
    if not report.problems:
        return
    yield "Зверніть увагу:"
    for problem in report.problems:
        yield f"  {_place(problem)}{reason(problem)}"
    if report.not_shown:
        yield f"  …і ще {_number(report.not_shown)} таких рядків."


def reason(problem: Problem) -> str:
    """Why a line was left out or needs a look."""
    return REASONS.get(problem.code, problem.code).format(detail=problem.detail or "без назви")


def _place(problem: Problem) -> str:
    if not problem.file:
        return ""
    return f"{problem.file}, рядок {problem.line}: " if problem.line else f"{problem.file}: "


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")
