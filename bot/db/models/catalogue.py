"""What is sold: categories, articles, prices and stock."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class Category(Table):
    """A shelf of the catalogue, at any depth."""

    __tablename__ = "categories"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    name_ru: Mapped[str | None]
    name_en: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    picture: Mapped[str | None]


class Article(Table):
    """One thing that is sold (1C: номенклатура), counted in its base unit."""

    __tablename__ = "articles"
    __table_args__ = (Index(None, "category_id", "active", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    sku: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    name_ru: Mapped[str | None]
    name_en: Mapped[str | None]
    brand: Mapped[str | None]
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id", ondelete="SET NULL"))
    base_unit: Mapped[str] = mapped_column(default="шт")
    pack_unit: Mapped[str | None]
    pack_size: Mapped[Decimal | None]
    multiple: Mapped[Decimal] = mapped_column(default=Decimal(1))
    vat: Mapped[Decimal | None]
    description: Mapped[str | None]
    photo: Mapped[str | None]
    weight_kg: Mapped[Decimal | None]
    country: Mapped[str | None]
    shelf_life_days: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)


class Barcode(Table):
    __tablename__ = "barcodes"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    barcode: Mapped[str] = mapped_column(primary_key=True, index=True)


class PriceType(Table):
    """A column of prices: retail, wholesale, HoReCa VIP."""

    __tablename__ = "price_types"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    currency: Mapped[str] = mapped_column(default="UAH")
    vat_included: Mapped[bool] = mapped_column(default=True)


class Price(Table):
    """The price of one base unit since a moment."""

    __tablename__ = "prices"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    price_type_id: Mapped[UUID] = mapped_column(ForeignKey("price_types.id", ondelete="CASCADE"), primary_key=True)
    price: Mapped[Money]
    since: Mapped[datetime]


class Warehouse(Table):
    __tablename__ = "warehouses"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]


class Stock(Table):
    """What is left of an article in a warehouse, in base units."""

    __tablename__ = "stock"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey("warehouses.id", ondelete="CASCADE"), primary_key=True)
    quantity: Mapped[Decimal]
    updated_at: Mapped[datetime]


class Revision(Table):
    """A number that grows when a subject changes, so that what is derived from it knows to be made anew."""

    __tablename__ = "revisions"

    subject: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
