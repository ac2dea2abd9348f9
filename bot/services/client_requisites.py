"""What contracts need to know of a client and 1C does not: seen and supplied by staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dialogue import Turn
from bot.domain.errors import NotFound
from bot.domain.requisites import ClientKind
from bot.domain.template.facts import PartyFacts
from bot.domain.template.requisites import Requisites
from bot.ports import Clock
from bot.services.contract_facts import party


@dataclass(frozen=True, slots=True)
class RequisitesView:
    """`typed` by staff; `known` is what a contract will say, with what 1C knows."""

    id: UUID
    name: str
    typed: Requisites
    known: PartyFacts

    @property
    def fop(self) -> bool:
        return self.known.kind is ClientKind.FOP


class ClientRequisites:
    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now

    async def of(self, client_id: UUID) -> RequisitesView:
        """Raises NotFound."""
        return await self._books.read(_view, client_id)

    async def supply(
        self, turn: Turn, client_id: UUID, given: Mapping[str, str], by: tuple[str, str]
    ) -> RequisitesView:
        """Fields of Requisites; the others stay as they are. Raises NotFound."""
        now = self._now()

        def supply(tx: Tx) -> None:
            _view(tx, client_id)
            tx.contract_parties.supply(client_id, given, by, now)

        return await self._books.apply(turn, supply, lambda tx: _view(tx, client_id))

    async def client_of_topic(self, place: str, thread: str) -> UUID | None:
        """The client whom a topic of a group is about."""
        if not thread:
            return None
        topic = await self._books.read(lambda tx: tx.desk.topic_at(place, thread))
        return topic.client_id if topic else None


def _view(tx: Tx, client_id: UUID) -> RequisitesView:
    card = tx.contract_parties.card(client_id)
    if card is None:
        raise NotFound("client")
    typed = tx.contract_parties.requisites(client_id)
    return RequisitesView(client_id, card.name, typed, party(card, typed))
