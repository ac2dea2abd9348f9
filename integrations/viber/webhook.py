"""The door for Viber's callbacks: bounded, signed, parsed; what they mean is for the reception."""

import hashlib
import hmac

from aiohttp import web
from pydantic import SecretStr

from bot.incoming import bounded
from bot.logs import log
from integrations.viber.models import read_callback
from integrations.viber.reception import Busy, Reception
from integrations.viber.rendering import serialised

PATH = "/viber/webhook"
BODY_LIMIT = 256 * 1024
_READING = 5.0
_HEADER = "X-Viber-Content-Signature"
_log = log("integrations.viber")


class Webhook:
    """Answers 200 only for what is kept; anything else makes Viber call again for about an hour."""

    def __init__(self, token: SecretStr, reception: Reception) -> None:
        self._key = token.get_secret_value().encode()
        self._reception = reception

    async def handle(self, request: web.Request) -> web.Response:
        raw = await bounded(request, BODY_LIMIT, _READING)
        if not self._is_signed(request, raw):
            return web.Response(status=403)
        try:
            body = raw.decode()
            callback = read_callback(body)
        except ValueError:
            _log.warning("viber callback is not a JSON object", size=len(raw))
            return web.Response(status=400)
        try:
            message = await self._reception.take(callback, body)
        except Busy:
            return web.Response(status=503, headers={"Retry-After": "10"})
        if message is None:
            return web.Response()
        return web.Response(body=serialised(message), content_type="application/json", charset="utf-8")

    def _is_signed(self, request: web.Request, raw: bytes) -> bool:
        """HMAC-SHA256 of the raw body in lower-case hex, from the header; from `?sig=` only where there is none."""
        given = request.headers.get(_HEADER) or request.query.get("sig", "")
        expected = hmac.new(self._key, raw, hashlib.sha256).hexdigest()
        return hmac.compare_digest(given.encode(errors="replace"), expected.encode())
