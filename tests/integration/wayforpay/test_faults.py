"""Troubles of the line and of the gateway: what happened, what did not, and what nobody knows."""

from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.money import Money
from bot.domain.payment import Outcome
from integrations.wayforpay import WayForPay, connect
from tests.integration.wayforpay.asking import ASKED, REFUND, REPEATED, outcome
from tests.integration.wayforpay.world import SECRET, World, charge, now, opened, settings


@pytest.mark.parametrize("operation", ASKED)
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "server_error", "status": 502}, "http 502"),
        ({"kind": "html"}, "html"),
        ({"kind": "error", "code": 1129}, 1129),
        ({"kind": "lost_answer"}, "RemoteProtocolError"),
    ],
)
async def test_an_unknown_outcome_is_ambiguous_where_money_moves_and_for_later_elsewhere(
    world: World, operation: str, fault: dict[str, Any], code: str | int
) -> None:
    await world.provider.invoice(charge())
    await world.pays(card={"SETTLE": "held"}.get(operation, "approve"))
    await world.acts("faults", operation=operation, times=10, **fault)
    ask, lost = ASKED[operation]
    assert await outcome(ask(world.provider)) == (lost, code)
    left = {one["kind"]: one["times"] for one in await world.looks("faults")}
    assert left == {fault["kind"]: 7 if operation in REPEATED else 9}


@pytest.mark.parametrize("operation", ASKED)
async def test_an_answer_too_late_is_the_same(http: httpx.AsyncClient, operation: str) -> None:
    async with opened(http, patience=0.2) as world:
        await world.acts("faults", kind="slow", operation=operation, seconds=0.5, times=10)
        ask, lost = ASKED[operation]
        assert await outcome(ask(world.provider)) == (lost, "timeout")


@pytest.mark.parametrize("operation", ASKED)
async def test_nobody_listening_is_for_later(http: httpx.AsyncClient, operation: str) -> None:
    provider = connect(settings("http://127.0.0.1:1"), http, now=now)
    assert await outcome(ASKED[operation][0](provider)) == (Unavailable, "ConnectError")


@pytest.mark.parametrize("operation", ASKED)
@pytest.mark.parametrize("code", [1109, 1113, 1117, 1118, 1121, 1130])
async def test_a_refusal_is_final_and_asked_once(world: World, operation: str, code: int) -> None:
    await world.acts("faults", kind="error", operation=operation, code=code, times=10)
    assert await outcome(ASKED[operation][0](world.provider)) == (Rejected, code)
    assert [one["times"] for one in await world.looks("faults")] == [9]


@pytest.mark.parametrize("operation", sorted(REPEATED))
async def test_a_reading_is_repeated_until_it_is_answered(world: World, operation: str) -> None:
    await world.provider.invoice(charge())
    await world.acts("faults", kind="server_error", operation=operation, times=2)
    assert await outcome(ASKED[operation][0](world.provider)) == (None, None)


async def test_a_refund_whose_answer_was_lost_is_found_by_looking(world: World, provider: WayForPay) -> None:
    await provider.page(charge())
    await world.pays()
    await world.acts("faults", kind="lost_answer", operation="REFUND")
    with pytest.raises(Ambiguous):
        await provider.refund("K-1", Money(4950), "Молоко")
    state = await provider.state("K-1")
    assert state is not None
    assert (state.outcome, state.refunded) == (Outcome.PAID, Money(4950))


async def test_a_refund_that_cannot_be_read_back_is_to_be_looked_at(world: World, provider: WayForPay) -> None:
    await provider.page(charge())
    await world.pays()
    await world.acts("faults", kind="server_error", operation="CHECK_STATUS", times=20)
    assert await outcome(REFUND(provider)) == (Ambiguous, "http 502")


@pytest.mark.parametrize(
    ("kind", "operation", "expected"),
    [
        ("wrong_signature", "CHECK_STATUS", (Rejected, "signature")),
        ("no_signature", "CHECK_STATUS", (Rejected, "unsigned")),
        ("wrong_signature", "REFUND", (Ambiguous, "signature")),
        ("no_signature", "REFUND", (Ambiguous, "unsigned")),
        ("wrong_signature", "SETTLE", (Ambiguous, "signature")),
        ("no_signature", "SETTLE", (Ambiguous, "unsigned")),
    ],
)
async def test_an_answer_that_is_not_signed_is_not_believed(
    world: World, kind: str, operation: str, expected: tuple[type[OutsideError], str]
) -> None:
    await world.provider.page(charge())
    await world.pays(card={"SETTLE": "held"}.get(operation, "approve"))
    await world.acts("faults", kind=kind, operation=operation)
    assert await outcome(ASKED[operation][0](world.provider)) == expected


@pytest.mark.parametrize("changes", [{"secret": "x"}, {"account": "other"}])
async def test_a_wrong_key_or_account_is_noticed_by_the_cheapest_call(
    http: httpx.AsyncClient, changes: dict[str, Any]
) -> None:
    async with opened(http, **changes) as world:
        with capture_logs() as lines, pytest.raises(Rejected) as refusal:
            await world.provider.ping()
    assert refusal.value.code == {"secret": 1113, "account": 1121}[next(iter(changes))]
    assert [(line["event"], line["log_level"]) for line in lines] == [("wayforpay refuses this account", "critical")]


async def test_secrets_people_and_cards_are_in_no_error_and_no_log(world: World, provider: WayForPay) -> None:
    person = {"payer_name": "Олена Шевченко", "payer_phone": "+380671234567", "payer_email": "olena@example.ua"}
    await world.acts("faults", kind="error", code=1113)
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await provider.page(charge(**person))
    told = f"{refusal.value!r} {vars(refusal.value)} {lines}"
    for secret in (SECRET, "671234567", "Олена", "olena", "Хліб"):
        assert secret not in told
