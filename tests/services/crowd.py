"""A ledger of any size that is never in memory whole: pages are made as they are asked for."""

from collections.abc import AsyncIterator, Container, Sequence
from datetime import date

from bot.domain.accounting import ClientPage, DocumentHead, ReceivableRecord, Versions
from bot.domain.directory import ClientRecord, PersonRecord, PointRecord
from bot.domain.money import Money
from tests.services.cards import card
from tests.support.accounting import Ledger

PAGE = 500
TENTH = date(2026, 11, 10)


class Crowd(Ledger):
    """So many clients, and so many documents that they owe by."""

    def __init__(self, clients: int, documents: int) -> None:
        super().__init__()
        self._clients = range(clients)
        self._documents = range(documents)

    async def clients(self, known: Versions) -> AsyncIterator[ClientPage]:
        for start in self._clients[::PAGE]:
            page = [_client(number) for number in self._clients[start : start + PAGE]]
            changed = tuple(one for one in page if known.get(one.external_id) != one.version)
            yield ClientPage(changed, tuple(one.external_id for one in page))

    async def receivables(self, known: Container[str]) -> AsyncIterator[Sequence[ReceivableRecord]]:
        for start in self._documents[::PAGE]:
            yield [self._debt(number, known) for number in self._documents[start : start + PAGE]]

    def _debt(self, number: int, known: Container[str]) -> ReceivableRecord:
        document, owed = f"d{number}", Money(number + 1)
        head = None if document in known else DocumentHead("shipment", f"РН-{number}", TENTH, owed)
        return ReceivableRecord(document, f"c{number % len(self._clients)}", None, owed, None, head)


def _client(number: int) -> ClientRecord:
    return card(
        f"c{number}",
        points=(PointRecord(f"p{number}", "Заклад", "Київ, 1"),),
        people=(PersonRecord(f"h{number}", f"Людина {number}", f"+38067{number:07d}"),),
    )
