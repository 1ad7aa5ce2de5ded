"""Letters claimed by who sends them"""

import sqlalchemy as sa
from alembic import op

import billing.storage.tables

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column('outbox', sa.Column('claimed_at', billing.storage.tables.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column('outbox', 'claimed_at')
