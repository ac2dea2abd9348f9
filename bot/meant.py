"""What each setting is to be, for whoever wrote something else; and how days are read from what is written."""

from calendar import monthrange
from datetime import date

MEANT = {
    "PORT": "потрібне число від 0 до 65535",
    "LOG_LEVEL": "потрібне одне з DEBUG, INFO, WARNING, ERROR",
    "DEFAULT_LANGUAGE": "потрібна одна з мов uk, ru, en",
    "COMPANY__OFFER_DAYS": "потрібне число від 1 до 365",
    "DELIVERY__CUTOFF": "потрібен час, наприклад 17:00",
    "DELIVERY__WEEKDAYS": "потрібні дні тижня через кому від 1 (понеділок) до 7 (неділя), щонайменше один",
    "DELIVERY__HOLIDAYS": "потрібні дати через кому: ММ-ДД або РРРР-ММ-ДД",
    "DELIVERY__HORIZON_DAYS": "потрібне число від 1 до 60",
    "CONTRACTS__REVIEW_DAYS": "потрібне число від 1 до 30",
    "CONTRACTS__SIGN_DAYS": "потрібне число від 1 до 365",
    "CONTRACTS__REMINDED": "потрібні дні через кому, від 1 до 365, наприклад 2,5,10",
    "CONTRACTS__STARTS": "потрібні слова через кому: new, expiring, prices",
    "CREDIT__MODE": "потрібне off або warn",
    "CREDIT__OVERDUE_DAYS": "потрібне число від 0 до 365",
    "CREDIT__SIGNED_ONLY": "потрібне true або false",
    "CREDIT__OVERDUE_SUM": "потрібна сума у гривнях, від 0, наприклад 500.00",
    "DELIVERY__MINIMUM_ORDER": "потрібна сума у гривнях без копійок, від 0",
    "WORK": "робочий день має починатися раніше, ніж закінчується",
    "WORK__BEGINS": "потрібен час, наприклад 09:00",
    "WORK__ENDS": "потрібен час, наприклад 18:00",
    "WORK__WEEKDAYS": "потрібні дні тижня через кому від 1 (понеділок) до 7 (неділя), щонайменше один",
    "WORK__PUBLIC_HOLIDAYS": "потрібне true або false",
    "WORK__DAYS_OFF": "потрібні дати через кому: ММ-ДД або РРРР-ММ-ДД",
    "WORK__DAYS_WORKED": "потрібні дати через кому: ММ-ДД або РРРР-ММ-ДД",
    "TELEGRAM": "webhook потребує TELEGRAM__WEBHOOK_SECRET (латинські літери, цифри, _ і -) і PUBLIC_URL з https",
    "TELEGRAM__TOKEN": "токен має вигляд 123456:ABC-def, скопіюйте його від @BotFather повністю",
    "TELEGRAM__MODE": "потрібне polling або webhook",
    "TELEGRAM__API_BASE": "потрібна адреса https",
    "VIBER__TOKEN": "токен не містить пропусків і кирилиці, скопіюйте його з кабінету Viber повністю",
    "VIBER__API_BASE": "потрібна адреса https",
    "VIBER__SENDER_NAME": "потрібно щонайбільше 28 знаків",
    "ATOMPARK__SENDER": "потрібне зареєстроване альфа-ім’я: до 11 латинських літер і цифр або до 14 цифр",
    "ATOMPARK__BASE_URL": "потрібна адреса https",
    "TURBOSMS__TOKEN": "токен не містить пропусків і кирилиці, скопіюйте його з кабінету TurboSMS повністю",
    "TURBOSMS__SENDER": "потрібне зареєстроване альфа-ім’я: до 11 латинських літер і цифр або до 14 цифр",
    "TURBOSMS__VIBER_SENDER": "потрібне зареєстроване ім’я для Viber, щонайбільше 28 знаків",
    "TURBOSMS__BASE_URL": "потрібна адреса https",
    "COMPANY__IBAN": "потрібен IBAN з 29 знаків, що починається з UA, і COMPANY__EDRPOU до нього",
    "WAYFORPAY__ACCOUNT": "скопіюйте merchant login з кабінету WayForPay",
    "WAYFORPAY__SECRET": "скопіюйте секретний ключ з кабінету WayForPay",
    "WAYFORPAY__DOMAIN": "потрібен домен, записаний у кабінеті WayForPay",
    "WAYFORPAY__API_URL": "потрібна адреса https",
    "WAYFORPAY__PAY_URL": "потрібна адреса https",
    "VCHASNO__TOKEN": "токен не містить пропусків і кирилиці, скопіюйте його з кабінету Вчасно повністю",
    "VCHASNO__BASE_URL": "потрібна адреса https, без параметрів",
    "VCHASNO__FIRST_SIGN_BY": "потрібне owner (спершу ви) або recipient (спершу клієнт)",
    "TELEGRAM__MANAGERS_CHAT": "потрібен номер групи, наприклад -1001234567890",
    "TELEGRAM__FINANCE_CHAT": "потрібен номер групи, наприклад -1001234567890",
    "TELEGRAM__LAWYERS_CHAT": "потрібен номер групи, наприклад -1001234567890",
    "NOTICES__SMS_PRICE": "потрібна ціна однієї частини SMS у гривнях, наприклад 1.20",
    "NOTICES__VIBER_PRICE": "потрібна ціна повідомлення Viber поза сесією у гривнях, наприклад 0.95",
    "NOTICES__BUDGET": "потрібна сума на місяць у гривнях",
    "NOTICES__WAKES": "потрібен час, наприклад 08:00",
    "NOTICES__SLEEPS": "потрібен час, наприклад 21:00",
    "REMINDERS__ON": "потрібне true або false",
    "REMINDERS__LADDER": "потрібен шлях до файла драбини, зразок: handlers/ladder.toml",
    "DESK__SILENCE": "потрібна кількість хвилин, від 1 до 10080",
    "DESK__ASKS_AGAIN": "потрібна кількість хвилин, від 1 до 10080",
    "DESK__ESCALATES": "потрібна кількість хвилин, від 1 до 10080",
    "STATS__MINUTES_PER_ORDER": "потрібна кількість хвилин, від 0 до 480",
    "STATS__MINUTES_PER_PAYMENT": "потрібна кількість хвилин, від 0 до 480",
    "STATS__MINUTES_PER_REMINDER": "потрібна кількість хвилин, від 0 до 480",
    "STATS__MINUTES_PER_PRICE_LIST": "потрібна кількість хвилин, від 0 до 480",
    "STATS__MINUTES_PER_MESSAGE": "потрібна кількість хвилин, від 0 до 480",
    "STATS__HOUR": "потрібна сума у гривнях, від 0, наприклад 105.00",
    "MAIL__URL": "потрібна адреса smtps://користувач:пароль@сервер або smtp://… (із STARTTLS)",
    "MAIL__FROM": "потрібна адреса, наприклад orders@shop.ua або Моя гуртівня <orders@shop.ua>",
    "MAIL__BOUNCES": "потрібна адреса pop3s://користувач:пароль@сервер/адреса-повернень",
    "MAIL__REPLY_TO": "потрібна адреса, наприклад office@shop.ua",
    "ONEC__BASE_URL": "потрібна адреса https публікації 1С, без параметрів: та, яку відкриває вебклієнт",
    "ONEC__USER": "потрібен користувач 1С; двокрапки в його імені бути не може",
    "ONEC__PROFILE": "потрібне одне з ut_ua, bas_ut, unf, bp",
    "ONEC__POST_ORDERS": "потрібне true або false",
    "BANK__TO_1C": "потрібне careful, always або never",
    "ONEC__POST_PAYMENTS": "потрібне true або false",
    "ONEC__DATE_FILTER": "потрібне true або false",
    "ONEC__EXCHANGE_USER": "потрібні й користувач, і пароль обміну; двокрапки в імені бути не може",
    "ONEC__EXCHANGE_PASSWORD": "потрібен пароль обміну",
    "ONEC__EXCHANGE_ENCODING": "потрібне utf-8 або windows-1251",
    "ONEC__EXCHANGE_VERSION": "потрібна версія від 2.03 до 2.10",
    "PROMOTIONS": "останній день акції не може бути раніше за перший",
    "PROMOTIONS__ONLINE_ORDER_PERCENT": "потрібен відсоток від 0 до 100",
    "PROMOTIONS__ONLINE_ORDER_FROM": "потрібна дата РРРР-ММ-ДД",
    "PROMOTIONS__ONLINE_ORDER_UNTIL": "потрібна дата РРРР-ММ-ДД",
    "PROMOTIONS__ONLINE_PAYMENT_PERCENT": "потрібен відсоток від 0 до 100",
    "PROMOTIONS__ONLINE_PAYMENT_FROM": "потрібна дата РРРР-ММ-ДД",
    "PROMOTIONS__ONLINE_PAYMENT_UNTIL": "потрібна дата РРРР-ММ-ДД",
    "PROMOTIONS__VCHASNO_PERCENT": "потрібен відсоток від 0 до 100",
    "PROMOTIONS__BUDGET": "потрібна сума у гривнях без копійок, від 0",
    "PROMOTIONS__MIN_ORDER": "потрібна сума у гривнях без копійок, від 0",
    "PROMOTIONS__FLOOR_PERCENT": "потрібен відсоток від 0 до 100",
}


def read_weekdays(value: object) -> object:
    """ISO days, with commas."""
    return frozenset(int(day) for day in value.split(",") if day.strip()) if isinstance(value, str) else value


def read_dates(value: object) -> object:
    """MM-DD of every year or YYYY-MM-DD, with commas. Raises ValueError."""
    if isinstance(value, str):
        value = frozenset(day.strip() for day in value.split(",") if day.strip())
        for day in value:
            date.fromisoformat(day if len(day) == 10 else f"2024-{day}")
    return value


def a_month_from(day: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def read_numbers(value: object) -> object:
    """In order, with commas."""
    return tuple(sorted(int(one) for one in value.split(",") if one.strip())) if isinstance(value, str) else value


def read_words(value: object) -> object:
    """With commas."""
    return frozenset(one.strip() for one in value.split(",") if one.strip()) if isinstance(value, str) else value
