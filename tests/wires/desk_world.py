"""The staff desk between both messengers: clients on Telegram and Viber, the managers' group with topics."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

import sandbox.telegram
import sandbox.viber
from bot.conversation.messenger import Relay
from bot.db.books import Books
from bot.domain.desk_jobs import DESK_WATCH
from bot.domain.notice import FINANCE, MANAGERS
from bot.jobs.desk_words import Drawing
from bot.jobs.enclosing import Enclosing
from bot.jobs.relaying import Relaying
from bot.web.files import file_routes
from handlers.staff.relayed import WORDS
from integrations import viber
from integrations.telegram import TelegramSettings
from integrations.telegram.adapter import TelegramMessenger
from integrations.viber import ViberSettings
from tests.bench.unlimited import unlimited
from tests.scenarios.backroom import Backroom
from tests.support.accounting import Ledger
from tests.support.chat import Talker
from tests.support.desk import Office, open_office
from tests.support.loopback import PATIENCE, client, door, serving
from tests.support.telegram_line import TelegramLine
from tests.support.viber_line import ViberLine
from tests.wires.world import QUICK, TELEGRAM_TOKEN, VIBER_TOKEN, CodeTyper, _web

GROUP, FINANCE_GROUP = -1001234567890, -1009876543210
OKSANA, PETRO, STRANGER = 2001, 2002, 2003
NAMES = {OKSANA: "Оксана", PETRO: "Петро", STRANGER: "Чужий"}


@dataclass
class DeskWorld:
    """Seen through the sandboxes' control sides."""

    office: Office
    http: httpx.AsyncClient
    telegram: str
    viber: str
    backroom: Backroom
    messenger: TelegramMessenger
    people: list[TelegramLine | ViberLine] = field(default_factory=list)

    def on_telegram(self, name: str) -> Talker:
        self.people.append(TelegramLine(self.http, self.telegram, 1001 + len(self.people), name))
        return Talker(self.people[-1])

    def on_viber(self, name: str) -> Talker:
        user = base64.b64encode(f"{name:_<12}".encode()).decode()
        self.people.append(ViberLine(self.http, self.viber, user, name))
        return CodeTyper(self.people[-1], self._code)

    # --- the staff ----------------------------------------------------------------------------------------------------

    async def opens(self, *, forum: bool = True, bot: str = "administrator", finance: bool = False) -> None:
        for person, name in NAMES.items():
            await self.post("users", id=person, first_name=name)
        for group, title in ((GROUP, "Менеджери"), *(((FINANCE_GROUP, "Фінанси"),) if finance else ())):
            await self.post(
                "chats", id=group, title=title, members=list(NAMES), administrators=[OKSANA], is_forum=forum, bot=bot
            )
        await self.quiet()

    async def writes(self, who: int, text: str, *, to: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """In the newest topic, or under the message that is answered; everything that follows is done."""
        thread = {"thread": (await self.topics())[-1]["id"]} if await self.topics() else {}
        answered = {"reply_to": to["message_id"]} if to else {}
        said = await self.post("say", **{"user": who, "chat": GROUP, "text": text, **thread, **answered, **more})
        await self.settles()
        return said

    async def rewords(self, who: int, message: dict[str, Any], text: str) -> None:
        await self.post("edit", user=who, chat=GROUP, message_id=message["message_id"], text=text)
        await self.settles()

    async def presses(self, who: int, message: dict[str, Any], label: str, *, chat: int = GROUP) -> None:
        data = next(one["data"] for row in message["keyboard"] for one in row if one["text"] == label)
        await self.post("tap", user=who, chat=chat, message_id=message["message_id"], data=data)
        await self.settles()

    async def topics(self, group: int = GROUP) -> list[dict[str, Any]]:
        return list((await self.control(f"chat/{group}"))["topics"])

    async def messages(self, group: int = GROUP) -> list[dict[str, Any]]:
        """What the bot says there."""
        said = (await self.control(f"chat/{group}"))["messages"]
        return [one for one in said if not one["outgoing"] and "service" not in one]

    async def reads(self, *words: str, at: int = -1, group: int = GROUP) -> dict[str, Any]:
        message = (await self.messages(group))[at]
        text = str(message.get("text") or message.get("caption") or "").replace("\u00a0", " ")
        assert [word for word in words if word not in text] == [], text
        return message

    async def card(self) -> dict[str, Any]:
        return next(one for one in await self.messages() if one["keyboard"])

    # --- the rest -----------------------------------------------------------------------------------------------------

    async def sends(self, person: Talker, what: str, **fields: Any) -> dict[str, Any]:
        """Without waiting for a word of the bot; everything that follows is done."""
        line = person.line
        assert isinstance(line, TelegramLine | ViberLine)
        done = await line.post(what, **fields)
        await self.settles()
        return done

    async def chat(self, person: Talker) -> list[dict[str, Any]]:
        """Everything the bot has said to somebody."""
        line = person.line
        if isinstance(line, TelegramLine):
            said = (await self.control(f"chat/{line._user}"))["messages"]
            return [one for one in said if not one["outgoing"]]
        assert isinstance(line, ViberLine)
        answer = await self.http.get(f"{self.viber}/_control/chat", params={"user": line._user})
        return [one for one in answer.json()["messages"] if one["from"] == "bot"]

    async def last(self, person: Talker) -> str:
        message = (await self.chat(person))[-1]
        return str(message.get("text") or message.get("caption") or "").replace("\u00a0", " ")

    async def settles(self) -> None:
        await self.quiet()
        await self.backroom.works()

    async def minute_passes(self, minutes: float = 1) -> None:
        clock = self.office.clock
        clock.moment = clock.moment.fromtimestamp(clock.moment.timestamp() + minutes * 60, clock.moment.tzinfo)
        await self.backroom.ticks(DESK_WATCH)

    async def quiet(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await self._is_quiet():  # noqa: ASYNC110 the other side is asked
                await asyncio.sleep(0.01)

    async def control(self, what: str) -> Any:
        return (await self.http.get(f"{self.telegram}/_control/{what}")).raise_for_status().json()

    async def post(self, what: str, **fields: Any) -> dict[str, Any]:
        answer = await self.http.post(f"{self.telegram}/_control/{what}", json=fields)
        assert answer.status_code == httpx.codes.OK, answer.text
        return dict(answer.json())

    async def _is_quiet(self) -> bool:
        idle = (await self.http.get(f"{self.viber}/_control/idle")).json()["idle"]
        kept = await self.office.books.read(lambda tx: tx.inbox.kept("telegram") + tx.inbox.kept("viber"))
        return idle and not await self.control("updates") and not kept

    def _code(self, phone: str) -> str:
        return (
            next(text for to, text in reversed(self.office.sms.sent) if to == phone).split(":")[1].split(".")[0].strip()
        )


@asynccontextmanager
async def desk_world(books: Books, folder: Path, *, finance: bool = False) -> AsyncIterator[DeskWorld]:
    ledger = Ledger()
    groups = {str(GROUP): MANAGERS} | ({str(FINANCE_GROUP): FINANCE} if finance else {})
    office = open_office(books, folder, accounting=ledger, staff=groups, topics=True)
    async with AsyncExitStack() as stack:
        now: Callable[[], float] = lambda: office.clock().timestamp()  # noqa: E731
        telegram = await stack.enter_async_context(serving(sandbox.telegram.create_app(TELEGRAM_TOKEN, now=now)))
        there = await stack.enter_async_context(serving(sandbox.viber.create_app(VIBER_TOKEN, now=now)))
        http = await stack.enter_async_context(client())
        ours, public = door()
        chat = TelegramMessenger(
            TelegramSettings(token=SecretStr(TELEGRAM_TOKEN), api_base=telegram), office.pipeline, now=office.clock,
            tempo=QUICK,
        )  # fmt: skip
        unlimited(chat)
        settings = ViberSettings(token=SecretStr(VIBER_TOKEN), api_base=f"{there}/pa", public_url=public)
        other = viber.connect(settings, office.pipeline, http, now=office.clock)
        for one in (chat, other):
            stack.push_async_callback(one.stop)
        await other.start()
        routes = [*chat.routes(), *other.routes(), *file_routes(office.files)]
        await stack.enter_async_context(serving(_web(routes), ours))
        await other.register()
        await chat.start()
        await http.post(f"{telegram}/_control/limits", json={"enabled": False})
        drawing = Drawing(office.app, WORDS, office.clock)
        messengers: dict[str, Relay] = {"telegram": chat, "viber": other}
        relaying = Relaying(books, chat, messengers, drawing, Enclosing(office.files))
        desks = {desk: ("telegram", group) for group, desk in groups.items()}
        backroom = Backroom(
            books, office.app, ledger, office.clock, chat, desks, others=[other], relaying=relaying, sms=office.sms
        )
        world = DeskWorld(office, http, telegram, there, backroom, chat)
        closing: Callable[[], Awaitable[None]] = lambda: _close(world)  # noqa: E731
        stack.push_async_callback(closing)
        yield world


async def _close(world: DeskWorld) -> None:
    for line in world.people:
        await line.close()
