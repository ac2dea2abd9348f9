"""The people of the demo: who holds a phone, and how the sandboxes come to know them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from aiohttp import ClientSession, ClientTimeout

from sandbox.demo.settings import FINANCE_CHAT, LAWYERS_CHAT, MANAGERS_CHAT

TIMEOUT = ClientTimeout(total=5)
VIBER_API_VERSION = 10


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the wholesaler's own people, with the one of them whose phone the page shows; a forum has topics."""

    desk: str
    chat: int
    title: str
    member: int
    first_name: str
    last_name: str
    forum: bool = False

    def as_json(self) -> dict[str, int]:
        return {"user": self.member, "chat": self.chat}


GROUPS = (
    Group("managers", MANAGERS_CHAT, "Менеджери ГастроОпт", 1900, "Оксана", "Мельник", forum=True),
    Group("finance", FINANCE_CHAT, "Фінанси ГастроОпт", 1901, "Галина", "Бойко"),
    Group("lawyers", LAWYERS_CHAT, "Юристи ГастроОпт", 1902, "Юрій", "Левчук"),
)
PLAIN_GROUPS = tuple(replace(group, forum=False) for group in GROUPS)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody with a phone; `client` is empty for one the wholesaler does not know, an id is None where
    the person has no account in that messenger. `phone` is digits with the country code."""

    name: str
    role: str
    client: str
    phone: str
    telegram_user: int | None
    viber_user: str | None

    def as_json(self) -> dict[str, str | int | None]:
        return asdict(self)


async def seed(base_url: str, people: Sequence[DemoPerson], groups: Sequence[Group] = ()) -> None:
    """Creates these people in the messengers' sandboxes mounted under `base_url`, and the staff's groups.

    Raises aiohttp.ClientError when a sandbox refuses or does not answer.
    """
    base = base_url.rstrip("/")
    async with ClientSession(timeout=TIMEOUT, raise_for_status=True) as http:
        for person in people:
            if person.telegram_user is not None:
                await http.post(f"{base}/telegram/_control/users", json=_telegram(person))
            if person.viber_user is not None:
                await http.post(f"{base}/viber/_control/users", json=_viber(person))
        for group in groups:
            await http.post(f"{base}/telegram/_control/users", json=_member(group))
            await http.post(f"{base}/telegram/_control/chats", json=_group(group))


def _member(group: Group) -> dict[str, object]:
    return {
        "id": group.member,
        "first_name": group.first_name,
        "last_name": group.last_name,
        "username": f"demo_{group.desk}",
        "language_code": "uk",
    }


def _group(group: Group) -> dict[str, object]:
    return {
        "id": group.chat,
        "title": group.title,
        "type": "supergroup",
        "is_forum": group.forum,
        "members": [group.member],
        "administrators": [group.member],
        "bot": "administrator",
    }


def _telegram(person: DemoPerson) -> dict[str, object]:
    first, _, last = person.name.partition(" ")
    return {
        "id": person.telegram_user,
        "first_name": first,
        "last_name": last,
        "username": f"demo_{person.telegram_user}",
        "language_code": "uk",
        "phone": person.phone,
    }


def _viber(person: DemoPerson) -> dict[str, object]:
    return {
        "id": person.viber_user,
        "name": person.name,
        "phone": person.phone,
        "language": "uk",
        "country": "UA",
        "api_version": VIBER_API_VERSION,
    }
