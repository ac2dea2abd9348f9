"""A mail server in memory: letters can be read, and come back when a test says so."""

from collections.abc import Sequence

from bot.domain.errors import OutsideError
from bot.domain.mail import Bounce, Letter, message_id


class Post:
    """Implements bot.ports.MailSender; fails as often as it is told to."""

    system = "mail"

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.errors: list[OutsideError] = []
        self.returned: list[Bounce] = []

    async def ping(self) -> None:
        pass

    async def check(self) -> str:
        return "post"

    async def send(self, letter: Letter) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.letters.append(letter)
        return message_id(letter.key, "shop.example")

    async def bounces(self) -> Sequence[Bounce]:
        return tuple(self.returned[:2])

    async def forget(self, bounces: Sequence[Bounce]) -> None:
        self.returned = [one for one in self.returned if one not in bounces]
