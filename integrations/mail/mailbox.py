"""The mailbox of letters that came back, by POP3: read within bounds, emptied of what was asked for alone."""

import poplib
import re
import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import BinaryIO

from bot.domain.errors import Rejected, Unavailable
from bot.logs import log
from integrations.mail.config import Server
from integrations.mail.message import SYSTEM

STEP = 15.0
WHOLE = 120.0
"""Seconds of one answer's silence, and of a whole reading."""
MOST_LETTERS = 100
LARGEST = 256 * 1024
LINES = 1500
"""A letter over `LARGEST` bytes is read to so many lines: what it says of the failure stands before the original."""
MOST_BYTES = 32 * 1024 * 1024
_FOR_LATER = re.compile(rb"\[(?:SYS/TEMP|IN-USE|LOGIN-DELAY)\]", re.IGNORECASE)

_log = log("integrations.mail")


class _TooMuch(OSError):
    """The server says more than we listen to."""


class _Bounded:
    """What the server says, of so many bytes and until a moment: poplib itself would listen to the end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = MOST_BYTES
        self._until = time.monotonic() + WHOLE

    def readline(self, limit: int) -> bytes:
        """A line over the limit is cut: poplib would give up the whole conversation for it."""
        line = rest = self._read(limit)
        while rest and not rest.endswith(b"\n"):
            rest = self._read(limit)
        return line if line.endswith(b"\n") or len(line) < limit else line[: limit - 3] + b"\r\n"

    def _read(self, limit: int) -> bytes:
        piece = self._file.readline(limit)
        self._left -= len(piece)
        if self._left < 0:
            raise _TooMuch
        if time.monotonic() > self._until:
            raise TimeoutError
        return piece

    def close(self) -> None:
        self._file.close()


class Mailbox:
    """Every method blocks, so it is called in a thread; one at a time, for a mailbox lets in one."""

    def __init__(self, server: Server, tls: ssl.SSLContext) -> None:
        self._server = server
        self._tls = tls

    def count(self) -> int:
        """Letters in it. Raises Unavailable, Rejected."""
        with self._opened("mailbox") as pop:
            return pop.stat()[0]

    def read(self, known: Collection[str]) -> tuple[set[str], dict[str, bytes]]:
        """The names of all letters, and some of those that are not `known`, oldest first; empty is one without end.

        Raises Unavailable, Rejected.
        """
        letters: dict[str, bytes] = {}
        with self._opened("bounces", deletes=False) as pop:
            names, sizes = _names(pop), _sizes(pop)
            fresh = [number for number, name in names.items() if name not in known][:MOST_LETTERS]
            for number in fresh:
                try:
                    letters[names[number]] = _letter(pop, number, sizes.get(number, 0))
                except _TooMuch:
                    letters |= {} if letters else {names[number]: b""}  # alone it is too much, else it comes next time
                    break
        return set(names.values()), letters

    def delete(self, gone: Collection[str]) -> None:
        """Those that are still there. Raises Unavailable, Rejected."""
        with self._opened("forget") as pop:
            for number, name in _names(pop).items():
                if name in gone:
                    pop.dele(number)

    @contextmanager
    def _opened(self, operation: str, *, deletes: bool = True) -> Iterator[poplib.POP3]:
        """What was deleted is gone only if the block ends well: the server waits for the good-bye."""
        try:
            pop = self._connected()
            try:
                self._log_in(pop, operation)
                yield pop
                with nullcontext() if deletes else suppress(poplib.error_proto, OSError):
                    pop.quit()
            finally:
                with suppress(OSError):
                    pop.close()
        except ssl.SSLCertVerificationError:
            raise _refused(operation, "certificate") from None
        except (poplib.error_proto, OSError, ValueError) as error:
            raise Unavailable(SYSTEM, operation, type(error).__name__) from None

    def _connected(self) -> poplib.POP3:
        server = self._server
        if server.tls:
            pop: poplib.POP3 = poplib.POP3_SSL(server.host, server.port, timeout=STEP, context=self._tls)
        else:
            pop = poplib.POP3(server.host, server.port, timeout=STEP)
        pop.file = _Bounded(pop.file)  # type: ignore[assignment]
        return pop

    def _log_in(self, pop: poplib.POP3, operation: str) -> None:
        try:
            pop.user(self._server.user)
            pop.pass_(self._server.password)
        except poplib.error_proto as error:
            said = error.args[0] if error.args and isinstance(error.args[0], bytes) else b""
            if said.startswith(b"-ERR") and not _FOR_LATER.search(said):
                raise _refused(operation, "login") from None
            raise


def _names(pop: poplib.POP3) -> dict[int, str]:
    """Of each letter the name that it keeps from one reading to the next."""
    return dict(_pairs(pop.uidl()[1]))


def _sizes(pop: poplib.POP3) -> dict[int, int]:
    return {number: int(size) for number, size in _pairs(pop.list()[1]) if size.isdecimal()}


def _pairs(lines: list[bytes]) -> Iterator[tuple[int, str]]:
    for line in lines:
        number, _, value = line.decode("ascii", "replace").partition(" ")
        if number.isdecimal() and value.strip():
            yield int(number), value.strip()


def _letter(pop: poplib.POP3, number: int, size: int) -> bytes:
    lines = pop.top(number, LINES)[1] if size > LARGEST else pop.retr(number)[1]
    return b"\r\n".join(lines)


def _refused(operation: str, code: str) -> Rejected:
    error = Rejected(SYSTEM, operation, code)
    error.of_system = True
    _log.critical("mailbox of returned letters lets nobody in", operation=operation, code=code)
    return error
