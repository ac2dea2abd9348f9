"""Templates of contracts with their versions, and what staff typed of a client for them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table


class TemplateFile(Table):
    """A Word file that somebody of the office sent, as it came; the same content is kept once."""

    __tablename__ = "template_files"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sha256: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    by_name: Mapped[str]
    by_account: Mapped[str]
    sent_at: Mapped[datetime]


class DocumentTemplate(Table):
    """A version of the template of a kind; of each kind one at most is in use, and none means the sample."""

    __tablename__ = "templates"
    __table_args__ = (
        CheckConstraint("kind IN ('contract', 'amendment', 'reconciliation')", name="kind"),
        UniqueConstraint("kind", "file_id"),
        Index(
            "uq_templates_in_use",
            "kind",
            unique=True,
            postgresql_where=text("in_use"),
            sqlite_where=text("in_use"),
        ),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("template_files.id"))
    in_use: Mapped[bool] = mapped_column(default=False)
    by_name: Mapped[str]
    by_account: Mapped[str]
    chosen_at: Mapped[datetime]


class ClientRequisites(Table):
    """What a contract says of a client and the book of record does not; an empty field is not known."""

    __tablename__ = "client_requisites"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    signer: Mapped[str] = mapped_column(default="")
    signer_genitive: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    position_genitive: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    iban: Mapped[str] = mapped_column(default="")
    bank: Mapped[str] = mapped_column(default="")
    vat: Mapped[str] = mapped_column(default="")
    by_name: Mapped[str]
    by_account: Mapped[str]
    changed_at: Mapped[datetime]
