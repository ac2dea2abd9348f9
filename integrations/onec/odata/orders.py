"""Orders as they stand in 1C now."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, date, datetime, time

from bot.domain.accounting import OrderRecord, OrderRecordLine, Versions
from bot.domain.money import Money
from bot.domain.order import State
from bot.ports import Clock
from integrations.onec.odata.article_records import identity
from integrations.onec.odata.bearings import Article, Bearings
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.documents import since
from integrations.onec.odata.drafting import marked, split
from integrations.onec.odata.pages import FAT, Pace, by_refs
from integrations.onec.odata.placing import link_of
from integrations.onec.odata.profile import Profile, Table
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.states import States
from integrations.onec.odata.values import day, moment, money, number, ref, words

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Orders:
    """A light pass over versions by date, then the documents that changed."""

    def __init__(
        self,
        client: OnecClient,
        profile: Profile,
        shapes: Shapes,
        bearings: Bearings,
        states: States,
        settings: OnecSettings,
        now: Clock,
    ) -> None:
        self._client = client
        self._profile = profile
        self._table = profile.order
        self._shapes = shapes
        self._bearings = bearings
        self._settings = settings
        self._now = now
        self._states = states
        self._pace = Pace()
        self._fat_pace = Pace(FAT)
        self._told: dict[str, tuple[str, State]] = {}
        """By document: the version with which a state of elsewhere was told, and that state."""

    async def records(self, start: date, known: Versions) -> AsyncIterator[Sequence[OrderRecord]]:
        """Also those of a known version, however old, that other documents have shipped or closed since.

        Such a state counts as told once the caller has come back for more, and while it knows the version that came
        with it. One whose known document changed may have been passed over, and is offered once more.
        """
        begin = datetime.combine(start, time())
        now = self._now().astimezone(self._settings.zone).replace(tzinfo=None)
        elsewhere = await self._states.elsewhere(begin, now, date_filter=self._settings.date_filter)
        offered: set[str] = set()
        async for documents in self._changed(begin, now, known, elsewhere):
            records = await self.read(documents, elsewhere)
            if records:
                yield records
            self._remember(records, known, elsewhere)
            offered.update(record.link.ref for record in records)
        moved = [own for own in elsewhere if own in known and own not in offered and self._moved(own, known, elsewhere)]
        async for documents in by_refs(self._client, self._table.entity, moved):
            records = await self.read(documents, elsewhere)
            yield records
            self._remember(records, known, elsewhere)

    def _remember(self, records: Sequence[OrderRecord], known: Versions, elsewhere: Mapping[str, State]) -> None:
        for record in records:
            own, version = record.link.ref, record.link.version
            if own in elsewhere and known.get(own, version) == version:
                self._told[own] = (version, elsewhere[own])

    def _moved(self, own: str, known: Versions, elsewhere: Mapping[str, State]) -> bool:
        """Whether its state of elsewhere is still to be told."""
        return own in elsewhere and self._told.get(own) != (known.get(own), elsewhere[own])

    async def _changed(
        self, begin: datetime, now: datetime, known: Versions, elsewhere: dict[str, State]
    ) -> AsyncIterator[list[Row]]:
        """Whole documents; where nothing is known they come at once, without a light pass."""
        entity, by_filter = self._table.entity, self._settings.date_filter
        if not known:
            async for rows in since(self._client, entity, begin, now, "", self._fat_pace, date_filter=by_filter):
                yield rows
            return
        select = await self._shapes.select(self._table, plain=("Ref_Key", "DataVersion", "Date"))
        async for rows in since(self._client, entity, begin, now, select, self._pace, date_filter=by_filter):
            wanted = [own for row in rows if (own := self._wanted(row, known, elsewhere)) is not None]
            async for documents in by_refs(self._client, entity, wanted):
                yield documents

    def _wanted(self, row: Row, known: Versions, elsewhere: dict[str, State]) -> str | None:
        own = ref(row.get("Ref_Key"))
        if own is None:
            return None
        changed = known.get(own) != words(row.get("DataVersion"))
        return own if changed or self._moved(own, known, elsewhere) else None

    async def read(self, rows: Sequence[Row], elsewhere: Mapping[str, State]) -> list[OrderRecord]:
        """Of whole documents; names of their articles are asked for together."""
        table = self._table.lines
        lines = [line for row in rows for line in _lines_of(row, table)]
        names = await self._bearings.articles(own for line in lines if (own := ref(table.read(line, "article"))))
        return [await self._record(row, elsewhere, names) for row in rows]

    async def _record(self, row: Row, elsewhere: Mapping[str, State], names: Mapping[str, Article]) -> OrderRecord:
        table, zone = self._table, self._settings.zone
        comment, link = words(table.read(row, "comment")), link_of(row)
        ours = marked(comment)  # not the carrier: others write their numbers into it too
        return OrderRecord(
            link=link,
            placed_at=moment(row.get("Date"), zone) or _NEVER,
            client=ref(table.read(row, "client")) or "",
            state=await self._states.of(row, elsewhere.get(link.ref)),
            total=money(table.read(row, "total")),
            lines=self._lines(row, names),
            note=comment,
            ours=ours[0] if ours else None,
            delivery_date=day(table.read(row, "delivery_date")),
            delivery_address=words(table.read(row, "delivery_address")),
        )

    def _lines(self, row: Row, names: Mapping[str, Article]) -> tuple[OrderRecordLine, ...]:
        table = self._table.lines
        lines = []
        for line in sorted(_lines_of(row, table), key=lambda line: number(line.get("LineNumber"))):
            article = identity(table.read(line, "article"), table.read(line, "characteristic")) or ""
            size = number(table.read(line, "coefficient")) or 1
            price = Money.of(number(table.read(line, "price")) / size)
            amount = money(table.read(line, "total") or table.read(line, "amount"))
            named = names.get(split(article)[0] or "")
            quantity = number(table.read(line, "quantity")) * size
            lines.append(OrderRecordLine(article, named.name if named else "", quantity, price, amount))
        return tuple(lines)


def _lines_of(row: Row, table: Table) -> list[Row]:
    return [line for line in row.get(table.entity) or () if isinstance(line, dict)]
