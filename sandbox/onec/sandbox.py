"""One sandbox put together: the base, its publication, call-backs and the control side."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from sandbox.onec import builtin
from sandbox.onec.callbacks import Courier
from sandbox.onec.configuration import PROFILES, configuration
from sandbox.onec.control import control_app
from sandbox.onec.exchange_plan import ExchangePlan
from sandbox.onec.exchange_port import Exchange, default_exchange, default_load
from sandbox.onec.infobase import Base
from sandbox.onec.quirks import Quirks
from sandbox.onec.service import ROOT, Service
from sandbox.onec.things import Partner
from sandbox.onec.world import World


class Sandbox:
    """Everything that one application holds; `reset` makes it as it was at the start."""

    def __init__(
        self,
        user: str,
        password: str,
        profile: str,
        data: Path | None,
        exchange: Exchange | None,
        now: Callable[[], datetime],
    ) -> None:
        if profile not in PROFILES:
            raise ValueError(f"profile: one of {', '.join(PROFILES)}")
        self.profile = profile
        read = configuration(profile)
        self.world = World(now, number_format=read.number, posting_accepts=read.posting_accepts)
        self.base = Base(self.world, read)
        self.service = Service(self.base, user, password, ExchangePlan(self.base))
        self.courier = Courier(self.base)
        self._data, self._exchange, self._password = data, exchange, password
        self._fill()

    @property
    def exchange(self) -> Exchange:
        """The exchange client that was given, else the real one."""
        return self._exchange or default_exchange()

    def reset(self) -> None:
        """The base as it was filled, no troubles, switched on, with the first password; call-backs off."""
        self.world.clear()
        self.base.reset_items()
        self._fill()
        service = self.service
        service.password, service.on, service.mode, service.served = self._password, True, "drop", 0
        service.quirks = Quirks()
        service.faults.waiting.clear()
        service.requests.clear()
        service.plan.clear()
        self.courier.reset()

    def application(self, max_body: int) -> web.Application:
        app = web.Application(client_max_size=max_body)
        app.router.add_route("*", ROOT, self.service.handle)
        app.router.add_route("*", ROOT + "/{resource:.*}", self.service.handle)
        app.add_subapp("/_control/", control_app(self))
        app.cleanup_ctx.append(self._courier)
        return app

    async def _courier(self, app: web.Application) -> AsyncIterator[None]:
        yield
        await self.courier.close()

    def _fill(self) -> None:
        if self._data is None:
            builtin.fill(self.world)
        else:
            default_load()(self.world, self._data, self.world.now().date())
        self.world.changes.last_id += 1  # so that 0 is before what was filled in
        with self.world.filling():
            for client in list(self.world.counterparties.values()):
                if not client.partner:
                    client.partner = self.world.add(Partner(name=client.name, client=client.ref)).ref
