"""A card gateway in memory: attempts are known once their page was asked for, and end as the test says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.domain.errors import Ambiguous, Rejected, Unavailable
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
        self.refuses: str | None = None
        """Rejected with this code, whatever is to be given back or taken."""
        self.loses: Literal["before", "after"] | None = None
        """Ambiguous: the money moved and the answer was lost, or neither was done."""
        self.deaf = False
        """Unavailable to what moves money."""
        self.waits = False
        """Refunds wait for the shop's balance."""
        self.lags: GatewayState | None = None
        """Whatever is asked of an attempt, it still stands as it did then."""
        self.moved: list[tuple[str, str, int, str]] = []
        self.withdrawn: list[str] = []
        self.asked_between: list[tuple[datetime, datetime]] = []
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
        self.withdrawn.append(reference)
        known = self.states.get(reference)
        if known is not None and known.outcome is Outcome.WAITING:
            self.say(reference, Outcome.EXPIRED)

    async def state(self, reference: str) -> GatewayState | None:
        self._answers("state")
        self.asked.append(reference)
        return self.lags or self.states.get(reference)

    async def refund(self, reference: str, amount: Money, reason: str, *, before: Money = ZERO) -> GatewayState:
        self._moves("refund", reference, amount, reason)
        known = self.states[reference]
        if self.waits:
            return replace(known, outcome=Outcome.UNDER_WAY)
        given_back = known.refunded + amount
        whole = known.outcome is Outcome.HELD or given_back == known.amount
        state = self.say(reference, Outcome.REFUNDED if whole else Outcome.PAID, refunded=given_back)
        self._lose("refund")
        return state

    async def settle(self, reference: str, amount: Money) -> GatewayState:
        self._moves("settle", reference, amount, "")
        state = self.say(reference, Outcome.PAID, amount=amount)
        self._lose("settle")
        return state

    async def transactions(self, begin: datetime, end: datetime) -> Sequence[GatewayState]:
        self._answers("transactions")
        self.asked_between.append((begin, end))
        made = {charge.reference: charge.made_at for charge in self.charges}
        return [one for one in self.states.values() if begin <= made.get(one.reference, begin) < end]

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

    def _moves(self, operation: str, reference: str, amount: Money, reason: str) -> None:
        self._answers(operation)
        if self.deaf:
            raise Unavailable(self.system, operation)
        if self.refuses:
            raise Rejected(self.system, operation, self.refuses)
        self.moved.append((operation, reference, amount.kopiykas, reason))
        if self.loses == "before":
            raise Ambiguous(self.system, operation)

    def _lose(self, operation: str) -> None:
        if self.loses == "after":
            raise Ambiguous(self.system, operation)
