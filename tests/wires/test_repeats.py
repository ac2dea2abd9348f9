"""What a messenger says twice, at the worst moment."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Connection, create_engine, text

from bot.db.tx import Tx
from tests.conftest import create_schema
from tests.support.desk import MONDAY_MORNING


def _waiting_for_a_lock(connection: Connection) -> bool:
    waiting = connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one()
    connection.rollback()
    return bool(waiting)


def test_an_event_repeated_while_it_is_being_done_is_not_kept_again(postgres_url: str) -> None:
    create_schema(postgres_url)
    engine = create_engine(postgres_url)
    repeated = [("1", "one")]
    with ThreadPoolExecutor(1) as pool, engine.connect() as finishing, engine.connect() as keeping:
        ((kept_id, _),) = Tx(finishing).inbox.keep("viber", repeated, MONDAY_MORNING)
        finishing.commit()
        Tx(finishing).inbox.done(kept_id, MONDAY_MORNING)
        again = pool.submit(Tx(keeping).inbox.keep, "viber", repeated, MONDAY_MORNING)
        with engine.connect() as watching:
            while not (again.done() or _waiting_for_a_lock(watching)):
                pass
        finishing.commit()
        assert again.result(timeout=15) == []
    engine.dispose()
