"""Callbacks: their shape, their acceptance, their repeats."""

import json
from urllib.parse import unquote

import pytest
from aiohttp import web

from tests.sandbox.wayforpay.conftest import ACCOUNT, ACK, MONEY, START, STATE, Gateway, Json, signature

MINUTE = 60


def signed_rightly(body: Json) -> bool:
    return bool(body["merchantSignature"] == signature(body[name] for name in STATE))


def reply(**told: object) -> web.Response:
    return web.json_response(told)


async def test_a_payment_is_told_in_raw_json_under_the_type_of_a_form(gateway: Gateway) -> None:
    await gateway.invoice(clientEmail="olena@kava.example", clientPhone="380671112233")
    await gateway.pay()

    kind, raw = gateway.shop.raw[0]
    body = json.loads(raw, parse_float=str)
    assert kind == "application/x-www-form-urlencoded"
    assert b'"amount":349.5,' in raw
    assert signed_rightly(body)
    assert len(body.pop("authCode")) == 6
    body.pop("merchantSignature")
    assert body == {
        "merchantAccount": ACCOUNT,
        "orderReference": "K-1",
        "amount": "349.5",
        "currency": "UAH",
        "email": "olena@kava.example",
        "phone": "380671112233",
        "createdDate": int(START),
        "processingDate": int(START),
        "cardPan": "44****6666",
        "cardType": "Visa",
        "issuerBankCountry": "980",
        "issuerBankName": "Тестбанк",
        "recToken": "",
        "transactionStatus": "Approved",
        "reason": "Ok",
        "reasonCode": 1100,
        "fee": "7.69",
        "paymentSystem": "card",
        "products": [
            {"name": "Хліб", "price": 100, "count": 3},
            {"name": "Молоко 2.5%", "price": "49.5", "count": 1},
        ],
    }


async def test_a_wallet_leaves_empty_places(gateway: Gateway) -> None:
    await gateway.invoice(amount=1000, productCount=[1, 1], productPrice=[900, 100])
    await gateway.pay(wallet="googlePay")

    body = gateway.shop.heard[0]
    assert [body[name] for name in ("amount", "cardPan", "recToken", "fee", "paymentSystem")] == [
        1000,
        "",
        "",
        0,
        "googlePay",
    ]
    assert [body[name] for name in ("email", "phone", "cardType", "issuerBankName")] == [None, None, None, None]
    assert signed_rightly(body)


@pytest.mark.parametrize(
    ("form", "kind"),
    [("json", "application/json"), ("text", "text/plain"), ("form_key", "application/x-www-form-urlencoded")],
)
async def test_other_forms_of_the_body_can_be_chosen(gateway: Gateway, form: str, kind: str) -> None:
    await gateway.invoice()
    await gateway.do("settings", callback_form=form, empty="blank")
    gateway.shop.answers.append(reply())
    await gateway.pay(wallet="applePay")

    header, raw = gateway.shop.raw[0]
    assert header.split(";")[0] == kind
    assert json.loads(unquote(raw.decode()).removesuffix("="))["email"] == ""


@pytest.mark.parametrize(
    ("card", "told"),
    [
        ("approve", [("Approved", 1100)]),
        ("lack", [("Declined", 1104)]),
        ("bank", [("Declined", 1101)]),
        ("threeds", [("InProcessing", 1131)]),
        ("held", [("WaitingAuthComplete", 1100)]),
        ("processing", [("InProcessing", 1131)]),
        ("pending", [("Pending", 1134)]),
    ],
)
async def test_every_card_has_its_fate(gateway: Gateway, card: str, told: list[tuple[str, int]]) -> None:
    await gateway.invoice()
    await gateway.pay(card=card)

    assert [(one["transactionStatus"], one["reasonCode"]) for one in gateway.shop.heard] == told


async def test_another_card_may_pay_after_a_decline(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.pay(card="lack")
    paid = await gateway.pay()

    assert gateway.shop.statuses == ["Declined", "Approved"]
    assert [one["status"] for one in paid["tries"]] == ["Declined", "Approved"]


async def test_every_later_change_is_told(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.do("wait", reference="K-1")
    await gateway.do("wait", reference="K-1", review=True)
    await gateway.do("hold", reference="K-1")
    await gateway.do("settle", reference="K-1", amount="200")
    await gateway.do("refund", reference="K-1", amount="50")
    await gateway.do("refund", reference="K-1")

    assert gateway.shop.statuses == [
        "InProcessing",
        "Pending",
        "WaitingAuthComplete",
        "Approved",
        "Refunded",
        "Refunded",
    ]
    assert [one["amount"] for one in gateway.shop.heard] == ["349.5", "349.5", "349.5", 200, 200, 200]
    assert all(signed_rightly(one) for one in gateway.shop.heard)


async def test_a_callback_about_a_refund_may_carry_the_part(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.pay()
    await gateway.do("settings", refund_amount="refund")
    await gateway.do("refund", reference="K-1", amount="50")

    assert [one["amount"] for one in gateway.shop.heard] == ["349.5", 50]
    assert signed_rightly(gateway.shop.heard[1])


async def test_a_payer_who_leaves_the_bank_s_question_is_told_as_under_way(gateway: Gateway) -> None:
    await gateway.invoice("K-1")
    await gateway.invoice("K-2")
    await gateway.pay("K-1", card="threeds")
    await gateway.do("abandon", reference="K-1")
    await gateway.do("abandon", reference="K-2")

    told = [(one["transactionStatus"], one["reasonCode"]) for one in gateway.shop.heard]
    assert told == [("InProcessing", 1131), ("InProcessing", 1125)]


async def test_without_an_address_nobody_is_told(gateway: Gateway) -> None:
    await gateway.invoice(serviceUrl="")
    await gateway.pay()

    assert await gateway.get("callbacks") == []


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (web.Response(status=500), "HTTP 500"),
        (web.Response(status=302, headers={"Location": "/"}), "HTTP 302"),
        (web.Response(text=""), "no JSON in the answer"),
        (web.Response(text="OK"), "no JSON in the answer"),
        (reply(orderReference="K-1", status="accept", time=1, signature="0" * 32), "wrong signature"),
        (
            reply(orderReference="K-1", status="reject", time=1, signature=signature(["K-1", "reject", 1])),
            "not an acceptance of this order",
        ),
        (
            reply(orderReference="K-2", status="accept", time=1, signature=signature(["K-2", "accept", 1])),
            "not an acceptance of this order",
        ),
    ],
)
async def test_only_a_signed_acceptance_counts(gateway: Gateway, answer: web.Response, problem: str) -> None:
    await gateway.invoice()
    gateway.shop.answers.append(answer)
    await gateway.pay()
    waiting = (await gateway.get("callbacks", reference="K-1"))[0]

    await gateway.do("clock", advance=2 * MINUTE)

    accepted = (await gateway.get("callbacks"))[0]
    assert (waiting["state"], waiting["attempts"][0]["problem"], waiting["next_at"]) == (
        "waiting",
        problem,
        START + 120,
    )
    assert (accepted["state"], [one["problem"] for one in accepted["attempts"]]) == ("accepted", [problem, ""])
    assert gateway.shop.heard[0] == gateway.shop.heard[1]


async def test_milliseconds_in_the_acceptance_do_not_matter(gateway: Gateway) -> None:
    await gateway.invoice()
    told = {"orderReference": "K-1", "status": "accept", "time": 1_795_600_001_234}
    gateway.shop.answers.append(reply(**told, signature=signature(told[name] for name in ACK)))
    await gateway.pay()

    assert (await gateway.get("callbacks"))[0]["state"] == "accepted"


async def test_repeats_come_after_2_10_20_and_then_every_30_minutes_for_four_days(gateway: Gateway) -> None:
    await gateway.invoice()
    gateway.shop.answers = [web.Response(status=503) for _ in range(300)]
    await gateway.pay()
    for minutes in (2, 10, 20, 30, 30):
        await gateway.do("clock", advance=minutes * MINUTE - 1)
        await gateway.do("clock", advance=1)
    six = (await gateway.get("callbacks"))[0]

    for _ in range(190):
        await gateway.do("clock", advance=30 * MINUTE)

    assert [one["at"] - START for one in six["attempts"]] == [0, 120, 720, 1920, 3720, 5520]
    last = (await gateway.get("callbacks"))[0]
    assert (last["state"], last["next_at"]) == ("given_up", None)
    assert last["attempts"][-1]["at"] - START == 343_920
    assert 343_920 <= 4 * 86_400 < 343_920 + 30 * MINUTE


async def test_the_journal_keeps_what_was_answered(gateway: Gateway) -> None:
    await gateway.invoice()
    gateway.shop.answers.append(web.Response(status=400, text="Підпис не той"))
    await gateway.pay()

    told = (await gateway.get("callbacks"))[0]
    assert told["attempts"] == [{"at": START, "status": 400, "problem": "HTTP 400", "answer": "Підпис не той"}]
    assert (told["url"], told["body"]["amount"]) == (f"{gateway.shop.url}/hook", "349.5")
    assert told["body"]["merchantSignature"] == signature(told["body"][name] for name in (*MONEY, *STATE[4:]))
