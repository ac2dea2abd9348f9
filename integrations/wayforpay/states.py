"""What the gateway's statuses mean to us."""

from dataclasses import replace

from bot.domain.money import ZERO, Money
from bot.domain.payment import GatewayState, Outcome
from bot.logs import log
from integrations.wayforpay.codes import INVOICE_WAITS
from integrations.wayforpay.models import Answer
from integrations.wayforpay.values import CURRENCY, moment, money, words

REFERENCE_LIMIT = 200
_OUTCOMES = {
    "created": Outcome.WAITING,
    "inprocessing": Outcome.UNDER_WAY,
    "pending": Outcome.UNDER_WAY,
    "waitingamountconfirm": Outcome.UNDER_WAY,
    "refundinprocessing": Outcome.UNDER_WAY,
    "waitingauthcomplete": Outcome.HELD,
    "approved": Outcome.PAID,
    "declined": Outcome.DECLINED,
    "expired": Outcome.EXPIRED,
    "refunded": Outcome.REFUNDED,
    "voided": Outcome.REFUNDED,
}
MOVES_MONEY = frozenset({Outcome.HELD, Outcome.PAID, Outcome.REFUNDED})
_MOST_REMEMBERED = 50

_log = log("integrations.wayforpay")


class States:
    """Reads states; a status it does not know counts as under way and is logged once."""

    def __init__(self) -> None:
        self._unknown: set[str] = set()

    def outcome(self, answer: Answer) -> Outcome:
        """By the status, whose letters may be of any case; an invoice that waits is in no processing."""
        status = answer.transaction_status.strip().lower()
        outcome = _OUTCOMES.get(status)
        if outcome is None and status:
            self._tell(words(status, 40))
        if outcome in (None, Outcome.UNDER_WAY) and answer.code == INVOICE_WAITS:
            return Outcome.WAITING
        return outcome or Outcome.UNDER_WAY

    def read(self, answer: Answer) -> GatewayState:
        """Raises ValueError where money moved and the sum is not said; before that it may be zero."""
        outcome = self.outcome(answer)
        amount = answer.sum
        if amount is None:
            if outcome in MOVES_MONEY:
                raise ValueError("no sum")
            amount = Money(0, answer.currency or CURRENCY)
        state = GatewayState(
            reference=words(answer.order_reference, REFERENCE_LIMIT),
            outcome=outcome,
            amount=amount,
            card=words(answer.card_pan, 32),
            bank=words(answer.issuer_bank_name, 100),
            auth_code=words(answer.auth_code, 32),
            created_at=moment(answer.created_date),
            processed_at=moment(answer.processing_date),
            fee=money(answer.fee, amount.currency),
            code=str(answer.code or ""),
            reason=words(answer.words, 200),
            status=words(answer.transaction_status, 40),
        )
        given_back = money(answer.refund_amount, amount.currency) or ZERO
        if outcome is Outcome.REFUNDED and (not given_back or state.status.lower() == "voided"):
            given_back = amount
        return with_refund(state, given_back) if given_back else state

    def _tell(self, status: str) -> None:
        if status in self._unknown or len(self._unknown) >= _MOST_REMEMBERED:
            return
        self._unknown.add(status)
        _log.warning("wayforpay status is not known", status=status)


def with_refund(state: GatewayState, given_back: Money) -> GatewayState:
    """A paid sum of which so much was given back: the gateway calls a part of it Refunded, too."""
    if state.outcome not in (Outcome.PAID, Outcome.REFUNDED):
        return state
    whole = given_back.kopiykas >= state.amount.kopiykas
    return replace(state, outcome=Outcome.REFUNDED if whole else Outcome.PAID, refunded=given_back)
