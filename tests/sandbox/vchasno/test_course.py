"""From state to state, by the API, by a person's one click, and by the director set to sign."""

import pytest

from tests.sandbox.vchasno.conftest import HOTEL, Service

SEND = {"send": False}


async def test_step_by_step_the_owner_signs_first(service: Service) -> None:
    id = await service.uploaded()
    seen = [await service.status(id)]
    await service.acts(id, "owner-signs", **SEND)
    seen.append(await service.status(id))
    await service.done("POST", f"/documents/{id}/send")
    seen.append(await service.status(id))
    await service.acts(id, "client-signs", **SEND)
    seen.append(await service.status(id))
    await service.control("clock", advance=60)
    await service.acts(id, "client-sends")
    seen.append(await service.status(id))
    assert seen == [7001, 7003, 7004, 7007, 7008]
    assert (await service.got(f"/documents/{id}"))["date_finished"] == "2026-01-05T10:01:00+02:00"


async def test_step_by_step_the_client_signs_first(service: Service) -> None:
    id = await service.uploaded(first_sign_by="recipient")
    seen = []
    await service.done("POST", f"/documents/{id}/send")
    seen.append(await service.status(id))
    await service.acts(id, "client-signs", **SEND)
    seen.append(await service.status(id))
    await service.acts(id, "client-sends")
    seen.append(await service.status(id))
    await service.acts(id, "owner-signs")
    seen.append(await service.status(id))
    assert seen == [7002, 7007, 7003, 7008]


async def test_one_click_of_a_person_skips_states(service: Service) -> None:
    id = await service.uploaded()
    assert (await service.acts(id, "owner-signs"))["status"] == 7004
    assert (await service.acts(id, "client-signs"))["status"] == 7008


async def test_two_signatures_of_the_client_are_waited_for(service: Service) -> None:
    id = await service.sent(expected_recipient_signatures=2)
    assert (await service.acts(id, "client-signs"))["status"] == 7007
    assert (await service.control(f"documents/{id}/client-sends", refused=400))["error"] == (
        "Підписали ще не всі від контрагента"
    )
    done = await service.acts(id, "client-signs", signer="Ткаченко Марія Іванівна")
    assert (done["status"], done["signatures_to_finish"]) == (7008, 0)


async def test_a_client_who_only_receives_has_it_at_once(service: Service) -> None:
    id = await service.uploaded(expected_recipient_signatures=0)
    assert (await service.acts(id, "owner-signs"))["status"] == 7008


@pytest.mark.parametrize("status", [7000, 7001, 7004, 7006, 7008])
async def test_what_is_no_turn_of_the_owner_is_not_sent(service: Service, status: int) -> None:
    id = await service.uploaded()
    await service.acts(id, "status", code=status)
    assert await service.refused("POST", f"/documents/{id}/send") == (400, "invalid_request")


async def test_the_client_does_not_sign_what_was_not_sent(service: Service) -> None:
    id = await service.uploaded()
    assert await service.control(f"documents/{id}/client-signs", refused=400) == {
        "error": "Документ ще не надіслано контрагенту"
    }


async def test_a_rejection_ends_it_and_leaves_its_reason_as_a_comment(service: Service) -> None:
    id = await service.sent()
    await service.acts(id, "client-rejects", text="Не той термін")
    assert await service.status(id) == 7006
    (comment,) = (await service.got(f"/documents/{id}/comments"))["comments"]
    assert (comment["type"], comment["text"], comment["author"]["edrpou"]) == ("rejection", "Не той термін", HOTEL)
    assert (await service.got(f"/documents/{id}"))["date_finished"] == "2026-01-05T10:00:00+02:00"
    assert await service.refused("POST", f"/documents/{id}/reject", json={"text": "ще"}) == (400, "invalid_request")


async def test_the_owner_rejects_by_the_api(service: Service) -> None:
    id = await service.sent()
    await service.done("POST", f"/documents/{id}/reject", json={"text": "Відкликаємо"})
    assert await service.status(id) == 7006


async def test_details_change_only_before_the_owner_signs(service: Service) -> None:
    id = await service.uploaded()
    words = {"title": "Нова назва", "amount": 5, "date": "2026-02-01"}
    await service.done("PATCH", f"/documents/{id}/info", json=words)
    changed = await service.got(f"/documents/{id}")
    assert (changed["title"], changed["amount"], changed["date"]) == ("Нова назва", 5, "2026-02-01")
    await service.acts(id, "owner-signs", **SEND)
    assert await service.refused("PATCH", f"/documents/{id}/info", json=words) == (400, "invalid_request")


async def test_the_recipient_changes_until_the_client_has_signed(service: Service) -> None:
    id = await service.sent()
    other = {"edrpou": "37193071", "email": "b@other.example"}
    await service.done("PATCH", f"/documents/{id}/recipient", json=other)
    await service.acts(id, "client-signs")
    assert await service.refused("PATCH", f"/documents/{id}/recipient", json=other) == (400, "invalid_request")


async def test_a_list_of_recipients_has_one_who_signs_and_others_who_look(service: Service) -> None:
    id = await service.uploaded()
    parties = [
        {"edrpou": HOTEL, "emails": ["a@hotel.example"], "role": "viewer"},
        {"edrpou": "37193071", "emails": ["b@other.example"], "is_email_hidden": True},
    ]
    await service.done("PATCH", f"/documents/{id}/recipients", json={"is_ordered": False, "recipients": parties})
    shown = (await service.got(f"/documents/{id}", params={"with_recipients": "1"}))["recipients"]
    assert [(one["role"], one["emails"]) for one in shown] == [("viewer", ["a@hotel.example"]), ("signer", [])]


async def test_a_company_that_was_not_meant_can_sign(service: Service) -> None:
    id = await service.sent()
    done = await service.acts(id, "client-signs", edrpou="37193071", name="ТОВ «Інша»", signer="Чужий Петро Іванович")
    assert done["status"] == 7008
    ours, theirs = await service.got(f"/documents/{id}/signatures")
    assert (ours["is_internal"], theirs["is_internal"]) == (True, False)
    assert (theirs["edrpou"], theirs["signer_name"]) == ("37193071", "Чужий Петро Іванович")


async def test_the_director_signs_after_a_while_where_that_is_set(service: Service) -> None:
    await service.control("settings", director="signs", director_after=30)
    id = await service.uploaded()
    assert await service.status(id) == 7001
    await service.control("clock", advance=30)
    assert await service.status(id) == 7003
    await service.control("settings", director="signs_and_sends")
    other = await service.uploaded()
    await service.control("clock", advance=30)
    assert await service.status(other) == 7004


async def test_the_director_signs_what_came_back_signed_by_the_client(service: Service) -> None:
    await service.control("settings", director="signs", director_after=30)
    id = await service.uploaded(first_sign_by="recipient")
    await service.done("POST", f"/documents/{id}/send")
    await service.acts(id, "client-signs")
    await service.control("clock", advance=30)
    assert await service.status(id) == 7008


async def test_several_parties_sign_in_their_order(service: Service) -> None:
    id = await service.uploaded(is_multilateral=1)
    route = [
        {"edrpou": "41870016", "emails": ["d@own.example"], "order": 0, "sign_num": 1},
        {"edrpou": HOTEL, "emails": ["a@hotel.example"], "order": 1, "sign_num": 1},
    ]
    await service.done("POST", f"/documents/{id}/flow", json=route)
    assert await service.status(id) == 7010
    await service.control(f"documents/{id}/client-signs", refused=400, edrpou=HOTEL)
    await service.acts(id, "owner-signs")
    assert [one["pending_signatures"] for one in await service.got(f"/documents/{id}/flows")] == [0, 1]
    assert (await service.acts(id, "client-signs", edrpou=HOTEL))["status"] == 7008
