"""The control side of the bank: who pays, how the account stands, what is refused, the live stream."""

import json
from typing import Any

from pytest import mark

from sandbox.bank.accounts import account_of, is_iban
from tests.sandbox.bank.conftest import Bank

DEBTS = [
    {"number": f"УТ00-{number:06d}", "day": "2026-01-02", "amount": f"{number}00.00", "name": f"ТОВ «К{number % 7}»",
     "code": f"3145128{number % 7}"} for number in range(1, 41)
]  # fmt: skip


async def test_a_transfer_raises_the_balance_and_has_a_reference_of_its_own(bank: Bank) -> None:
    first, second = await bank.pay(), await bank.pay()
    assert (first["id"], second["id"], first["incoming"]) == (1, 2, True)
    assert first["reference"] != second["reference"]
    assert (await bank.account())["balance"] == "252400.96"


async def test_without_an_account_the_code_always_pays_from_the_same(bank: Bank) -> None:
    paid = [(await bank.pay(iban="", code=code))["other"]["iban"] for code in ("33527490", "33527490", "2530414071")]
    assert (paid[0] == paid[1], paid[0] == paid[2]) == (True, False)
    assert all(is_iban(one) for one in paid)


@mark.parametrize("number", ["UA213223130000026007233566001", "UA723003350000002600900000123"])
def test_known_accounts_have_right_check_digits(number: str) -> None:
    assert is_iban(number)
    assert not is_iban(number.replace("UA", "UB"))
    assert not is_iban(f"{number[:-1]}9")


@mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "1.005"},
        {"amount": "x"},
        {"purpose": " \n"},
        {"code": "123"},
        {"iban": "UA223052990000026001234567891"},
        {"name": ""},
        {"purpose": "x" * 421},
        {"more": 1},
    ],
)
async def test_what_no_bank_would_take_is_refused_and_nothing_moves(bank: Bank, wrong: dict[str, Any]) -> None:
    given = {"name": "ТОВ", "code": "33527490", "amount": "5.00", "purpose": "за товар"}
    await bank.do("pay", refused=400, **(given | wrong))
    assert (await bank.account())["balance"] == "250000.00"


async def test_a_crowd_pays_its_debts_in_its_own_words_and_the_same_seed_pays_the_same(bank: Bank) -> None:
    first = (await bank.do("crowd", debts=DEBTS, seed=7))["transfers"]
    await bank.do("reset")
    again = (await bank.do("crowd", debts=DEBTS, seed=7))["transfers"]
    own = ("id", "number", "reference")
    assert [one | dict.fromkeys(own) for one in first] == [one | dict.fromkeys(own) for one in again]
    words = " ".join(one["purpose"] for one in first)
    assert ("УТ00-000" in words, "YT00" in words or "рах" in words) == (True, True)
    assert {one["incoming"] for one in first} == {True, False}
    payers = {one["other"]["iban"] for one in first if one["other"]["code"] == "31451281"}
    assert payers == {account_of("31451281")}


async def test_transfers_and_a_new_beginning_are_told_live(bank: Bank) -> None:
    await bank.pay()
    async with bank.http.stream("GET", "/_control/events", params={"after": 1}) as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == ": here"
        await bank.pay(amount="7.00")
        told = [await anext(lines) for _ in range(4)][1:]
        assert told[:2] == ["id: 2", "event: transfer"]
        assert json.loads(told[2].removeprefix("data: "))["amount"] == "7.00"
        await bank.do("reset")
        assert [await anext(lines) for _ in range(2)][1] == "event: reset"


async def test_only_this_machine_is_let_in(bank: Bank) -> None:
    for headers in ({"X-Forwarded-For": "8.8.8.8"}, {"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        assert (await bank.http.get("/_control/account", headers=headers)).status_code == 403


async def test_the_index_lists_every_route_and_the_panels_files_come_by_name(bank: Bank) -> None:
    assert {"POST /pay", "POST /crowd", "GET /events"} <= (await bank.http.get("/_control/")).json().keys()
    assert (await bank.http.get("/assets/bank.js")).headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert (await bank.http.get("/assets/..%2fpages.py")).status_code == 404
