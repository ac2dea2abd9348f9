"""Orders that wait for the credit gate"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('held_orders',
    sa.Column('order_id', sa.Uuid(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released', sa.Text(), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by', sa.Text(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("state IN ('unchecked', 'held', 'released')", name=op.f('ck_held_orders_state')),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_held_orders_client_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_held_orders_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_held_orders'))
    )
    with op.batch_alter_table('held_orders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_held_orders_client_id_state'), ['client_id', 'state'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('held_orders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_held_orders_client_id_state'))

    op.drop_table('held_orders')
