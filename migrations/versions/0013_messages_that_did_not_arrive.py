"""Messages that left and did not arrive"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lost_messages',
    sa.Column('dispatch_id', sa.Uuid(), nullable=False),
    sa.Column('way', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatches.id'], name=op.f('fk_lost_messages_dispatch_id_dispatches'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('dispatch_id', 'way', name=op.f('pk_lost_messages'))
    )
    with op.batch_alter_table('lost_messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lost_messages_sent_at'), ['sent_at'], unique=False)
        batch_op.create_index('ix_lost_messages_way_message_id', ['way', 'message_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('lost_messages', schema=None) as batch_op:
        batch_op.drop_index('ix_lost_messages_way_message_id')
        batch_op.drop_index(batch_op.f('ix_lost_messages_sent_at'))

    op.drop_table('lost_messages')
