"""Health for whoever watches, pictures for whoever looks, and the messengers' webhooks."""

import hmac
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.incoming import is_here

BODY_LIMIT = 1024 * 1024
Ready = Callable[[], Awaitable[dict[str, str]]]
"""What is not ready, by name; empty when all is."""


def create_app(
    routes: Iterable[web.RouteDef],
    *,
    ready: Ready,
    media: Path,
    metrics: CollectorRegistry,
    metrics_token: str = "",
    behind_proxy: bool = False,
) -> web.Application:
    """The application with the routes of the integrations.

    `behind_proxy`: everyone may look like a caller of this machine, so `/metrics` wants its token from all.
    """
    app = web.Application(client_max_size=BODY_LIMIT)
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/readyz", _readiness(ready))
    app.router.add_get("/metrics", _metrics(metrics, metrics_token, behind_proxy))
    app.router.add_get("/media/{name:.+}", _picture(media))
    app.add_routes(routes)
    return app


def turn_meter(registry: CollectorRegistry) -> Callable[[str, str, float], None]:
    """Counts and times every turn of the conversation."""
    turns = Histogram(
        "komora_turn_seconds", "Turns of the conversation", ["channel", "kind"], registry=registry,
        buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    )  # fmt: skip
    return lambda channel, kind, seconds: turns.labels(channel, kind).observe(seconds)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def _alive(_: web.Request) -> web.Response:
    return web.json_response({"status": "alive"})


def _readiness(ready: Ready) -> Handler:
    async def readiness(_: web.Request) -> web.Response:
        missing = await ready()
        state = "waiting" if missing else "ready"
        return web.json_response({"status": state, "missing": missing}, status=503 if missing else 200)

    return readiness


def _metrics(registry: CollectorRegistry, token: str, behind_proxy: bool) -> Handler:
    async def metrics(request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").encode()
        allowed = bool(token) and hmac.compare_digest(given, f"Bearer {token}".encode())
        if not allowed and (behind_proxy or not _from_here(request)):
            raise web.HTTPForbidden
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return metrics


def _from_here(request: web.Request) -> bool:
    """A direct caller on this machine; one that came through a proxy is not."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    return is_here(request.remote or "")


def _picture(media: Path) -> Handler:
    root = media.resolve()

    async def picture(request: web.Request) -> web.StreamResponse:
        path = _inside(root, request.match_info["name"])
        if path is None or path.suffix.lower() not in {".png", ".jpg", ".jpeg", ".gif"}:
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Cache-Control": "public, max-age=86400"})

    return picture


def _inside(root: Path, name: str) -> Path | None:
    """The file of that name; None where there is none, or where no file could have such a name."""
    try:
        path = (root / name).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (ValueError, OSError):
        return None
