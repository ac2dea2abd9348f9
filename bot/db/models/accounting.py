"""What is known of the book of record: documents of our orders, contracts, debts, pulls, and what does not agree."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class OrderDocument(Table):
    """An order's document there.

    `handed_revision` is the revision it was confirmed to have; `version` the one we wrote or took in last.
    """

    __tablename__ = "order_documents"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(default="")
    version: Mapped[str] = mapped_column(default="")
    posted: Mapped[bool] = mapped_column(default=False)
    handed_revision: Mapped[int] = mapped_column(default=0)
    handed_at: Mapped[datetime | None]


class Contract(Table):
    """A client's contract with its terms; `until` is the last day it is in force, None where none is set."""

    __tablename__ = "contracts"

    external_id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    dated: Mapped[date | None]
    until: Mapped[date | None]
    price_type_id: Mapped[UUID | None] = mapped_column(ForeignKey("price_types.id", ondelete="SET NULL"))
    payment_days: Mapped[int | None]
    credit_limit: Mapped[Money | None]
    active: Mapped[bool] = mapped_column(default=True)
    main: Mapped[bool] = mapped_column(default=False)


class ContractDocument(Table):
    """A signed contract of ours on its way there: `ref` and `recorded_at` are None until it is recorded."""

    __tablename__ = "contract_documents"

    contract_id: Mapped[UUID] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    number: Mapped[str]
    asked_at: Mapped[datetime]
    ref: Mapped[str | None]
    version: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime | None]


class Receivable(Table):
    """What is owed by one document; a negative balance is an advance. `pull` is the last one that named it."""

    __tablename__ = "receivables"

    document: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    contract: Mapped[str | None]
    kind: Mapped[str]
    number: Mapped[str]
    dated: Mapped[date]
    amount: Mapped[Money]
    balance: Mapped[Money]
    due: Mapped[date | None]
    order_ref: Mapped[str | None]
    pull: Mapped[int]


class Pull(Table):
    """How fresh a subject is: when it was taken in last, whole, and what went wrong since."""

    __tablename__ = "pulls"

    subject: Mapped[str] = mapped_column(primary_key=True)
    serial: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
    changed: Mapped[int] = mapped_column(default=0)


class Difference(Table):
    """Something that does not agree between the books and the book of record, until somebody settles it."""

    __tablename__ = "differences"
    __table_args__ = (
        Index(
            "uq_differences_open",
            "kind",
            "about",
            unique=True,
            postgresql_where=text("settled_at IS NULL"),
            sqlite_where=text("settled_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    about: Mapped[str]
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    detail: Mapped[dict[str, str]] = mapped_column(JSON)
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")
    settlement: Mapped[str] = mapped_column(default="")
