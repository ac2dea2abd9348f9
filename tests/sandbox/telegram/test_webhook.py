"""The webhook: its rules, its secret, order, repetition, and a method call in the answer."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import FormData, web

from tests.sandbox.telegram.conftest import USER, Telegram, serve

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Hook:
    """A bot's webhook: keeps what it hears, answers as told."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self.arrived = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        self.slow_chat = 0

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.heard.append(update)
        self.secrets.append(request.headers.get(HEADER))
        self.arrived.set()
        if update.get("message", {}).get("chat", {}).get("id") == self.slow_chat:
            await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def next(self) -> None:
        await asyncio.wait_for(self.arrived.wait(), 5)
        self.arrived.clear()

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.heard]


@pytest.fixture
async def hook(telegram: Telegram) -> AsyncIterator[Hook]:
    hook, app = Hook(), web.Application()
    app.router.add_post("/hook", hook.take)
    runner, base = await serve(app)
    hook.url = f"{base}/hook"
    await telegram.result("setWebhook", url=hook.url, secret_token="s-3_X")
    yield hook
    await telegram.result("deleteWebhook")
    await runner.cleanup()


async def idle(telegram: Telegram) -> None:
    assert await telegram.get("idle") == {"idle": True}


async def test_an_update_arrives_with_the_secret(telegram: Telegram, hook: Hook) -> None:
    await telegram.do("say", user=USER, text="борошно")
    await idle(telegram)
    assert (hook.texts(), hook.secrets) == (["борошно"], ["s-3_X"])
    assert await telegram.get("updates") == []


async def test_a_refused_update_comes_again_later_each_time(telegram: Telegram, hook: Hook) -> None:
    hook.answers = [web.Response(status=500), web.Response(status=302)]
    await telegram.do("say", user=USER, text="раз")
    await telegram.do("say", user=USER, text="два")
    await hook.next()
    info = await telegram.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] == 2
    for _ in range(2):
        await telegram.do("clock", advance=2)
        await hook.next()
    await idle(telegram)
    assert hook.texts() == ["раз", "раз", "раз", "два"]


async def test_a_time_to_retry_after_is_obeyed(telegram: Telegram, hook: Hook) -> None:
    hook.answers = [web.Response(status=503, headers={"Retry-After": "600"})]
    await telegram.do("say", user=USER, text="раз")
    await hook.next()
    await telegram.do("clock", advance=599)
    assert await telegram.get("idle", seconds="0.1") == {"idle": False}
    await telegram.do("clock", advance=2)
    await idle(telegram)
    assert hook.texts() == ["раз", "раз"]


async def test_one_slow_chat_does_not_hold_up_another(telegram: Telegram, hook: Hook) -> None:
    await telegram.do("users", id=1002, first_name="Ігор")
    hook.slow_chat = USER
    hook.gate.clear()
    await telegram.do("say", user=USER, text="повільно")
    await hook.next()
    await telegram.do("say", user=USER, text="чекає")
    await telegram.do("say", user=1002, text="швидко")
    await hook.next()
    assert hook.texts() == ["повільно", "швидко"]
    hook.gate.set()
    await idle(telegram)
    assert hook.texts() == ["повільно", "швидко", "чекає"]


async def test_a_method_in_the_answer_is_done(telegram: Telegram, hook: Hook) -> None:
    form = FormData(default_to_multipart=True)
    for name, value in {"method": "sendMessage", "chat_id": str(USER), "text": "з форми"}.items():
        form.add_field(name, value)
    as_json = web.json_response({"method": "sendMessage", "chat_id": USER, "text": "з JSON"})
    hook.answers = [as_json, web.Response(body=form())]
    await telegram.do("say", user=USER, text="раз")
    await telegram.do("say", user=USER, text="два")
    await idle(telegram)
    shown = [one["text"] for one in (await telegram.chat())["messages"] if not one["outgoing"]]
    assert shown == ["з JSON", "з форми"]
    assert [call["via"] for call in await telegram.get("calls", method="sendMessage")] == ["webhook", "webhook"]


async def test_polling_and_a_webhook_exclude_each_other(telegram: Telegram, hook: Hook) -> None:
    said = await telegram.refusal("getUpdates")
    assert said.startswith("409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")


async def test_what_waited_is_delivered_to_a_new_webhook_unless_dropped(telegram: Telegram, hook: Hook) -> None:
    await telegram.result("deleteWebhook")
    await telegram.do("say", user=USER, text="чекало")
    await telegram.result("setWebhook", url=hook.url)
    await idle(telegram)
    await telegram.result("deleteWebhook")
    await telegram.do("say", user=USER, text="зайве")
    await telegram.result("setWebhook", url=hook.url, drop_pending_updates=True)
    await idle(telegram)
    assert (hook.texts(), hook.secrets) == (["чекало"], [None])


async def test_a_hook_that_is_gone_for_23_hours_is_closed(telegram: Telegram, hook: Hook) -> None:
    hook.answers = [web.Response(status=410, headers={"Retry-After": "3600"}) for _ in range(2)]
    await telegram.do("say", user=USER, text="є хто?")
    await hook.next()
    await telegram.do("clock", advance=23 * 3600)
    await hook.next()
    assert await telegram.get("idle") == {"idle": True}
    assert (await telegram.result("getWebhookInfo"))["url"] == ""


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"url": "http://komora.ua/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://komora.ua:8080/x"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "https://komora.ua/x"}, "bad webhook: the sandbox delivers to loopback only"),
        ({"url": "http://127.0.0.1/x", "secret_token": "ї"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1/x", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_a_webhook_that_is_refused(telegram: Telegram, params: dict[str, str], said: str) -> None:
    assert await telegram.refusal("setWebhook", **params) == f"400 Bad Request: {said}"


async def test_the_secret_stands_in_no_log(telegram: Telegram, hook: Hook) -> None:
    assert "s-3_X" not in str(await telegram.get("calls"))
