"""TLS: required everywhere but on this machine, and a certificate that does not hold stops everything."""

import ssl

import pytest
import trustme

from bot.domain.errors import Rejected
from integrations.mail import config
from tests.integration.mail.conftest import Server, letter, served


def server_side(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def client_side(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    return context


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def _far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback counts as any other machine."""
    monkeypatch.setattr(config, "_LOOPBACK", ())


@pytest.mark.usefixtures("_far_away")
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_a_letter_goes_out_over_tls(authority: trustme.CA, scheme: str) -> None:
    async with served(server_side(authority)) as server:
        address = server.ports[scheme]
        await server.mail(client_side(authority), url=address, bounces="").send(letter())
        assert [one["subject"] for one in await server.messages()] == ["Рахунок № 17"]


async def test_what_came_back_is_read_over_tls(authority: trustme.CA) -> None:
    async with served(server_side(authority)) as server:
        mail = server.mail(client_side(authority), bounces=server.ports["pop3s"])
        await mail.send(letter(to="bounce@lypa.example"))
        assert [one.address for one in await server.came_back(mail)] == ["bounce@lypa.example"]


@pytest.mark.usefixtures("_far_away")
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
@pytest.mark.parametrize(("name", "is_known"), [("127.0.0.1", False), ("mail.shop.example", True)])
async def test_a_certificate_of_somebody_else_stops_every_letter(
    authority: trustme.CA, scheme: str, name: str, is_known: bool
) -> None:
    trusted = client_side(authority if is_known else trustme.CA())
    async with served(server_side(authority, name)) as server:
        with pytest.raises(Rejected) as refusal:
            await server.mail(trusted, url=server.ports[scheme], bounces="").send(letter())
        assert (refusal.value.code, refusal.value.of_system) == ("certificate", True)
        assert await server.messages() == []


async def test_a_mailbox_with_a_certificate_of_somebody_else_is_not_read(authority: trustme.CA) -> None:
    async with served(server_side(authority)) as server:
        mail = server.mail(client_side(trustme.CA()), bounces=server.ports["pop3s"])
        with pytest.raises(Rejected) as refusal:
            await mail.bounces()
        assert (refusal.value.code, refusal.value.of_system) == ("certificate", True)


@pytest.mark.usefixtures("_far_away")
async def test_a_server_without_tls_hears_no_password(server: Server, authority: trustme.CA) -> None:
    with pytest.raises(Rejected) as refusal:
        await server.mail(client_side(authority), bounces="").send(letter())
    assert (refusal.value.code, refusal.value.of_system) == ("not supported", True)
    assert await server.calls() == []
