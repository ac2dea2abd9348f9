"""`.env.example` and the settings table of the README, rendered from the models of bot/config.py.

Names and defaults come from the models, the words for people from here: a setting without words cannot be rendered.
`python -m tests.env_example` writes the file and prints the table.
"""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, SecretStr

from bot.config import Settings

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / ".env.example"
HEAD = """\
# Налаштування Komora. Скопіюйте цей файл у .env і заповніть потрібне.
# Рядок із # на початку показує значення за замовчуванням: приберіть #, щоб змінити його.
# Порожній розділ вимикає свою систему. Перевірити все разом: .venv/bin/python main.py check
"""
SECTIONS = {
    "": "Продукт",
    "COMPANY": "Гуртівня: так її бачать клієнти",
    "DELIVERY": "Коли приймаємо й возимо замовлення (час київський)",
    "WORK": "Коли працює ваш офіс (час київський)",
    "NOTICES": "Повідомлення клієнтам: скільки можуть коштувати й коли люди сплять (час київський)",
    "REMINDERS": "Нагадування про борги: див. docs/reminders.md",
    "DESK": "Розмови менеджерів із клієнтами",
    "STATS": "Показники для власника: скільки забрала б ручна робота, див. docs/stats.md",
    "TELEGRAM": "Telegram: токен дає @BotFather, див. integrations/telegram/README.md",
    "VIBER": "Viber: див. integrations/viber/README.md",
    "ATOMPARK": "SMS через AtomPark: див. integrations/atompark/README.md",
    "TURBOSMS": "SMS і Viber через TurboSMS, якщо немає AtomPark: див. integrations/turbosms/README.md",
    "MAIL": "Електронна пошта: див. integrations/mail/README.md",
    "WAYFORPAY": "Оплата карткою: див. integrations/wayforpay/README.md",
    "CONTRACTS": "Договори: строки погодження й підписання, див. docs/signing.md",
    "VCHASNO": "Підписання договорів у Вчасно: див. integrations/vchasno/README.md",
    "CREDIT": "Кредитний ліміт і прострочення перед замовленням, див. docs/debts.md",
    "PROMOTIONS": "Знижки: акція без першого дня вимкнена, див. docs/promotions.md",
    "BANK": "Перекази з виписок банку: docs/bank.md",
    "ONEC": "1С або BAS: див. integrations/onec/README.md і integrations/onec/exchange/README.md",
}
WORDS = {
    "PUBLIC_URL": "Адреса продукту в інтернеті, https. Потрібна для Viber і для вебхука Telegram",
    "HOST": "Адреса, на якій слухає вебсервер",
    "PORT": "Порт вебсервера",
    "DATABASE_URL": "База: файл SQLite або postgresql+psycopg://користувач:пароль@сервер/база",
    "MEDIA_DIR": "Тека із зображеннями товарів і розділів",
    "FILES_DIR": "Тека з підписаними документами й тим, що надсилали на підпис; бережіть її разом із базою",
    "LOG_LEVEL": "Докладність журналу: DEBUG, INFO, WARNING, ERROR",
    "DEFAULT_LANGUAGE": "Мова для тих, хто її ще не вибрав: uk, ru або en",
    "METRICS_TOKEN": "Ключ для /metrics; без нього сторінку видно лише з цієї ж машини, а з PUBLIC_URL не видно зовсім",
    "COMPANY__NAME": "Назва",
    "COMPANY__EDRPOU": "ЄДРПОУ",
    "COMPANY__IBAN": "IBAN для переказу з рахунку на рахунок; порожній: лише картка",
    "COMPANY__PHONE": "Телефон для клієнтів, у яких немає свого менеджера",
    "COMPANY__OFFER_DAYS": "Скільки днів діє комерційна пропозиція, перший день теж рахується",
    "COMPANY__EMAIL": "Пошта гуртівні в договорах",
    "COMPANY__ADDRESS": "Місцезнаходження гуртівні в договорах",
    "COMPANY__CITY": "Місце укладення договорів, наприклад м. Київ",
    "COMPANY__BANK": "Банк, у якому рахунок COMPANY__IBAN",
    "COMPANY__VAT": "ІПН платника ПДВ; порожній: гуртівня не є платником ПДВ",
    "COMPANY__DIRECTOR": "Хто підписує договори: прізвище, ім’я, по батькові",
    "COMPANY__DIRECTOR_GENITIVE": "Те саме в родовому відмінку: «в особі директора Мельника Петра Олексійовича»",
    "COMPANY__POSITION": "Посада підписанта",
    "COMPANY__POSITION_GENITIVE": "Посада в родовому відмінку",
    "COMPANY__BASIS": "На підставі чого діє підписант, у родовому відмінку",
    "DELIVERY__CUTOFF": "До котрої години робочого дня приймаємо замовлення на наступний робочий день",
    "DELIVERY__WEEKDAYS": "Робочі дні: 1 понеділок, 7 неділя",
    "DELIVERY__HOLIDAYS": "Неробочі дні: ММ-ДД щороку або РРРР-ММ-ДД один раз",
    "DELIVERY__HORIZON_DAYS": "На скільки днів наперед можна замовити, від 1 до 60",
    "DELIVERY__MINIMUM_ORDER": "Найменше замовлення у гривнях; власний мінімум клієнта важливіший",
    "WORK__BEGINS": "З котрої години працюєте",
    "WORK__ENDS": "До котрої години",
    "WORK__WEEKDAYS": "Робочі дні: 1 понеділок, 7 неділя",
    "WORK__PUBLIC_HOLIDAYS": "Чи вихідні державні свята: true або false. Під час воєнного стану вони робочі",
    "WORK__DAYS_OFF": "Власні вихідні: ММ-ДД щороку або РРРР-ММ-ДД один раз",
    "WORK__DAYS_WORKED": "Дні, коли працюєте попри вихідний чи свято, так само",
    "TELEGRAM__TOKEN": "Токен бота",
    "TELEGRAM__API_BASE": "Адреса Bot API",
    "TELEGRAM__MODE": "Як приходять повідомлення: polling або webhook",
    "TELEGRAM__WEBHOOK_SECRET": "Секрет вебхука: латинські літери, цифри, _ і -. Потрібен лише для webhook",
    "TELEGRAM__MANAGERS_CHAT": "Номер групи менеджерів: туди бот пише про збої 1С і розбіжності, там же їх виправляють",
    "TELEGRAM__FINANCE_CHAT": "Номер групи фінансів: туди бот пише про гроші; порожній: до менеджерів",
    "TELEGRAM__LAWYERS_CHAT": "Номер групи юристів: там погоджують договори; порожній: погоджують менеджери",
    "NOTICES__SMS_PRICE": "Ціна однієї частини SMS у гривнях",
    "NOTICES__VIBER_PRICE": "Ціна повідомлення Viber поза 24-годинною сесією у гривнях",
    "NOTICES__BUDGET": "Скільки гривень на місяць можна витратити на повідомлення; порожньо: без межі",
    "NOTICES__WAKES": "З котрої години можна писати людям",
    "NOTICES__SLEEPS": "До котрої години; те, що не можна відкласти, надходить і вночі",
    "REMINDERS__ON": "Чи нагадувати: true або false",
    "REMINDERS__LADDER": "Файл із вашою драбиною нагадувань; порожній: та, що йде з продуктом",
    "DESK__SILENCE": "Через скільки хвилин тиші в розмові з менеджером клієнтові знову відповідає бот",
    "DESK__ASKS_AGAIN": "Через скільки робочих хвилин без відповіді нагадати в темі клієнта",
    "DESK__ESCALATES": "Через скільки робочих хвилин без відповіді сказати всій групі",
    "STATS__MINUTES_PER_ORDER": "Скільки хвилин забирає замовлення телефоном",
    "STATS__MINUTES_PER_PAYMENT": "Скільки хвилин забирає знайти оплату й рознести її",
    "STATS__MINUTES_PER_REMINDER": "Скільки хвилин забирає дзвінок боржникові",
    "STATS__MINUTES_PER_PRICE_LIST": "Скільки хвилин забирає скласти й надіслати прайс або пропозицію",
    "STATS__MINUTES_PER_MESSAGE": "Скільки хвилин забирає одне інше повідомлення: підтвердження, рахунок, новина",
    "STATS__HOUR": "Скільки гривень коштує година роботи офісу",
    "VIBER__TOKEN": "Токен бота",
    "VIBER__API_BASE": "Адреса Bot REST API",
    "VIBER__SENDER_NAME": "Ім’я відправника, до 28 знаків; порожнє: назва гуртівні",
    "ATOMPARK__PUBLIC_KEY": "Відкритий ключ",
    "ATOMPARK__PRIVATE_KEY": "Закритий ключ",
    "ATOMPARK__SENDER": "Зареєстроване альфа-ім’я відправника",
    "ATOMPARK__BASE_URL": "Адреса SMS API",
    "TURBOSMS__TOKEN": "Токен HTTP API. Порожній вимикає TurboSMS",
    "TURBOSMS__SENDER": "Зареєстроване альфа-ім’я відправника SMS",
    "TURBOSMS__VIBER_SENDER": "Ім’я відправника у Viber, його реєструють окремо; порожнє: лише SMS",
    "TURBOSMS__SECRET": "Секрет сповіщень про доставку, той самий, що в кабінеті",
    "TURBOSMS__BASE_URL": "Адреса API",
    "MAIL__URL": "Поштовий сервер: smtps://користувач:пароль@сервер; порожній вимикає пошту",
    "MAIL__FROM": "Від кого листи: адреса або Назва <адреса>; без назви — назва гуртівні",
    "MAIL__BOUNCES": "Скринька повернень: pop3s://користувач:пароль@сервер/адреса; порожня: повернень ніхто не читає",
    "MAIL__REPLY_TO": "Куди відповідати, якщо не на адресу відправника",
    "VCHASNO__TOKEN": "Токен працівника в кабінеті Вчасно. Порожній вимикає підписання",
    "VCHASNO__BASE_URL": "Адреса сервісу",
    "VCHASNO__FIRST_SIGN_BY": "Хто підписує першим: recipient (клієнт) або owner (ви)",
    "WAYFORPAY__ACCOUNT": "Merchant login. Порожній вимикає оплату карткою",
    "WAYFORPAY__SECRET": "Секретний ключ",
    "WAYFORPAY__DOMAIN": "Домен, записаний у кабінеті; порожній: із PUBLIC_URL",
    "WAYFORPAY__API_URL": "Адреса API",
    "WAYFORPAY__PAY_URL": "Адреса сторінки оплати",
    "ONEC__BASE_URL": "Адреса публікації бази, https: та, яку відкриває вебклієнт. Порожня вимикає OData",
    "ONEC__USER": "Користувач 1С для OData",
    "ONEC__PASSWORD": "Його пароль",
    "ONEC__PROFILE": "Конфігурація: ut_ua (УТ), bas_ut (BAS УТ, КУП, ERP), unf (BAS Малий бізнес), bp (Бухгалтерія)",
    "ONEC__ORGANIZATION": "Організація, від якої продаєте: ЄДРПОУ, код або назва; порожнє: перша в базі",
    "ONEC__WAREHOUSE": "Склад замовлень: код або назва; порожнє: перший у базі",
    "ONEC__POST_ORDERS": "Чи проводити замовлення одразу: true або false. Зазвичай проводить людина",
    "ONEC__POST_PAYMENTS": "Чи проводити оплати карткою одразу: true або false. Зазвичай проводить бухгалтер",
    "ONEC__DATE_FILTER": "false для баз, що не приймають умови за датою",
    "ONEC__EXCHANGE_USER": "Користувач обміну з сайтом (/1c/exchange) і викликів 1С (/1c/events). Порожній вимикає їх",
    "ONEC__EXCHANGE_PASSWORD": "Пароль обміну",
    "ONEC__EVENTS_KEY": "Ключ X-Api-Key для /1c/events, якщо 1С зручніше без пароля",
    "ONEC__EXCHANGE_ENCODING": "Кодування замовлень для 1С: utf-8 або windows-1251",
    "ONEC__EXCHANGE_VERSION": "Версія CommerceML для замовлень, від 2.03 до 2.10",
    "CONTRACTS__REVIEW_DAYS": "Скільки робочих днів має юрист, після чого йому нагадують щодня",
    "CONTRACTS__SIGN_DAYS": "Скільки днів має клієнт на підпис; потім документ відкликається",
    "CONTRACTS__REMINDED": "На який день після надсилання нагадати клієнтові",
    "CONTRACTS__STARTS": "Що починає документ само: new (немає договору), expiring (закінчується), prices (нові ціни)",
    "CREDIT__MODE": "warn попереджає клієнта в підсумку; hold приймає замовлення й притримує до оплати; off: ні",
    "CREDIT__OVERDUE_DAYS": "Борг вважається простроченим, якщо спізнився більш ніж на стільки днів",
    "CREDIT__SIGNED_ONLY": "Чи відстрочка й ліміт лише для тих, хто має підписаний договір: true або false",
    "CREDIT__OVERDUE_SUM": "До якої суми прострочення не заважає, у гривнях",
    "PROMOTIONS__ONLINE_ORDER_PERCENT": "Знижка за замовлення в боті, відсотків",
    "PROMOTIONS__ONLINE_ORDER_FROM": "Її перший день, РРРР-ММ-ДД; порожній: знижки немає",
    "PROMOTIONS__ONLINE_ORDER_UNTIL": "Її останній день; порожній: через місяць від першого",
    "PROMOTIONS__ONLINE_PAYMENT_PERCENT": "Знижка за оплату карткою, відсотків",
    "PROMOTIONS__ONLINE_PAYMENT_FROM": "Її перший день, РРРР-ММ-ДД; порожній: знижки немає",
    "PROMOTIONS__ONLINE_PAYMENT_UNTIL": "Її останній день; порожній: через місяць від першого",
    "PROMOTIONS__VCHASNO_PERCENT": "Знижка на наступне замовлення за реєстрацію у «Вчасно», один раз; 0: немає",
    "PROMOTIONS__BUDGET": "Скільки гривень щонайбільше може коштувати кожна акція; 0: без межі",
    "PROMOTIONS__MIN_ORDER": "Від якої суми замовлення діють акції, у гривнях за повними цінами; 0: від будь-якої",
    "PROMOTIONS__FLOOR_PERCENT": "Скільки відсотків ціни рядка щонайбільше знімають усі акції разом",
    "PROMOTIONS__FLOOR_PRICE_TYPE": "Тип цін, нижче за які товар не продається; порожній: лише попередня межа",
    "BANK__TO_1C": "Перекази в 1С: careful (лише чого 1С не завантажила сама), always, never (чекати на документ 1С)",
    "BANK__ACCOUNTS": "Інші рахунки гуртівні через кому; COMPANY__IBAN відомий і так",
    "BANK__COLUMNS": "Колонки таблиці, яких не вгадано: date=Дата,amount=E",
}


class Setting(NamedTuple):
    """One line of `.env`."""

    section: str
    name: str
    default: str


def settings() -> Iterator[Setting]:
    """Every setting there is, those without a section first."""
    whole = dict(Settings.model_construct())
    sections = {name: value for name, value in whole.items() if isinstance(value, BaseModel)}
    for name, value in whole.items():
        if name not in sections:
            yield Setting("", name.upper(), _written(value))
    for section, model in sections.items():
        for name, value in model:
            called = type(model).model_fields[name].alias or name
            yield Setting(section.upper(), f"{section}__{called}".upper(), _written(value))


def example() -> str:
    """The whole file: what has a default stands behind a #. Raises KeyError for a setting without words."""
    lines = [HEAD]
    section = None
    for setting in settings():
        if setting.section != section:
            section = setting.section
            lines.append(f"# --- {SECTIONS[section]}\n")
        line = f"#{setting.name}={setting.default}" if setting.default else f"{setting.name}="
        lines.append(f"# {WORDS[setting.name]}\n{line}\n")
    return "\n".join(lines)


def table() -> str:
    """The settings as a Markdown table."""
    rows = [f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {WORDS[one.name]} |" for one in settings()]
    return "\n".join(["| Налаштування | За замовчуванням | Що це |", "|---|---|---|", *rows])


def _written(value: Any) -> str:
    """The value as `.env` writes it."""
    match value:
        case None:
            return ""
        case SecretStr():
            return value.get_secret_value()
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
        case None:
            return ""
        case date():
            return value.isoformat()
        case frozenset() | tuple():
            return ",".join(map(str, value if isinstance(value, tuple) else sorted(map(str, value))))
        case _ if hasattr(value, "isoformat"):
            return str(value.isoformat("minutes"))
        case _:
            return str(value)


if __name__ == "__main__":
    EXAMPLE.write_text(example(), "utf-8")
    print(table())  # noqa: T201
