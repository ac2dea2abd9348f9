"""What 1C writes into its exchange log when something does not go well; whoever reads it is to know what to do."""

from bot.domain.pricelist import BrokenPriceList

NOT_KNOWN = "Невірний користувач або пароль обміну з Коморою."
TOO_MANY_TRIES = "Забагато невдалих спроб входу. Перевірте пароль і повторіть за {minutes} хв."
NO_SESSION = "Сеанс обміну закінчився або невідомий. Почніть обмін спочатку."
UNKNOWN_TYPE = "Невідомий вид обміну. Комора приймає type=catalog і type=sale."
UNKNOWN_MODE = "Невідомий запит mode={mode} для type={kind}."
BAD_NAME = "Недопустима назва файла."
NO_NAME = "Не вказано filename."
EMPTY_PART = "Порожній файл."
PART_TOO_LARGE = "Частина файла більша за file_limit ({limit} байтів)."
UPLOAD_TOO_LARGE = (
    "Файли обміну разом більші за {limit} байтів. Збільште межу в налаштуваннях Комори або вивантажте частинами."
)
TOO_MANY_FILES = "Забагато файлів в одному обміні."
BODY_LOST = "Файл не дійшов повністю. Повторіть обмін."
NO_FILE = "Файла {name} не передавали в цьому обміні."
HALF_ARCHIVE = "Архів {name} дійшов не повністю. Повторіть обмін."
DISK = "Комора не змогла записати файл на диск. Перевірте вільне місце на сервері."
OWN_FAULT = "Помилка на боці Комори, подробиці в її журналі. Повторіть обмін пізніше."
NOT_ANSWERING = "Комора тимчасово недоступна. Повторіть обмін пізніше."
ORDERS_LEFT_OUT = "Замовлень не прийнято: {count}. {first}. Решту прийнято."
WORKING = "Комора обробляє {name}."

NO_MESSAGE_ID = "потрібне поле message_id: рядок до 100 знаків"
NO_TYPE = "потрібне поле type: рядок, наприклад order.changed"
NOT_JSON = "тіло не є об'єктом JSON у UTF-8"
BODY_TOO_LARGE = "тіло більше за 64 КБ"
NO_MESSAGE_YET = "тіло не дійшло, повторіть"

_REASONS = {
    "archive_bomb": "архів розпаковується у підозріло великий файл",
    "archive_too_large": "архів після розпакування завеликий",
    "broken_archive": "архів пошкоджено",
    "broken_xml": "XML пошкоджено",
    "document_type": "у файлі є DOCTYPE, такі файли не приймаються",
    "element_too_large": "один елемент завеликий, файл не схожий на вивантаження",
    "encrypted": "архів захищено паролем",
    "nested_archive": "архів усередині архіву",
    "no_xml": "немає жодного файла XML",
    "not_commerceml": "це не CommerceML",
    "too_many": "забагато різних значень",
    "too_many_members": "в архіві забагато файлів",
    "unsafe_path": "шлях у архіві виводить за межі теки",
    "wrong_encoding": "кодування не таке, як заявлено у файлі",
}


def refusal(error: BrokenPriceList) -> str:
    """Where and why a file was not taken."""
    place = f"{error.file}, рядок {error.line}" if error.line else error.file
    detail = f" ({error.detail})" if error.detail else ""
    return f"{place}: {_REASONS.get(error.code, error.code)}{detail}. Нічого з файла не взято."
