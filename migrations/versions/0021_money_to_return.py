"""Parts of bank transfers that are to go back to the payer"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('bank_returns',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by', sa.Text(), nullable=False),
    sa.Column('asked_by_account', sa.Text(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.Text(), nullable=False),
    sa.Column('ended_by_account', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['number'], ['bank_lines.number'], name=op.f('fk_bank_returns_number'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('number', 'position', name=op.f('pk_bank_returns'))
    )
    with op.batch_alter_table('bank_returns', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bank_returns_state'), ['state'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('bank_returns', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bank_returns_state'))

    op.drop_table('bank_returns')
