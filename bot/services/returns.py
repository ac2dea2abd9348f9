"""What became of text messages and letters after they left, asked of those who carry them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.dispatches import DispatchRow
from bot.db.inbox import TOLD
from bot.db.tx import Tx
from bot.domain.dispatch import DispatchState, Way
from bot.domain.errors import OutsideError, Rejected
from bot.domain.job import Run
from bot.domain.mail import Bounce
from bot.domain.notice import Notice, NoticeKind
from bot.domain.sms import SmsReport, SmsState
from bot.logs import log
from bot.ports import Clock, MailSender, SmsSender
from bot.services.arrivals import came, did_not_come
from bot.services.notices import tell_staff

REPORTS = "ask_reports"
BOUNCES = "read_bounces"
AT_ONCE = 100
MAILBOX = "mailbox"
"""Of letters that came back, among the outside systems."""
NO_ANSWER = "no_answer"
UNREAD = timedelta(hours=1)
"""So long a mailbox may be away before staff hear of it."""
LOOKS = (
    (timedelta(minutes=10), timedelta(minutes=1)),
    (timedelta(hours=1), timedelta(minutes=5)),
    (timedelta(days=2), timedelta(hours=1)),
)
"""Until which age of a message it is asked about how often; after that nobody knows, and it stays sent (sms.md A6)."""
STATES: Mapping[SmsState, DispatchState] = {
    SmsState.DELIVERED: DispatchState.DELIVERED,
    SmsState.SEEN: DispatchState.SEEN,
    SmsState.FAILED: DispatchState.FAILED,
}

logger = log("returns")


class Returns:
    """Reports of deliveries, and letters that came back."""

    def __init__(self, books: Books, now: Clock, sms: SmsSender | None, mail: MailSender | None) -> None:
        self._books = books
        self._now = now
        self._sms = sms
        self._mail = mail

    async def told(self, message_id: str, report: SmsReport) -> None:
        """A provider called back: that only makes us ask at once, because anybody can say anything."""
        await self._books.write(self._told, message_id)

    async def language_of(self, dispatch_id: UUID) -> str | None:
        """Of whoever got this letter; None where there was no such letter, empty where none was chosen."""
        return await self._books.read(_language_of, dispatch_id)

    async def leave(self, dispatch_id: UUID) -> bool:
        """Whoever got this letter wants no more of them; false where there was none."""
        return await self._books.write(self._leave, dispatch_id)

    async def reports(self, _: Run) -> None:
        """Raises Unavailable, Rejected."""
        assert self._sms is not None
        rows = await self._books.read(lambda tx: tx.dispatches.unreported(Way.SMS, self._now(), AT_ONCE))
        if rows:
            said = await self._sms.reports([row.message_id for row in rows if row.message_id])
            await self._books.write(self._reported, rows, said)

    async def bounces(self, _: Run) -> None:
        """A mailbox that cannot be read is no failure of the job: the next look is soon, and staff hear of it once."""
        try:
            await self._read_bounces()
        except OutsideError as error:
            logger.warning("returned letters not read", error=str(error))
            await self._books.write(self._shut, error)
        else:
            if await self._books.read(lambda tx: tx.systems.state(MAILBOX).silent_since):
                await self._books.write(lambda tx: tx.systems.answered(MAILBOX, self._now()))

    async def _read_bounces(self) -> None:
        assert self._mail is not None
        while bounces := await self._mail.bounces():
            noted = await self._books.write(self._bounced, bounces)
            if not noted:
                return
            await self._mail.forget(noted)

    def _shut(self, tx: Tx, error: OutsideError) -> None:
        """Who is not let in is told of at once; one that does not answer may do so again in a while."""
        now, refused = self._now(), isinstance(error, Rejected)
        tx.systems.silent(MAILBOX, now, str(error.code or ""))
        since = tx.systems.state(MAILBOX).silent_since or now
        if refused or now - since >= UNREAD:
            why = str(error.code) if refused else NO_ANSWER
            tell_staff(tx, Notice(NoticeKind.MAILBOX, since.isoformat(), why))

    def _told(self, tx: Tx, message_id: str) -> None:
        """Also of a message of which we do not know yet that it left."""
        now = self._now()
        tx.inbox.delivered(Way.SMS.value, message_id, TOLD, now)
        tx.dispatches.look_again(Way.SMS, [message_id], now)

    def _reported(self, tx: Tx, rows: Sequence[DispatchRow], said: Mapping[str, SmsReport]) -> None:
        now = self._now()
        for row in rows:
            report = said.get(row.message_id or "")
            state = STATES.get(report.state) if report else None
            if row.message_id and report and state:
                came(tx, Way.SMS, row.message_id, state, report.at or now, report.cost)
                tx.dispatches.look_again(Way.SMS, [row.message_id], None)
            else:
                tx.dispatches.look_again(Way.SMS, [row.message_id or ""], _next(row.sent_at or now, now))

    def _leave(self, tx: Tx, dispatch_id: UUID) -> bool:
        row = tx.dispatches.row(dispatch_id)
        if row is None or row.way is not Way.MAIL or row.address is None:
            return False
        tx.reach.stop(Way.MAIL, row.address, "unsubscribed", self._now())
        return True

    def _bounced(self, tx: Tx, bounces: Sequence[Bounce]) -> list[Bounce]:
        """The person is told another way; a mailbox that does not exist gets nothing any more.

        What came back before we know that it left is not among those returned: it is looked at next time.
        """
        return [bounce for bounce in bounces if self._noted(tx, bounce)]

    def _noted(self, tx: Tx, bounce: Bounce) -> bool:
        row, now, reason = tx.dispatches.named(Way.MAIL, bounce.message_id), self._now(), f"bounced {bounce.reason}"
        if row is None or row.address is None:
            return True  # anybody can write such a letter: only what answers one of ours stops an address
        if row.state is DispatchState.SENDING:
            return False
        if bounce.permanent:
            tx.reach.stop(Way.MAIL, row.address, reason.strip(), now)
        did_not_come(tx, row, reason.strip(), now)
        return True


def _language_of(tx: Tx, dispatch_id: UUID) -> str | None:
    row = tx.dispatches.row(dispatch_id)
    if row is None or row.way is not Way.MAIL or row.address is None:
        return None
    return tx.reach.recipient(row.way, row.address, row.person_id).language or ""


def _next(sent_at: datetime, now: datetime) -> datetime | None:
    """When a message is asked about again; None where that is not worth it any more."""
    age = now - sent_at
    return next((now + pause for until, pause in LOOKS if age < until), None)
