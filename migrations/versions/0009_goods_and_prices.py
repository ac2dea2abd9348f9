"""Who waits for what, what people know of prices, and which failures staff were told of"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('dispatches', schema=None) as batch_op:
        batch_op.add_column(sa.Column('failure_told_at', sa.DateTime(timezone=True), nullable=True))

    op.execute("UPDATE dispatches SET failure_told_at = queued_at WHERE state = 'failed'")
    op.create_table('stock_watches',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('dispatch_id', sa.Uuid(), nullable=True),
    sa.Column('said', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_stock_watches_article_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_stock_watches_client_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatches.id'], name=op.f('fk_stock_watches_dispatch_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_stock_watches_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'client_id', 'article_id', name=op.f('pk_stock_watches'))
    )
    with op.batch_alter_table('stock_watches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stock_watches_article_id'), ['article_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stock_watches_dispatch_id'), ['dispatch_id'], unique=False)

    op.create_table('known_prices',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('was', sa.BigInteger(), nullable=True),
    sa.Column('dispatch_id', sa.Uuid(), nullable=True),
    sa.Column('said', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_known_prices_article_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_known_prices_client_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatches.id'], name=op.f('fk_known_prices_dispatch_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_known_prices_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'client_id', 'article_id', name=op.f('pk_known_prices'))
    )
    with op.batch_alter_table('known_prices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_known_prices_article_id'), ['article_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_known_prices_dispatch_id'), ['dispatch_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('known_prices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_known_prices_dispatch_id'))
        batch_op.drop_index(batch_op.f('ix_known_prices_article_id'))

    op.drop_table('known_prices')
    with op.batch_alter_table('stock_watches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stock_watches_dispatch_id'))
        batch_op.drop_index(batch_op.f('ix_stock_watches_article_id'))

    op.drop_table('stock_watches')
    with op.batch_alter_table('dispatches', schema=None) as batch_op:
        batch_op.drop_column('failure_told_at')
