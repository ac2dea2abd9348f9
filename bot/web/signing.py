"""The page from which a client goes to sign: what it is, how to sign it, and one button to the service.

Looking changes nothing: messengers fetch addresses for their previews. Only the press makes a session there.
"""

import re
from typing import Protocol

from aiohttp import web
from markupsafe import Markup

from bot.domain.errors import NotFound, Refused
from bot.domain.signing import DocumentKind
from bot.i18n import Translator, translator
from bot.ports import Clock
from bot.services.envelopes import SignView
from bot.services.envelopes.page import SIGN
from bot.web.pay.limits import Limit, caller

FROM_ONE_ADDRESS = 60
"""A minute."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport"'
    ' content="width=device-width, initial-scale=1"><title>{title}</title></head><body style="margin:0 auto;'
    'max-width:34em;padding:24px 16px;font:18px/1.5 sans-serif;color:#1a1a1a;background:#ffffff">'
    '<p style="color:#595959;margin:0">{company}</p><h1 style="margin:0 0 .5em;font-size:1.5em">{title}</h1>'
    "{body}</body></html>"
)
_GO = Markup(
    '<form method="post"><button style="display:block;width:100%;padding:16px 20px;border:0;border-radius:8px;'
    'font:inherit;background:#0b6b3a;color:#ffffff;cursor:pointer">{label}</button></form>'
)


class SignDesk(Protocol):
    """Whoever knows what the address is for."""

    async def page(self, token: str) -> SignView: ...

    async def go(self, token: str) -> str: ...


def sign_routes(desk: SignDesk, *, now: Clock, default_language: str = "uk") -> list[web.RouteDef]:
    limit, tr = Limit(FROM_ONE_ADDRESS, now), translator(default_language)

    async def view_of(request: web.Request) -> SignView:
        if not limit.allows(caller(request)):
            raise web.HTTPTooManyRequests(headers=_HEADERS)
        token = request.match_info["token"]
        try:
            if not _TOKEN.fullmatch(token):
                raise NotFound("envelope")
            return await desk.page(token)
        except NotFound as error:
            text = tr.label("There is no such document. Please open the newest link that you were sent.")
            raise web.HTTPNotFound(text=text, headers=_HEADERS) from error

    async def look(request: web.Request) -> web.Response:
        return _shown(tr, await view_of(request))

    async def go(request: web.Request) -> web.Response:
        view = await view_of(request)
        try:
            address = await desk.go(view.envelope.token)
        except Refused as refusal:
            trouble = (
                tr.say("Vchasno does not answer just now. Please press once more in a few minutes.")
                if refusal.code == "unavailable"
                else None
            )
            return _shown(tr, await desk.page(view.envelope.token), trouble)
        raise web.HTTPSeeOther(address, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})

    return [web.get(f"{SIGN}/{{token}}", look), web.post(f"{SIGN}/{{token}}", go)]


def _shown(tr: Translator, view: SignView, trouble: Markup | None = None) -> web.Response:
    envelope = view.envelope
    kind = {
        DocumentKind.CONTRACT: tr.label("Supply contract"),
        DocumentKind.AMENDMENT: tr.label("Additional agreement"),
        DocumentKind.RECONCILIATION: tr.label("Reconciliation act"),
    }[envelope.kind]
    title = tr.label("{kind} № {number} of {day}", kind=kind, number=envelope.number, day=f"{envelope.dated:%d.%m.%Y}")
    body = _to_sign(tr, view) if view.waits else _paragraph(_standing(tr, view))
    if trouble is not None:
        body = _paragraph(Markup("<b>{}</b>").format(trouble)) + body
    page = _PAGE.format(language=tr.language, company=view.payee, title=title, body=body)
    return web.Response(text=str(page), content_type="text/html", headers=_HEADERS)


def _to_sign(tr: Translator, view: SignView) -> Markup:
    said = [
        tr.say("For: <b>{client}</b>, code {code}", client=view.envelope.client, code=view.envelope.recipient_code),
        tr.say(
            "Vchasno opens with the document: read it, press «Sign» and choose your qualified signature (KEP): "
            "Diia.Signature on your phone, a file key, a token or Vchasno.KEP."
        ),
    ]
    if view.envelope.sign_by:
        said.append(tr.say("Please sign by {day}.", day=tr.calendar_day(view.envelope.sign_by)))
    after = tr.say("We see the signature ourselves; there is nothing to send us.")
    go = _GO.format(label=tr.label("Go to Vchasno to sign"))
    return Markup("").join(_paragraph(one) for one in said) + go + _paragraph(after)


def _standing(tr: Translator, view: SignView) -> Markup:
    if view.envelope.sound:
        return tr.say("It is signed by everybody. Thank you!")
    if view.envelope.stage.open:
        return tr.say("There is nothing to sign here just now. When there is, we will write to you.")
    return tr.say("This document is not to be signed any more. If that is a surprise, please ask your manager.")


def _paragraph(text: Markup) -> Markup:
    return Markup("<p>{}</p>").format(text)
