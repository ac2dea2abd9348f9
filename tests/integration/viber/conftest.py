"""A sandbox, a running bot and a person with a phone."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import stamina

from sandbox.viber import create_app
from tests.integration.viber.world import NO_TLS, TOKEN, Bot, Phone, Watch, running_bot, serving


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def viber() -> AsyncIterator[str]:
    async with serving(create_app(TOKEN)) as address:
        yield address


@pytest.fixture
async def bot(viber: str, watch: Watch) -> AsyncIterator[Bot]:
    """Registered at Viber."""
    async with running_bot(viber, watch) as running:
        await running.messenger.register()
        yield running


@pytest.fixture
async def phone(viber: str) -> AsyncIterator[Phone]:
    """A person who has not met the bot."""
    async with httpx.AsyncClient(verify=NO_TLS) as http:
        new = Phone(viber, http)
        new.person = await new.set("users", name="Олена", phone="380671234567")
        yield new


@pytest.fixture
async def subscriber(bot: Bot, phone: Phone) -> Phone:
    """A person who wrote once and was answered; the desk has forgotten it."""
    await phone.does("say", text="добрий день")
    await bot.desk.until_done()
    bot.desk.events.clear()
    bot.desk.finished.clear()
    bot.desk.out.clear()
    await phone.http.delete(f"{phone.address}/_control/calls")
    return phone
