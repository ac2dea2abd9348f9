"""procrastinate's tables and functions on PostgreSQL: in a schema of their own, callable from any session."""

from pathlib import Path

from sqlalchemy import Connection, text

SCHEMA_SQL = Path(__file__).parents[3] / "migrations" / "sql" / "procrastinate_3_10.sql"
_CLOSE = """
CREATE INDEX komora_jobs_lock ON procrastinate_jobs (lock, id);
DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT oid FROM pg_proc WHERE pronamespace = 'procrastinate'::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = procrastinate, pg_temp', function);
    END LOOP;
END;
$$;
"""
"""An index that procrastinate lacks for our long queues, and functions that find their tables from any session."""


def install(connection: Connection, schema_sql: Path = SCHEMA_SQL) -> None:
    """Do nothing where it is there already."""
    if connection.execute(text("SELECT to_regnamespace('procrastinate')")).scalar() is not None:
        return
    before = connection.execute(text("SELECT current_setting('search_path')")).scalar_one()
    _script(connection, "CREATE SCHEMA procrastinate; SET LOCAL search_path = procrastinate")
    _script(connection, schema_sql.read_text("utf-8") + _CLOSE)
    connection.execute(text("SELECT set_config('search_path', :before, true)"), {"before": before})


def _script(connection: Connection, statements: str) -> None:
    """Several statements at once, which PostgreSQL takes only without parameters."""
    connection.exec_driver_sql(statements, execution_options={"no_parameters": True})
