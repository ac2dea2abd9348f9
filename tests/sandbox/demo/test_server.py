"""The server of the demo page: settings, health of the product, headers, and the people put into the sandboxes."""

import aiohttp
import pytest

from sandbox.demo import DemoPerson, seed
from sandbox.demo.readiness import Readiness
from tests.sandbox.demo.conftest import PEOPLE, Demo

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_the_settings_name_the_people_the_sandboxes_and_the_panel_modules(demo: Demo) -> None:
    config = (await demo.http.get("/_demo/config")).json()
    assert (config["company"], config["panels"]) == ("Гурт «Полонина»", ["telegram", "viber", "atompark"])
    assert config["people"][0] == {
        "name": "Олена Коваль",
        "role": "шеф-кухарка",
        "client": "Кафе «Липа»",
        "phone": "380671112233",
        "telegram_user": 101,
        "viber_user": "viber-olena==",
    }
    assert "/_demo/static/panels/sms.js" in config["modules"]


async def test_the_page_allows_itself_nothing_from_elsewhere(demo: Demo) -> None:
    page = await demo.http.get("/")
    policy = page.headers["Content-Security-Policy"]
    assert page.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: http://" in policy
    assert "unsafe" not in policy


async def test_a_sandbox_under_the_page_answers_as_it_would_alone(demo: Demo) -> None:
    answer = await demo.http.post("/atompark/sms/3.0/getUserBalance", data={"key": "wrong"})
    assert answer.json() == {"error": "Wrong key", "code": -1}
    assert "Content-Security-Policy" not in answer.headers


@pytest.mark.parametrize(("status", "state"), [(200, "ready"), (503, "starting")])
async def test_the_health_of_the_product_is_passed_on(demo: Demo, status: int, state: str) -> None:
    demo.product["status"] = status
    answer = (await demo.http.get("/_demo/health")).json()
    demo.product["status"] = 200
    assert answer == {"state": state}


@pytest.mark.parametrize(("seconds", "state"), [(59.0, "starting"), (60.0, "down")])
async def test_a_product_that_never_answered_is_starting_for_a_minute(seconds: float, state: str) -> None:
    moments = iter([0.0, seconds])
    readiness = Readiness("http://127.0.0.1:9", now=lambda: next(moments))
    async with aiohttp.ClientSession() as http:
        assert await readiness.state(http) == state


async def test_a_product_that_answered_before_and_is_silent_now_is_down(demo: Demo) -> None:
    readiness = Readiness((await demo.http.get("/_demo/config")).json()["product_url"])
    async with aiohttp.ClientSession() as http:
        first = await readiness.state(http)
        readiness.product_url = "http://127.0.0.1:9"
        assert (first, await readiness.state(http)) == ("ready", "down")


async def test_people_are_created_in_the_messengers_they_have(demo: Demo) -> None:
    await seed(demo.url + "/", PEOPLE)
    assert [one["id"] for one in demo.users["telegram"]] == [101, 102, 104]
    assert demo.users["telegram"][0] == {
        "id": 101,
        "first_name": "Олена",
        "last_name": "Коваль",
        "username": "demo_101",
        "language_code": "uk",
        "phone": "380671112233",
    }
    assert [one["id"] for one in demo.users["viber"]] == ["viber-olena==", "viber-ihor==", "viber-maria=="]
    assert demo.users["viber"][2] == {
        "id": "viber-maria==",
        "name": "Марія Гнатюк",
        "phone": "380633334455",
        "language": "uk",
        "country": "UA",
        "api_version": 10,
    }


async def test_a_sandbox_that_refuses_a_person_is_not_passed_over(demo: Demo) -> None:
    somebody = DemoPerson("Хтось", "", "", "380991112233", 1, None)
    with pytest.raises(aiohttp.ClientResponseError):
        await seed(f"{demo.url}/nowhere", [somebody])
