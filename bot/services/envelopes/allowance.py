"""The tariff of the service of signatures: managers hear before it ends, and before its documents are used up."""

from datetime import timedelta

from bot.db.books import Books
from bot.domain.dispatch import KYIV
from bot.domain.job import Run
from bot.domain.notice import Notice, NoticeKind
from bot.domain.signing import Allowance
from bot.ports import Clock
from bot.ports.signing import Signing
from bot.services.notices import tell_staff

WATCH_ALLOWANCE = "watch_allowance"
FEW = 20
ENDS = timedelta(days=14)


class AllowanceWatch:
    """The handler of WATCH_ALLOWANCE, once a day."""

    def __init__(self, books: Books, signing: Signing, now: Clock) -> None:
        self._books = books
        self._signing = signing
        self._now = now

    async def run(self, _: Run) -> None:
        """Told once a week of each trouble. Raises Unavailable, Rejected."""
        allowance = await self._signing.allowance()
        year, week, _day = self._now().astimezone(KYIV).date().isocalendar()
        for trouble in self._troubles(allowance):
            notice = Notice(NoticeKind.ALLOWANCE, trouble, f"{year}-{week}")
            await self._books.write(tell_staff, notice)

    def _troubles(self, allowance: Allowance) -> list[str]:
        """`used_up`, `few`, and the last day where it is near."""
        found = []
        if allowance.left is not None and allowance.left <= FEW:
            found.append("few" if allowance.left else "used_up")
        if allowance.until is not None and allowance.until - self._now() <= ENDS:
            found.append(allowance.until.astimezone(KYIV).date().isoformat())
        return found
