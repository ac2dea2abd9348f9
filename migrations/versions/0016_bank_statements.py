"""Bank statements"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('bank_lines',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fingerprint', sa.Text(), nullable=False),
    sa.Column('bank_id', sa.Text(), nullable=False),
    sa.Column('our_account', sa.Text(), nullable=False),
    sa.Column('booked_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('payer', sa.Text(), nullable=False),
    sa.Column('payer_code', sa.Text(), nullable=False),
    sa.Column('payer_account', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('paper', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('apart', sa.Text(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=True),
    sa.Column('booking', sa.Integer(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_bank_lines_client_id_clients'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_bank_lines')),
    sa.UniqueConstraint('id', name=op.f('uq_bank_lines_id'))
    )
    with op.batch_alter_table('bank_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bank_lines_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bank_lines_fingerprint'), ['fingerprint'], unique=False)
        batch_op.create_index(batch_op.f('ix_bank_lines_state'), ['state'], unique=False)
        batch_op.create_index('uq_bank_lines_bank_id', ['our_account', 'bank_id'], unique=True, postgresql_where=sa.text("bank_id <> ''"), sqlite_where=sa.text("bank_id <> ''"))

    op.create_table('bank_decisions',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('by_account', sa.Text(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=True),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_bank_decisions_client_id_clients'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['number'], ['bank_lines.number'], name=op.f('fk_bank_decisions_number_bank_lines'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('number', 'position', name=op.f('pk_bank_decisions'))
    )
    op.create_table('bank_documents',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('called', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('theirs', sa.Boolean(), nullable=False),
    sa.Column('handed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['number'], ['bank_lines.number'], name=op.f('fk_bank_documents_number_bank_lines'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_bank_documents'))
    )
    with op.batch_alter_table('bank_documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bank_documents_ref'), ['ref'], unique=False)

    op.create_table('bank_parts',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Uuid(), nullable=True),
    sa.Column('document', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('called', sa.Text(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['number'], ['bank_lines.number'], name=op.f('fk_bank_parts_number_bank_lines'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_bank_parts_order_id_orders'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('number', 'position', name=op.f('pk_bank_parts'))
    )
    with op.batch_alter_table('bank_parts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bank_parts_order_id'), ['order_id'], unique=False)

    op.create_table('bank_rules',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('learned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('learned_by', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_bank_rules_client_id_clients'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('kind', 'value', 'client_id', name=op.f('pk_bank_rules'))
    )


def downgrade() -> None:
    op.drop_table('bank_rules')
    with op.batch_alter_table('bank_parts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bank_parts_order_id'))

    op.drop_table('bank_parts')
    with op.batch_alter_table('bank_documents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bank_documents_ref'))

    op.drop_table('bank_documents')
    op.drop_table('bank_decisions')
    with op.batch_alter_table('bank_lines', schema=None) as batch_op:
        batch_op.drop_index('uq_bank_lines_bank_id', postgresql_where=sa.text("bank_id <> ''"), sqlite_where=sa.text("bank_id <> ''"))
        batch_op.drop_index(batch_op.f('ix_bank_lines_state'))
        batch_op.drop_index(batch_op.f('ix_bank_lines_fingerprint'))
        batch_op.drop_index(batch_op.f('ix_bank_lines_client_id'))

    op.drop_table('bank_lines')
