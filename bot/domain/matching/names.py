"""Names of payers, as banks write them, against names of clients."""

import re

from bot.domain.matching.letters import plain

_FORMS = re.compile(
    r"\b(?:ТОВАРИСТВО З ОБМЕЖЕНОЮ ВІДПОВІДАЛЬНІСТЮ|ТОВАРИСТВО З ДОДАТКОВОЮ ВІДПОВІДАЛЬНІСТЮ"
    r"|ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ|ПРИВАТНЕ (?:АКЦІОНЕРНЕ ТОВАРИСТВО|ПІДПРИЄМСТВО)"
    r"|ФІЗИЧНА ОСОБА[- ]ПІДПРИЄМЕЦЬ|ФІЗ\.? ?ОСОБА[- ]ПІДПРИЄМЕЦЬ|ТОВ|ТЗОВ|ТДВ|ООО|ФОП|СПД(?:[- ]ФО)?|ФЛП|ПП|ПРАТ|ЧП)\b"
)
_NO_LETTERS = re.compile(r"[^\w]+|_")


def bare(name: str) -> str:
    """Without the legal form, quotes and dots; of a person, the surname and the initials are kept apart."""
    said = _NO_LETTERS.sub(" ", _FORMS.sub(" ", plain(name).replace("'", "").replace("’", "").replace("ʼ", "")))
    return " ".join(said.split())
