"""Payments beyond one order"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('receivables', sa.Column('order_ref', sa.Text(), nullable=True))
    op.create_table('pay_targets',
    sa.Column('link_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Uuid(), nullable=True),
    sa.Column('document', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('asked', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['link_id'], ['pay_links.id'], name=op.f('fk_pay_targets_link_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_pay_targets_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('link_id', 'position', name=op.f('pk_pay_targets'))
    )
    op.create_table('payment_parts',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Uuid(), nullable=True),
    sa.Column('document', sa.Text(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['reference'], ['pay_attempts.reference'], name=op.f('fk_payment_parts_reference'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_payment_parts_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('reference', 'position', name=op.f('pk_payment_parts'))
    )
    op.execute(
        "INSERT INTO pay_targets (link_id, position, order_id, document, kind, number, dated, asked) "
        "SELECT pay_links.id, 1, orders.id, NULL, 'order', orders.number, NULL, NULL "
        "FROM pay_links JOIN orders ON orders.id = pay_links.order_id"
    )
    op.execute(
        "INSERT INTO payment_parts (reference, position, order_id, document, amount, seen_at) "
        "SELECT pay_attempts.reference, 1, pay_links.order_id, NULL, MAX(payment_events.amount), NULL "
        "FROM pay_attempts JOIN pay_links ON pay_links.id = pay_attempts.link_id "
        "JOIN payment_events ON payment_events.reference = pay_attempts.reference "
        "WHERE payment_events.outcome IN ('paid', 'refunded') "
        "GROUP BY pay_attempts.reference, pay_links.order_id"
    )
    with op.batch_alter_table('pay_targets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pay_targets_document'), ['document'], unique=False)
        batch_op.create_index(batch_op.f('ix_pay_targets_order_id'), ['order_id'], unique=False)
    with op.batch_alter_table('payment_parts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_parts_order_id'), ['order_id'], unique=False)

    op.add_column('pay_links', sa.Column('client_id', sa.Uuid(), nullable=True))
    op.add_column('pay_links', sa.Column('key', sa.Text(), nullable=True))
    op.execute(
        "UPDATE pay_links SET client_id = (SELECT client_id FROM orders WHERE orders.id = pay_links.order_id), "
        "key = 'order:' || REPLACE(CAST(order_id AS TEXT), '-', '')"
    )
    with op.batch_alter_table('pay_links', schema=None) as batch_op:
        batch_op.alter_column('client_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column('key', existing_type=sa.Text(), nullable=False)
        batch_op.drop_constraint(batch_op.f('fk_pay_links_order_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_pay_links_order_id'), type_='unique')
        batch_op.drop_column('order_id')
        batch_op.create_foreign_key(batch_op.f('fk_pay_links_client_id'), 'clients', ['client_id'], ['id'], ondelete='CASCADE')
        batch_op.create_index(batch_op.f('ix_pay_links_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pay_links_key'), ['key'], unique=False)

    op.add_column('pay_attempts', sa.Column('held_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('pay_attempts', sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('payment_documents', sa.Column('posted_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('money_moves',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('before', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('by_account', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('called_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['reference'], ['pay_attempts.reference'], name=op.f('fk_money_moves_reference'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_money_moves'))
    )
    with op.batch_alter_table('money_moves', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_money_moves_reference'), ['reference'], unique=False)
        batch_op.create_index('uq_money_moves_open', ['reference'], unique=True, postgresql_where=sa.text('ended_at IS NULL'), sqlite_where=sa.text('ended_at IS NULL'))

    op.create_table('strange_money',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('reference', name=op.f('pk_strange_money'))
    )
    with op.batch_alter_table('strange_money', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_strange_money_found_at'), ['found_at'], unique=False)

    op.create_table('chosen_debts',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_chosen_debts_client_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_chosen_debts_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'client_id', 'document', name=op.f('pk_chosen_debts'))
    )


def downgrade() -> None:
    """Links that are not for one whole order are gone afterwards, with what came in by them."""
    op.drop_table('chosen_debts')
    op.drop_table('strange_money')
    op.drop_table('money_moves')
    op.drop_table('payment_parts')
    op.drop_column('payment_documents', 'posted_at')
    op.drop_column('pay_attempts', 'withdrawn_at')
    op.drop_column('pay_attempts', 'held_since')
    op.execute("DELETE FROM payment_events WHERE reference IN (SELECT reference FROM pay_attempts JOIN pay_links ON pay_links.id = pay_attempts.link_id WHERE pay_links.key NOT LIKE 'order:%')")
    op.execute("DELETE FROM payment_documents WHERE reference IN (SELECT reference FROM pay_attempts JOIN pay_links ON pay_links.id = pay_attempts.link_id WHERE pay_links.key NOT LIKE 'order:%')")
    op.execute("DELETE FROM pay_attempts WHERE link_id IN (SELECT id FROM pay_links WHERE key NOT LIKE 'order:%')")
    op.execute("DELETE FROM pay_targets WHERE link_id IN (SELECT id FROM pay_links WHERE key NOT LIKE 'order:%')")
    op.execute("DELETE FROM pay_links WHERE key NOT LIKE 'order:%'")
    op.add_column('pay_links', sa.Column('order_id', sa.Uuid(), nullable=True))
    op.execute("UPDATE pay_links SET order_id = (SELECT order_id FROM pay_targets WHERE pay_targets.link_id = pay_links.id AND position = 1)")
    with op.batch_alter_table('pay_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pay_links_key'))
        batch_op.drop_index(batch_op.f('ix_pay_links_client_id'))
        batch_op.drop_constraint(batch_op.f('fk_pay_links_client_id'), type_='foreignkey')
        batch_op.drop_column('key')
        batch_op.drop_column('client_id')
        batch_op.alter_column('order_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_pay_links_order_id'), ['order_id'])
        batch_op.create_foreign_key(batch_op.f('fk_pay_links_order_id'), 'orders', ['order_id'], ['id'], ondelete='CASCADE')
    op.drop_table('pay_targets')
    op.drop_column('receivables', 'order_ref')
