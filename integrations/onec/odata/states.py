"""What an order's document says of its state, or other documents say of it."""

from datetime import datetime

from bot.domain.order import State
from integrations.onec.odata.client import OnecClient, Row
from integrations.onec.odata.documents import since
from integrations.onec.odata.pages import FAT, Pace, asking, by, walk
from integrations.onec.odata.profile import Profile
from integrations.onec.odata.relatives import ORDER
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.values import ref, words, yes


class States:
    """A posted shipment or closing on the order tells more than the order itself, unless that is over."""

    def __init__(self, client: OnecClient, profile: Profile, shapes: Shapes) -> None:
        self._client = client
        self._profile = profile
        self._shapes = shapes
        self._names: dict[str, str] | None = None
        self._pace = Pace()
        self._fat_pace = Pace(FAT)

    async def of(self, row: Row, elsewhere: State | None = None) -> State | None:
        """None where nothing tells; marked for deletion is cancelled whatever else it says."""
        if yes(row.get("DeletionMark")):
            return State.CANCELLED
        own = await self._own(row)
        return own if elsewhere is None or own in (State.CLOSED, State.CANCELLED) else elsewhere

    async def _own(self, row: Row) -> State | None:
        """What the document itself says."""
        table = self._profile.order
        known = table.states.names
        match table.states.by:
            case "value":
                said = known.get(words(table.read(row, "state")))
                return State.CANCELLED if said is State.CLOSED and self._all_cancelled(row) else said
            case "catalogue":
                outcome = known.get(words(table.read(row, "outcome")))
                if outcome is not None or yes(table.read(row, "closed")):
                    return outcome or State.CLOSED
                own = ref(table.read(row, "state")) or ref(table.read(row, "state_value"))
                return known.get((await self._states()).get(own or "", ""))
        return State.ACCEPTED if yes(row.get("Posted")) else None

    def _all_cancelled(self, row: Row) -> bool:
        table = self._profile.order.lines
        lines = row.get(table.entity) or []
        return bool(lines) and all(yes(table.read(line, "cancelled")) for line in lines)

    async def initial(self) -> dict[str, str]:
        """The field of a new document that says it was placed; afterwards it is the managers' own."""
        table = self._profile.order
        name = table.name("state")
        match table.states.by if name else "posted":
            case "value":
                placed = next((said for said, state in table.states.names.items() if state is State.PLACED), None)
            case "catalogue":
                states = (await self._states()).items()
                placed = next((own for own, said in states if table.states.names.get(said) is State.PLACED), None)
            case _:
                placed = None
        return {} if placed is None else {name: placed}

    async def elsewhere(self, start: datetime, now: datetime, *, date_filter: bool) -> dict[str, State]:
        """Orders by reference that documents dated since then ship or close."""
        found: dict[str, State] = {}
        shipment, closing = self._profile.shipment, self._profile.closing
        if shipment and shipment.has("order") and await self._shapes.published(shipment):
            select = await self._shapes.select(shipment, "order", plain=("Ref_Key", "Date", "Posted"))
            async for rows in since(
                self._client, shipment.entity, start, now, select, self._pace, date_filter=date_filter
            ):
                for row in rows:
                    if yes(row.get("Posted")) and (own := ref(shipment.read(row, "order"))):
                        found[own] = State.SHIPPED
        if closing and await self._shapes.published(closing):
            async for rows in since(
                self._client, closing.entity, start, now, "", self._fat_pace, date_filter=date_filter
            ):
                for row in rows:
                    for line in closing.read(row, "section") or () if yes(row.get("Posted")) else ():
                        if own := ref(closing.read(line, "order")):
                            found[own] = State.CLOSED
        return found

    async def _states(self) -> dict[str, str]:
        """Names of states by reference: they are few, and people add their own."""
        if self._names is None:
            self._names = {}
            table = self._profile.state
            if table is not None and await self._shapes.published(table):
                async for rows in walk(asking(self._client, table.entity), (ORDER,), by("Ref_Key"), self._pace):
                    for row in rows:
                        own = ref(row.get("Ref_Key"))
                        if own is not None:
                            self._names[own] = self._known_name(row)
        return self._names

    def _known_name(self, row: Row) -> str:
        """The predefined name where it is one that the profile knows, or else the name people gave."""
        table = self._profile.state
        predefined = words(table.read(row, "predefined")) if table else ""
        return predefined if predefined in self._profile.order.states.names else words(row.get("Description"))
