"""The messenger's own Python library, unchanged, against the sandbox."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from viberbot import Api, BotConfiguration
from viberbot.api.messages import ContactMessage, FileMessage, PictureMessage, RichMediaMessage, TextMessage
from viberbot.api.viber_requests import ViberConversationStartedRequest, ViberMessageRequest

from tests.sandbox.viber.conftest import TOKEN, Bot, Viber


@pytest.fixture
def api(bare: Viber) -> Any:
    logging.getLogger("viber.bot.api").disabled = True
    api = Api(BotConfiguration(name="Комора", avatar=None, auth_token=TOKEN))
    api._request_sender._viber_bot_api_url = f"{bare.base}/pa"
    return api


async def run(work: Callable[..., Any], *arguments: Any) -> Any:
    return await asyncio.to_thread(work, *arguments)


async def test_it_sets_and_unsets_the_webhook(api: Any, bare: Viber, bot: Bot) -> None:
    assert await run(api.set_webhook, bot.url, ["delivered"]) == ["message", "subscribed", "unsubscribed", "delivered"]
    assert (await run(api.get_account_info))["webhook"] == bot.url
    assert await run(api.unset_webhook) == []


async def test_its_messages_are_taken(api: Any, viber: Viber) -> None:
    user = await viber.subscriber()
    cards = {"Type": "rich_media", "Buttons": [{"ActionBody": "buy", "Text": "Купити"}]}
    messages = [
        TextMessage(text="Вітаємо", keyboard={"Type": "keyboard", "Buttons": [{"ActionBody": "a", "Text": "Так"}]}),
        PictureMessage(media="https://shop.example.com/a.png", text="Борошно"),
        FileMessage(media="https://shop.example.com/a.pdf", size=10, file_name="a.pdf"),
        ContactMessage(contact=_contact()),
        RichMediaMessage(rich_media=cards, min_api_version=7),
    ]
    tokens = await run(api.send_messages, user, messages)
    shown = (await viber.get("chat", user=user))["messages"][1:]
    assert [one["token"] for one in shown] == [str(token) for token in tokens]
    assert [one["type"] for one in shown] == ["text", "picture", "file", "contact", "rich_media"]


async def test_its_requests_about_people_are_answered(api: Any, viber: Viber) -> None:
    user = await viber.subscriber(name="Олена")
    assert (await run(api.get_user_details, user))["name"] == "Олена"
    assert (await run(api.get_online, [user]))[0]["online_status"] == 0


async def test_it_raises_on_a_refusal(api: Any, viber: Viber) -> None:
    stranger = await viber.person()
    with pytest.raises(Exception, match="failed with status: 6, message: receiverNotSubscribed"):
        await run(api.send_messages, stranger, TextMessage(text="?"))


async def test_it_verifies_and_parses_the_callbacks(api: Any, viber: Viber, bot: Bot) -> None:
    user = await viber.person(name="Олена")
    await viber.do("open", user=user, context="promo")
    await viber.do("say", user=user, text="Привіт")
    assert [api.verify_signature(raw, signature) for signature, _, raw in bot.requests] == [True, True]
    started, message = (api.parse_request(raw) for _, _, raw in bot.requests)
    assert isinstance(started, ViberConversationStartedRequest)
    assert (started.user.id, started.context) == (user, "promo")
    assert isinstance(message, ViberMessageRequest)
    assert (message.sender.name, message.message.text) == ("Олена", "Привіт")


def _contact() -> Any:
    from viberbot.api.messages.data_types.contact import Contact

    return Contact(name="Склад", phone_number="380441112233")
