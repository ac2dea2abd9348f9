"""WayForPay as the gateway that takes cards."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil, floor
from typing import TypeVar

import httpx
import stamina

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.money import ZERO, Money
from bot.domain.payment import Charge, GatewayState, Outcome
from bot.logs import log
from bot.ports import Clock
from integrations.wayforpay.client import PATIENCE, WayForPayClient
from integrations.wayforpay.codes import (
    ILLEGAL_STATE,
    INVOICE_WAITS,
    NOT_FOUND,
    OF_A_PAYMENT,
    OK,
    REFUND_WAITS,
    SYSTEM,
    error_of,
)
from integrations.wayforpay.config import WayForPaySettings
from integrations.wayforpay.models import Answer
from integrations.wayforpay.orders import is_reference, order_fields, require_sum, seconds_left
from integrations.wayforpay.states import MOVES_MONEY, States, with_refund
from integrations.wayforpay.values import CURRENCY, words

LONGEST_PERIOD = timedelta(days=31)
COMMENT_LIMIT = 200
_NOBODY = "komora-ping"
_DONE = frozenset({OK, REFUND_WAITS})
_GIVEN_BACK = frozenset({"refunded", "voided"})
_Read = TypeVar("_Read")

_log = log("integrations.wayforpay")


class WayForPay:
    """Implements PaymentProvider. Readings and a withdrawal are repeated here, what moves money never."""

    system = SYSTEM

    def __init__(
        self, settings: WayForPaySettings, http: httpx.AsyncClient, *, now: Clock, patience: float = PATIENCE
    ) -> None:
        self.origin = settings.origin
        self._settings = settings
        self._secret = settings.secret.get_secret_value()
        self._client = WayForPayClient(settings, http, patience)
        self._states = States()
        self._now = now

    async def ping(self) -> None:
        """Asks for an attempt that never was: to know that it was not, the gateway must know us."""
        await self.state(_NOBODY)

    async def page(self, charge: Charge) -> str:
        """Its life is counted from now, so ask when the payer is about to go there."""
        fields = order_fields(self._settings, charge, "PURCHASE")
        left = seconds_left(charge, self._now(), "PURCHASE")
        kind = "AUTH" if self._settings.hold else "AUTO"
        secure = {"merchantTransactionSecureType": "AUTO", "merchantTransactionType": kind}
        return await self._client.purchase({**fields, **secure, "orderLifetime": left, "orderTimeout": left})

    async def invoice(self, charge: Charge) -> str:
        """An address that can be sent on; Ambiguous where the answer was lost and the reference is taken."""
        fields = order_fields(self._settings, charge, "CREATE_INVOICE")
        left = seconds_left(charge, self._now(), "CREATE_INVOICE")
        return await self._client.create_invoice({**fields, "orderTimeout": left})

    async def withdraw(self, reference: str) -> None:
        """One that is paid or unknown is left alone."""
        _require_reference(reference, "REMOVE_INVOICE")
        await _again(lambda: self._withdraw(reference))

    async def state(self, reference: str) -> GatewayState | None:
        """Compared with our account, the reference and the currency; the sum is for the caller to compare."""
        _require_reference(reference, "CHECK_STATUS")
        return await _again(lambda: self._look(reference))

    async def refund(self, reference: str, amount: Money, reason: str, *, before: Money = ZERO) -> GatewayState:
        """The answer names no sums, so the attempt is read back; it may still be UNDER_WAY.

        What is read may be older than this refund, and older than those before it: both count all the same.

        Never repeated here: after Ambiguous look at `state` first.
        """
        _require_reference(reference, "REFUND")
        require_sum(amount, "REFUND")
        comment = words(reason, COMMENT_LIMIT) or reference
        answer = await self._client.refund(reference, amount, comment)
        self._require_moved("REFUND", reference, answer)
        state = await self._read_back("REFUND", reference)
        gone = before + amount
        known = state.refunded.kopiykas >= gone.kopiykas
        done = answer.transaction_status.strip().lower() in _GIVEN_BACK
        if state.outcome is Outcome.PAID and (answer.code == REFUND_WAITS or not (done or known)):
            return replace(state, outcome=Outcome.UNDER_WAY, code=str(answer.code))
        return state if known else with_refund(state, gone)

    async def settle(self, reference: str, amount: Money) -> GatewayState:
        """Ambiguous where the gateway answers with another sum or another account."""
        _require_reference(reference, "SETTLE")
        require_sum(amount, "SETTLE")
        answer = await self._client.settle(reference, amount)
        self._require_moved("SETTLE", reference, answer)
        if not answer.is_state_of(self._secret):
            return await self._read_back("SETTLE", reference)
        if answer.sum != amount:
            raise Ambiguous(SYSTEM, "SETTLE", "mismatch")
        return self._states.read(answer)

    async def transactions(self, begin: datetime, end: datetime) -> Sequence[GatewayState]:
        """Both moments within. Rows are not signed and may be cut: compare by them, decide by `state`."""
        found: list[GatewayState] = []
        first, last = floor(begin.timestamp()), ceil(end.timestamp())
        while first <= last:
            until = min(last, first + int(LONGEST_PERIOD.total_seconds()))
            found += [state for row in await self._rows(first, until) if (state := await self._row(row)) is not None]
            first = until + 1
        return found

    # --- one call each -----------------------------------------------------------------------------------------------

    async def _withdraw(self, reference: str) -> None:
        answer = await self._client.remove_invoice(reference)
        if answer.code not in (OK, NOT_FOUND, ILLEGAL_STATE):
            raise error_of("REMOVE_INVOICE", answer.code, Unavailable)

    async def _look(self, reference: str) -> GatewayState | None:
        answer = await self._client.check_status(reference)
        return None if answer.code == NOT_FOUND else self._state(reference, answer)

    def _state(self, reference: str, answer: Answer) -> GatewayState:
        operation = "CHECK_STATUS"
        if not answer.transaction_status and answer.code != INVOICE_WAITS:
            raise error_of(operation, answer.code, Unavailable)
        if not answer.merchant_signature:
            self._require_harmless(operation, answer)
        elif not answer.is_state_of(self._secret):
            raise Rejected(SYSTEM, operation, "signature")
        if answer.merchant_account not in ("", self._settings.account) or answer.order_reference not in ("", reference):
            raise Rejected(SYSTEM, operation, "mismatch")
        if answer.amount and answer.currency != CURRENCY:
            raise Rejected(SYSTEM, operation, "mismatch")
        try:
            return self._states.read(answer.model_copy(update={"order_reference": reference}))
        except ValueError:
            raise Rejected(SYSTEM, operation, "mismatch") from None

    def _require_harmless(self, operation: str, answer: Answer) -> None:
        """Without a signature it may say that nothing was paid, and no more."""
        if self._states.outcome(answer) in MOVES_MONEY:
            raise Rejected(SYSTEM, operation, "unsigned")
        if answer.code != OK and answer.code not in OF_A_PAYMENT:
            raise error_of(operation, answer.code, Unavailable)

    def _require_moved(self, operation: str, reference: str, answer: Answer) -> None:
        """Raises Ambiguous where the answer is not to be believed: the money may have moved all the same."""
        given = bool(answer.merchant_signature)
        if given and not (answer.is_moved_by(self._secret) or answer.is_state_of(self._secret)):
            raise Ambiguous(SYSTEM, operation, "signature")
        if answer.code not in _DONE:
            raise error_of(operation, answer.code, Ambiguous)
        if not given:
            raise Ambiguous(SYSTEM, operation, "unsigned")
        if answer.merchant_account != self._settings.account or answer.order_reference != reference:
            raise Ambiguous(SYSTEM, operation, "mismatch")
        if answer.currency not in ("", CURRENCY):
            raise Ambiguous(SYSTEM, operation, "mismatch")

    async def _read_back(self, operation: str, reference: str) -> GatewayState:
        """What the money did is known, how much is not: a reading that fails leaves it to be looked at."""
        try:
            state = await self.state(reference)
        except OutsideError as error:
            raise Ambiguous(SYSTEM, operation, error.code) from None
        if state is None:
            raise Ambiguous(SYSTEM, operation, NOT_FOUND)
        return state

    async def _rows(self, begin: int, end: int) -> list[Answer]:
        return await _again(lambda: self._client.transaction_list(begin, end))

    async def _row(self, row: Answer) -> GatewayState | None:
        """A row of a refund does not say how much was given back: it is asked for."""
        try:
            if not row.order_reference:
                raise ValueError("no reference")
            state = self._states.read(row)
        except ValueError:
            _log.warning("wayforpay lists a transaction that cannot be read", code=row.code)
            return None
        if state.outcome is not Outcome.REFUNDED or row.refund_amount or not is_reference(state.reference):
            return state
        try:
            return await self.state(state.reference) or state
        except Rejected:
            return state


async def _again(call: Callable[[], Awaitable[_Read]]) -> _Read:
    async for attempt in stamina.retry_context(on=Unavailable, attempts=3, timeout=60, wait_initial=0.5, wait_max=5):
        with attempt:
            read = await call()
    return read


def _require_reference(reference: str, operation: str) -> None:
    if not is_reference(reference):
        raise Rejected(SYSTEM, operation, "reference")
