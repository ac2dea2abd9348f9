"""The sandbox by its name: its addresses belong into the settings as they are told."""

import poplib
import smtplib
from urllib.parse import urlsplit

import pytest

from sandbox.demo.settings import made_up_keys
from sandbox.registry import sandboxes
from tests.support.loopback import serving


async def test_alone_it_tells_where_mail_goes_where_it_comes_back_and_where_it_is_read() -> None:
    entry = sandboxes({})["mail"]
    app = entry.make()
    async with serving(app) as page:
        smtp, pop3, here = entry.told(app, urlsplit(page).port or 0).split()
    assert here == page
    assert [urlsplit(one).scheme for one in (smtp, pop3)] == ["smtp", "pop3"]
    assert [(urlsplit(one).username, urlsplit(one).password) for one in (smtp, pop3)] == [("komora", "sandbox")] * 2


async def test_in_the_demo_it_listens_where_the_settings_say_and_knows_their_password() -> None:
    keys = made_up_keys()
    entry = sandboxes(keys)["mail"]
    app = entry.make()
    async with serving(app):
        smtp, pop3, _ = entry.told(app, 0).split()
    assert (smtp, f"{pop3}/bounces@gastroopt.example") == (keys["MAIL__URL"], keys["MAIL__BOUNCES"])


async def test_its_ports_are_closed_with_it() -> None:
    entry = sandboxes({})["mail"]
    app = entry.make()
    async with serving(app):
        ports = [urlsplit(one).port or 0 for one in entry.told(app, 0).split()]
    with pytest.raises(ConnectionRefusedError):
        smtplib.SMTP("127.0.0.1", ports[0], timeout=1)
    with pytest.raises(ConnectionRefusedError):
        poplib.POP3("127.0.0.1", ports[1], timeout=1)
