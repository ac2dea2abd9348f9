"""Every sandbox by its name: how to make it from the keys, and which path its system's setting wants."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from aiohttp import web


class Sandbox(NamedTuple):
    """One outside system; `path` follows the sandbox's address in the setting of that system."""

    make: Callable[[], web.Application]
    path: str = ""


def sandboxes(keys: Mapping[str, str]) -> dict[str, Sandbox]:
    """`keys` are settings by their names in the environment, such as TELEGRAM__TOKEN; one not given is empty."""

    def telegram() -> web.Application:
        from sandbox.telegram import create_app

        return create_app(keys.get("TELEGRAM__TOKEN", ""))

    def viber() -> web.Application:
        from sandbox.viber import create_app

        return create_app(keys.get("VIBER__TOKEN", ""))

    def atompark() -> web.Application:
        from sandbox.atompark import create_app

        return create_app(keys.get("ATOMPARK__PUBLIC_KEY", ""), keys.get("ATOMPARK__PRIVATE_KEY", ""))

    return {"telegram": Sandbox(telegram), "viber": Sandbox(viber, "/pa"), "atompark": Sandbox(atompark)}
