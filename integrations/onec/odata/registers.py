"""Virtual tables of registers: which form of the name a base answers to, and their rows in pages."""

from collections.abc import AsyncIterator
from datetime import datetime

from bot.domain.errors import Rejected
from integrations.onec.odata.client import OnecClient, Page, Row
from integrations.onec.odata.literals import guid, moment, text
from integrations.onec.odata.pages import Pace, asking, by, unpublished, walk
from integrations.onec.odata.profile import Table
from integrations.onec.odata.refusals import Refusal
from integrations.onec.odata.url import Query

LARGEST_BALANCE = 10_000
"""A balance is counted anew for every page of it, so its pages are large."""
_RECORDS = "_RecordType"
_LINE = "LineNumber"
_ACCOUNTS = "ChartOfAccounts_Хозрасчетный"
_NO_SUCH_FUNCTION = frozenset({"6", "11", "8"})


class Registers:
    """A register that documents write has its slices under `…_RecordType`, an independent one under its own name."""

    def __init__(self, client: OnecClient) -> None:
        self._client = client
        self._names: dict[str, str] = {}
        self._slices = Pace()
        self._balances = Pace(LARGEST_BALANCE)
        self._records = Pace()

    async def slice_last(self, table: Table, condition: str, keys: tuple[str, ...]) -> AsyncIterator[list[Row]]:
        """The last records that meet the condition; `keys` are Komora's words for the dimensions."""

        async def ask(query: Query) -> Page:
            return await self._slice(table.entity, condition, query)

        names = _names(table, keys)
        async for rows in walk(ask, (("$orderby", names[0]),), by(*names), self._slices):
            yield rows

    async def _slice(self, entity: str, condition: str, query: Query) -> Page:
        name = self._names.get(entity, entity)
        try:
            return await self._client.slice_last(name, condition, query)
        except Rejected as error:
            if entity in self._names or not _unknown(error):
                raise
        other = entity.removesuffix(_RECORDS) if entity.endswith(_RECORDS) else entity + _RECORDS
        page = await self._client.slice_last(other, condition, query)
        self._names[entity] = other
        return page

    async def balance(self, table: Table) -> AsyncIterator[list[Row]]:
        """What is left, by all dimensions the register has; of an accounting register, on the table's account.

        Raises Rejected: unknown_account:<code>.
        """
        condition = await self._on_account(table)

        async def ask(query: Query) -> Page:
            return await self._client.balance(table.entity, condition, query)

        words = ("document", "article", "contract", "key", "client")
        order = _names(table, words)[0]
        async for rows in walk(ask, (("$orderby", order),), _whole_row, self._balances):
            yield rows

    async def turnovers(self, table: Table, begin: datetime, condition: str) -> AsyncIterator[list[Row]]:
        """What stood at the naive moment `begin`, moved since and stands, where the condition holds.

        Raises Rejected: unknown_account:<code>.
        """
        on_account = await self._on_account(table)
        said = f"{on_account} and ({condition})" if on_account else condition

        async def ask(query: Query) -> Page:
            return await self._client.turnovers(table.entity, begin, said, query)

        order = _names(table, ("client", "key"))[0]
        async for rows in walk(ask, (("$orderby", order),), _whole_row, self._balances):
            yield rows

    async def records(self, table: Table, begin: datetime, condition: str) -> AsyncIterator[list[Row]]:
        """Single records from the naive moment `begin` on, where the condition holds."""
        on_account = await self._on_account(table)
        period = table.name("period")
        said = " and ".join(one for one in (f"{period} ge {moment(begin)}", on_account, f"({condition})") if one)
        key = by(table.name("recorder"), _LINE, table.name("direction"))
        query: Query = (("$filter", said), ("$orderby", f"{period},{table.name('recorder')},{_LINE}"))
        ask = asking(self._client, f"{table.entity}{_RECORDS}")
        async for rows in walk(ask, query, key, self._records):
            yield rows

    async def _on_account(self, table: Table) -> str:
        if not table.account:
            return ""
        rows = await self._client.rows(_ACCOUNTS, (("$filter", f"Code eq {text(table.account)}"), ("$top", "1")))
        if not rows:
            raise Refusal(f"GET {_ACCOUNTS}", f"unknown_account:{table.account}", "")
        return f"{table.name('account')} eq {guid(str(rows[0].get('Ref_Key')))}"

    async def published(self, table: Table) -> bool:
        """By the list of sets: reading one row of a large register as record sets is known to fail."""
        return table.entity in await self._client.service_root()


def _whole_row(row: Row) -> int:
    """Dimensions that the profile does not know must not make two rows one."""
    return hash(tuple(sorted((name, str(value)) for name, value in row.items())))


def _names(table: Table, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for word in words if (name := table.name(word)))


def _unknown(error: Rejected) -> bool:
    return unpublished(error) or str(error.code) in _NO_SUCH_FUNCTION
