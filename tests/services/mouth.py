"""A messenger in memory."""

from bot.conversation.screen import Screen, Traits
from bot.domain.errors import OutsideError
from tests.support.neutral import plain


class Mouth:
    """A messenger whose screens can be read, and which fails as often as it is told to."""

    channel = "viber"
    traits = Traits(
        can_edit=True, keeps_menu=False, text_limit=7000, caption_limit=768, label_limit=25, rows=24, row_width=6
    )

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.errors: list[OutsideError] = []
        self.renewed: list[tuple[str, str, str]] = []

    async def show(self, to: str, screen: Screen, *, thread: str = "", reply_to: str = "") -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.said.append((to, plain(screen.text)))
        return f"m{len(self.said)}"

    async def renew(self, to: str, message_id: str, screen: Screen) -> bool:
        self.renewed.append((to, message_id, plain(screen.text)))
        return True

    async def check(self) -> str:
        return "mouth"
