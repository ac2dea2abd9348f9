"""The declarative base: names of constraints, and how Python types become columns."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase

from bot.db.types import Moment, MoneyColumn, QuantityColumn
from bot.domain.money import Money


class Table(DeclarativeBase):
    """Every table; a Decimal column is a quantity unless it says otherwise."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Text,
        UUID: Uuid(),
        datetime: Moment(),
        Money: MoneyColumn(),
        Decimal: QuantityColumn(),
    }
