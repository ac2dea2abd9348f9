"""The web face: pictures for whoever looks, metrics for whoever may."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry
from yarl import URL

from bot.web.app import create_app


@asynccontextmanager
async def face(media: Path, *, behind_proxy: bool = False, token: str = "") -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    async def ready() -> dict[str, str]:
        return {}

    app = create_app(
        [], ready=ready, media=media, metrics=CollectorRegistry(), metrics_token=token, behind_proxy=behind_proxy
    )
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.mark.parametrize("name", ["a%00.png", f"{'a' * 300}.png", "..%2Fsecret.png", "none.png", "notes.txt"])
async def test_what_is_no_picture_is_not_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "notes.txt").write_text("notes")
    async with face(tmp_path / "media") as client:
        answer = await client.get(URL(f"/media/{name}", encoded=True))
        assert answer.status == 404


async def test_a_picture_is_given(tmp_path: Path) -> None:
    (tmp_path / "milk.png").write_bytes(b"milk")
    async with face(tmp_path) as client:
        assert await (await client.get("/media/milk.png")).read() == b"milk"


@pytest.mark.parametrize(
    ("behind_proxy", "given", "status"),
    [(False, "", 200), (True, "", 403), (True, "Bearer wrong", 403), (True, "Bearer key", 200)],
)
async def test_metrics_behind_a_proxy_want_their_token(
    tmp_path: Path, behind_proxy: bool, given: str, status: int
) -> None:
    async with face(tmp_path, behind_proxy=behind_proxy, token="key") as client:
        answer = await client.get("/metrics", headers={"Authorization": given})
        assert answer.status == status
