"""Background work"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

PROCRASTINATE = Path(__file__).parents[1] / "sql" / "procrastinate_3_10.sql"
OURS = """
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


def upgrade() -> None:
    op.create_table('job_keys',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_job_keys'))
    )
    with op.batch_alter_table('job_keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_keys_seen_at'), ['seen_at'], unique=False)

    op.create_table('job_steps',
    sa.Column('job_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('step', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('job_id', 'step', name=op.f('pk_job_steps'))
    )
    with op.batch_alter_table('job_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_steps_at'), ['at'], unique=False)

    op.create_table('job_troubles',
    sa.Column('job_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('first_failed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_failed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('excused', sa.Integer(), nullable=False),
    sa.Column('retrying', sa.Boolean(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dead_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('job_id', name=op.f('pk_job_troubles'))
    )
    with op.batch_alter_table('job_troubles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_troubles_due_at'), ['due_at'], unique=False)

    op.create_table('jobs',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('queue', sa.Text(), nullable=False),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('lock', sa.Text(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'running', 'dead', 'dropped')", name=op.f('ck_jobs_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs')),
    sa.UniqueConstraint('key', name=op.f('uq_jobs_key')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_jobs_lock_id'), ['lock', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_jobs_queue_rank_id'), ['queue', 'rank', 'id'], unique=False, postgresql_where=sa.text("state = 'waiting'"), sqlite_where=sa.text("state = 'waiting'"))

    op.create_table('limits',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('full_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_limits'))
    )
    with op.batch_alter_table('limits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_limits_full_at'), ['full_at'], unique=False)

    op.create_table('processes',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('host_pid', sa.Text(), nullable=False),
    sa.Column('beat_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_processes'))
    )
    with op.batch_alter_table('processes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_processes_beat_at'), ['beat_at'], unique=False)

    op.create_table('schedules',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('last_tick', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_schedules'))
    )
    op.create_table('systems',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('silent_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_answer_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_systems'))
    )
    if op.get_bind().dialect.name == "postgresql":
        install_procrastinate()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        script("DROP SCHEMA procrastinate CASCADE")
    op.drop_table('systems')
    op.drop_table('schedules')
    with op.batch_alter_table('processes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_processes_beat_at'))

    op.drop_table('processes')
    with op.batch_alter_table('limits', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_limits_full_at'))

    op.drop_table('limits')
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_jobs_queue_rank_id'), postgresql_where=sa.text("state = 'waiting'"), sqlite_where=sa.text("state = 'waiting'"))
        batch_op.drop_index(batch_op.f('ix_jobs_lock_id'))

    op.drop_table('jobs')
    with op.batch_alter_table('job_troubles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_job_troubles_due_at'))

    op.drop_table('job_troubles')
    with op.batch_alter_table('job_steps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_job_steps_at'))

    op.drop_table('job_steps')
    with op.batch_alter_table('job_keys', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_job_keys_seen_at'))

    op.drop_table('job_keys')


def install_procrastinate() -> None:
    """In a schema of its own; its functions find their tables from any session."""
    before = op.get_bind().execute(sa.text("SELECT current_setting('search_path')")).scalar_one()
    script("CREATE SCHEMA procrastinate; SET LOCAL search_path = procrastinate")
    script(PROCRASTINATE.read_text("utf-8") + OURS)
    op.get_bind().execute(sa.text("SELECT set_config('search_path', :before, true)"), {"before": before})


def script(statements: str) -> None:
    """Several at once, which PostgreSQL takes only without parameters."""
    op.get_bind().exec_driver_sql(statements, execution_options={"no_parameters": True})
