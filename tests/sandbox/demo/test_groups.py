"""The staff's groups of the demo: the managers' one is a forum unless a plain one is asked for."""

from collections.abc import Sequence

import httpx
from aiohttp.test_utils import TestServer
from pytest import mark

from sandbox.demo import GROUPS, PLAIN_GROUPS, Group, create_app, seed
from sandbox.registry import sandboxes


@mark.parametrize(("groups", "forums"), [(GROUPS, [True, False, False]), (PLAIN_GROUPS, [False, False, False])])
async def test_the_groups_are_made_with_their_people(groups: Sequence[Group], forums: list[bool]) -> None:
    apps = {"telegram": sandboxes({"TELEGRAM__TOKEN": "7:x"})["telegram"].make()}
    server = TestServer(create_app(apps, product_url="http://127.0.0.1:9", company="Гурт", groups=groups))
    await server.start_server()
    base = str(server.make_url("/"))
    await seed(base, [], groups)
    async with httpx.AsyncClient(base_url=base, trust_env=False) as http:
        made = (await http.get("/telegram/_control/chats")).json()
        assert [one.get("is_forum", False) for one in made] == forums
        assert [one["members"] for one in made] == [[1900], [1901], [1902]]
        chat = (await http.get(f"/telegram/_control/chat/{made[0]['id']}")).json()
        assert (chat["administrators"], chat["bot_status"]) == ([1900], "administrator")
    await server.close()
