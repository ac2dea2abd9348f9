"""Screens on their way out: drawn for the person's device, sent, recorded."""

from collections import OrderedDict

from viberbot.api.event_type import EventType

from bot.conversation.messenger import Desk
from bot.conversation.screen import Screen
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.logs import log
from bot.ports import Clock
from integrations.viber.client import SYSTEM, ViberClient
from integrations.viber.levels import NEWEST, PLAIN
from integrations.viber.limiter import UnansweredLimiter
from integrations.viber.models import Callback
from integrations.viber.reading import CHANNEL
from integrations.viber.rendering import Look, Message, render, render_welcome
from integrations.viber.status import Fate, ViberStatus, fate_of

_TOO_NEW = (ViberStatus.API_VERSION_NOT_SUPPORTED, ViberStatus.INCOMPATIBLE_WITH_VERSION)
_DEVICES = 20_000
_log = log("integrations.viber")


class Outbox:
    """Sends screens to people; remembers what level their devices have and who is gone."""

    def __init__(self, client: ViberClient, desk: Desk, look: Look, now: Clock) -> None:
        self._client = client
        self._desk = desk
        self._look = look
        self._now = now
        self._limiter = UnansweredLimiter()
        self._levels: OrderedDict[str, int] = OrderedDict()

    def heard(self, callback: Callback) -> None:
        """A person did something: their device's level is known, and after a message Viber counts from nothing."""
        person = callback.person_id
        if person is None:
            return
        if callback.event == EventType.MESSAGE:
            self._limiter.answered(person)
        if callback.person.api_version is not None:
            self._remember(person, max(callback.person.api_version, PLAIN))

    def welcome(self, external_id: str, screen: Screen) -> Message:
        """The message for the body of an answer to conversation_started; it has no receiver."""
        return render_welcome(screen, self._look, self._level(external_id))

    async def deliver(self, external_id: str, screen: Screen, *, insists: bool = False) -> str:
        """The id of the last message. A device too old for the styling gets the plainest drawing.

        `insists`: somebody waits for it, so twice is better than never. Raises Unavailable, Rejected, Ambiguous.
        """
        level, sent = self._level(external_id), ""
        for place, message in enumerate(render(screen, self._look, level)):
            try:
                sent = await self._part(external_id, screen, place, message, insists=insists)
            except Unavailable as error:
                if place == 0 or insists:
                    raise
                raise Ambiguous(SYSTEM, error.operation, error.code) from error  # a part of it is there
        return sent

    async def _part(self, external_id: str, screen: Screen, place: int, message: Message, *, insists: bool) -> str:
        try:
            return await self._send(external_id, message, insists=insists)
        except Rejected as refusal:
            if refusal.code not in _TOO_NEW or "min_api_version" not in message:
                await self._give_up(external_id, refusal)
                raise
            self._remember(external_id, PLAIN)
            return await self._send_plain(external_id, render(screen, self._look, PLAIN)[place], insists=insists)

    async def _send_plain(self, external_id: str, message: Message, *, insists: bool) -> str:
        _log.info("viber screen drawn plain", person=external_id)
        try:
            return await self._send(external_id, message, insists=insists)
        except Rejected as refusal:
            await self._give_up(external_id, refusal)
            raise

    async def _send(self, external_id: str, message: Message, *, insists: bool) -> str:
        now = self._now()
        if not self._limiter.spend(external_id, now):
            _log.warning("viber hourly limit of unanswered messages", person=external_id)
            raise Unavailable(SYSTEM, "send_message", ViberStatus.TOO_MANY_REQUESTS)
        sent = await self._client.send_message(external_id, message, insists=insists)
        if sent.message_id:
            await self._desk.sent(CHANNEL, external_id, sent.message_id, now, sent.billing)
        return sent.message_id or ""

    async def _give_up(self, external_id: str, refusal: Rejected) -> None:
        if isinstance(refusal.code, int) and fate_of(refusal.code) is Fate.GONE:
            await self._desk.unreachable(CHANNEL, external_id)

    def _level(self, external_id: str) -> int:
        return min(self._levels.get(external_id, NEWEST), NEWEST)

    def _remember(self, external_id: str, level: int) -> None:
        self._levels[external_id] = level
        self._levels.move_to_end(external_id)
        if len(self._levels) > _DEVICES:
            self._levels.popitem(last=False)
