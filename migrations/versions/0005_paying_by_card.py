"""Paying by card"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pay_links',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('order_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lives_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_pay_links_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_links')),
    sa.UniqueConstraint('order_id', name=op.f('uq_pay_links_order_id')),
    sa.UniqueConstraint('token', name=op.f('uq_pay_links_token'))
    )
    op.create_table('pay_attempts',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('link_id', sa.Uuid(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lives_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('stirred_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['pay_links.id'], name=op.f('fk_pay_attempts_link_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('reference', name=op.f('pk_pay_attempts')),
    sa.UniqueConstraint('id', name=op.f('uq_pay_attempts_id'))
    )
    with op.batch_alter_table('pay_attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pay_attempts_link_id'), ['link_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pay_attempts_made_at'), ['made_at'], unique=False)

    op.create_table('payment_documents',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('posted', sa.Boolean(), nullable=False),
    sa.Column('handed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['reference'], ['pay_attempts.reference'], name=op.f('fk_payment_documents_reference'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('reference', name=op.f('pk_payment_documents')),
    sa.UniqueConstraint('ref', name=op.f('uq_payment_documents_ref'))
    )
    op.create_table('payment_events',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('refunded', sa.BigInteger(), nullable=False),
    sa.Column('card', sa.Text(), nullable=False),
    sa.Column('bank', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('processed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['reference'], ['pay_attempts.reference'], name=op.f('fk_payment_events_reference'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('reference', 'position', name=op.f('pk_payment_events'))
    )


def downgrade() -> None:
    op.drop_table('payment_events')
    op.drop_table('payment_documents')
    with op.batch_alter_table('pay_attempts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pay_attempts_made_at'))
        batch_op.drop_index(batch_op.f('ix_pay_attempts_link_id'))

    op.drop_table('pay_attempts')
    op.drop_table('pay_links')
