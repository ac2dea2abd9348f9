"""What the payer's page says, without a browser."""

import pytest

from tests.sandbox.wayforpay.conftest import Gateway


@pytest.mark.parametrize(
    ("card", "heading"),
    [
        ("held", "<h1 class='good'>Кошти заблоковано</h1>"),
        ("processing", "<h1 class='wait'>Платіж обробляється</h1>"),
        ("pending", "<h1 class='wait'>Платіж перевіряють</h1>"),
    ],
)
async def test_other_ends_are_said_plainly(gateway: Gateway, card: str, heading: str) -> None:
    url = await gateway.invoice()
    await gateway.pay(card=card)

    assert heading in (await gateway.http.get(url)).text


async def test_an_unknown_page_says_what_to_do(gateway: Gateway) -> None:
    for path in ("/invoice/nothing", "/page?vkh=nothing", "/page"):
        answer = await gateway.http.get(path)
        assert (answer.status_code, "попросіть магазин надіслати нове" in answer.text) == (404, True)


async def test_only_the_ways_that_the_shop_wants_are_offered(gateway: Gateway) -> None:
    page = (await gateway.http.get(await gateway.purchase("K-1", paymentSystems="googlePay"))).text

    assert "value='googlePay'" in page
    assert "value='applePay'" not in page
    assert "Номер картки" not in page
