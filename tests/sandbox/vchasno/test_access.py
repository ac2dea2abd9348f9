"""Who is let in, how fast, and what stands in the way."""

import httpx
import pytest

from tests.sandbox.vchasno.conftest import TOKEN, Service


@pytest.mark.parametrize("token", ["", "wrong", f"Bearer {TOKEN}", f"Token {TOKEN}"])
async def test_only_the_bare_token_is_let_in_and_others_are_told_so_by_403(service: Service, token: str) -> None:
    service.token = token
    assert await service.refused("GET", "/documents") == (403, "login_required")


async def test_an_error_says_code_reason_and_details(service: Service) -> None:
    answer = await service.ask("POST", "/check/company", json={"edrpou": "12"})
    assert answer.status_code == 400
    assert sorted(answer.json()) == ["code", "details", "reason"]
    assert list(answer.json()["details"]) == ["edrpou"]


async def test_without_the_tariff_every_call_is_denied_until_the_trial_is_taken_once(service: Service) -> None:
    await service.control("tariff", integration=False)
    assert await service.refused("GET", "/documents") == (403, "access_denied")
    rate = {"rate": "integration_trial"}
    taken = await service.ask("POST", "/billing/companies/rates/trials", json=rate)
    assert (taken.status_code, taken.text) == (201, "201: Created")
    assert "json" not in taken.headers["Content-Type"]
    assert (await service.ask("GET", "/documents")).status_code == 200
    assert await service.refused("POST", "/billing/companies/rates/trials", json=rate) == (400, "invalid_request")


async def test_the_eleventh_call_in_a_second_is_too_many(service: Service) -> None:
    headers = {"Authorization": TOKEN}
    answers = [await service.http.get("/api/v2/documents", headers=headers) for _ in range(11)]
    assert [one.status_code for one in answers] == [200] * 10 + [429]
    assert (answers[-1].json()["code"], answers[-1].headers["Retry-After"]) == ("too_many_requests", "1")
    service.pace.now += 1
    assert (await service.http.get("/api/v2/documents", headers=headers)).status_code == 200


async def test_a_path_nobody_knows_is_404_in_words(service: Service) -> None:
    assert await service.refused("GET", "/nothing-here") == (404, "")


async def test_troubles_come_in_their_order_and_as_often_as_wanted(service: Service) -> None:
    await service.control("faults", kind="too_many", times=2, seconds=7)
    await service.control("faults", kind="server_error", status=500)
    await service.control("faults", kind="access_denied", call="statuses")
    answers = [await service.ask("GET", "/documents") for _ in range(4)]
    assert [one.status_code for one in answers] == [429, 429, 500, 200]
    assert answers[0].headers["Retry-After"] == "7"
    assert await service.refused("POST", "/documents/statuses", json={"document_ids": ["x"]}) == (403, "access_denied")


async def test_an_upload_whose_answer_is_lost_has_happened(service: Service) -> None:
    await service.control("faults", kind="lost_answer", call="upload")
    with pytest.raises(httpx.RemoteProtocolError):
        await service.upload(vendor_id="contract-7")
    found = await service.got("/documents", params={"vendor_id": "contract-7"})
    assert len(found["documents"]) == 1


async def test_an_upload_answered_after_the_patience_has_happened(service: Service) -> None:
    await service.control("faults", kind="slow", call="upload", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        await service.ask(
            "POST", "/documents", params={"vendor_id": "late"}, files={"file": ("a.pdf", b"x")}, timeout=0.1
        )
    assert len((await service.got("/documents", params={"vendor_id": "late"}))["documents"]) == 1


async def test_an_upload_that_is_never_answered_has_not(service: Service) -> None:
    await service.control("faults", kind="unanswered", call="upload", seconds=0)
    with pytest.raises(httpx.TransportError):
        await service.upload(vendor_id="never")
    assert (await service.got("/documents", params={"vendor_id": "never"}))["documents"] == []


async def test_calls_are_kept_without_the_token(service: Service) -> None:
    await service.ask("GET", "/documents", params={"vendor_id": "a"})
    (call,) = (await service.http.get("/_control/calls")).json()["calls"]
    assert (call["call"], call["path"], call["status"]) == ("list", "/api/v2/documents?vendor_id=a", 200)
    assert TOKEN not in str(call)
