"""Updates brought: the secret checked, the turn done and committed, and only then is Telegram told that it arrived."""

import asyncio
import hmac
import json
from http import HTTPStatus

from aiogram.methods import AnswerCallbackQuery, SetWebhook
from aiohttp import web

from bot.incoming import bounded
from bot.logs import log
from bot.ports import Clock
from integrations.telegram.client import BotApi
from integrations.telegram.config import TelegramSettings
from integrations.telegram.reception import Reception
from integrations.telegram.rendering import answer_callback
from integrations.telegram.tempo import Tempo
from integrations.telegram.updates import ALLOWED, Incoming, read

PATH = "/telegram/webhook"
BODY_LIMIT = 1024 * 1024
_READING = 10.0
_CONNECTIONS = 40
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_log = log("integrations.telegram")


class Webhook:
    """Answers 200 for what is done or can never be done; anything else makes Telegram bring it again."""

    def __init__(self, settings: TelegramSettings, api: BotApi, reception: Reception, now: Clock, tempo: Tempo) -> None:
        self._settings = settings
        self._secret = settings.webhook_secret.get_secret_value().encode()
        self._api = api
        self._reception = reception
        self._now = now
        self._tempo = tempo
        self.accepting = True

    async def open(self) -> None:
        """Point Telegram here."""
        await self._api.call(
            SetWebhook(
                url=f"{self._settings.public_url}{PATH}",
                secret_token=self._settings.webhook_secret.get_secret_value(),
                allowed_updates=ALLOWED,
                max_connections=_CONNECTIONS,
            )
        )

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        if not self.accepting:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        incoming = read(await bounded(request, BODY_LIMIT, _READING), self._now())
        return web.Response() if incoming is None else await self._taken(incoming)

    async def _taken(self, incoming: Incoming) -> web.Response:
        try:
            async with self._reception.lines.turn(incoming.chat):
                reply = await self._reception.turn(incoming)
        except Exception as error:
            _log.error("telegram turn failed", kind=type(error).__name__)
            if incoming.callback is not None:
                self._reception.spawn(self._reception.stop_spinning(answer_callback(incoming.callback)))
            return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
        if reply.shown is not None:
            await asyncio.wait({reply.shown}, timeout=self._tempo.handover)
        return _call_in_answer(reply.toast) if reply.toast else web.Response()


def _call_in_answer(toast: AnswerCallbackQuery) -> web.Response:
    """One call less: the answer's body is itself a call, whose own answer nobody sees."""
    body = {"method": toast.__api_method__, **toast.model_dump(mode="json", exclude_unset=True, warnings=False)}
    return web.Response(body=json.dumps(body).encode(), content_type="application/json")
