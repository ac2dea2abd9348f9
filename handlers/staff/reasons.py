"""Why 1C says no or nothing at all, in words for those who can mend it."""

import re
from collections.abc import Mapping

from bot.i18n import Translator, marked
from handlers.wording import excerpt

SHOWN = 300
_OFF = marked("nothing is listening at its address, or the network is down")
REASONS: Mapping[str, str] = {
    "unknown_client": marked("it does not know this client"),
    "unknown_article": marked("it does not know article {what}"),
    "unknown_vat": marked("it has no VAT rate of {what} %"),
    "access": marked("the user we connect as lacks rights"),
    "unauthorized": marked("it does not let us in: user or password"),
    "entity": marked("it does not show {what} over OData"),
    "changed_there": marked("somebody took it away there, or marked it for deletion"),
    "exists": marked("it has such a document already"),
    "timeout": marked("it did not answer in time"),
    "ConnectError": _OFF,
    "ConnectTimeout": _OFF,
    "publication": marked("the base is not published at its address"),
    "html": marked("a web page answers instead of it"),
    "http": marked("its web server answers with error {what}"),
}
_CODE = re.compile(r"(?P<code>\w+)(?:(?::|(?<=\bhttp) )(?P<what>\S+))?$")


def reason(tr: Translator, error: str) -> str:
    """The words for the code at the end of an error; the error itself where there are none."""
    return known_reason(tr, error) or excerpt(error, SHOWN)


def known_reason(tr: Translator, error: str) -> str:
    """The same, or nothing where there are no words."""
    found = _CODE.search(error)
    words = REASONS.get(found["code"]) if found else None
    return tr.label(words, what=found["what"] or "") if found and words else ""
