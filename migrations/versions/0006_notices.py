"""Notices on their way"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stopped_addresses',
    sa.Column('way', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('way', 'address', name=op.f('pk_stopped_addresses'))
    )
    op.create_table('muted',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_muted_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'topic', name=op.f('pk_muted'))
    )
    op.create_table('dispatches',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('way', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('price', sa.BigInteger(), nullable=True),
    sa.Column('tried', sa.Text(), nullable=False),
    sa.Column('routed', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=True),
    sa.Column('queued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_dispatches_client_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_dispatches_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatches')),
    sa.UniqueConstraint('key', name=op.f('uq_dispatches_key'))
    )
    with op.batch_alter_table('dispatches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dispatches_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dispatches_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dispatches_queued_at'), ['queued_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_dispatches_sent_at'), ['sent_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_dispatches_state_due_at'), ['state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_dispatches_way_message_id'), ['way', 'message_id'], unique=False)

    op.create_table('shown_orders',
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('order_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_shown_orders_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('channel', 'external_id', 'message_id', name=op.f('pk_shown_orders'))
    )
    with op.batch_alter_table('shown_orders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shown_orders_order_id'), ['order_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('shown_orders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_shown_orders_order_id'))

    op.drop_table('shown_orders')
    with op.batch_alter_table('dispatches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dispatches_way_message_id'))
        batch_op.drop_index(batch_op.f('ix_dispatches_state_due_at'))
        batch_op.drop_index(batch_op.f('ix_dispatches_sent_at'))
        batch_op.drop_index(batch_op.f('ix_dispatches_queued_at'))
        batch_op.drop_index(batch_op.f('ix_dispatches_person_id'))
        batch_op.drop_index(batch_op.f('ix_dispatches_client_id'))

    op.drop_table('dispatches')
    op.drop_table('muted')
    op.drop_table('stopped_addresses')
