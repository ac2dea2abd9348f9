"""One session with a site: requests one after another as a base sends them, and what they were answered."""

import asyncio
import io
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar
from yarl import URL

from sandbox.onec.exchange_port import Settings, Transcript

SHOWN = 300
PATIENCE = 10_000
"""How often `progress` may come in a row."""
TIMEOUT = ClientTimeout(total=120)
BREAKS = (UnicodeDecodeError, LookupError)


class Broken(Exception):
    """The dialogue cannot go on; the transcript says after what."""


@dataclass
class Dialogue:
    """What `checkauth` and `init` of the site gave, and the transcript so far."""

    http: ClientSession
    settings: Settings
    basic_always: bool
    transcript: Transcript = field(default_factory=list)
    cookie: str = ""
    extras: dict[str, str] = field(default_factory=dict)
    """`sessid` and the like, echoed in every later request."""
    zip: bool = False
    file_limit: int = 0
    site_version: str = ""
    started: str = ""

    async def open(self, kind: str) -> None:
        """`checkauth` and `init`; raises Broken."""
        self.cookie, self.extras = "", {}
        lines = await self.say(kind, "checkauth")
        if len(lines) < 3 or lines[0] != "success":
            raise Broken
        self.cookie = f"{lines[1]}={lines[2]}"
        self.extras = _pairs(lines[3:], "sessid")
        self.started = next((line for line in lines[3:] if line.isdigit()), "")
        version: dict[str, str] = {"version": self.settings.version} if self.settings.dialect == "bitrix" else {}
        told = _pairs(await self.say(kind, "init", version), "zip", "file_limit", "sessid", "version")
        if "zip" not in told or not told.get("file_limit", "").isdigit():
            raise Broken
        self.zip = told["zip"] == "yes" and self.settings.zip
        self.file_limit = int(told["file_limit"])
        self.site_version = told.get("version", "")
        self.extras |= {name: value for name, value in told.items() if name == "sessid"}

    async def upload(self, kind: str, name: str, content: BinaryIO) -> None:
        """The file in parts that the site appends."""
        limits = [limit for limit in (self.file_limit, self.settings.part_bytes) if limit > 0]
        content.seek(0)
        while part := content.read(min(limits) if limits else -1):
            if (await self.say(kind, "file", {"filename": name}, part))[0] != "success":
                raise Broken

    async def load(self, kind: str, name: str) -> None:
        """`mode=import`, repeated while the site is at work."""
        for _ in range(PATIENCE):
            first = (await self.say(kind, "import", {"filename": name}))[0]
            if first == "success":
                return
            if first != "progress":
                break
        raise Broken

    async def finish(self, kind: str, mode: str, more: dict[str, str] | None = None) -> None:
        """A step that must be answered by `success`."""
        if (await self.say(kind, mode, more))[0] != "success":
            raise Broken

    async def say(
        self, kind: str, mode: str, more: dict[str, str] | None = None, body: bytes | None = None
    ) -> list[str]:
        """The lines of the answer; at least one."""
        reply = (await self.ask(kind, mode, more, body)).removeprefix(b"\xef\xbb\xbf")
        return [line.strip() for line in _words(reply).strip().split("\n")]

    async def ask(self, kind: str, mode: str, more: dict[str, str] | None = None, body: bytes | None = None) -> bytes:
        """The answer as it is; raises Broken where there is none or its status is not 200."""
        if self.settings.interrupt_after is not None and len(self.transcript) >= self.settings.interrupt_after:
            raise Broken
        query = {"type": kind, "mode": mode, **(self.extras if mode != "checkauth" else {}), **(more or {})}
        step = " ".join([kind, mode, *(more or {}).values()])
        try:
            status, reply = await self._send(query, body, with_basic=self.basic_always or mode == "checkauth")
        except (ClientError, TimeoutError, asyncio.IncompleteReadError) as trouble:
            self.transcript.append({"step": step, "status": 0, "reply": type(trouble).__name__})
            raise Broken from trouble
        self.transcript.append({"step": step, "status": status, "reply": _words(reply)[:SHOWN]})
        if status != 200:
            raise Broken
        return reply

    async def _send(self, query: dict[str, str], body: bytes | None, *, with_basic: bool) -> tuple[int, bytes]:
        login = b64encode(f"{self.settings.user}:{self.settings.password}".encode()).decode()
        headers = {"User-Agent": "1C+Enterprise/8.3", "Accept-Encoding": "gzip"}
        headers |= {"Authorization": f"Basic {login}"} if with_basic and self.settings.user else {}
        headers |= {"Cookie": self.cookie} if self.cookie else {}
        headers |= {"Content-Type": "application/octet-stream"} if body is not None else {}
        method = "GET" if body is None else "POST"
        address = URL(self.settings.url).update_query(query)
        data = None if body is None else io.BytesIO(body)
        async with self.http.request(method, address, data=data, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.read()


def _pairs(lines: list[str], *names: str) -> dict[str, str]:
    """The lines name=value with one of the names."""
    parts = (line.partition("=") for line in lines)
    return {name: value for name, _, value in parts if name in names}


def _words(reply: bytes) -> str:
    """A site in windows-1251 says so nowhere in its short answers."""
    for encoding in ("utf-8-sig", "windows-1251"):
        try:
            return reply.decode(encoding)
        except BREAKS:
            continue
    return reply.decode("latin-1")


@asynccontextmanager
async def dialogue(settings: Settings, *, basic_always: bool) -> AsyncIterator[Dialogue]:
    """A session that keeps no cookies of its own: a base sends the one it was given and no other."""
    async with ClientSession(cookie_jar=DummyCookieJar(), timeout=TIMEOUT) as http:
        yield Dialogue(http, settings, basic_always)
