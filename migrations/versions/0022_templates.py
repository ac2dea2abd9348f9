"""Templates of contracts, and what staff typed of clients for them"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('template_files',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('by_account', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_files')),
    sa.UniqueConstraint('sha256', name=op.f('uq_template_files_sha256'))
    )
    op.create_table('templates',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('in_use', sa.Boolean(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('by_account', sa.Text(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('contract', 'amendment', 'reconciliation')", name=op.f('ck_templates_kind')),
    sa.ForeignKeyConstraint(['file_id'], ['template_files.id'], name=op.f('fk_templates_file_id_template_files')),
    sa.PrimaryKeyConstraint('kind', 'version', name=op.f('pk_templates')),
    sa.UniqueConstraint('kind', 'file_id', name=op.f('uq_templates_kind_file_id'))
    )
    with op.batch_alter_table('templates', schema=None) as batch_op:
        batch_op.create_index('uq_templates_in_use', ['kind'], unique=True, postgresql_where=sa.text('in_use'), sqlite_where=sa.text('in_use'))

    op.create_table('client_requisites',
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('signer', sa.Text(), nullable=False),
    sa.Column('signer_genitive', sa.Text(), nullable=False),
    sa.Column('position', sa.Text(), nullable=False),
    sa.Column('position_genitive', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('iban', sa.Text(), nullable=False),
    sa.Column('bank', sa.Text(), nullable=False),
    sa.Column('vat', sa.Text(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('by_account', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_client_requisites_client_id_clients'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('client_id', name=op.f('pk_client_requisites'))
    )


def downgrade() -> None:
    op.drop_table('client_requisites')
    with op.batch_alter_table('templates', schema=None) as batch_op:
        batch_op.drop_index('uq_templates_in_use', postgresql_where=sa.text('in_use'), sqlite_where=sa.text('in_use'))

    op.drop_table('templates')
    op.drop_table('template_files')
