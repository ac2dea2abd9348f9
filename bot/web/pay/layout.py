"""The pages as HTML, with their style and script as files of ours."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.i18n import LANGUAGES, Translator
from bot.web.pay.states import Page

_ENVIRONMENT = Environment(
    loader=PackageLoader("bot.web.pay", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_STATIC = Path(__file__).parent / "static"
FILES: Mapping[str, tuple[bytes, str]] = {
    "pay.css": ((_STATIC / "pay.css").read_bytes(), "text/css"),
    "copy.js": ((_STATIC / "copy.js").read_bytes(), "text/javascript"),
}
_VERSION = hashlib.sha256(b"".join(body for body, _ in FILES.values())).hexdigest()[:12]


def html(tr: Translator, page: Page, *, payee: str, token: str = "", bank_link: str = "") -> str:
    """The whole page. `token` must have been checked to be one; `bank_link` is the text of the QR."""
    return _ENVIRONMENT.get_template("page.html").render(
        page=page,
        payee=payee,
        token=token,
        bank_link=bank_link,
        language=tr.language,
        languages=LANGUAGES,
        version=_VERSION,
        words=_words(tr),
        title=tr.label("Payment to {payee}", payee=payee),
    )


def _words(tr: Translator) -> SimpleNamespace:
    """What the layout itself says."""
    return SimpleNamespace(
        language=tr.label("Language"),
        refresh=tr.label("Refresh"),
        retry=tr.label("Try again"),
        card_note=tr.label("You enter the card on the payment service's protected page; we do not see its number."),
        transfer=tr.label("Bank transfer"),
        transfer_note=tr.label("We see a transfer when the bank has brought it, and a card payment at once."),
        copy=tr.label("Copy"),
        copied=tr.label("Copied"),
        scan=tr.label("Scan it with your bank's app: the transfer is filled in by itself."),
        picture=tr.label("QR code of the transfer: payee, IBAN, sum and purpose"),
        bank_app=tr.label("On this phone: open the bank's app"),
        items=tr.label("What it consists of"),
        forward=tr.label("The link can be sent on, to an accountant for one: it opens without a password."),
    )
