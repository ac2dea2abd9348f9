"""One call on its way: whom it is for, what it asks and what came with it."""

from dataclasses import dataclass
from typing import Any

from sandbox.telegram.courier import Courier
from sandbox.telegram.people import Chat
from sandbox.telegram.places import writable_chat
from sandbox.telegram.upload import Upload
from sandbox.telegram.world import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """Checked parameters and the uploads `attach://` may point to."""

    world: World
    courier: Courier
    asked: Json
    files: dict[str, Upload]

    def chat(self) -> Chat:
        """The chat the bot writes to. Raises ApiError where it cannot."""
        return writable_chat(self.world, self.asked)

    def spend(self, chat: Chat, messages: int = 1) -> None:
        """Counts against the limits of sending. Raises ApiError 429."""
        self.world.limits.spend(chat, messages, self.world.clock.time())
