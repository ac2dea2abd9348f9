"""The payer who comes back: nothing is changed by it."""

import httpx
import pytest

from integrations.wayforpay import RETURN, WayForPay
from integrations.wayforpay.incoming import BODY_LIMIT
from tests.integration.wayforpay.world import World, charge, told_of


async def posted(world: World, **fields: str) -> httpx.Response:
    return await world.http.post(f"{world.ours}{RETURN}", data=fields)


async def test_a_payer_is_sent_to_the_page_of_the_attempt_and_nothing_changes(world: World) -> None:
    answer = await posted(world, **{name: str(value) for name, value in told_of().items()})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pay/of-K-1")
    assert answer.headers["Cache-Control"] == "no-store"
    assert world.till.told == []


async def test_one_who_only_left_comes_back_too(world: World, provider: WayForPay) -> None:
    await provider.page(charge())
    assert (await posted(world, orderReference="K-1")).headers["Location"] == "/pay/of-K-1"
    by_link = await world.http.get(f"{world.ours}{RETURN}", params={"orderReference": "K-1"})
    assert (by_link.status_code, by_link.headers["Location"]) == (303, "/pay/of-K-1")
    with_nothing = await world.http.post(f"{world.ours}{RETURN}?orderReference=K-1")
    assert (with_nothing.status_code, with_nothing.headers["Location"]) == (303, "/pay/of-K-1")


async def test_the_gateway_is_given_an_address_that_names_the_attempt(world: World, provider: WayForPay) -> None:
    address = await provider.page(charge())
    left = await world.http.post(address, data={"do": "leave"})
    assert f"{world.ours}{RETURN}?orderReference=K-1" in left.text


@pytest.mark.parametrize("reference", ["", "X-1", "K;1", "K-1\r\nX: y", "К-1", "K-" + "1" * 100])
async def test_an_attempt_that_is_not_known_has_no_page(world: World, reference: str) -> None:
    assert (await posted(world, orderReference=reference)).status_code == 404
    assert (await world.http.get(f"{world.ours}{RETURN}", params={"orderReference": reference})).status_code == 404


async def test_rubbish_from_a_browser_is_not_a_fault(world: World) -> None:
    address = f"{world.ours}{RETURN}"
    assert (await world.http.post(address, content=b"\xff\xfe")).status_code == 404
    assert (await world.http.post(address, content=b"x" * (BODY_LIMIT + 1))).status_code == 413
