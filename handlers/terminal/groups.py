"""What `main.py check` says of the staff's groups: whether there can be topics, and what to do where not."""

from collections.abc import Mapping

from bot.conversation.messenger import PlaceRights, Topics
from bot.domain.errors import Rejected
from bot.domain.notice import FINANCE, MANAGERS
from bot.process import CannotStart

NAMES = {MANAGERS: "група менеджерів", FINANCE: "група фінансів"}
ADMINISTRATOR = "зробіть бота адміністратором групи"


async def standing(topics: Topics, groups: Mapping[str, str]) -> list[str]:
    """A line for each group. Raises CannotStart where the bot is not in one."""
    return [f"       {NAMES.get(desk, desk)}: {await _of(topics, group)}" for desk, group in groups.items()]


async def _of(topics: Topics, group: str) -> str:
    try:
        rights = await topics.rights(group)
    except Rejected as error:
        raise CannotStart(
            f"групу {group} не видно ({error.code}): додайте бота до неї й перевірте номер у налаштуваннях"
        ) from error
    if not rights.member:
        raise CannotStart(f"у групі {group} немає бота: додайте його")
    return f"«{rights.title}», {_found(rights)}"


def _found(rights: PlaceRights) -> str:
    if not rights.forum:
        return "тем немає, відповідають реплікою на повідомлення бота: увімкніть у групі «Теми» (docs/desk.md)"
    if not rights.topics:
        return f"бот не може вести теми: {ADMINISTRATOR} з правом «Керування темами»"
    if not rights.pins:
        return f"теми є, картки не закріпляються: {ADMINISTRATOR} з правом «Закріплення повідомлень»"
    return "тема на кожного клієнта"
