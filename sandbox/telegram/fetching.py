"""Files given by an address: fetched as Telegram does, but from loopback only."""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.upload import Upload
from sandbox.telegram.webhook import is_loopback
from sandbox.telegram.wire import read_bounded

PHOTO_LIMIT = 5 * 1024 * 1024
OTHER_LIMIT = 20 * 1024 * 1024
TIMEOUT = ClientTimeout(total=10)


async def fetch(url: str, kind: str) -> Upload:
    """Raises ApiError 400 when the address gives nothing, too much or what is not a picture."""
    parts = urlsplit(url)
    if not is_loopback(parts.hostname or ""):
        raise bad_request("failed to get HTTP URL content")
    try:
        async with ClientSession(timeout=TIMEOUT) as http, http.get(url, allow_redirects=False) as response:
            if response.status != 200:
                raise bad_request("failed to get HTTP URL content")
            if kind == "photo" and not response.content_type.startswith("image/"):
                raise bad_request("wrong type of the web page content")
            content = await read_bounded(response.content, PHOTO_LIMIT if kind == "photo" else OTHER_LIMIT)
    except (ClientError, OSError, TimeoutError, ValueError):
        raise bad_request("failed to get HTTP URL content") from None
    except ApiError as error:
        raise bad_request("failed to get HTTP URL content") if error.code == 413 else error from None
    return Upload(unquote(PurePosixPath(parts.path).name)[:255] or "file", content)
