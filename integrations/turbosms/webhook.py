"""The door for TurboSMS's callbacks about delivery."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot.domain.sms import SmsReport, SmsState
from bot.incoming import bounded
from bot.logs import log
from bot.ports import Clock
from integrations.turbosms.complaints import Complaints
from integrations.turbosms.config import TurboSmsSettings
from integrations.turbosms.incoming import BODY_LIMIT, Callback, read
from integrations.turbosms.signature import Form, form_of
from integrations.turbosms.values import Statuses, channel, moment

CALLBACK = "/turbosms/callback"
REMEMBERED = 20_000
"""Ids of callbacks that are kept in mind: a mass sending brings thousands within minutes, and each may come again
for hours.
"""
LONGEST_ID = 200
_READING = 5.0
_DELIVERY = "DLR_"

Told = Callable[[str, SmsReport], Awaitable[None]]

_log = log("integrations.turbosms")


@dataclass(slots=True)
class _Known:
    """The message that an id was first used for, and what was told of it."""

    message_id: str
    told: set[tuple[SmsState, str]] = field(default_factory=set)


class TurboSmsWebhook:
    """A report is accepted once `told(message_id, report)` has returned; else TurboSMS calls again for hours.

    The signature covers the callback's id and nothing of its data: whoever has seen one pair of them can send it again
    with another message or status. So an id belongs to the first message it came with, in the memory of this process,
    and what is told is a trigger, not a truth: before a change that matters `told` has to read the message back
    (`TurboSms.reports`). Reports come repeated, out of order and by the thousand after a mass sending, so `told` only
    keeps them. A hybrid whose Viber part has failed may still go by SMS.
    """

    def __init__(self, settings: TurboSmsSettings, told: Told, now: Clock) -> None:
        """Raises ValueError without a secret: then anyone could call."""
        self._secret = settings.secret.get_secret_value()
        if not self._secret:
            raise ValueError("callbacks need a secret")
        self._told = told
        self._statuses = Statuses()
        self._complaints = Complaints(now)
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._forms: set[Form] = set()

    def routes(self) -> list[web.RouteDef]:
        """For the web application."""
        return [web.post(CALLBACK, self._callback)]

    async def _callback(self, request: web.Request) -> web.Response:
        raw = await bounded(request, BODY_LIMIT, _READING)
        try:
            callback = read(raw)
        except ValueError:
            self._complaints.tell("turbosms callback cannot be read", size=len(raw))
            return web.Response(status=400)
        is_named = 0 < len(callback.id) <= LONGEST_ID
        form = form_of(self._secret, callback.id, callback.signature) if is_named else None
        if form is None:
            self._complaints.tell("turbosms callback is forged", size=len(raw))
            return web.Response(status=403)
        self._note(form)
        if not callback.data.message_id or not callback.type.upper().startswith(_DELIVERY):
            return web.Response()  # a button, an inbox: not for us, and not to be sent again
        known = self._first(callback)
        if known.message_id != callback.data.message_id:
            self._complaints.tell("turbosms callback is of another message than before", size=len(raw))
            return web.Response(status=409)
        return await self._kept(callback, known)

    async def _kept(self, callback: Callback, known: _Known) -> web.Response:
        report = self._report(callback)
        said = (report.state, report.channel)
        if said in known.told:
            return web.Response()
        try:
            await self._told(known.message_id, report)
        except Exception as error:
            _log.error("turbosms callback is not kept", error=type(error).__name__)
            return web.Response(status=503, headers={"Retry-After": "60"})
        known.told.add(said)
        return web.Response()

    def _report(self, callback: Callback) -> SmsReport:
        state, at = self._statuses.read(callback.data.status), moment(callback.data.dlr_date)
        return SmsReport(state, at, channel=channel(callback.type))

    def _first(self, callback: Callback) -> _Known:
        """What is known of this id; the oldest is forgotten where there are too many."""
        known = self._known.setdefault(callback.id, _Known(callback.data.message_id))
        self._known.move_to_end(callback.id)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known

    def _note(self, form: Form) -> None:
        """Which order the vendor signs in, once."""
        if form not in self._forms:
            self._forms.add(form)
            _log.info("turbosms signs callbacks", form=form.value)
