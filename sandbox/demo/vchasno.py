"""The demo's Vchasno: it knows the clients, its letters reach the demo's mail, the director signs at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import ClientSession, ClientTimeout

TIMEOUT = ClientTimeout(total=5)
DIRECTOR = {"director": "signs_and_sends", "director_after": 2}


async def introduce(base_url: str, clients: Sequence[Mapping[str, Any]], mail: str) -> None:
    """Legal entities are registered, others are known by name. Raises aiohttp.ClientError."""
    control = f"{base_url.rstrip('/')}/vchasno/_control"
    async with ClientSession(timeout=TIMEOUT, raise_for_status=True) as http:
        for client in clients:
            await http.post(f"{control}/companies", json=_company(client))
        await http.post(f"{control}/mail", json={"url": mail})
        await http.post(f"{control}/settings", json=DIRECTOR)


def _company(client: Mapping[str, Any]) -> dict[str, object]:
    signer = next((str(person["name"]) for person in client["people"] if person.get("signs")), "")
    first, _, last = signer.partition(" ")
    return {
        "edrpou": client["tax_code"],
        "name": client["name"],
        "registered": client["kind"] == "legal",
        "signer": f"{last} {first}".strip(),
    }
