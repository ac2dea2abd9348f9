"""Orders in both directions: handed out, confirmed, and taken back as 1C has them."""

import asyncio
from collections.abc import Iterator
from itertools import islice

from aiohttp import web

from bot.domain.accounting import OrderRecord
from bot.logs import log
from bot.ports import Clock, ExchangeDesk
from integrations.onec.exchange import orders_reading, orders_xml, words
from integrations.onec.exchange.config import ExchangeSettings
from integrations.onec.exchange.order_record import Unreadable
from integrations.onec.exchange.replies import Replies
from integrations.onec.exchange.sessions import Session
from integrations.onec.exchange.uploads import Named, UploadRefused

AT_ONCE = 1000
"""Orders in one answer: 1C reads it whole. What is left goes with the next exchange."""
_BATCH = 100
_CONTAINERS_FROM = (2, 8)
_log = log("integrations.onec")


class OrdersExchange:
    """What `type=sale` does with orders."""

    def __init__(self, settings: ExchangeSettings, desk: ExchangeDesk, replies: Replies, now: Clock) -> None:
        self._settings = settings
        self._desk = desk
        self._replies = replies
        self._now = now

    async def query(self, request: web.Request, session: Session) -> web.StreamResponse:
        """The session remembers what exactly was handed out, once all of it has left the house."""
        orders = (await self._desk.outgoing())[:AT_ONCE]
        pieces = orders_xml.document(orders, self._dialect(session), self._now())
        session.handed_out = {}
        response = web.StreamResponse(headers=self._replies.xml())
        piece = await asyncio.to_thread(next, pieces, b"")
        await response.prepare(request)
        try:
            while piece:
                await response.write(piece)
                piece = await asyncio.to_thread(next, pieces, b"")
            await response.write_eof()
        except Exception as error:
            _log.warning("exchange orders cut off", kind=type(error).__name__)
            if request.transport is not None:
                request.transport.abort()  # half a document is not to look like a whole one
            return response
        session.handed_out = {order.id: order.revision for order in orders}
        _log.info("exchange orders handed out", orders=len(orders))
        return response

    async def success(self, _: web.Request, session: Session) -> web.Response:
        """Only what this session was given counts as taken; said again, it changes nothing."""
        if session.handed_out:
            await self._desk.handed(session.handed_out)
            _log.info("exchange orders confirmed", orders=len(session.handed_out))
            session.handed_out = {}
        return self._replies.lines("success")

    async def take(self, files: list[Named]) -> str:
        """Orders of these files to the desk, batch after batch. Raises UploadRefused where some could not be read."""
        taken, unreadable = 0, list[Unreadable]()
        for file in files:
            found = orders_reading.orders(file.path)
            while batch := await asyncio.to_thread(_batch, found):
                readable = [one for one in batch if isinstance(one, OrderRecord)]
                unreadable += [one for one in batch if isinstance(one, Unreadable)][: AT_ONCE - len(unreadable)]
                if readable:
                    await self._desk.take_orders(readable)
                    taken += len(readable)
        if unreadable:
            raise UploadRefused(words.ORDERS_LEFT_OUT.format(count=len(unreadable), first=unreadable[0]))
        return f"{taken} orders"

    def _dialect(self, session: Session) -> orders_xml.Dialect:
        version = session.version or self._settings.version
        major, minor = map(int, version.split("."))
        container = session.version is not None and (major, minor) >= _CONTAINERS_FROM
        return orders_xml.Dialect(version, self._settings.encoding, self._settings.currency, container)


def _batch(found: Iterator[OrderRecord | Unreadable]) -> list[OrderRecord | Unreadable]:
    return list(islice(found, _BATCH))
