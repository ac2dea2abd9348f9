"""What may go wrong with callbacks: lost, repeated, overtaken, forged, late."""

from tests.sandbox.wayforpay.conftest import ACCOUNT, START, STATE, Gateway, Json, signature

MINUTE = 60


def signed_rightly(body: Json) -> bool:
    return bool(body["merchantSignature"] == signature(body[name] for name in STATE))


async def test_a_lost_callback_comes_later(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.do("faults", kind="lost_callback")
    await gateway.pay()
    before = list(gateway.shop.raw)

    await gateway.do("clock", advance=2 * MINUTE)

    assert (before, gateway.shop.statuses) == ([], ["Approved"])


async def test_a_callback_comes_several_times(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.do("faults", kind="repeat_callback", copies=3)
    await gateway.pay()

    assert len(gateway.shop.raw) == 4
    assert len({raw for _, raw in gateway.shop.raw}) == 1


async def test_a_newer_callback_overtakes(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.do("faults", kind="reorder_callbacks")
    await gateway.pay(card="lack")
    await gateway.do("clock", advance=5)
    await gateway.pay()

    assert gateway.shop.statuses == ["Approved", "Declined"]
    assert [one["processingDate"] - START for one in gateway.shop.heard] == [5, 0]


async def test_a_callback_held_back_comes_by_itself_after_a_minute(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.do("faults", kind="reorder_callbacks", reference="K-1")
    await gateway.pay()
    before = list(gateway.shop.statuses)
    await gateway.do("clock", advance=MINUTE)

    assert (before, gateway.shop.statuses) == ([], ["Approved"])


async def test_forged_ones_come_before_the_true_one(gateway: Gateway) -> None:
    await gateway.invoice()
    for kind in ("forged_signature", "wrong_amount", "other_account"):
        await gateway.do("faults", kind=kind)
    await gateway.pay()

    heard = gateway.shop.heard
    assert [signed_rightly(one) for one in heard] == [False, True, True, True]
    assert [one["amount"] for one in heard] == ["349.5", "349.49", "349.5", "349.5"]
    assert [one["merchantAccount"] for one in heard] == [ACCOUNT, ACCOUNT, f"{ACCOUNT}_other", ACCOUNT]
    states = [one["state"] for one in await gateway.get("callbacks")]
    assert sorted(states) == ["accepted", "forged", "forged", "forged"]


async def test_a_late_decline_of_an_earlier_try_follows_the_payment(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.do("faults", kind="late_declined")
    await gateway.pay()

    late = gateway.shop.heard[1]
    assert gateway.shop.statuses == ["Approved", "Declined"]
    assert (late["processingDate"], late["reasonCode"], late["authCode"]) == (int(START) - 60, 1101, "")
    assert signed_rightly(late)
    assert (await gateway.status())["transactionStatus"] == "Approved"


async def test_a_shop_that_is_away_is_tried_again(gateway: Gateway) -> None:
    await gateway.invoice(serviceUrl="http://127.0.0.1:9/hook")
    await gateway.pay()

    told = (await gateway.get("callbacks"))[0]
    assert (told["state"], told["attempts"][0]["status"]) == ("waiting", None)
    assert told["attempts"][0]["problem"] == "ClientConnectorError"
