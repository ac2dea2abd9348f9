"""What the staff desk does for clients"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('dispatches', schema=None) as batch_op:
        batch_op.add_column(sa.Column('untold_at', sa.DateTime(timezone=True), nullable=True))

    op.execute("UPDATE dispatches SET untold_at = queued_at WHERE state = 'failed'")
    op.execute("UPDATE dispatches SET failure_told_at = queued_at WHERE state = 'unsure'")


def downgrade() -> None:
    with op.batch_alter_table('dispatches', schema=None) as batch_op:
        batch_op.drop_column('untold_at')
