"""A card gateway in memory: attempts are known once their page was asked for, and end as the test says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import Unavailable
from bot.domain.money import ZERO, Money
from bot.domain.payment import Charge, GatewayState, Outcome

CARD = "44****4444"


class Gateway:
    """Implements bot.ports.PaymentProvider; `silent` makes it unavailable."""

    system = "gateway"
    origin = "https://gateway.example"

    def __init__(self) -> None:
        self.charges: list[Charge] = []
        self.states: dict[str, GatewayState] = {}
        self.silent = False
        self.asked: list[str] = []

    async def ping(self) -> None:
        self._answers("ping")

    async def page(self, charge: Charge) -> str:
        self._answers("page")
        self.charges.append(charge)
        self.states[charge.reference] = GatewayState(charge.reference, Outcome.WAITING, charge.amount)
        return f"{self.origin}/page/{charge.reference}"

    async def invoice(self, charge: Charge) -> str:
        return await self.page(charge)

    async def withdraw(self, reference: str) -> None:
        self._answers("withdraw")

    async def state(self, reference: str) -> GatewayState | None:
        self._answers("state")
        self.asked.append(reference)
        return self.states.get(reference)

    async def refund(self, reference: str, amount: Money, reason: str) -> GatewayState:
        self._answers("refund")
        given_back = self.states[reference].refunded + amount
        return self.say(reference, Outcome.PAID, refunded=given_back)

    async def settle(self, reference: str, amount: Money) -> GatewayState:
        return self.say(reference, Outcome.PAID, amount=amount)

    async def transactions(self, begin: datetime, end: datetime) -> Sequence[GatewayState]:
        self._answers("transactions")
        return list(self.states.values())

    def say(
        self, reference: str, outcome: Outcome, *, amount: Money | None = None, refunded: Money = ZERO
    ) -> GatewayState:
        """From now on this is what it answers of the attempt."""
        known = self.states[reference]
        self.states[reference] = replace(
            known, outcome=outcome, amount=amount or known.amount, refunded=refunded, card=CARD, code="1100"
        )
        return self.states[reference]

    def _answers(self, operation: str) -> None:
        if self.silent:
            raise Unavailable(self.system, operation)
