"""Why a document could not be filled, in the language of the documents, with what to do about it."""

from bot.domain.template.fields import CLIENT, COMPANY, FIELDS, ROWS

_OF_A_PARTY = {
    "код": "коду ЄДРПОУ або РНОКПП",
    "адреса": "адреси",
    "телефон": "телефону",
    "пошта": "електронної пошти",
    "підписант": "підписанта",
    "підписант_родовий": "імені підписанта в родовому відмінку",
    "посада": "посади підписанта",
    "посада_родовий": "посади підписанта в родовому відмінку",
    "підстава": "підстави, на якій діє підписант (Статуту, довіреності)",
}
_SETTINGS = {
    "код": "COMPANY__EDRPOU",
    "адреса": "COMPANY__ADDRESS",
    "телефон": "COMPANY__PHONE",
    "пошта": "COMPANY__EMAIL",
    "підписант": "COMPANY__DIRECTOR",
    "підписант_родовий": "COMPANY__DIRECTOR_GENITIVE",
    "посада": "COMPANY__POSITION",
    "посада_родовий": "COMPANY__POSITION_GENITIVE",
    "підстава": "COMPANY__BASIS",
}
_OTHER = {
    "договір.номер": "немає номера договору: у клієнта немає основного договору в 1С",
    "договір.дата": "немає дати договору: заповніть її в 1С",
    "договір.місце": "немає місця укладення: задайте COMPANY__CITY",
    "договір.відстрочення": "у клієнта немає відстрочення оплати: задайте його в 1С",
    "договір.ліміт": "у клієнта немає кредитного ліміту: задайте його в 1С",
    "прайс.рядки": "для клієнта немає цін: перевірте його тип цін у 1С",
}
_MEANT = {one.path: one.meaning for fields in FIELDS.values() for one in fields} | {
    path: rows.meaning for path, rows in ROWS.items()
}


def lack(path: str) -> str:
    """Why there is no value for a field, and where it comes from."""
    group, _, name = path.partition(".")
    if group == CLIENT and name in _OF_A_PARTY:
        remedy = "заповніть у 1С" if name == "код" else "введіть командою /rekvizyty"
        return f"немає {_OF_A_PARTY[name]} клієнта: {remedy}"
    if group == COMPANY and name in _OF_A_PARTY:
        return f"немає {_OF_A_PARTY[name]} гуртівні: задайте {_SETTINGS[name]}"
    return _OTHER.get(path, f"немає значення для {{{{ {path} }}}}: {_MEANT.get(path, '')}")
