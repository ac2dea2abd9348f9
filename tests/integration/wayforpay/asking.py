"""Every question to the gateway, and what an unknown outcome of it means."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.domain.errors import Ambiguous, OutsideError, Unavailable
from bot.domain.money import Money
from integrations.wayforpay import WayForPay
from tests.integration.wayforpay.world import charge, now

Ask = Callable[[WayForPay], Awaitable[object]]
WHOLE = Money(34950)
PAGE: Ask = lambda provider: provider.page(charge("K-9"))  # noqa: E731
INVOICE: Ask = lambda provider: provider.invoice(charge("K-9"))  # noqa: E731
WITHDRAW: Ask = lambda provider: provider.withdraw("K-1")  # noqa: E731
STATE_OF: Ask = lambda provider: provider.state("K-1")  # noqa: E731
REFUND: Ask = lambda provider: provider.refund("K-1", WHOLE, "Повернення")  # noqa: E731
SETTLE: Ask = lambda provider: provider.settle("K-1", WHOLE)  # noqa: E731
LIST: Ask = lambda provider: provider.transactions(now() - timedelta(days=1), now())  # noqa: E731
ASKED = {
    "PURCHASE": (PAGE, Unavailable),
    "CREATE_INVOICE": (INVOICE, Ambiguous),
    "REMOVE_INVOICE": (WITHDRAW, Unavailable),
    "CHECK_STATUS": (STATE_OF, Unavailable),
    "REFUND": (REFUND, Ambiguous),
    "SETTLE": (SETTLE, Ambiguous),
    "TRANSACTION_LIST": (LIST, Unavailable),
}
REPEATED = {"REMOVE_INVOICE", "CHECK_STATUS", "TRANSACTION_LIST"}


async def outcome(asked: Awaitable[object]) -> tuple[type[OutsideError] | None, str | int | None]:
    try:
        await asked
    except OutsideError as error:
        assert error.system == "wayforpay"
        return type(error), error.code
    return None, None
