"""Campaigns that bring price lists and offers; one of each purpose at a time"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.Text(), nullable=False, server_default='a'))
        batch_op.add_column(sa.Column('category_id', sa.Uuid(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_campaigns_running'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_campaigns_purpose_running'), ['purpose', 'running'])
        batch_op.create_foreign_key(
            batch_op.f('fk_campaigns_category_id'), 'categories', ['category_id'], ['id'], ondelete='SET NULL'
        )

    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.alter_column('purpose', server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM campaigns WHERE purpose <> 'a'")
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_campaigns_category_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_campaigns_purpose_running'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_campaigns_running'), ['running'])
        batch_op.drop_column('category_id')
        batch_op.drop_column('purpose')
