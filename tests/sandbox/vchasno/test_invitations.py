"""Ways to a document: the mail, a session of one person, a public link; and what the pages do."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from sandbox import mail
from tests.sandbox.vchasno.conftest import FILE, HOTEL, Service


async def session(service: Service, id: str, **more: Any) -> str:
    """The path of a session for the hotel."""
    asked = {"document_id": id, "edrpou": HOTEL, "email": "office@hotel.example", "type": "sign_session"}
    answer = await service.ask("POST", "/sign-sessions", json=asked | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["url"]).removeprefix(service.url)


async def test_sending_invites_every_address_with_a_link_to_the_document(service: Service) -> None:
    id = await service.sent(recipient_emails="a@hotel.example,b@hotel.example")
    letters = (await service.state())["letters"]
    assert [one["to"] for one in letters] == ["a@hotel.example", "b@hotel.example"]
    assert {one["subject"] for one in letters} == {"ТОВ «Гурт» надсилає вам документ: Договір"}
    assert {one["link"] for one in letters} == {f"{service.url}/app/documents/{id}"}
    assert letters[0]["link"] in letters[0]["text"]


async def test_the_client_signs_on_the_documents_page_and_is_registered_by_it(service: Service) -> None:
    id = await service.sent()
    page = await service.reads(f"/app/documents/{id}")
    assert ("Підписати КЕП" in page, "її буде зареєстровано" in page) == (True, True)
    after = await service.presses(f"/app/documents/{id}", do="sign")
    assert ("Підписано всіма сторонами" in after, "Підписати КЕП" in after) == (True, False)
    assert await service.status(id) == 7008
    answer = await service.ask("POST", "/check/company", json={"edrpou": HOTEL})
    assert answer.json()["is_registered"] is True


async def test_who_looks_has_it_delivered(service: Service) -> None:
    id = await service.sent()
    assert (await service.got(f"/documents/{id}"))["is_delivered"] is False
    await service.reads(f"/app/documents/{id}")
    assert (await service.got(f"/documents/{id}"))["is_delivered"] is True


async def test_a_refusal_wants_its_reason(service: Service) -> None:
    id = await service.sent()
    assert "Напишіть причину" in await service.presses(f"/app/documents/{id}", do="reject", text="  ")
    after = await service.presses(f"/app/documents/{id}", do="reject", text="Термін <14 днів>")
    assert ("Документ відхилено" in after, "Причина: Термін &lt;14 днів&gt;" in after) == (True, True)
    assert await service.status(id) == 7006


async def test_a_second_press_signs_nothing_more(service: Service) -> None:
    id = await service.sent()
    await service.presses(f"/app/documents/{id}", do="sign")
    await service.presses(f"/app/documents/{id}", do="sign")
    assert len(await service.got(f"/documents/{id}/signatures")) == 2


async def test_the_page_gives_the_file_as_it_is(service: Service) -> None:
    id = await service.sent()
    answer = await service.http.get(f"/app/documents/{id}/file")
    assert (answer.content, answer.headers["Content-Type"]) == (FILE, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("inline")


async def test_a_session_signs_without_an_account_and_leads_back(service: Service) -> None:
    id = await service.sent()
    path = await session(service, id, on_finish_url="https://shop.example/done?a=1&b=2")
    after = await service.presses(path, do="sign")
    assert "href='https://shop.example/done?a=1&amp;b=2'" in after
    assert await service.status(id) == 7008
    answer = await service.ask("POST", "/check/company", json={"edrpou": HOTEL})
    assert answer.json()["is_registered"] is False


async def test_a_script_is_no_address_to_go_back_to(service: Service) -> None:
    id = await service.sent()
    path = await session(service, id, on_finish_url="javascript:alert(1)", on_cancel_url="javascript:alert(1)")
    assert "javascript:" not in await service.reads(path) + await service.presses(path, do="sign")


async def test_a_session_of_who_signs_first_sends_the_document(service: Service) -> None:
    id = await service.uploaded(first_sign_by="recipient")
    await session(service, id)
    assert await service.status(id) == 7002


@pytest.mark.parametrize("more", [{"edrpou": "37193071"}, {"type": "other"}, {"email": "none"}])
async def test_a_session_is_refused_to_who_is_not_the_recipient(service: Service, more: dict[str, str]) -> None:
    id = await service.sent()
    asked = {"document_id": id, "edrpou": HOTEL, "email": "a@hotel.example", "type": "sign_session"}
    assert await service.refused("POST", "/sign-sessions", json=asked | more) == (400, "invalid_request")


async def test_a_session_before_its_turn_is_refused_but_one_to_look_is_given(service: Service) -> None:
    id = await service.uploaded()
    asked = {"document_id": id, "edrpou": HOTEL, "email": "a@hotel.example", "type": "sign_session"}
    assert await service.refused("POST", "/sign-sessions", json=asked) == (400, "invalid_request")
    looking = await session(service, id, type="view_session")
    assert "Підписати КЕП" not in await service.reads(looking)


async def test_a_session_ends_with_its_time_or_its_document(service: Service) -> None:
    id = await service.sent()
    path = await session(service, id)
    await service.control("clock", advance=31 * 86400)
    assert "Документ недоступний" in await service.reads(path, 404)
    other = await service.sent()
    path = await session(service, other)
    await service.http.delete(f"/_control/documents/{other}")
    assert "Документ недоступний" in await service.reads(path, 404)
    assert "Документ недоступний" in await service.reads("/sign-sessions/guessed", 404)


async def test_a_public_link_is_signed_by_who_says_their_code(service: Service) -> None:
    id = (await service.upload(title="Рахунок")).json()["documents"][0]["id"]
    asked = {"type": "sign", "access_period": 3, "is_single_use_link": True}
    link = (await service.ask("POST", f"/shared-documents/{id}", json=asked)).json()
    assert (await service.got(f"/shared-documents/{id}"))["id"] == link["id"]
    path = str(link["link"]).removeprefix(service.url)
    assert re.search("Вкажіть код", await service.presses(path, do="sign", edrpou="12"))
    assert "Дякуємо" in await service.presses(path, do="sign", edrpou=HOTEL)
    assert await service.status(id) == 7003
    assert "недоступний" in await service.reads(path, 404)


async def test_a_public_link_is_for_drafts_and_names_its_recipient_whole(service: Service) -> None:
    asked = {"type": "view", "access_period": 3}
    ready = await service.uploaded()
    assert await service.refused("POST", f"/shared-documents/{ready}", json=asked) == (400, "invalid_request")
    draft = (await service.upload()).json()["documents"][0]["id"]
    half = asked | {"recipient_edrpou": HOTEL}
    assert await service.refused("POST", f"/shared-documents/{draft}", json=half) == (400, "invalid_request")
    assert await service.refused("POST", f"/shared-documents/{draft}", json=asked | {"access_period": 2}) == (
        400, "invalid_request",
    )  # fmt: skip
    link = (await service.ask("POST", f"/shared-documents/{draft}", json=asked)).json()
    await service.done("DELETE", f"/shared-documents/{link['id']}", 204)
    await service.reads(str(link["link"]).removeprefix(service.url), 404)


@pytest.fixture
async def letters() -> AsyncIterator[TestServer]:
    server = TestServer(mail.create_app("komora", "pass", now=lambda: 1_767_600_000.0))
    await server.start_server()
    yield server
    await server.close()


async def test_letters_go_to_the_mail_server_that_is_named(service: Service, letters: TestServer) -> None:
    await service.control("mail", url=mail.addresses(letters.app)["smtp"])
    await service.sent()
    assert (await service.http.get("/_control/idle")).json() == {"idle": True}
    assert [one["state"] for one in (await service.state())["letters"]] == ["handed"]
    (letter,) = (await service.http.get(str(letters.make_url("/_control/messages")))).json()["messages"]
    assert letter["subject"] == "ТОВ «Гурт» надсилає вам документ: Договір"
    assert letter["envelope_to"] == ["office@hotel.example"]


async def test_a_mail_server_elsewhere_is_not_taken_and_one_that_is_gone_stops_nothing(service: Service) -> None:
    await service.control("mail", refused=400, url="smtp://smtp.example.com:25")
    await service.control("mail", url="smtp://127.0.0.1:9")
    id = await service.sent()
    await service.http.get("/_control/idle")
    assert [one["state"] for one in (await service.state())["letters"]] == ["failed"]
    assert await service.status(id) == 7004
