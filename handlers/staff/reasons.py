"""Why 1C says no, in words for those who can mend it."""

import re
from collections.abc import Mapping

from bot.i18n import Translator, marked
from handlers.wording import excerpt

SHOWN = 300
REASONS: Mapping[str, str] = {
    "unknown_client": marked("it does not know this client"),
    "unknown_article": marked("it does not know article {what}"),
    "unknown_vat": marked("it has no VAT rate of {what} %"),
    "access": marked("the user we connect as lacks rights"),
    "unauthorized": marked("it does not let us in: user or password"),
    "entity": marked("it does not show {what} over OData"),
    "exists": marked("it has such a document already"),
}
_CODE = re.compile(r"(?P<code>\w+)(?::(?P<what>\S+))?$")


def reason(tr: Translator, error: str) -> str:
    """The words for the code at the end of an error; the error itself where there are none."""
    found = _CODE.search(error)
    words = REASONS.get(found["code"]) if found else None
    if found is None or words is None:
        return excerpt(error, SHOWN)
    return tr.label(words, what=found["what"] or "")
