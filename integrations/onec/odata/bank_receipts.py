"""Bank receipts in 1C, whoever entered them: what its own client-bank has loaded is not to be there twice."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime, time

from bot.domain.accounting import BankReceipt
from bot.domain.errors import Rejected
from bot.ports import Clock
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.documents import since as dated_since
from integrations.onec.odata.drafting import MARK
from integrations.onec.odata.pages import Pace, unpublished
from integrations.onec.odata.placing import link_of
from integrations.onec.odata.profile import Profile
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.values import day, money, ref, words, yes

_PLAIN = ("Ref_Key", "Number", "Date", "Posted", "DeletionMark", "DataVersion")


class BankReceipts:
    def __init__(
        self, client: OnecClient, profile: Profile, shapes: Shapes, settings: OnecSettings, now: Clock
    ) -> None:
        self._client = client
        self._table = profile.bank
        self._shapes = shapes
        self._settings = settings
        self._now = now
        self._pace = Pace()

    async def records(self, since: date) -> AsyncIterator[Sequence[BankReceipt]]:
        """A base that does not show such documents has none to compare with."""
        start = datetime.combine(since, time())
        now = self._now().astimezone(self._settings.zone).replace(tzinfo=None)
        try:
            wanted = ("client", "client_ref", "total", "slip_number", "slip_day", "comment")
            select = await self._shapes.select(self._table, *wanted, plain=_PLAIN)
            async for rows in dated_since(
                self._client, self._table.entity, start, now, select, self._pace, date_filter=self._settings.date_filter
            ):
                yield [one for row in rows if (one := self._record(row)) is not None]
        except Rejected as error:
            if not unpublished(error):
                raise

    def _record(self, row: Row) -> BankReceipt | None:
        table, dated = self._table, day(row.get("Date"))
        client = ref(table.read(row, "client")) or ref(table.read(row, "client_ref"))
        if client is None or dated is None:
            return None
        return BankReceipt(
            link_of(row), client, money(table.read(row, "total")), day(table.read(row, "slip_day")) or dated,
            words(table.read(row, "slip_number")), words(table.read(row, "comment")).startswith(MARK),
            yes(row.get("DeletionMark")),
        )  # fmt: skip
