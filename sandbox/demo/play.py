"""The whole demo: the port first, then a fresh database in a folder of that port, the people, and the product."""

import asyncio
import json
import shutil
import signal
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

from sandbox.demo import GROUPS, DemoPerson, Group, MovedTime, create_app, seed
from sandbox.demo.callbacks import call_back
from sandbox.demo.keeper import Keeper, free_port, until_ready
from sandbox.demo.settings import environment, made_up_keys
from sandbox.demo.vchasno import introduce
from sandbox.listening import listening
from sandbox.registry import sandboxes

COMPANY = "ГастроОпт Демо"
HORECA = Path(__file__).parents[1] / "horeca"
WHOLESALER = HORECA / "wholesaler"


async def play(command: Sequence[str], port: int, folder: Path, groups: Sequence[Group] = GROUPS) -> None:
    """Until Ctrl-C; `command` starts the product, `folder` holds one folder a port.

    Raises PortTaken before anything is touched, ProductFailed.
    """
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_, told.set)
    people = [DemoPerson(**person) for person in json.loads((HORECA / "people.json").read_text("utf-8"))]
    keys, inside, clock = made_up_keys(), free_port(), MovedTime()
    apps = {name: sandbox.make() for name, sandbox in sandboxes(keys, wholesaler=WHOLESALER, now=clock).items()}
    product = f"http://127.0.0.1:{inside}"
    page = create_app(apps, product_url=product, company=COMPANY, people=people, groups=groups, clock=clock)
    async with listening(page, port) as bound:
        here, place = f"http://127.0.0.1:{bound}", _fresh(folder / str(bound))
        given = environment(keys, COMPANY, here, inside, place, HORECA / "pictures")
        await seed(here, people, groups)
        await call_back(here, given["PUBLIC_URL"], keys)
        await introduce(here, json.loads((HORECA / "clients.json").read_text("utf-8")), keys["MAIL__URL"])
        keeper = Keeper(command, given, place)
        clock.heard.append(keeper.move)
        await _first(told.wait(), _show(keeper, given["PUBLIC_URL"], here))


async def _show(keeper: Keeper, product_url: str, here: str) -> None:
    """The price list with its pictures from files, everything else from 1C."""
    lists = [str(HORECA / "commerceml" / name) for name in ("import.xml", "offers.xml")]
    await keeper.do("import", *lists, "--pictures", str(HORECA / "pictures.csv"))
    await keeper.do("pull")
    await _first(keeper.keep_running(), _tell(product_url, here))


async def _tell(product_url: str, here: str) -> None:
    await until_ready(product_url)
    print(f"Komora is ready: {here}/", flush=True)  # noqa: T201
    await asyncio.Event().wait()


async def _first(*works: Coroutine[Any, Any, Any]) -> None:
    """Until one of them ends; its exception comes out here, the others are cancelled."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _fresh(folder: Path) -> Path:
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
