"""The JSON API: invoices, states, money back, held sums, the list."""

import json

import pytest

from tests.sandbox.wayforpay.conftest import (
    ACCOUNT,
    OUTCOME,
    START,
    STATE,
    Gateway,
    Json,
    about,
    signature,
    signed,
)

PERIOD = ("merchantAccount", "dateBegin", "dateEnd")


def is_signed(answer: Json, names: tuple[str, ...]) -> bool:
    return bool(answer["merchantSignature"] == signature(answer[name] for name in names))


async def transactions(gateway: Gateway, begin: float, end: float, version: int = 1) -> Json:
    fields = {"merchantAccount": ACCOUNT, "dateBegin": int(begin), "dateEnd": int(end)}
    return await gateway.api("TRANSACTION_LIST", signed(fields, PERIOD) | {"apiVersion": version})


async def test_an_invoice_has_a_page_and_a_picture(gateway: Gateway) -> None:
    answer = await gateway.api("CREATE_INVOICE", gateway.order())

    page_id = (await gateway.get("orders"))[0]["id"]
    assert answer == {
        "invoiceUrl": f"{gateway.url}/invoice/{page_id}",
        "qrCode": f"{gateway.url}/qr/img/{page_id}?type=i&size=200",
        "reason": "Ok",
        "reasonCode": 1100,
    }
    picture = await gateway.http.get(answer["qrCode"])
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert (await gateway.http.get(answer["invoiceUrl"])).status_code == 200


async def test_an_invoice_that_nobody_paid_waits(gateway: Gateway) -> None:
    await gateway.invoice()

    answer = await gateway.status()

    assert (answer["transactionStatus"], answer["reasonCode"], answer["processingDate"]) == ("Created", 1151, "")
    assert is_signed(answer, STATE)


async def test_a_paid_order_is_described_whole(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.pay()

    answer = await gateway.status()

    assert len(answer.pop("authCode")) == 6
    answer.pop("merchantSignature")
    assert answer == {
        "merchantAccount": ACCOUNT,
        "orderReference": "K-1",
        "amount": "349.5",
        "currency": "UAH",
        "createdDate": int(START),
        "processingDate": int(START),
        "cardPan": "44****6666",
        "cardType": "Visa",
        "issuerBankCountry": "980",
        "issuerBankName": "Тестбанк",
        "transactionStatus": "Approved",
        "reason": "Ok",
        "reasonCode": 1100,
        "settlementDate": int(START) + 86_400,
        "settlementAmount": "341.81",
        "fee": "7.69",
        "refundAmount": 0,
    }
    assert is_signed(await gateway.status(), STATE)


async def test_the_second_version_says_more(gateway: Gateway) -> None:
    await gateway.invoice(clientFirstName="Олена", clientLastName="Коваль")
    await gateway.pay()
    fields = signed(about("K-1"), ("merchantAccount", "orderReference"))

    second = await gateway.api("CHECK_STATUS", fields | {"apiVersion": 2})

    assert second["products"][1] == {"name": "Молоко 2.5%", "price": "49.5", "count": 1}
    assert second["clientFields"] == [{"name": "clientName", "value": "Олена Коваль"}]
    assert "products" not in await gateway.status()
    assert "products" in (await transactions(gateway, START, START, 2))["transactionList"][0]


async def test_an_invoice_is_removed_once_and_only_unpaid(gateway: Gateway) -> None:
    url = await gateway.invoice("K-1")
    await gateway.invoice("K-2")
    await gateway.pay("K-2")

    assert await gateway.remove("K-1") == {"reason": "Removed", "reasonCode": 1100}
    assert await gateway.remove("K-1") == {"reason": "Illegal Order State", "reasonCode": 1126}
    assert await gateway.remove("K-2") == {"reason": "Illegal Order State", "reasonCode": 1126}
    assert await gateway.remove("K-3") == {"reason": "Order Not Found", "reasonCode": 1127}
    assert "Рахунок скасовано" in (await gateway.http.get(url)).text
    assert (await gateway.status("K-1"))["transactionStatus"] == "Expired"
    assert gateway.shop.statuses == ["Approved"]
    refused = await gateway.http.post("/_control/pay", json={"reference": "K-1"})
    assert (refused.status_code, refused.json()) == (409, {"error": "Illegal Order State", "code": 1126})


async def test_a_refund_gives_back_a_part_and_then_the_rest(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.pay()

    part = await gateway.refund(49.5)
    after_part = await gateway.status()
    too_much = await gateway.refund("300.01")
    rest = await gateway.refund(300)
    nothing_left = await gateway.refund(1)

    assert (part["transactionStatus"], part["reasonCode"], is_signed(part, OUTCOME)) == ("Refunded", 1100, True)
    assert (after_part["amount"], after_part["refundAmount"]) == ("349.5", "49.5")
    assert too_much == {"reason": "Invalid Amount", "reasonCode": 1130}
    assert rest["transactionStatus"] == "Refunded"
    assert (await gateway.status())["refundAmount"] == "349.5"
    assert nothing_left == {"reason": "Illegal Order State", "reasonCode": 1126}


async def test_a_refund_waits_for_the_money_of_the_shop(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.pay()
    await gateway.do("settings", balance="10")

    answer = await gateway.refund(349.5)
    waiting = await gateway.status()
    await gateway.do("settings", balance="1000")

    assert (answer["transactionStatus"], answer["reasonCode"]) == ("RefundInProcessing", 1138)
    assert (waiting["transactionStatus"], waiting["refundAmount"]) == ("RefundInProcessing", 0)
    assert (await gateway.status())["transactionStatus"] == "Refunded"
    assert gateway.shop.statuses == ["Approved", "RefundInProcessing", "Refunded"]
    assert (await gateway.http.get("/_control/settings")).json()["balance"] == "650.5"


async def test_a_refund_needs_its_reason_and_its_permission(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.pay()
    fields = about("K-1") | {"amount": 1, "currency": "UAH"}
    names = ("merchantAccount", "orderReference", "amount", "currency")

    assert await gateway.api("REFUND", signed(fields, names)) == {
        "reason": "Parameter `comment` is missing",
        "reasonCode": 1115,
    }
    other = signed(fields | {"currency": "USD"}, names) | {"comment": "Помилка"}
    assert (await gateway.api("REFUND", other))["reasonCode"] == 1110
    await gateway.do("settings", refund_allowed=False)
    assert await gateway.refund(1) == {"reason": "Refund Not Allowed", "reasonCode": 1123}


async def test_a_held_sum_is_taken_in_part(gateway: Gateway) -> None:
    await gateway.purchase(merchantTransactionType="AUTH")
    await gateway.pay()
    held = await gateway.status()

    too_much = await gateway.settle(350)
    taken = await gateway.settle(300)
    again = await gateway.settle(300)

    assert (held["transactionStatus"], held["fee"]) == ("WaitingAuthComplete", 0)
    assert too_much == {"reason": "Invalid Amount", "reasonCode": 1130}
    assert (taken["transactionStatus"], taken["amount"], is_signed(taken, STATE)) == ("Approved", 300, True)
    assert again == {"reason": "Illegal Order State", "reasonCode": 1126}
    assert gateway.shop.statuses == ["WaitingAuthComplete", "Approved"]


async def test_the_answer_to_settle_can_be_signed_the_other_way(gateway: Gateway) -> None:
    await gateway.purchase(merchantTransactionType="AUTH")
    await gateway.pay()
    await gateway.do("settings", signature_form="sdk")

    assert is_signed(await gateway.settle(349.5), OUTCOME)


async def test_a_held_sum_is_let_go_whole_or_by_time(gateway: Gateway) -> None:
    for reference in ("K-1", "K-2"):
        await gateway.purchase(reference, holdTimeout=3600, merchantTransactionType="AUTH")
        await gateway.pay(reference)

    part = await gateway.refund(100)
    whole = await gateway.refund(349.5)
    await gateway.do("clock", advance=3600)

    assert part == {"reason": "Partial void is not supported", "reasonCode": 1141}
    assert whole["transactionStatus"] == "Voided"
    assert (await gateway.status("K-2"))["transactionStatus"] == "Voided"


async def test_what_is_not_paid_in_time_expires(gateway: Gateway) -> None:
    url = await gateway.invoice("K-1")
    await gateway.purchase("K-2", orderLifetime=7200)
    await gateway.do("clock", advance=3599)
    almost = await gateway.status("K-1")

    await gateway.do("clock", advance=1)

    assert almost["transactionStatus"] == "Created"
    expired = await gateway.status("K-1")
    assert (expired["transactionStatus"], expired["reasonCode"]) == ("Expired", 1124)
    assert (await gateway.status("K-2"))["transactionStatus"] == "Created"
    assert gateway.shop.statuses == ["Expired"]
    assert "Час на оплату минув" in (await gateway.http.get(url)).text


async def test_the_list_has_what_was_tried_in_that_time(gateway: Gateway) -> None:
    await gateway.invoice("K-1")
    await gateway.pay("K-1", card="lack")
    await gateway.invoice("K-2")
    await gateway.do("clock", advance=100)
    await gateway.invoice("K-3")
    await gateway.pay("K-3", wallet="applePay")

    first = (await transactions(gateway, START, START + 99))["transactionList"]
    both = (await transactions(gateway, START, START + 100))["transactionList"]

    assert [(one["orderReference"], one["transactionStatus"], one["reasonCode"]) for one in first] == [
        ("K-1", "Declined", 1104)
    ]
    assert [one["orderReference"] for one in both] == ["K-1", "K-3"]
    assert (both[1]["paymentSystem"], both[1]["cardPan"], both[1]["baseAmount"]) == ("applePay", "", "349.5")


async def test_the_list_covers_at_most_31_days(gateway: Gateway) -> None:
    assert (await transactions(gateway, START, START + 31 * 86_400))["transactionList"] == []
    assert (await transactions(gateway, START, START + 31 * 86_400 + 1))["reasonCode"] == 1109
    assert (await transactions(gateway, START, START - 1))["reasonCode"] == 1109


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        ({"merchantSignature": "0" * 32}, {"reason": "Invalid signature", "reasonCode": 1113}),
        ({"merchantAccount": "other"}, {"reason": "Account Not Found", "reasonCode": 1121}),
        ({"orderReference": ""}, {"reason": "Parameter `orderReference` is missing", "reasonCode": 1115}),
        ({"apiVersion": None}, {"reason": "Parameter `apiVersion` is missing", "reasonCode": 1115}),
        ({"transactionType": None}, {"reason": "Parameter `transactionType` is missing", "reasonCode": 1115}),
        ({"transactionType": "CHARGE"}, {"reason": "Format Error", "reasonCode": 1109}),
    ],
)
async def test_an_error_has_a_reason_and_no_signature(gateway: Gateway, wrong: Json, answer: Json) -> None:
    await gateway.invoice()
    fields = signed(about("K-1"), ("merchantAccount", "orderReference"))

    assert await gateway.api("CHECK_STATUS", fields | wrong) == answer


async def test_the_api_may_be_closed_for_the_shop(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.do("settings", api_allowed=False)

    assert await gateway.status() == {"reason": "API Not Allowed", "reasonCode": 1117}


async def test_a_body_that_is_no_object_is_a_format_error(gateway: Gateway) -> None:
    for body in (b"[]", b"{", b"\xff", b'{"a": NaN}', b"[" * 100_000):
        answer = await gateway.http.post("/api", content=body)
        assert (answer.status_code, json.loads(answer.text)["reasonCode"]) == (200, 1109)
