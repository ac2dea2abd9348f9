"""Alembic's entry: migrates the connection handed in by bot.db.schema."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from bot.db.models import Table


def plain_type(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """A migration holds plain types: it must not change when our column types do."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=plain_type,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
