"""The book of record"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pulls',
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('subject', name=op.f('pk_pulls'))
    )
    op.create_table('contracts',
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('price_type_id', sa.Uuid(), nullable=True),
    sa.Column('payment_days', sa.Integer(), nullable=True),
    sa.Column('credit_limit', sa.BigInteger(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('main', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_contracts_client_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['price_type_id'], ['price_types.id'], name=op.f('fk_contracts_price_type_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('external_id', name=op.f('pk_contracts'))
    )
    with op.batch_alter_table('contracts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contracts_client_id'), ['client_id'], unique=False)

    op.create_table('receivables',
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('contract', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('balance', sa.BigInteger(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('pull', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_receivables_client_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('document', name=op.f('pk_receivables'))
    )
    with op.batch_alter_table('receivables', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_receivables_client_id'), ['client_id'], unique=False)

    op.create_table('differences',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('order_id', sa.Uuid(), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.Text(), nullable=False),
    sa.Column('settlement', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_differences_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_differences'))
    )
    with op.batch_alter_table('differences', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_differences_order_id'), ['order_id'], unique=False)
        batch_op.create_index('uq_differences_open', ['kind', 'about'], unique=True, postgresql_where=sa.text('settled_at IS NULL'), sqlite_where=sa.text('settled_at IS NULL'))

    op.create_table('order_documents',
    sa.Column('order_id', sa.Uuid(), nullable=False),
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('posted', sa.Boolean(), nullable=False),
    sa.Column('handed_revision', sa.Integer(), nullable=False),
    sa.Column('handed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_documents_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_order_documents')),
    sa.UniqueConstraint('ref', name=op.f('uq_order_documents_ref'))
    )
    with op.batch_alter_table('clients', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('email', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('credit_limit', sa.BigInteger(), nullable=True))
    with op.batch_alter_table('clients', schema=None) as batch_op:
        batch_op.alter_column('version', server_default=None)  # it was for the rows that were there

    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.add_column(sa.Column('contact', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_memberships_contact'), ['contact'], unique=False)

    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('provisional', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('prices_asked_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.alter_column('provisional', server_default=None)



def downgrade() -> None:
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_column('prices_asked_at')
        batch_op.drop_column('provisional')

    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_memberships_contact'))
        batch_op.drop_column('contact')

    with op.batch_alter_table('clients', schema=None) as batch_op:
        batch_op.drop_column('credit_limit')
        batch_op.drop_column('email')
        batch_op.drop_column('version')

    op.drop_table('order_documents')
    with op.batch_alter_table('differences', schema=None) as batch_op:
        batch_op.drop_index('uq_differences_open', postgresql_where=sa.text('settled_at IS NULL'), sqlite_where=sa.text('settled_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_differences_order_id'))

    op.drop_table('differences')
    with op.batch_alter_table('receivables', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_receivables_client_id'))

    op.drop_table('receivables')
    with op.batch_alter_table('contracts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contracts_client_id'))

    op.drop_table('contracts')
    op.drop_table('pulls')
