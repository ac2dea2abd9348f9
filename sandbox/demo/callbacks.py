"""The demo's 1C tells the product at once what changed in it."""

from collections.abc import Mapping

from aiohttp import ClientSession, ClientTimeout

TIMEOUT = ClientTimeout(total=5)


async def call_back(base_url: str, product_url: str, keys: Mapping[str, str]) -> None:
    """Raises aiohttp.ClientError."""
    settings = {
        "url": f"{product_url}/1c/events",
        "user": keys["ONEC__EXCHANGE_USER"],
        "password": keys["ONEC__EXCHANGE_PASSWORD"],
        "on": True,
    }
    async with ClientSession(timeout=TIMEOUT, raise_for_status=True) as http:
        await http.post(f"{base_url.rstrip('/')}/onec/_control/callbacks", json=settings)
