"""Lists, their filters and pages, and the cheap poll."""

from tests.sandbox.vchasno.conftest import CAFE, HOTEL, Service


async def titles(service: Service, **query: str | list[str]) -> list[str]:
    found = await service.got("/documents", params=query)
    return sorted(one["title"] for one in found["documents"])


async def test_pages_hold_three_and_the_cursor_goes_on_until_it_is_null(service: Service) -> None:
    ids = [await service.uploaded(title=f"Договір {number}") for number in range(7)]
    seen: list[str] = []
    sizes: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await service.got("/documents", params={"cursor": cursor} if cursor else {})
        seen += [one["id"] for one in page["documents"]]
        sizes.append(len(page["documents"]))
        cursor = page["next_cursor"]
    assert (sizes, seen) == ([3, 3, 1], ids[::-1])
    assert await service.refused("GET", "/documents", params={"cursor": "нема"}) == (400, "invalid_request")


async def test_what_comes_while_pages_are_read_moves_none_of_them(service: Service) -> None:
    ids = [await service.uploaded() for _ in range(4)]
    first = await service.got("/documents")
    await service.uploaded()
    second = await service.got("/documents", params={"cursor": first["next_cursor"]})
    assert [one["id"] for one in second["documents"]] == [ids[0]]


async def test_filters_choose_by_what_they_name(service: Service) -> None:
    await service.uploaded(title="а", vendor_id="1", recipient_edrpou=CAFE, amount=100, category=3)
    await service.uploaded(title="б", doc_number="7", amount=200, category=16)
    third = await service.sent(title="в", amount=300)
    assert await titles(service, vendor_id="1") == ["а"]
    assert await titles(service, recipient_edrpou=CAFE) == ["а"]
    assert await titles(service, number="7") == ["б"]
    assert await titles(service, category=["3", "16"]) == ["а", "б"]
    assert await titles(service, status="7004") == ["в"]
    assert await titles(service, ids=[third]) == ["в"]
    assert await titles(service, amount_gte="200", amount_lte="200") == ["б"]
    assert await titles(service, extension="docx") == []
    assert await titles(service, vendor_ld="1") == ["а", "б", "в"]


async def test_the_window_of_changes_follows_what_changes(service: Service) -> None:
    first = await service.uploaded(title="перший")
    await service.control("clock", advance=3600)
    await service.uploaded(title="другий")
    assert await titles(service, changed_from="2026-01-05T10:30", changed_to="2026-01-05T11:30") == ["другий"]
    await service.acts(first, "owner-signs")
    assert await titles(service, changed_from="2026-01-05T10:30", changed_to="2026-01-05") == ["другий", "перший"]
    wrong = {"changed_from": "2026-01-05T10:30:00+02:00"}
    assert await service.refused("GET", "/documents", params=wrong) == (400, "invalid_request")


async def test_the_index_may_lag(service: Service) -> None:
    await service.control("settings", index_lag=60)
    await service.uploaded(title="щойно")
    assert await titles(service) == []
    await service.control("clock", advance=60)
    assert await titles(service) == ["щойно"]


async def test_reading_by_has_changed_clears_it(service: Service) -> None:
    await service.uploaded(title="новий")
    assert await titles(service, has_changed="1") == ["новий"]
    assert await titles(service, has_changed="1") == []


async def test_the_mark_of_processed_falls_off_with_the_next_change(service: Service) -> None:
    id = await service.uploaded(title="той")
    marked = await service.ask("POST", "/documents/mark-as-processed", json={"document_ids": [id, "unknown"]})
    assert marked.json() == {"updated_ids": [id]}
    assert await titles(service, processed="1") == ["той"]
    await service.acts(id, "owner-signs")
    assert await titles(service, processed="1") == []


async def test_statuses_take_five_hundred_and_leave_the_unknown_out(service: Service) -> None:
    id = await service.uploaded()
    many = [id, *(f"unknown-{number}" for number in range(499))]
    answer = await service.ask("POST", "/documents/statuses", json={"document_ids": many})
    (row,) = answer.json()["data_list"]
    assert row == {"document_id": id, "status_id": 7001, "status_text": "Готовий до підписання та надсилання"}
    over = {"document_ids": [*many, "one more"]}
    assert await service.refused("POST", "/documents/statuses", json=over) == (400, "invalid_request")


async def test_one_document_comes_bare_or_wrapped(service: Service) -> None:
    id = await service.uploaded()
    assert (await service.got(f"/documents/{id}"))["id"] == id
    await service.control("settings", wrapped=True)
    assert (await service.got(f"/documents/{id}"))["documents"][0]["id"] == id
    assert await service.refused("GET", "/documents/00000000-0000-0000-0000-000000000000") == (404, "")


async def test_a_status_nobody_knows_is_told_as_it_is(service: Service) -> None:
    id = await service.uploaded()
    await service.acts(id, "status", code=7005)
    assert await service.status(id) == 7005
    assert (await service.got(f"/documents/{id}"))["status_text"] == "Стан 7005"


async def test_nothing_comes_in(service: Service) -> None:
    assert await service.got("/incoming-documents") == {"documents": [], "next_cursor": None}


async def test_a_company_is_registered_once_it_is_told_so(service: Service) -> None:
    asked = {"json": {"edrpou": HOTEL}}
    assert (await service.ask("POST", "/check/company", **asked)).json() == {
        "edrpou": HOTEL, "name": None, "is_registered": False,
    }  # fmt: skip
    await service.control("companies", edrpou=HOTEL, name="ТОВ «Готель»", registered=True)
    assert (await service.ask("POST", "/check/company", **asked)).json() == {
        "edrpou": HOTEL, "name": "ТОВ «Готель»", "is_registered": True,
    }  # fmt: skip


async def test_categories_have_the_contract_and_the_act(service: Service) -> None:
    titles_by_id = {one["category_id"]: one["category_title"] for one in await service.got("/document-categories")}
    assert (titles_by_id[3], titles_by_id[15], titles_by_id[16]) == ("Договір", "Інший", "Акт звірки")
