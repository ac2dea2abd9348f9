"""What was owed on each day"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('debt_days',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('as_of', sa.DateTime(timezone=True), nullable=True),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('overdue', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_debt_days'))
    )
    op.create_table('client_debt_days',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('overdue', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_client_debt_days_client_id_clients'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['day'], ['debt_days.day'], name=op.f('fk_client_debt_days_day_debt_days'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('day', 'client_id', name=op.f('pk_client_debt_days'))
    )
    with op.batch_alter_table('client_debt_days', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_client_debt_days_client_id'), ['client_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('client_debt_days', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_client_debt_days_client_id'))

    op.drop_table('client_debt_days')
    op.drop_table('debt_days')
