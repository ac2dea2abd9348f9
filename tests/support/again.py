"""A PostgreSQL database made empty again, or filled again, by functions of its own: one call, with kept plans."""

from sqlalchemy import Connection, text

from bot.db.models import Table

QUEUE = [f"procrastinate.procrastinate_{name}" for name in ("events", "periodic_defers", "jobs", "workers")]


def learn_to_empty(connection: Connection) -> None:
    """DELETE is quicker than TRUNCATE, which makes every table a new file; foreign keys would ask for an order."""
    tables = [*Table.metadata.tables, *QUEUE]
    _learn(connection, "empty_again", [f"DELETE FROM {table};" for table in tables])  # noqa: S608 names of our own


def learn_to_fill(connection: Connection) -> None:
    """What the tables hold now is what they are filled with."""
    connection.execute(text("CREATE SCHEMA kept"))
    lines = ["PERFORM empty_again();"]
    for table in Table.metadata.tables:
        connection.execute(text(f"CREATE TABLE kept.{table} AS TABLE {table}"))
        if connection.execute(text(f"SELECT EXISTS (SELECT FROM {table})")).scalar_one():  # noqa: S608 names of our own
            lines.append(f"INSERT INTO {table} TABLE kept.{table};")
    _learn(connection, "fill_again", lines)


def empty(connection: Connection) -> None:
    connection.execute(text("SELECT empty_again()"))


def fill(connection: Connection) -> None:
    connection.execute(text("SELECT fill_again()"))


def _learn(connection: Connection, name: str, lines: list[str]) -> None:
    body = "\n".join(lines)
    connection.execute(
        text(
            f"CREATE FUNCTION {name}() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica "
            f"AS $$ BEGIN {body} END $$"
        )
    )
