"""The three products that the order step is measured on, each in a process of its own.

`python -m tests.bench.servers KIND API_BASE FOLDER` prints `ready PORT`. Every one answers a tap on "+1" by the same
two Bot API calls: answerCallbackQuery and editMessageText.

* stock: aiogram as its documentation shows it, touching no database;
* plain: aiogram with SQLAlchemy's ORM over aiosqlite, written plainly: read, change, remember the update, commit;
* komora: the whole product.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from aiohttp import web

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
SECRET = "bench"
PEOPLE = 32


def _cpu_route(app: web.Application) -> None:
    async def cpu(_: web.Request) -> web.Response:
        return web.json_response(time.process_time())

    app.router.add_get("/cpu", cpu)


async def stock(api: str) -> web.Application:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        await query.answer("У кошику: 1 ящ (12 шт)")
        await query.message.edit_text(CARD, parse_mode="HTML", reply_markup=_markup())  # type: ignore[union-attr]

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(
        app, "/telegram/webhook"
    )
    return app


CARD = (
    "<b>Молоко 2,6% 1 л «Молочна Криниця»</b>\nартикул 10661\n\nЦіна: <b>47,90 грн/шт</b>\n"
    "ящ = 12 шт: <b>574,80 грн</b>\n"
    "Залишилося мало: 100 шт\n\nУ кошику: <b>1 ящ (12 шт)</b> на 574,80 грн"
)


def _markup() -> Any:
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

    rows = (("−5 ящ", "−1 ящ", "+1 ящ", "+5 ящ"), ("Ввести кількість",), ("Рахувати в: шт",), ("Назад", "Кошик"))
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data="~cq1:AAAAAAAAAAAAAAAAAAAAAA:1:p:c:0") for label in row]
            for row in rows
        ]
    )


async def plain(api: str) -> web.Application:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery, Update
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from sqlalchemy import event, select
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

    from bot.db.models import Account, Article, Cart, CartLine, Price, SeenEvent, Stock
    from tests.support.wholesaler import FILLED_AT, uid

    url = await _filled()
    engine = create_async_engine(url)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(driver: Any, _: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            driver.execute(f"PRAGMA {pragma}")

    sessions = async_sessionmaker(engine, expire_on_commit=False)
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()
    writing = asyncio.Lock()

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery, event_update: Update) -> None:
        async with writing, sessions() as session:
            account = await session.get_one(Account, ("telegram", str(query.from_user.id)))
            cart = await session.scalar(select(Cart).where(Cart.client_id == account.client_id, Cart.status == "open"))
            if cart is None:
                cart = Cart(client_id=account.client_id, status="open", note="", version=0, updated_at=FILLED_AT)
                session.add(cart)
                await session.flush()
            article = await session.get_one(Article, uid("10661"))
            price = await session.get_one(Price, (article.id, uid("wholesale")))
            stock = await session.get_one(Stock, (article.id, uid("warehouse")))
            line = await session.get(CartLine, (cart.id, article.id))
            if line is None:
                line = CartLine(cart_id=cart.id, article_id=article.id, quantity=0, unit="p", added_at=FILLED_AT)
                session.add(line)
            line.quantity += article.pack_size or 1
            cart.version += 1
            session.add(SeenEvent(channel="telegram", event_id=str(event_update.update_id), at=FILLED_AT))
            await session.commit()
            assert price and stock
        await query.answer("У кошику: 1 ящ (12 шт)")
        await query.message.edit_text(CARD, parse_mode="HTML", reply_markup=_markup())  # type: ignore[union-attr]

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(
        app, "/telegram/webhook"
    )
    return app


async def komora(api: str) -> web.Application:
    from pydantic import SecretStr

    from bot.db.opening import open_books
    from integrations import telegram
    from integrations.telegram import TelegramSettings, settle_memory
    from tests.bench.unlimited import unlimited
    from tests.support.desk import open_office

    office = open_office(open_books(await _filled()), Path(), burst=10**9)
    settings = TelegramSettings(
        token=SecretStr(TOKEN), api_base=api, mode="webhook", webhook_secret=SecretStr(SECRET),
        public_url="http://127.0.0.1:1",
    )  # fmt: skip
    messenger = telegram.connect(settings, office.pipeline, now=office.clock)
    unlimited(messenger)
    app = web.Application()
    app.add_routes(messenger.routes())
    await messenger.start()
    settle_memory()
    return app


async def _filled() -> str:
    """A wholesaler whose people are signed in: the address of its database."""
    from bot.db.opening import open_books
    from bot.db.tx import Tx
    from tests.conftest import create_schema
    from tests.support.wholesaler import FILLED_AT, fill, uid

    url = f"sqlite+aiosqlite:///{Path(tempfile.mkdtemp(dir=sys.argv[3])) / 'komora.db'}"
    create_schema(url)
    books = open_books(url)

    def sign_in(tx: Tx) -> None:
        fill(tx)
        for person in range(1, PEOPLE + 1):
            tx.accounts.meet("telegram", str(person), "Олена", FILLED_AT, FILLED_AT)
            tx.accounts.sign_in("telegram", str(person), uid("Олена"), FILLED_AT)

    await books.write(sign_in)
    await books.close()
    return url


async def _main(kind: str, api: str) -> None:
    app = await {"stock": stock, "plain": plain, "komora": komora}[kind](api)
    _cpu_route(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"ready {runner.addresses[0][1]}", flush=True)  # noqa: T201
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], sys.argv[2]))
