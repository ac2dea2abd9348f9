"""Events of the inbox are held by a process, for a while"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('inbox', sa.Column('held_by', sa.Text(), nullable=True))
    op.add_column('inbox', sa.Column('held_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('inbox', 'held_until')
    op.drop_column('inbox', 'held_by')
