"""Notices by choice, by e-mail and by text"""

import sqlalchemy as sa
from alembic import op

import billing.storage.tables

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

AT_FIRST = '["invoice_ready", "overdue", "payment_settled", "payment_returned"]'


def upgrade() -> None:
    """Forward: everybody goes on getting the e-mails they got."""
    op.add_column('customers', sa.Column('notify_email', sa.JSON(), nullable=False, server_default=AT_FIRST))
    op.add_column('customers', sa.Column('notify_sms', sa.JSON(), nullable=False, server_default='[]'))
    op.add_column('invoices', sa.Column('reminded_at', billing.storage.tables.Moment(timezone=True), nullable=True))
    op.add_column('outbox', sa.Column('customer_id', sa.String(length=36), nullable=True))
    op.add_column('outbox', sa.Column('notice', sa.String(length=16), nullable=True))
    op.add_column('outbox', sa.Column('facts', sa.JSON(), nullable=True))
    op.add_column('outbox', sa.Column('withheld', sa.String(length=16), nullable=True))


def downgrade() -> None:
    """Back."""
    for column in ('customer_id', 'notice', 'facts', 'withheld'):
        op.drop_column('outbox', column)
    op.drop_column('invoices', 'reminded_at')
    op.drop_column('customers', 'notify_sms')
    op.drop_column('customers', 'notify_email')
