"""What people sent, fetched from Viber's own hosts and from nowhere else."""

from urllib.parse import urlsplit

import httpx

from bot.conversation.event import File
from bot.domain.errors import Rejected, Unavailable
from integrations.viber.client import SYSTEM
from integrations.viber.config import ViberSettings

DOWNLOAD_LIMIT = 20 * 1024 * 1024
TOO_LARGE = "too_large"
_HOSTS = ".viber.com"
_TIMEOUT = httpx.Timeout(60, connect=5, pool=5)


class Files:
    """Files by the address that came with a message; it expires, so it is not worth keeping."""

    def __init__(self, settings: ViberSettings, http: httpx.AsyncClient) -> None:
        self._api = urlsplit(settings.api_base)
        self._http = http

    async def fetch(self, file: File) -> bytes:
        """Raises Unavailable, Rejected."""
        if not self._is_theirs(file.ref):
            raise Rejected(SYSTEM, "fetch", "nothing to fetch")
        if file.size > DOWNLOAD_LIMIT:
            raise Rejected(SYSTEM, "fetch", TOO_LARGE)
        try:
            return await self._bounded(file.ref)
        except httpx.HTTPError as error:
            raise Unavailable(SYSTEM, "fetch", type(error).__name__) from None

    async def _bounded(self, url: str) -> bytes:
        async with self._http.stream("GET", url, timeout=_TIMEOUT, follow_redirects=False) as response:
            if response.status_code >= 500:
                raise Unavailable(SYSTEM, "fetch", response.status_code)
            if response.status_code != httpx.codes.OK:
                raise Rejected(SYSTEM, "fetch", response.status_code)
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > DOWNLOAD_LIMIT:
                    raise Rejected(SYSTEM, "fetch", TOO_LARGE)
            return bytes(content)

    def _is_theirs(self, url: str) -> bool:
        """Of Viber's media hosts, or of the very server whose API we call."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return False
        viber = parts.scheme == "https" and host.endswith(_HOSTS)
        return viber or (parts.scheme, parts.netloc) == (self._api.scheme, self._api.netloc)
