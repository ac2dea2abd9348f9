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

    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('staff_by', sa.Text(), nullable=True))

    op.create_table('order_drafts',
    sa.Column('cart_id', sa.Uuid(), nullable=False),
    sa.Column('topic_id', sa.Uuid(), nullable=False),
    sa.Column('by_account', sa.Text(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('unread', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['cart_id'], ['carts.id'], name=op.f('fk_order_drafts_cart_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['desk_topics.id'], name=op.f('fk_order_drafts_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('cart_id', name=op.f('pk_order_drafts'))
    )
    with op.batch_alter_table('order_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_order_drafts_topic_id'), ['topic_id'], unique=False)

    op.execute("UPDATE dispatches SET untold_at = queued_at WHERE state = 'failed'")
    op.execute("UPDATE dispatches SET failure_told_at = queued_at WHERE state = 'unsure'")


def downgrade() -> None:
    with op.batch_alter_table('order_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_order_drafts_topic_id'))

    op.drop_table('order_drafts')
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_column('staff_by')

    with op.batch_alter_table('dispatches', schema=None) as batch_op:
        batch_op.drop_column('untold_at')
