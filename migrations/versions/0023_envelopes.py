"""Documents on their way to a signature"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('envelopes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('asked_by', sa.Text(), nullable=False),
    sa.Column('asked_name', sa.Text(), nullable=False),
    sa.Column('asked_account', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('file_size', sa.Integer(), nullable=False),
    sa.Column('source_sha256', sa.Text(), nullable=False),
    sa.Column('source_name', sa.Text(), nullable=False),
    sa.Column('source_size', sa.Integer(), nullable=False),
    sa.Column('template', sa.Text(), nullable=False),
    sa.Column('lacks', sa.Text(), nullable=False),
    sa.Column('reviewed_by', sa.Text(), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('review_due', sa.DateTime(timezone=True), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('recipient_code', sa.Text(), nullable=False),
    sa.Column('recipient_email', sa.Text(), nullable=False),
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('page', sa.Text(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('said_code', sa.Text(), nullable=False),
    sa.Column('trouble', sa.Text(), nullable=False),
    sa.Column('first', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sign_by', sa.Date(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rejection', sa.Text(), nullable=False),
    sa.Column('doubts', sa.Text(), nullable=True),
    sa.Column('accepted_by', sa.Text(), nullable=False),
    sa.Column('recorded', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_envelopes_client_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_envelopes')),
    sa.UniqueConstraint('kind', 'number', name=op.f('uq_envelopes_kind_number')),
    sa.UniqueConstraint('token', name=op.f('uq_envelopes_token'))
    )
    with op.batch_alter_table('envelopes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_envelopes_client_id_asked_at'), ['client_id', 'asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_envelopes_ref'), ['ref'], unique=False)
        batch_op.create_index(batch_op.f('ix_envelopes_stage_ended_at'), ['stage', 'ended_at'], unique=False)
        batch_op.create_index('uq_envelopes_open', ['client_id', 'kind'], unique=True, postgresql_where=sa.text('ended_at IS NULL'), sqlite_where=sa.text('ended_at IS NULL'))

    op.create_table('envelope_events',
    sa.Column('envelope_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['envelope_id'], ['envelopes.id'], name=op.f('fk_envelope_events_envelope_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('envelope_id', 'position', name=op.f('pk_envelope_events'))
    )
    op.create_table('envelope_files',
    sa.Column('envelope_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['envelope_id'], ['envelopes.id'], name=op.f('fk_envelope_files_envelope_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('envelope_id', 'role', name=op.f('pk_envelope_files'))
    )
    op.create_table('envelope_signatures',
    sa.Column('envelope_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('company', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('serial', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ours', sa.Boolean(), nullable=False),
    sa.Column('contained', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['envelope_id'], ['envelopes.id'], name=op.f('fk_envelope_signatures_envelope_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('envelope_id', 'position', name=op.f('pk_envelope_signatures'))
    )


def downgrade() -> None:
    op.drop_table('envelope_signatures')
    op.drop_table('envelope_files')
    op.drop_table('envelope_events')
    with op.batch_alter_table('envelopes', schema=None) as batch_op:
        batch_op.drop_index('uq_envelopes_open', postgresql_where=sa.text('ended_at IS NULL'), sqlite_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_envelopes_stage_ended_at'))
        batch_op.drop_index(batch_op.f('ix_envelopes_ref'))
        batch_op.drop_index(batch_op.f('ix_envelopes_client_id_asked_at'))

    op.drop_table('envelopes')
