"""The messenger as the application sees it."""

import gc
import subprocess
import sys
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.conversation.messenger import Messenger
from bot.domain.errors import Rejected, Unavailable
from integrations.telegram import TelegramSettings, connect, settle_memory
from tests.integration.telegram.desk import RecordingDesk
from tests.integration.telegram.world import SECRET, TOKEN, World, bot_at, listening, now

WEBHOOK: dict[str, Any] = {
    "token": SecretStr(TOKEN),
    "mode": "webhook",
    "webhook_secret": SecretStr(SECRET),
    "public_url": "https://komora.ua",
}


def test_it_is_a_messenger_with_telegrams_traits(desk: RecordingDesk) -> None:
    messenger: Messenger = connect(TelegramSettings(token=SecretStr(TOKEN)), desk, now=now)
    traits = messenger.traits
    assert messenger.channel == "telegram"
    assert (traits.can_edit, traits.keeps_menu) == (True, True)
    assert (traits.text_limit, traits.caption_limit, traits.label_limit) == (4096, 1024, 25)
    assert (traits.rows, traits.row_width) == (8, 8)


async def test_a_wrong_token_is_a_refusal_of_us_and_of_whatever_we_ask(world: World, desk: RecordingDesk) -> None:
    with pytest.raises(Rejected) as refusal:
        await world.messenger(desk, token="7100000001:another").check()
    assert (refusal.value.code, refusal.value.of_system) == (401, True)


async def test_a_check_gives_the_username_and_with_it_links_that_start_the_chat(
    world: World, desk: RecordingDesk
) -> None:
    messenger = world.messenger(desk)
    assert await messenger.check() == "komora_bot"
    assert messenger.start_link("inv-1") == "https://t.me/komora_bot?start=inv-1"


async def test_after_the_start_the_username_is_known(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    assert messenger.start_link("a") == "https://t.me/komora_bot?start=a"


@pytest.mark.parametrize("token", ["", "a b", "a?b", "я", "a" * 65])
async def test_a_token_that_telegram_would_not_carry_makes_no_link(
    world: World, desk: RecordingDesk, token: str
) -> None:
    messenger = await world.polling(desk)
    with pytest.raises(ValueError, match="1-64"):
        messenger.start_link(token)


def test_before_that_there_is_no_link(desk: RecordingDesk) -> None:
    with pytest.raises(Unavailable):
        bot_at("http://127.0.0.1:9", desk).start_link("a")


async def test_a_check_says_what_is_wrong(world: World, desk: RecordingDesk) -> None:
    with pytest.raises(Rejected, match="telegram getMe: 401 Unauthorized"):
        await world.messenger(desk, token=SecretStr("7100000001:another")).check()
    taken, nowhere = listening()
    taken.close()
    messenger = bot_at(nowhere, desk)
    with pytest.raises(Unavailable, match="telegram getMe: ClientConnectorError"):
        await messenger.check()
    await messenger.stop()


def test_only_a_webhook_has_a_route(desk: RecordingDesk) -> None:
    assert bot_at("http://127.0.0.1:9", desk).routes() == []
    (route,) = bot_at("http://127.0.0.1:9", desk, None, **WEBHOOK).routes()
    assert (route.method, route.path) == ("POST", "/telegram/webhook")


@pytest.mark.parametrize(
    "change",
    [
        {"token": ""},
        {"token": "123456"},
        {"token": "123:a/../b"},
        {"token": "123:a b"},
        {"api_base": "http://api.telegram.org"},
        {"public_url": "http://komora.ua"},
        {"public_url": ""},
        {"webhook_secret": ""},
        {"webhook_secret": "секрет"},
        {"webhook_secret": "a" * 257},
        {"mode": "push"},
    ],
)
def test_settings_that_cannot_work_are_refused_without_telling_secrets(change: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        TelegramSettings.model_validate(WEBHOOK | change)
    assert "AAExample" not in str(refused.value)
    assert SECRET not in str(refused.value)


def test_settings_do_not_show_their_secrets() -> None:
    shown = repr(TelegramSettings.model_validate(WEBHOOK))
    assert TOKEN not in shown
    assert SECRET not in shown


def test_importing_the_integration_does_not_import_aiogram() -> None:
    code = "import sys, integrations.telegram as t; t.TelegramSettings(token='1:a'); print('aiogram' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_settled_memory_is_not_walked_again() -> None:
    thresholds = gc.get_threshold()
    settle_memory()
    frozen, raised = gc.get_freeze_count(), gc.get_threshold()
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    assert frozen > 10_000
    assert raised[0] > thresholds[0]
