"""Promotions"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('promotion_costs',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('spent', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_promotion_costs'))
    )
    op.create_table('order_discounts',
    sa.Column('order_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('applies', sa.Text(), nullable=False),
    sa.Column('percent', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('once_for', sa.Uuid(), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['once_for'], ['clients.id'], name=op.f('fk_order_discounts_once_for'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_discounts_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('order_id', 'code', name=op.f('pk_order_discounts')),
    sa.UniqueConstraint('code', 'once_for', name=op.f('uq_order_discounts_code_once_for'))
    )
    op.create_table('promotion_grants',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('order_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_promotion_grants_client_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_promotion_grants_order_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promotion_grants')),
    sa.UniqueConstraint('client_id', 'kind', name=op.f('uq_promotion_grants_client_id_kind'))
    )
    with op.batch_alter_table('promotion_grants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promotion_grants_order_id'), ['order_id'], unique=False)

    op.create_table('card_discounts',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('order_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('percent', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('held', sa.BigInteger(), nullable=False),
    sa.Column('paid_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_card_discounts_order_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reference'], ['pay_attempts.reference'], name=op.f('fk_card_discounts_reference'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('reference', name=op.f('pk_card_discounts'))
    )
    with op.batch_alter_table('card_discounts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_discounts_order_id'), ['order_id'], unique=False)

    op.add_column('order_lines', sa.Column('card_discount', sa.BigInteger(), server_default='0', nullable=False))


def downgrade() -> None:
    op.drop_column('order_lines', 'card_discount')
    with op.batch_alter_table('card_discounts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_card_discounts_order_id'))

    op.drop_table('card_discounts')
    with op.batch_alter_table('promotion_grants', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_promotion_grants_order_id'))

    op.drop_table('promotion_grants')
    op.drop_table('order_discounts')
    op.drop_table('promotion_costs')
