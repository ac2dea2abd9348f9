"""The control side: it opens to this machine, tells live what happens, and forgets on request."""

import json

from tests.sandbox.vchasno.conftest import HOTEL, Service


async def test_the_control_side_answers_this_machine_only(service: Service) -> None:
    answer = await service.http.get("/_control/state", headers={"X-Forwarded-For": "10.0.0.1"})
    assert answer.status_code == 403


async def test_the_index_lists_every_route(service: Service) -> None:
    listed = (await service.http.get("/_control/")).json()
    assert "POST /documents/{id}/client-signs" in listed


async def test_what_happens_is_told_live(service: Service) -> None:
    await service.control("companies", edrpou=HOTEL, name="ТОВ «Готель»")
    id = await service.uploaded()
    await service.http.delete(f"/_control/documents/{id}")
    told = []
    async with service.http.stream("GET", "/_control/events?after=0") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                told.append(json.loads(line.removeprefix("data: ")))
            if len(told) == 3:
                break
    assert [one["type"] for one in told] == ["company", "document", "deleted"]
    assert (told[1]["document"]["id"], told[1]["document"]["recipient_name"]) == (id, "ТОВ «Готель»")


async def test_the_service_may_take_another_recipient_later(service: Service) -> None:
    id = await service.uploaded()
    await service.acts(id, "recipient", edrpou="37193071", email="x@other.example")
    shown = await service.got(f"/documents/{id}", params={"with_recipients": "1"})
    assert [one["edrpou"] for one in shown["recipients"]] == ["37193071"]


async def test_what_cannot_be_is_said_in_words(service: Service) -> None:
    await service.control("documents/unknown/client-signs", refused=404)
    await service.control("settings", refused=400, director="never")
    await service.control("settings", refused=400, unknown=1)
    await service.control("clock", refused=400, advance=-1)
    await service.control("faults", refused=400, kind="none")


async def test_a_reset_forgets_everything_but_the_key(service: Service) -> None:
    await service.sent()
    await service.control("tariff", integration=False)
    await service.control("reset")
    state = await service.state()
    assert (state["documents"], state["companies"], state["letters"]) == ([], [], [])
    assert await service.got("/documents") == {"documents": [], "next_cursor": None}
