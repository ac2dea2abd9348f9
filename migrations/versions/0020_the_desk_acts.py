"""What the staff desk does for clients"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
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

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_into', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_people_merged_into'), ['merged_into'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_people_merged_into'), 'people', ['merged_into'], ['id'], ondelete='SET NULL')

    op.create_table('people_changes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('other_id', sa.Uuid(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('kept', sa.JSON(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('by_account', sa.Text(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_people_changes_client_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['people.id'], name=op.f('fk_people_changes_other_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_people_changes_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people_changes'))
    )
    with op.batch_alter_table('people_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_people_changes_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_people_changes_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_people_changes_other_id'), ['other_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_people_changes_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('desk_topics', schema=None) as batch_op:
        batch_op.add_column(sa.Column('named', sa.Text(), nullable=True))

    op.execute("UPDATE desk_topics SET named = title")
    op.execute("UPDATE dispatches SET untold_at = queued_at WHERE state = 'failed'")
    op.execute("UPDATE dispatches SET failure_told_at = queued_at WHERE state = 'unsure'")


def downgrade() -> None:
    with op.batch_alter_table('desk_topics', schema=None) as batch_op:
        batch_op.drop_column('named')

    op.drop_table('people_changes')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_people_merged_into'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_people_merged_into'))
        batch_op.drop_column('merged_into')

    with op.batch_alter_table('order_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_order_drafts_topic_id'))

    op.drop_table('order_drafts')
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_column('staff_by')

    with op.batch_alter_table('dispatches', schema=None) as batch_op:
        batch_op.drop_column('untold_at')
