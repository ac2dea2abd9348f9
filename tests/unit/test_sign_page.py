"""The page from which a client goes to sign: looking changes nothing, the press leads on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.domain.envelope import Asked, Asker, EnvelopeView, Stage, Terms
from bot.domain.errors import NotFound, Refused
from bot.domain.signing import DocumentKind
from bot.services.envelopes import SignView
from bot.web.signing import sign_routes

TOKEN = "t" * 43
ENVELOPE = EnvelopeView(
    UUID(int=1), UUID(int=2), "ТОВ «Ранок» & Ко", DocumentKind.CONTRACT, Stage.SENT, 1, "Д-26-0001", date(2026, 11, 27),
    Terms(), Asked(Asker.STAFF, "Оксана"), datetime(2026, 11, 27, 9, 0, tzinfo=UTC), TOKEN,
    recipient_code="40123456", sign_by=date(2026, 12, 27),
)  # fmt: skip


class Desk:
    """Knows one document; `silent`: the service does not answer."""

    def __init__(self) -> None:
        self.envelope = ENVELOPE
        self.silent = False
        self.went = 0

    async def page(self, token: str) -> SignView:
        if token != TOKEN:
            raise NotFound("envelope")
        return SignView(self.envelope, "ГастроОпт")

    async def go(self, token: str) -> str:
        if self.silent:
            raise Refused("unavailable")
        if self.envelope.stage is not Stage.SENT:
            raise Refused("not_to_sign")
        self.went += 1
        return "https://signing.example/session/1"


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_looking_shows_what_it_is_and_makes_no_session(desk: Desk) -> None:
    async with served(desk) as client:
        answer = await client.get(f"/sign/{TOKEN}")
        said = await answer.text()
    assert (answer.status, desk.went) == (200, 0)
    assert "Договір поставки № Д-26-0001 від 27.11.2026" in said
    assert "ТОВ «Ранок» &amp; Ко" in said
    assert "Перейти до «Вчасно» й підписати" in said
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


async def test_the_press_leads_to_the_service(desk: Desk) -> None:
    async with served(desk) as client:
        answer = await client.post(f"/sign/{TOKEN}", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "https://signing.example/session/1")
    assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_a_silent_service_is_said_and_the_button_stays(desk: Desk) -> None:
    desk.silent = True
    async with served(desk) as client:
        said = await (await client.post(f"/sign/{TOKEN}")).text()
    assert "«Вчасно» зараз не відповідає" in said
    assert "Перейти до «Вчасно» й підписати" in said


async def test_what_is_signed_has_no_button(desk: Desk) -> None:
    desk.envelope = replace(ENVELOPE, stage=Stage.SIGNED, doubts=())
    async with served(desk) as client:
        said = await (await client.get(f"/sign/{TOKEN}")).text()
    assert "Документ підписали всі. Дякуємо!" in said
    assert "<button" not in said


@pytest.mark.parametrize("token", ["x" * 43, "short", "../../etc/passwd", "t" * 44])
async def test_an_address_that_nobody_was_sent_is_not_found(desk: Desk, token: str) -> None:
    async with served(desk) as client:
        assert (await client.get(f"/sign/{token}")).status == 404
        assert (await client.post(f"/sign/{token}")).status == 404


async def test_one_caller_may_not_ask_without_end(desk: Desk) -> None:
    async with served(desk) as client:
        statuses = [(await client.get(f"/sign/{TOKEN}")).status for _ in range(61)]
    assert statuses == [200] * 60 + [429]


def served(desk: Desk) -> TestClient[web.Request, web.Application]:
    app = web.Application()
    app.add_routes(sign_routes(desk, now=lambda: datetime(2026, 11, 27, 9, 0, tzinfo=UTC)))
    return TestClient(TestServer(app))
