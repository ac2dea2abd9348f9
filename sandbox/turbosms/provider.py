"""One customer at the provider: the account, the wire, the callbacks and the troubles they meet."""

from collections.abc import Callable

from sandbox.clock import Clock
from sandbox.turbosms.account import Account
from sandbox.turbosms.callbacks import Courier
from sandbox.turbosms.faults import Faults
from sandbox.turbosms.wire import Wire


class Provider:
    """Everything behind the wire; `now` gives seconds since the epoch."""

    def __init__(self, token: str, secret: str, now: Callable[[], float]) -> None:
        self.clock = Clock(now)
        self.faults = Faults()
        self.courier = Courier(secret, self.clock, self.faults)
        self.account = Account(self.clock, self.courier.tell)
        self.wire = Wire(token, self.account, self.clock, self.faults)

    def tick(self) -> None:
        """Everything whose time has come."""
        self.account.tick()
        self.courier.send_due()

    def reset(self) -> None:
        self.faults.clear()
        self.courier.reset()
        self.wire.calls.clear()
        self.clock.reset()
        self.account.reset()
