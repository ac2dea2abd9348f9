"""The whole state of one Viber sandbox, and the ways by which a message reaches a chat."""

import base64
import secrets
from collections import deque
from collections.abc import Callable
from typing import Any

from sandbox.clock import Clock
from sandbox.viber import webhook_events
from sandbox.viber.account import Account
from sandbox.viber.callbacks import Callback, Courier
from sandbox.viber.faults import Faults
from sandbox.viber.feed import Feed
from sandbox.viber.media import Media
from sandbox.viber.message import Message
from sandbox.viber.person import Entry, Person

Json = dict[str, Any]
MOST_PEOPLE = 1000
CALLS_LENGTH = 1000


class World:
    """One bot account, the people who have Viber, and time."""

    def __init__(self, token: str, name: str, now: Callable[[], float]) -> None:
        self.clock = Clock(now)
        self.account = Account(token, name)
        self.faults = Faults()
        self.feed = Feed()
        self.media = Media()
        self.people: dict[str, Person] = {}
        self.calls: deque[Json] = deque(maxlen=CALLS_LENGTH)
        self._tokens = webhook_events.Tokens()
        self._entries = 0
        self.courier = Courier(self.account, self.clock, self.faults, self.feed, self.token)

    def token(self) -> int:
        return self._tokens.next(self.clock.milliseconds())

    def add_person(self, fields: Json) -> Person:
        """A new person, or the same one again when the id is known."""
        person_id = fields.pop("id", None) or base64.b64encode(secrets.token_bytes(16)).decode()
        known = self.people.get(person_id)
        if known is None and len(self.people) >= MOST_PEOPLE:
            raise OverflowError("too many people: POST reset first")
        phone = f"38067{secrets.randbelow(10**7):07}"
        person = known or Person(person_id, "Олена Коваль", phone)
        for name, value in fields.items():
            setattr(person, name, value)
        self.people[person.id] = person
        self.feed.tell("user", person.id)
        return person

    def emit(self, kind: str, person: Person, token: int | None = None, **fields: Any) -> Callback | None:
        """Send the event if the bot asked for such events."""
        if not self.account.hears(kind):
            return None
        body = webhook_events.event(kind, self.clock.milliseconds(), token or self.token(), **fields)
        return self.courier.send(body, person.id)

    def show(self, person: Person, message: Message, token: int) -> None:
        """The message comes to the person's devices: a keyboard goes with the last message and leaves with the next."""
        now = self.clock.milliseconds()
        if fault := self.faults.take(person.id, "failed_event", "no_desc"):
            self._fail(person, message, token, described=fault.kind == "failed_event")
            return
        person.keyboard, person.keyboard_level = message.keyboard, message.level
        person.tracking_data = message.tracking_data
        if message.kind:
            self.add_entry(person, self._bot_entry(message, token, now))
        self.feed.tell("message", person.id, token=str(token))
        for _ in range(person.devices):
            self.emit("delivered", person, token, user_id=person.id)

    def add_entry(self, person: Person, entry: Entry) -> None:
        person.chat.append(entry)

    def next_entry_id(self) -> int:
        self._entries += 1
        return self._entries

    async def reset(self, *, webhook: bool) -> None:
        """Everybody and every log gone, time as it is; the webhook stays unless it is to go too."""
        await self.courier.close()
        self.courier.log.clear()
        self.people.clear()
        self.calls.clear()
        self.faults.clear()
        self.media.clear()
        self.clock.reset()
        self.account.free_used.clear()
        if webhook:
            self.account.unregister()
        self.feed.tell("reset")

    def _fail(self, person: Person, message: Message, token: int, *, described: bool) -> None:
        entry = self._bot_entry(message, token, self.clock.milliseconds())
        entry.status = "failed"
        self.add_entry(person, entry)
        self.feed.tell("message", person.id, token=str(token))
        if self.account.hears("failed"):
            at = self.clock.milliseconds()
            self.courier.send(webhook_events.failed(at, token, person.id, described=described), person.id)

    def _bot_entry(self, message: Message, token: int, at: int) -> Entry:
        sender = message.sender or self.account.name
        kind = message.kind or "keyboard"
        entry_id = self.next_entry_id()
        return Entry(entry_id, token, "bot", kind, message.content, at, "delivered", sender, message.level)
