"""What `main.py check` says of mail: above all what to do about a mailbox of returns that cannot be read."""

import re

import pytest

import main
from bot.config import Settings
from bot.domain.errors import Rejected
from bot.process import CannotStart
from tests.integration.mail.conftest import Server

LETTERS_LEAVE = "; листи надсилаються, та повернень ніхто не помітить"


def settings(server: Server, **changes: str) -> Settings:
    given = {"url": server.ports["smtp"], "from": "orders@shop.example", "bounces": server.ports["pop3"]}
    return Settings.model_validate({"mail": given | changes})


async def test_a_mailbox_that_lets_us_in_is_told_with_its_letters(server: Server) -> None:
    assert (await main._mail(settings(server))).endswith(" (0)")


@pytest.mark.parametrize(
    ("pattern", "instead", "remedy"),
    [
        ("p%40ss", "wrong", "не впускає: перевірте користувача й пароль у MAIL__BOUNCES"),
        (r":\d+$", ":1", "не відповідає: перевірте адресу й порт у MAIL__BOUNCES"),
    ],
)
async def test_a_mailbox_that_cannot_be_read_is_told_with_its_remedy(
    server: Server, pattern: str, instead: str, remedy: str
) -> None:
    mailbox = re.sub(pattern, instead, server.ports["pop3"])
    with pytest.raises(CannotStart) as trouble:
        await main._mail(settings(server, bounces=mailbox))
    assert str(trouble.value) == f"скринька повернень {remedy}{LETTERS_LEAVE}"


async def test_a_server_that_takes_no_letters_is_another_trouble(server: Server) -> None:
    with pytest.raises(Rejected) as trouble:
        await main._mail(settings(server, url=server.ports["smtp"].replace("p%40ss", "wrong")))
    assert trouble.value.operation == "check"
