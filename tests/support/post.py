"""A mail server in memory: letters can be read, and come back when a test says so."""

from collections.abc import Awaitable, Callable, Sequence

from bot.domain.errors import OutsideError
from bot.domain.mail import Bounce, Letter, message_id


class Post:
    """Implements bot.ports.MailSender; fails as often as it is told to."""

    system = "mail"

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.errors: list[OutsideError] = []
        self.after: list[OutsideError] = []
        """What goes wrong once a letter was taken."""
        self.shut: OutsideError | None = None
        """Why nobody may read what came back."""
        self.returned: list[Bounce] = []
        self.meanwhile: Callable[[], Awaitable[None]] = _nothing

    async def ping(self) -> None:
        pass

    async def check(self) -> str:
        return "post"

    def identity(self, key: str) -> str:
        return message_id(key, "shop.example")

    async def send(self, letter: Letter) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.letters.append(letter)
        await self.meanwhile()
        if self.after:
            raise self.after.pop(0)
        return self.identity(letter.key)

    def come_back(self, address: str, reason: str) -> None:
        """The last letter."""
        self.returned.append(Bounce(self.identity(self.letters[-1].key), address, reason == "5.1.1", reason))

    async def bounces(self) -> Sequence[Bounce]:
        if self.shut:
            raise self.shut
        return tuple(self.returned[:2])

    async def forget(self, bounces: Sequence[Bounce]) -> None:
        self.returned = [one for one in self.returned if one not in bounces]


async def _nothing() -> None:
    pass
