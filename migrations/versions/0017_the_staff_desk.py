"""The staff desk: topics, talks, what is passed on, the log of the staff, canned answers"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('canned_answers',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('kept_by', sa.Text(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_canned_answers'))
    )
    op.create_table('staff_acts',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('event_id', sa.Text(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('desk', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_acts')),
    sa.UniqueConstraint('channel', 'event_id', name=op.f('uq_staff_acts_channel_event_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('staff_acts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_acts_at'), ['at'], unique=False)

    op.create_table('staff_members',
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('met_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('channel', 'external_id', name=op.f('pk_staff_members'))
    )
    op.create_table('desk_topics',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('desk', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('thread', sa.Text(), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=True),
    sa.Column('external_id', sa.Text(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('card_message', sa.Text(), nullable=True),
    sa.Column('card_shown', sa.Text(), nullable=False),
    sa.Column('card_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('noting_by', sa.Text(), nullable=True),
    sa.Column('noting_until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_desk_topics_client_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_topics')),
    sa.UniqueConstraint('desk', 'subject', name=op.f('uq_desk_topics_desk_subject'))
    )
    with op.batch_alter_table('desk_topics', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_desk_topics_checked_at'), ['checked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_desk_topics_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_desk_topics_place_thread'), ['place', 'thread'], unique=False)

    op.create_table('relayed_messages',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('topic_id', sa.Uuid(), nullable=False),
    sa.Column('part', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('file', sa.JSON(), nullable=True),
    sa.Column('staff_message', sa.Text(), nullable=True),
    sa.Column('client_message', sa.Text(), nullable=True),
    sa.Column('answers', sa.Uuid(), nullable=True),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('author_name', sa.Text(), nullable=False),
    sa.Column('album', sa.Text(), nullable=False),
    sa.Column('first', sa.Boolean(), nullable=False),
    sa.Column('edits', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['topic_id'], ['desk_topics.id'], name=op.f('fk_relayed_messages_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relayed_messages'))
    )
    with op.batch_alter_table('relayed_messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_relayed_messages_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_relayed_messages_channel_external_id_client_message'), ['channel', 'external_id', 'client_message'], unique=False)
        batch_op.create_index(batch_op.f('ix_relayed_messages_topic_id_staff_message'), ['topic_id', 'staff_message'], unique=False)

    op.create_table('talks',
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('topic_id', sa.Uuid(), nullable=False),
    sa.Column('taken_by', sa.Text(), nullable=True),
    sa.Column('taken_name', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_again_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['topic_id'], ['desk_topics.id'], name=op.f('fk_talks_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('channel', 'external_id', name=op.f('pk_talks'))
    )
    with op.batch_alter_table('talks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_talks_topic_id'), ['topic_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_talks_waiting_since'), ['waiting_since'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('talks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_talks_waiting_since'))
        batch_op.drop_index(batch_op.f('ix_talks_topic_id'))

    op.drop_table('talks')
    with op.batch_alter_table('relayed_messages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_relayed_messages_topic_id_staff_message'))
        batch_op.drop_index(batch_op.f('ix_relayed_messages_channel_external_id_client_message'))
        batch_op.drop_index(batch_op.f('ix_relayed_messages_at'))

    op.drop_table('relayed_messages')
    with op.batch_alter_table('desk_topics', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_desk_topics_place_thread'))
        batch_op.drop_index(batch_op.f('ix_desk_topics_client_id'))
        batch_op.drop_index(batch_op.f('ix_desk_topics_checked_at'))

    op.drop_table('desk_topics')
    op.drop_table('staff_members')
    with op.batch_alter_table('staff_acts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_acts_at'))

    op.drop_table('staff_acts')
    op.drop_table('canned_answers')
