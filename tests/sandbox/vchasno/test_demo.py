"""The service under the demo's page: who is known to it, where its letters go, where its links lead."""

from collections.abc import AsyncIterator

import httpx
import pytest
from aiohttp.test_utils import TestServer

from sandbox import mail
from sandbox.demo import create_app
from sandbox.demo.vchasno import introduce
from sandbox.registry import sandboxes
from tests.sandbox.vchasno.conftest import CAFE, FILE, HOTEL, START

CLIENTS = [
    {"kind": "legal", "name": "ТОВ «Готель»", "tax_code": HOTEL, "people": [{"name": "Марія Ткаченко", "signs": True}]},
    {"kind": "fop", "name": "Кав’ярня", "tax_code": CAFE, "people": [{"name": "Олена Коваль"}]},
]


@pytest.fixture
async def demo() -> AsyncIterator[httpx.AsyncClient]:
    letters = mail.create_app("komora", "pass", now=lambda: START)
    keys = {"VCHASNO__TOKEN": "secret", "COMPANY__NAME": "ТОВ «Гурт»", "COMPANY__EDRPOU": "41870016"}
    apps = {"vchasno": sandboxes(keys, now=lambda: START)["vchasno"].make(), "mail": letters}
    server = TestServer(create_app(apps, product_url="http://127.0.0.1:9", company="Гурт"))
    await server.start_server()
    base = str(server.make_url("/"))
    await introduce(base, CLIENTS, mail.addresses(letters)["smtp"])
    async with httpx.AsyncClient(base_url=base, trust_env=False, headers={"Authorization": "secret"}) as http:
        yield http
    await server.close()


async def test_the_demo_knows_its_clients_and_a_director_who_signs_at_once(demo: httpx.AsyncClient) -> None:
    state = (await demo.get("/vchasno/_control/state")).json()
    known = [(one["edrpou"], one["registered"], one["signer"]) for one in state["companies"]]
    assert known[0] == (HOTEL, True, "Ткаченко Марія")
    assert known[1][:2] == (CAFE, False)
    assert state["settings"]["director"] == "signs_and_sends"


async def test_an_invitation_comes_by_the_demos_mail_and_its_link_opens(demo: httpx.AsyncClient) -> None:
    to = {"title": "Договір", "recipient_edrpou": HOTEL, "recipient_emails": "office@hotel.example"}
    await demo.post("/vchasno/api/v2/documents", params=to, files={"file": ("a.pdf", FILE)})
    await demo.post("/vchasno/_control/clock", json={"advance": 2})
    await demo.get("/vchasno/_control/idle")
    (letter,) = (await demo.get("/mail/_control/messages")).json()["messages"]
    link = next(line for line in letter["text"].splitlines() if line.startswith("http"))
    assert link.startswith(f"{demo.base_url}vchasno/app/documents/")
    page = await demo.get(link)
    assert ("Підписати КЕП" in page.text, 'href="/vchasno/assets/page.css"' in page.text) == (True, True)
