"""The people of the demo: who holds a phone, and how the sandboxes come to know them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from aiohttp import ClientSession, ClientTimeout

TIMEOUT = ClientTimeout(total=5)
VIBER_API_VERSION = 10
MANAGER = {
    "id": 1900,
    "first_name": "Оксана",
    "last_name": "Мельник",
    "username": "demo_manager",
    "language_code": "uk",
}
"""Somebody of the wholesaler's own people."""


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


async def seed(base_url: str, people: Sequence[DemoPerson], managers_chat: int | None = None) -> None:
    """Creates these people in the messengers' sandboxes mounted under `base_url`, and the managers' group.

    Raises aiohttp.ClientError when a sandbox refuses or does not answer.
    """
    base = base_url.rstrip("/")
    async with ClientSession(timeout=TIMEOUT, raise_for_status=True) as http:
        for person in people:
            if person.telegram_user is not None:
                await http.post(f"{base}/telegram/_control/users", json=_telegram(person))
            if person.viber_user is not None:
                await http.post(f"{base}/viber/_control/users", json=_viber(person))
        if managers_chat is not None:
            await http.post(f"{base}/telegram/_control/users", json=MANAGER)
            await http.post(f"{base}/telegram/_control/chats", json=_group(managers_chat))


def _group(chat: int) -> dict[str, object]:
    return {
        "id": chat,
        "title": "Менеджери ГастроОпт",
        "type": "supergroup",
        "members": [MANAGER["id"]],
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
