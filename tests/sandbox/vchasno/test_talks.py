"""Comments, and asking to delete."""

from tests.sandbox.vchasno.conftest import Service


async def test_comments_of_all_documents_want_both_days(service: Service) -> None:
    id = await service.uploaded()
    await service.done("POST", f"/documents/{id}/comments", 201, json={"text": "Чекаємо", "is_internal": True})
    half = {"date_from": "2026-01-01"}
    assert await service.refused("GET", "/documents/comments") == (400, "invalid_request")
    assert await service.refused("GET", "/documents/comments", params=half) == (400, "invalid_request")
    found = await service.got("/documents/comments", params=half | {"date_to": "2026-01-05"})
    assert [(one["document_id"], one["text"], one["is_internal"]) for one in found["comments"]] == [
        (id, "Чекаємо", True)
    ]
    before = await service.got("/documents/comments", params=half | {"date_to": "2026-01-04"})
    assert before["comments"] == []


async def test_a_deleted_document_is_unknown_to_every_call(service: Service) -> None:
    id = await service.uploaded(vendor_id="gone")
    await service.done("DELETE", f"/documents/{id}")
    assert await service.refused("GET", f"/documents/{id}") == (404, "")
    assert await service.refused("GET", f"/documents/{id}/signatures") == (404, "")
    assert (await service.got("/documents", params={"vendor_id": "gone"}))["documents"] == []
    answer = await service.ask("POST", "/documents/statuses", json={"document_ids": [id]})
    assert answer.json() == {"data_list": []}


async def test_what_both_signed_is_deleted_by_agreement_only(service: Service) -> None:
    id = await service.sent()
    await service.acts(id, "client-signs")
    assert await service.refused("DELETE", f"/documents/{id}") == (400, "invalid_request")
    asked = await service.ask("POST", f"/documents/{id}/delete-requests", json={"message": "Помилка в сумі"})
    assert (asked.status_code, asked.json()["status"]) == (201, "new")
    listed = await service.got("/documents/delete-requests", params={"status": "new", "with_outgoing": "1"})
    assert [one["message"] for one in listed["delete_requests"]] == ["Помилка в сумі"]
    assert await service.got("/documents/delete-requests") == {"delete_requests": []}
    assert await service.refused("POST", f"/documents/{id}/delete-requests/acceptions") == (403, "")
    await service.acts(id, "delete-request", accept=False, message="Не згодні")
    again = await service.ask("POST", f"/documents/{id}/delete-requests", json={"message": "Дуже просимо"})
    assert again.status_code == 201
    await service.acts(id, "delete-request", accept=True)
    assert await service.refused("GET", f"/documents/{id}") == (404, "")


async def test_a_request_to_delete_is_withdrawn(service: Service) -> None:
    id = await service.sent()
    await service.ask("POST", f"/documents/{id}/delete-requests", json={"message": "Стривайте"})
    await service.done("DELETE", f"/documents/{id}/delete-requests", 204)
    assert await service.refused("DELETE", f"/documents/{id}/delete-requests") == (400, "invalid_request")
    shown = await service.got(f"/documents/{id}", params={"with_delete_requests": "1"})
    assert [one["status"] for one in shown["delete_requests"]] == ["canceled"]


async def test_a_locked_document_is_not_deleted(service: Service) -> None:
    id = await service.uploaded()
    lock = {"json": {"document_ids": [id]}}
    await service.done("POST", "/documents/delete-requests/lock-delete", **lock)
    assert await service.refused("DELETE", f"/documents/{id}") == (400, "invalid_request")
    await service.done("DELETE", "/documents/delete-requests/lock-delete", **lock)
    await service.done("DELETE", f"/documents/{id}")
