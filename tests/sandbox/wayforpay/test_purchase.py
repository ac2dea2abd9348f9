"""Purchase: a form, a link, a server's call; what is checked before the page exists."""

from typing import Any

import pytest

from tests.sandbox.wayforpay.conftest import PURCHASE, Gateway, Json, signed

AUTO = {"merchantTransactionSecureType": "AUTO"}


def as_form(fields: Json) -> Json:
    return {f"{name}[]" if isinstance(value, list) else name: value for name, value in fields.items()}


async def test_a_form_leads_the_browser_to_the_page(gateway: Gateway) -> None:
    answer = await gateway.http.post("/pay", data=as_form(gateway.order() | AUTO))

    assert answer.status_code == 302
    order = (await gateway.get("orders"))[0]
    assert answer.headers["Location"] == f"{gateway.url}/page?vkh={order['id']}"
    assert (order["reference"], order["status"], order["kind"], order["amount"]) == (
        "K-1",
        "Created",
        "purchase",
        "349.50",
    )
    page = await gateway.http.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "349,50\u00a0₴" in page.text
    assert "Молоко 2.5%" in page.text


async def test_a_link_does_the_same(gateway: Gateway) -> None:
    answer = await gateway.http.get("/pay/get", params=as_form(gateway.order() | AUTO))

    assert answer.status_code == 302
    assert "/wayforpay/page?vkh=" in answer.headers["Location"]


@pytest.mark.parametrize("kind", ["json", "data", "files"])
async def test_a_server_gets_the_address_for_json_for_a_form_and_for_multipart(gateway: Gateway, kind: str) -> None:
    fields = gateway.order() | AUTO
    parts = [(name, (None, str(one))) for name, value in as_form(fields).items() for one in _each(value)]
    body: dict[str, Any] = {"json": fields, "data": as_form(fields), "files": parts}

    answer = await gateway.http.post("/pay?behavior=offline", **{kind: body[kind]})

    order = (await gateway.get("orders"))[0]
    assert answer.json() == {"url": f"{gateway.url}/page?vkh={order['id']}"}


async def test_one_product_may_come_without_an_array(gateway: Gateway) -> None:
    fields = gateway.order(productName=["Хліб"], productCount=[1], productPrice=[349.5]) | AUTO
    single = fields | {"productName": "Хліб", "productCount": 1, "productPrice": 349.5}

    assert "url" in (await gateway.http.post("/pay?behavior=offline", json=single)).json()


async def test_the_text_that_is_signed_is_the_text_that_was_sent(gateway: Gateway) -> None:
    fields = gateway.order(amount="349.50") | AUTO

    refused = await gateway.http.post("/pay?behavior=offline", json=fields | {"amount": "349.5"})
    taken = await gateway.http.post("/pay?behavior=offline", json=fields)

    assert refused.json() == {"reason": "Invalid signature", "reasonCode": 1113}
    assert "url" in taken.json()


async def test_a_browser_is_told_in_words(gateway: Gateway) -> None:
    answer = await gateway.http.post("/pay", data=as_form(gateway.order() | AUTO | {"amount": "1"}))

    assert answer.status_code == 200
    assert "Оплату не розпочато" in answer.text
    assert "Invalid signature (1113)" in answer.text
    assert 'href="/wayforpay/assets/pay.css"' in answer.text


@pytest.mark.parametrize(
    "name",
    [*PURCHASE, "merchantSignature", "merchantTransactionSecureType"],
)
async def test_a_missing_field_is_named(gateway: Gateway, name: str) -> None:
    fields = {key: value for key, value in (gateway.order() | AUTO).items() if key != name}

    assert (await gateway.http.post("/pay?behavior=offline", json=fields)).json() == {
        "reason": f"Parameter `{name}` is missing",
        "reasonCode": 1115,
    }


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"merchantAccount": "somebody_else"}, 1121),
        ({"merchantDomainName": "not a domain"}, 1109),
        ({"orderDate": "yesterday"}, 1109),
        ({"amount": 0}, 1130),
        ({"amount": -5}, 1130),
        ({"amount": "12.345"}, 1130),
        ({"amount": "1e3"}, 1130),
        ({"currency": "uah"}, 1110),
        ({"productCount": [3]}, 1109),
        ({"productCount": [3, 0]}, 1109),
        ({"productPrice": ["дорого", 1]}, 1109),
        ({"returnUrl": "https://shop.example/" + "a" * 236}, 1109),
        ({"serviceUrl": "https://shop.example/" + "a" * 236}, 1109),
        ({"serviceUrl": "javascript:alert(1)"}, 1109),
        ({"language": "uk"}, 1109),
        ({"merchantTransactionType": "HOLD"}, 1109),
        ({"clientPhone": "(067) 123-45-67"}, 1143),
        ({"orderLifetime": "soon"}, 1109),
        ({"orderReference": "K" * 256}, 1109),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_its_code(gateway: Gateway, wrong: Json, code: int) -> None:
    answer = await gateway.http.post("/pay?behavior=offline", json=gateway.order(**wrong) | AUTO)

    assert answer.json()["reasonCode"] == code
    assert await gateway.get("orders") == []


async def test_an_address_of_256_characters_is_still_taken(gateway: Gateway) -> None:
    long = "https://shop.example/" + "a" * 235

    assert (await gateway.purchase(returnUrl=long, serviceUrl=long)).startswith(gateway.url)


async def test_a_reference_is_good_for_one_attempt(gateway: Gateway) -> None:
    await gateway.purchase("K-1")

    again = await gateway.http.post("/pay?behavior=offline", json=gateway.order("K-1", amount=1) | AUTO)
    invoice = await gateway.api("CREATE_INVOICE", gateway.order("K-1"))

    assert again.json() == invoice == {"reason": "Duplicate Order ID", "reasonCode": 1112}


async def test_the_items_need_not_make_up_the_amount_unless_that_is_switched_on(gateway: Gateway) -> None:
    await gateway.purchase("K-1", amount=400)
    await gateway.do("settings", require_sums=True)

    answer = await gateway.http.post("/pay?behavior=offline", json=gateway.order("K-2", amount=400) | AUTO)

    assert answer.json() == {"reason": "Invalid Amount", "reasonCode": 1130}
    assert [(one["asked"], one["sum_of_items"]) for one in await gateway.get("orders")] == [("400.00", "349.50")]


async def test_the_shop_may_be_bound_to_one_domain(gateway: Gateway) -> None:
    await gateway.do("settings", domain="www.market.ua")

    answer = await gateway.http.post("/pay?behavior=offline", json=gateway.order() | AUTO)

    assert answer.json() == {"reason": "Merchant Restriction", "reasonCode": 1118}


async def test_a_body_that_is_no_json_is_a_format_error(gateway: Gateway) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await gateway.http.post("/pay?behavior=offline", content=b"{", headers=headers)

    assert answer.json() == {"reason": "Format Error", "reasonCode": 1109}


async def test_a_forged_signature_of_another_key_is_refused(gateway: Gateway) -> None:
    fields = signed(gateway.order(), PURCHASE) | {"merchantSignature": "f" * 32} | AUTO

    assert (await gateway.http.post("/pay?behavior=offline", json=fields)).json()["reasonCode"] == 1113


def _each(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
