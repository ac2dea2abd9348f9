"""The server's side of POP3 (RFC 1939) over the mailbox of what came back."""

import asyncio
import hmac
import ssl
from collections.abc import Callable
from contextlib import suppress

from sandbox.mail.office import Office

LONGEST_LINE = 512
IDLE = 60.0
MOST_SESSIONS = 20


class Pop3Server:
    """Lets one in at a time; what was deleted is gone at QUIT and not before."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.is_taken = False

    async def listen(self, port: int, *, tls: ssl.SSLContext | None = None) -> int:
        """Returns the port."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", port, limit=LONGEST_LINE, ssl=tls)
        self._servers.append(server)
        found: int = server.sockets[0].getsockname()[1]
        return found

    async def close(self) -> None:
        for server in self._servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._tasks) >= MOST_SESSIONS:
            writer.close()
            return
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = _Session(self._office, self)
        try:
            writer.write(b"+OK Komora sandbox\r\n")
            with suppress(ConnectionError, TimeoutError, ValueError):
                while not session.is_over:
                    await writer.drain()
                    line = await asyncio.wait_for(reader.readline(), IDLE)
                    if not line.endswith(b"\n"):
                        return
                    writer.write(await session.answer(line.decode("utf-8", "replace").strip()))
                await writer.drain()
        finally:
            session.leave()
            writer.close()


class _Session:
    """One connection: its letters are those that were there when it was let in, numbered from 1."""

    def __init__(self, office: Office, server: Pop3Server) -> None:
        self._office = office
        self._server = server
        self._user = ""
        self._is_in = False
        self._letters: list[tuple[int, bytes]] = []
        self._deleted: set[int] = set()
        self.is_over = False

    def leave(self) -> None:
        if self._is_in:
            self._server.is_taken = False
        self._is_in = False

    async def answer(self, line: str) -> bytes:
        verb, _, argument = line.partition(" ")
        fault = self._office.faults.take("quit" if verb.upper() == "QUIT" else "pop3")
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind == "drop":
            raise ConnectionAbortedError
        reply = b"-ERR Sandbox fault\r\n" if fault and fault.kind == "refuse" else self._reply(verb.upper(), argument)
        self._office.called(f"POP3 {verb.upper()[:10]}", reply.partition(b"\r\n")[0].decode("ascii", "replace"))
        if fault and fault.kind == "lost_answer":
            raise ConnectionAbortedError
        return reply

    def _reply(self, verb: str, argument: str) -> bytes:
        known: dict[str, Callable[[str], bytes]]
        known = {"USER": self._name, "PASS": self._let_in, "CAPA": _able, "QUIT": self._quit}
        inside: dict[str, Callable[[str], bytes]] = {
            "STAT": self._stat, "LIST": self._list, "UIDL": self._uidl, "RETR": self._retr, "TOP": self._top,
            "DELE": self._dele, "RSET": self._rset, "NOOP": lambda _: b"+OK\r\n",
        }  # fmt: skip
        known |= inside if self._is_in else {}
        try:
            return known[verb](argument)
        except (KeyError, ValueError, IndexError):
            return b"-ERR Not understood\r\n"

    def _name(self, argument: str) -> bytes:
        self._user = argument
        return b"+OK\r\n"

    def _let_in(self, password: str) -> bytes:
        office = self._office
        right = hmac.compare_digest(self._user.encode(), office.user.encode()) & hmac.compare_digest(
            password.encode(), office.password.encode()
        )
        if not right or self._is_in:
            return b"-ERR [AUTH] Wrong name or password\r\n"
        if self._server.is_taken:
            return b"-ERR [IN-USE] Somebody is reading\r\n"
        self._server.is_taken = self._is_in = True
        self._letters = list(office.returns.present(office.now()).items())
        return b"+OK\r\n"

    def _left(self) -> dict[int, bytes]:
        return {place: one for place, (_, one) in enumerate(self._letters, 1) if place not in self._deleted}

    def _stat(self, _: str) -> bytes:
        left = self._left()
        return b"+OK %d %d\r\n" % (len(left), sum(map(len, left.values())))

    def _list(self, argument: str) -> bytes:
        return self._listed(argument, {place: b"%d" % len(one) for place, one in self._left().items()})

    def _uidl(self, argument: str) -> bytes:
        return self._listed(argument, {place: b"return-%d" % self._letters[place - 1][0] for place in self._left()})

    def _listed(self, argument: str, rows: dict[int, bytes]) -> bytes:
        if argument:
            return b"+OK %d %s\r\n" % (int(argument), rows[int(argument)])
        return b"+OK\r\n" + b"".join(b"%d %s\r\n" % row for row in rows.items()) + b".\r\n"

    def _retr(self, argument: str) -> bytes:
        return b"+OK\r\n" + _stuffed(self._left()[int(argument)]) + b".\r\n"

    def _top(self, argument: str) -> bytes:
        place, lines = map(int, argument.split())
        heads, _, body = self._left()[place].partition(b"\r\n\r\n")
        shown = b"\r\n".join(body.split(b"\r\n")[:lines])
        return b"+OK\r\n" + _stuffed(heads + b"\r\n\r\n" + shown) + b".\r\n"

    def _dele(self, argument: str) -> bytes:
        self._left()[int(argument)]
        self._deleted.add(int(argument))
        return b"+OK\r\n"

    def _rset(self, _: str) -> bytes:
        self._deleted.clear()
        return b"+OK\r\n"

    def _quit(self, _: str) -> bytes:
        self._office.returns.delete({self._letters[place - 1][0] for place in self._deleted})
        self.is_over = True
        return b"+OK Bye\r\n"


def _able(_: str) -> bytes:
    return b"+OK\r\nUSER\r\nUIDL\r\nTOP\r\nRESP-CODES\r\n.\r\n"


def _stuffed(letter: bytes) -> bytes:
    lines = letter.removesuffix(b"\r\n").split(b"\r\n")
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)
