"""Who waits for which article to be in stock again."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Dispatch, Stock, StockWatch
from bot.domain.dispatch import ARRIVED, DispatchState

_TOLD = [state.value for state in ARRIVED]


class Watches:
    """A watch waits until a notice names its article; it ends when that notice has left."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def ask(self, person_id: UUID, client_id: UUID, article_id: UUID, at: datetime) -> None:
        """From now on; whoever waits already goes on waiting."""
        key = {"person_id": person_id, "client_id": client_id, "article_id": article_id}
        anew = {"since": at, "dispatch_id": None, "said": False}
        self._connection.execute(
            self._insert(StockWatch)
            .values(**key, **anew)
            .on_conflict_do_update(index_elements=list(key), set_=anew, where=StockWatch.dispatch_id.is_not(None))
        )

    def drop(self, person_id: UUID, client_id: UUID, article_id: UUID | None = None) -> None:
        """Of one article, or of all."""
        theirs = delete(StockWatch).where(StockWatch.person_id == person_id, StockWatch.client_id == client_id)
        self._connection.execute(theirs if article_id is None else theirs.where(StockWatch.article_id == article_id))

    def waits(self, person_id: UUID, client_id: UUID, article_id: UUID) -> bool:
        found = select(StockWatch.since).where(
            StockWatch.person_id == person_id,
            StockWatch.client_id == client_id,
            StockWatch.article_id == article_id,
            StockWatch.dispatch_id.is_(None),
        )
        return self._connection.execute(found).first() is not None

    def settle(self) -> None:
        """What was told is over, and so is what could not be; what a notice left out waits again."""
        failed, dropped = DispatchState.FAILED.value, DispatchState.DROPPED.value
        told = Dispatch.state.in_(_TOLD)
        over = or_(and_(told, StockWatch.said), Dispatch.state == failed)
        self._connection.execute(delete(StockWatch).where(_of(over)))
        again = or_(and_(told, StockWatch.said.is_(False)), Dispatch.state == dropped)
        self._connection.execute(update(StockWatch).where(_of(again)).values(dispatch_id=None, said=False))

    def come(self) -> list[tuple[UUID, UUID, UUID]]:
        """Person, client and article of those who wait for something that some warehouse has.

        Nobody else tells them of it until this transaction ends.
        """
        there = select(Stock.article_id).where(Stock.article_id == StockWatch.article_id, Stock.quantity > Decimal(0))
        rows = self._connection.execute(
            select(StockWatch.person_id, StockWatch.client_id, StockWatch.article_id)
            .where(StockWatch.dispatch_id.is_(None), there.exists())
            .order_by(StockWatch.person_id, StockWatch.client_id, StockWatch.since, StockWatch.article_id)
            .with_for_update()
        )
        return [(row.person_id, row.client_id, row.article_id) for row in rows]

    def bind(self, dispatch_id: UUID, person_id: UUID, client_id: UUID, article_ids: Collection[UUID]) -> None:
        """This notice is to tell of them."""
        self._connection.execute(
            update(StockWatch)
            .where(
                StockWatch.person_id == person_id,
                StockWatch.client_id == client_id,
                StockWatch.article_id.in_(article_ids),
            )
            .values(dispatch_id=dispatch_id, said=False)
        )

    def of_dispatch(self, dispatch_id: UUID) -> list[UUID]:
        """The articles that the notice is to tell of, as they were asked for."""
        found = select(StockWatch.article_id).where(StockWatch.dispatch_id == dispatch_id)
        return list(self._connection.execute(found.order_by(StockWatch.since, StockWatch.article_id)).scalars())

    def say(self, dispatch_id: UUID, article_ids: Collection[UUID]) -> None:
        """The notice names these; the others wait again."""
        bound = update(StockWatch).where(StockWatch.dispatch_id == dispatch_id)
        self._connection.execute(bound.where(StockWatch.article_id.in_(article_ids)).values(said=True))
        self._connection.execute(
            bound.where(StockWatch.article_id.not_in(article_ids)).values(dispatch_id=None, said=False)
        )


def _of(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Dispatch.id).where(Dispatch.id == StockWatch.dispatch_id, condition).exists()
