"""What each call asks, and what each answer of the service means."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.signing import Allowance, Recipient, ServiceDocument, ServiceState, SignatureMark
from integrations.vchasno import Vchasno
from tests.integration.vchasno.double import (
    DROPS,
    NOON,
    REF,
    TOKEN,
    Bodies,
    Clock,
    Says,
    Service,
    Sides,
    document,
    listed,
    refuses,
)

READ, SEND = f"GET documents/{REF}", f"POST documents/{REF}/send"
STATUSES, LIST, DELETE = "POST documents/statuses", "GET documents", f"DELETE documents/{REF}"
SIGNATURES, COMMENTS = f"GET documents/{REF}/signatures", f"GET documents/{REF}/comments"
SESSION, BILLING, COMPANY = "POST sign-sessions", "GET company/billing", "POST check/company"


# --- looking ---------------------------------------------------------------------------------------------------------


async def test_a_document_is_read_with_its_recipients(service: Service, signing: Vchasno) -> None:
    people = [
        {"edrpou": "1234567890", "emails": ["a@b.example", "c@b.example"]},
        {"edrpou": "12345678", "is_emails_hidden": True},
    ]
    service.says(READ, document(status=7008, date_finished="2026-11-02T12:30:15.123456+02:00", recipients=people))
    assert await signing.look(REF) == ServiceDocument(
        ref=REF,
        state=ServiceState.SIGNED,
        code="7008",
        key="contract-7",
        recipients=(Recipient("1234567890", "a@b.example"), Recipient("12345678", "")),
        page=f"https://edo.vchasno.ua/app/documents/{REF}",
        finished_at=datetime(2026, 11, 2, 10, 30, 15, 123456, UTC),
    )


@pytest.mark.parametrize(
    ("said", "state", "code"),
    [
        (7000, ServiceState.DRAFT, "7000"),
        ("7001", ServiceState.READY, "7001"),
        (7002.0, ServiceState.SENT, "7002"),
        (7003, ServiceState.SIGNING_OWNER, "7003"),
        (7004, ServiceState.WAITING_CLIENT, "7004"),
        (7006, ServiceState.REJECTED, "7006"),
        (7007, ServiceState.SIGNING_CLIENT, "7007"),
        (7008, ServiceState.SIGNED, "7008"),
        (7011, ServiceState.ANNULLED, "7011"),
        (7005, ServiceState.UNKNOWN, "7005"),
        (None, ServiceState.UNKNOWN, ""),
        ({"id": 7008}, ServiceState.UNKNOWN, ""),
        ("<script>", ServiceState.UNKNOWN, ""),
    ],
)
async def test_a_state_is_known_by_its_code_in_any_dress(
    service: Service, signing: Vchasno, said: Any, state: ServiceState, code: str
) -> None:
    service.says(READ, document(status=said))
    found = await signing.look(REF)
    assert (found.state, found.code) == (state, code)


async def test_a_state_that_nobody_knows_is_written_once(service: Service, signing: Vchasno) -> None:
    service.says(READ, document(status=7009))
    with capture_logs() as lines:
        await signing.look(REF)
        await signing.look(REF)
    assert [(line["event"], line["code"]) for line in lines] == [("vchasno state is not known", "7009")]


async def test_a_document_that_is_not_there_is_gone(service: Service, signing: Vchasno) -> None:
    service.says(READ, refuses(404))
    found = await signing.look(REF)
    assert (found.ref, found.state, found.code) == (REF, ServiceState.GONE, "not_found")


@pytest.mark.parametrize("ref", ["", "..", "a/b", "a?b", "x" * 65, "../company/billing"])
async def test_what_can_be_no_document_is_not_asked_for(service: Service, signing: Vchasno, ref: str) -> None:
    assert (await signing.look(ref)).state is ServiceState.GONE
    assert await signing.states([ref]) == {}
    with pytest.raises(Rejected):
        await signing.signatures(ref)
    assert service.asked == []


@pytest.mark.parametrize(
    "url", ["", "https://evil.example/app", "javascript:alert(1)", "http://edo.vchasno.ua/x", "https://a@b:c/["]
)
async def test_a_page_is_the_services_own(sides: Sides, url: str) -> None:
    sides.service.says(READ, document(url=url))
    assert (await sides.signing.look(REF)).page == f"{sides.address}/app/documents/{REF}"


@pytest.mark.parametrize(
    "said", [Says(), {}, [], {"documents": []}, document(id="another"), Says("не JSON"), Says("[" * 100_000)]
)
async def test_an_answer_that_says_nothing_is_asked_for_again(
    service: Service, signing: Vchasno, said: Says | Bodies
) -> None:
    service.says(READ, said, document())
    assert (await signing.look(REF)).state is ServiceState.READY
    assert service.heard() == [READ, READ]


# --- many at once ----------------------------------------------------------------------------------------------------


async def test_states_are_asked_for_by_five_hundred(service: Service, signing: Vchasno) -> None:
    refs = [f"{number:08}" for number in range(1001)]
    rows = [
        {"document_id": "00000000", "status_id": "7008", "status_text": "Підписаний"},
        {"document_id": "00000499", "status_id": 7006},
        {"document_id": "strange", "status_id": 7008},
        {"status_id": 7008},
    ]
    service.says(STATUSES, {"data_list": rows}, [{"document_id": "00000500", "status_id": 7004}], {"data_list": []})
    found = await signing.states([*refs, "00000001"])
    assert [len(one.json["document_ids"]) for one in service.asked] == [500, 500, 1]
    assert {ref: (one.state, one.code) for ref, one in found.items()} == {
        "00000000": (ServiceState.SIGNED, "7008"),
        "00000499": (ServiceState.REJECTED, "7006"),
        "00000500": (ServiceState.WAITING_CLIENT, "7004"),
    }


async def test_nothing_is_asked_about_nothing(service: Service, signing: Vchasno) -> None:
    assert await signing.states([]) == {}
    assert service.asked == []


async def test_a_window_is_read_by_either_clock_and_page_by_page(service: Service, signing: Vchasno) -> None:
    first, second, third = (document(id=f"id-{number}") for number in (1, 2, 3))
    service.says(LIST, listed(first, second, cursor="a"), listed(cursor="b"), listed(third))
    since = datetime(2026, 11, 2, 10, 0, 30, tzinfo=UTC)
    pages = [page async for page in signing.changed(since, since + timedelta(minutes=10))]
    assert [[one.ref for one in page] for page in pages] == [["id-1", "id-2"], ["id-3"]]
    window = [("changed_from", "2026-11-02T10:00"), ("changed_to", "2026-11-02T12:11"), ("with_recipients", "1")]
    assert [one.query for one in service.asked] == [window, [*window, ("cursor", "a")], [*window, ("cursor", "b")]]


async def test_a_window_without_an_end_is_left(service: Service, signing: Vchasno) -> None:
    service.says(LIST, listed(document(), cursor="a"))
    with pytest.raises(Unavailable, match="endless"):
        _ = [page async for page in signing.changed(NOON, NOON)]
    assert len(service.asked) == 2


# --- sending ---------------------------------------------------------------------------------------------------------


async def test_a_document_that_is_ready_is_sent(service: Service, signing: Vchasno) -> None:
    service.says(READ, document())
    service.says(SEND, Says())
    await signing.send(REF)
    assert service.heard() == [READ, SEND]
    assert service.asked[1].body == b""


@pytest.mark.parametrize("status", [7002, 7004, 7006, 7007, 7008, 7011])
async def test_a_document_on_its_way_is_left_as_it_is(service: Service, signing: Vchasno, status: int) -> None:
    service.says(READ, document(status=status))
    await signing.send(REF)
    assert service.heard() == [READ]


@pytest.mark.parametrize("answer", [DROPS, refuses(500), refuses(400, "invalid_request")])
async def test_after_a_lost_answer_or_a_refusal_it_is_looked_whether_it_went(
    service: Service, signing: Vchasno, answer: Says
) -> None:
    service.says(READ, document(), document(status=7002))
    service.says(SEND, answer)
    await signing.send(REF)
    assert service.heard() == [READ, SEND, READ]


@pytest.mark.parametrize(
    ("answer", "error", "code"),
    [
        (refuses(500), Ambiguous, "http 500"),
        (refuses(503), Unavailable, "http 503"),
        (refuses(400, "invalid_request"), Rejected, "invalid_request"),
        (refuses(403, "login_required"), Rejected, "login_required"),
    ],
)
async def test_what_did_not_go_is_said(
    service: Service, signing: Vchasno, answer: Says, error: type[OutsideError], code: str
) -> None:
    service.says(READ, document())
    service.says(SEND, answer)
    with pytest.raises(error) as raised:
        await signing.send(REF)
    assert raised.value.code == code


async def test_of_a_lost_answer_that_changed_nothing_nobody_knows(service: Service, signing: Vchasno) -> None:
    service.says(READ, document())
    service.says(SEND, DROPS)
    with pytest.raises(Ambiguous):
        await signing.send(REF)
    assert service.heard() == [READ, SEND, READ]


async def test_what_is_gone_cannot_be_sent(service: Service, signing: Vchasno) -> None:
    with pytest.raises(Rejected, match="not_found"):
        await signing.send(REF)


# --- the signer ------------------------------------------------------------------------------------------------------


async def test_a_link_is_for_one_signer_and_brings_them_back(service: Service, signing: Vchasno) -> None:
    service.says(SESSION, Says({"id": "s-1", "url": "https://edo.vchasno.ua/sign/s3cret", "status": "new"}, 201))
    link = await signing.sign_link(REF, "12345678", "olena@horeca.example", "https://shop.example/back")
    assert link == "https://edo.vchasno.ua/sign/s3cret"
    assert service.asked[0].json == {
        "document_id": REF,
        "edrpou": "12345678",
        "email": "olena@horeca.example",
        "type": "sign_session",
        "on_finish_url": "https://shop.example/back",
        "on_cancel_url": "https://shop.example/back",
    }


@pytest.mark.parametrize("url", ["https://evil.example/sign", "http://edo.vchasno.ua/sign", "https://vchasno.ua.evil/"])
async def test_a_link_to_elsewhere_is_shown_to_nobody(service: Service, signing: Vchasno, url: str) -> None:
    service.says(SESSION, {"url": url})
    with pytest.raises(Rejected, match="address"):
        await signing.sign_link(REF, "12345678", "olena@horeca.example")


async def test_a_link_that_was_lost_is_one_that_nobody_knows(service: Service, signing: Vchasno) -> None:
    service.says(SESSION, DROPS)
    with pytest.raises(Unavailable):
        await signing.sign_link(REF, "12345678", "olena@horeca.example")
    assert service.heard() == [SESSION]


@pytest.mark.parametrize("said", [{"is_registered": True}, {"is_registered": 1, "name": None}])
async def test_a_company_is_there(service: Service, signing: Vchasno, said: Bodies) -> None:
    service.says(COMPANY, said)
    assert await signing.registered("12345678") is True
    assert service.asked[0].json == {"edrpou": "12345678"}


@pytest.mark.parametrize("said", [{"is_registered": False}, {"is_registered": "0"}, refuses(404)])
async def test_a_company_is_not_there(service: Service, signing: Vchasno, said: Bodies | Says) -> None:
    service.says(COMPANY, said)
    assert await signing.registered("12345678") is False


# --- who signed ------------------------------------------------------------------------------------------------------


async def test_signatures_are_listed_with_the_seals_beside_them(service: Service, signing: Vchasno) -> None:
    stamp = {"company_name": "ТОВ «Хорека»", "edrpou": 12345678, "serial_number": "00:0b", "timestamp": None}
    row = {
        "edrpou": "12345678",
        "company_name": "ТОВ «Хорека»",
        "is_internal": 0,
        "signer_name": "Олена\nКоваль",
        "signer_position": "Директор",
        "serial_number": "00 58e2d9e7",
        "timestamp": "2026-11-02T12:30:15+02:00",
        "has_stamp": True,
        "stamp": stamp,
    }
    service.says(SIGNATURES, [row, {"is_internal": True, "serial_number": 255, "stamp": None}, "strange"])
    assert await signing.signatures(REF) == [
        SignatureMark(
            "12345678", "ТОВ «Хорека»", "Олена Коваль", "Директор", "58E2D9E7",
            datetime(2026, 11, 2, 10, 30, 15, tzinfo=UTC),
        ),
        SignatureMark("12345678", "ТОВ «Хорека»", "", "", "B", None),
        SignatureMark("", "", "", "", "255", None, ours=True),
    ]  # fmt: skip


async def test_the_reason_of_a_rejection_is_the_last_comment_of_its_kind(service: Service, signing: Vchasno) -> None:
    said = [
        {"type": "rejection", "text": "Не та  ціна\nна рис", "date_created": "2026-11-02T12:00:00+02:00"},
        {"type": "rejection", "text": "Раніше", "date_created": ""},
        {"type": "comment", "text": "Пізніше", "date_created": "2026-11-02T13:00:00+02:00"},
    ]
    service.says(COMMENTS, {"comments": said}, said, {"comments": []})
    assert await signing.rejection(REF) == "Не та ціна на рис"
    assert await signing.rejection(REF) == "Не та ціна на рис"
    assert await signing.rejection(REF) == ""


# --- taking back -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [Says(), Says(status=204), Says("200: OK", kind="text/plain"), refuses(404)])
async def test_a_document_is_taken_back(service: Service, signing: Vchasno, answer: Says) -> None:
    service.says(READ, document(status=7004))
    service.says(DELETE, answer)
    await signing.withdraw(REF)
    assert service.heard() == [READ, DELETE]


async def test_what_is_gone_is_taken_back_already(service: Service, signing: Vchasno) -> None:
    await signing.withdraw(REF)
    assert service.heard() == [READ]


async def test_what_everybody_signed_is_not_taken_back(service: Service, signing: Vchasno) -> None:
    service.says(READ, document(status=7008))
    with pytest.raises(Rejected) as refusal:
        await signing.withdraw(REF)
    assert (refusal.value.code, service.heard()) == ("signed", [READ])


async def test_what_was_signed_meanwhile_is_not_taken_back(service: Service, signing: Vchasno) -> None:
    service.says(READ, document(status=7004), document(status=7008))
    service.says(DELETE, refuses(403))
    with pytest.raises(Rejected) as refusal:
        await signing.withdraw(REF)
    assert (refusal.value.code, refusal.value.of_system) == ("signed", False)


# --- the account -----------------------------------------------------------------------------------------------------


def billing(**sent: Any) -> Bodies:
    rates = [
        {"name": "Старий", "type": "integration", "end_date": "2026-10-01T00:00:00+03:00", "units_left": 9},
        {"name": "Базовий", "type": "start", "end_date": None, "units_left": None},
        {"name": "Інтеграція", "type": "integration_2026", "end_date": "2026-12-31T23:59:59+02:00", "units_left": 40},
    ]
    return {"rates": rates, "limits": {"documents_sent": sent} if sent else None}


@pytest.mark.parametrize(
    ("sent", "left"),
    [
        ({"used": 20, "limit": 120, "is_unlimited": False}, 100),
        ({"used": "130", "limit": "120", "is_unlimited": 0}, 0),
        ({"used": 20, "limit": 0, "is_unlimited": 1}, None),
        ({}, 40),
    ],
)
async def test_the_tariff_is_the_integrations_and_the_limit_is_said_or_counted(
    service: Service, signing: Vchasno, sent: dict[str, Any], left: int | None
) -> None:
    service.says(BILLING, billing(**sent))
    until = datetime(2026, 12, 31, 21, 59, 59, tzinfo=UTC)
    assert await signing.allowance() == Allowance("Інтеграція", left, until)


async def test_a_tariff_is_there_to_the_end_of_its_last_day(service: Service, signing: Vchasno, clock: Clock) -> None:
    service.says(BILLING, {"rates": [{"name": "Інтеграція", "type": "integration", "end_date": "2026-11-02"}]})
    assert await signing.allowance() == Allowance("Інтеграція", None, datetime(2026, 11, 2, 21, 59, 59, tzinfo=UTC))
    clock.pass_(days=1)
    assert await signing.allowance() == Allowance("", None, None)


async def test_where_nothing_is_said_nothing_is_known(service: Service, signing: Vchasno) -> None:
    service.says(BILLING, {})
    assert await signing.allowance() == Allowance("", None, None)


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ({"used": 1, "limit": 3}, "тариф «Інтеграція» до 31.12.2026; документів лишилося 2"),
        ({"is_unlimited": True}, "тариф «Інтеграція» до 31.12.2026; документів без обмеження"),
    ],
)
async def test_a_check_is_one_line(service: Service, signing: Vchasno, sent: dict[str, Any], line: str) -> None:
    service.says(BILLING, billing(**sent))
    assert await signing.check() == line


# --- refusals --------------------------------------------------------------------------------------------------------

ASKS: list[tuple[str, Callable[[Vchasno], Awaitable[Any]]]] = [
    (BILLING, lambda signing: signing.ping()),
    (READ, lambda signing: signing.look(REF)),
    (STATUSES, lambda signing: signing.states([REF])),
    (SIGNATURES, lambda signing: signing.signatures(REF)),
    (SESSION, lambda signing: signing.sign_link(REF, "12345678", "olena@horeca.example")),
]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (refuses(403, "login_required"), "login_required"),
        (refuses(401, ""), "login_required"),
        (refuses(403, "access_denied"), "access_denied"),
        (refuses(403, ""), "permission"),
        (refuses(403, "can_upload_document"), "permission"),
        (refuses(400, "rate_upload_overlimit"), "rate_upload_overlimit"),
        (Says("", 302, headers={"Location": "https://evil.example"}), "http 302"),
    ],
)
@pytest.mark.parametrize(("question", "ask"), ASKS)
async def test_what_staff_have_to_mend_is_of_the_system_and_not_of_the_document(
    service: Service,
    signing: Vchasno,
    question: str,
    ask: Callable[[Vchasno], Awaitable[Any]],
    answer: Says,
    code: str,
) -> None:
    service.says(question, answer)
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await ask(signing)
    assert (refusal.value.code, refusal.value.of_system) == (code, True)
    assert [line["log_level"] for line in lines] == ["critical", "info"]
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (refuses(400, "invalid_request"), "invalid_request"),
        (refuses(409, "Щось по-людськи, з адресою a@b.example"), "http 409"),
        (Says("<html>", 413, "text/html"), "http 413"),
    ],
)
async def test_what_cannot_be_is_of_the_document(service: Service, signing: Vchasno, answer: Says, code: str) -> None:
    service.says(SIGNATURES, answer)
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await signing.signatures(REF)
    assert (refusal.value.code, refusal.value.of_system) == (code, False)
    assert "example" not in str(lines)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (refuses(429), "too_many_requests"),
        (refuses(500), "http 500"),
        (refuses(503), "http 503"),
        (refuses(408), "http 408"),
        (Says("<html>зачекайте</html>", 200, "text/html"), "html"),
        (Says("{", 200), "broken answer"),
        (Says(b"[" + b"1," * (9 * 1024 * 1024) + b"1]"), "too_large"),
    ],
)
async def test_what_may_pass_is_asked_three_times(service: Service, signing: Vchasno, answer: Says, code: str) -> None:
    service.says(SIGNATURES, answer)
    with pytest.raises(Unavailable) as error:
        await signing.signatures(REF)
    assert error.value.code == code
    assert service.heard() == [SIGNATURES] * 3


async def test_the_token_is_in_no_error_log_or_name(service: Service, signing: Vchasno) -> None:
    service.says(BILLING, refuses(403, "login_required"))
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await signing.ping()
    told = f"{lines} {refusal.value!r} {refusal.value} {signing!r} {signing._settings!r}"
    assert TOKEN not in told


# --- the pace --------------------------------------------------------------------------------------------------------


async def test_calls_go_eight_a_second(service: Service, signing: Vchasno, clock: Clock) -> None:
    service.says(BILLING, {})
    for _ in range(6):
        await signing.ping()
    assert clock.pauses == [0.125] * 4


@pytest.mark.parametrize(("asked", "pause"), [("7", 7.0), ("", 1.0), ("Fri, 31 Dec 2026 23:59:59 GMT", 1.0)])
async def test_everybody_waits_as_long_as_the_service_asks(
    service: Service, signing: Vchasno, clock: Clock, asked: str, pause: float
) -> None:
    service.says(BILLING, refuses(429, Retry_After=asked), {})
    with pytest.raises(Unavailable):
        await signing.ping()
    await signing.ping()
    assert clock.pauses == [pause]


async def test_a_long_pause_is_not_waited_for(service: Service, signing: Vchasno, clock: Clock) -> None:
    service.says(BILLING, refuses(429, Retry_After="60"), {})
    for _ in range(2):
        with pytest.raises(Unavailable, match="too_many_requests"):
            await signing.ping()
    assert (len(service.asked), clock.pauses) == (1, [])
    clock.seconds += 41
    await signing.ping()
    assert clock.pauses == [19.0]
