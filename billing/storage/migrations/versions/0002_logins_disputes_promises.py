"""Logins of their own, disputes, promises, notices"""

import secrets
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

import billing.storage.tables

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

LOGIN = ('password_hash', 'sign_in_failures', 'locked', 'security_question', 'security_answer_hash')


def upgrade() -> None:
    """Forward: every customer's login becomes its own row; links and tokens of minutes are asked for again."""
    op.create_table('users',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('customer_id', sa.String(length=36), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('owner', sa.Boolean(), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('sign_in_failures', sa.Integer(), nullable=False),
    sa.Column('locked', sa.Boolean(), nullable=False),
    sa.Column('security_question', sa.String(length=200), nullable=True),
    sa.Column('security_answer_hash', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('customer_id', 'email')
    )
    op.create_index('uq_users_email_active', 'users', ['email'], unique=True,
                    sqlite_where=sa.text('password_hash IS NOT NULL'),
                    postgresql_where=sa.text('password_hash IS NOT NULL'))
    _logins_to_users()
    # Not in batch mode: SQLite would drop the table others refer to.
    op.add_column('customers', sa.Column('invoices_by', sa.String(length=5), nullable=False, server_default='email'))
    for column in LOGIN:
        op.drop_column('customers', column)

    op.drop_table('portal_tokens')
    op.create_table('portal_tokens',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('expires_at', billing.storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ),
    sa.PrimaryKeyConstraint('digest')
    )
    with op.batch_alter_table('access_tokens', schema=None) as batch_op:
        batch_op.add_column(sa.Column('user_id', sa.String(length=36), nullable=True))
        batch_op.create_foreign_key('fk_access_tokens_user_id', 'users', ['user_id'], ['id'])
    op.execute("DELETE FROM access_tokens WHERE method = 'portal'")
    op.execute("DELETE FROM one_time_links WHERE kind = 'reset'")

    op.add_column('invoices', sa.Column('contract_total', sa.Integer(), nullable=True))
    op.add_column('invoices', sa.Column('announced_at', billing.storage.tables.Moment(timezone=True), nullable=True))
    op.add_column('invoices', sa.Column('chased_at', billing.storage.tables.Moment(timezone=True), nullable=True))
    _those_there_were_told_of()

    op.create_table('disputes',
    sa.Column('number', sa.String(length=12), nullable=False),
    sa.Column('customer_id', sa.String(length=36), nullable=False),
    sa.Column('invoice', sa.String(length=8), nullable=False),
    sa.Column('reason', sa.String(length=16), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=True),
    sa.Column('details', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('conversation', sa.String(length=100), nullable=False),
    sa.Column('status', sa.String(length=6), nullable=False),
    sa.Column('created_at', billing.storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], ),
    sa.ForeignKeyConstraint(['invoice'], ['invoices.number'], ),
    sa.PrimaryKeyConstraint('number')
    )
    op.create_index('ix_disputes_customer_id', 'disputes', ['customer_id'], unique=False)
    op.create_index('uq_disputes_open', 'disputes', ['invoice'], unique=True,
                    sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"))
    op.create_table('payment_plans',
    sa.Column('number', sa.String(length=12), nullable=False),
    sa.Column('customer_id', sa.String(length=36), nullable=False),
    sa.Column('account', sa.String(length=10), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=6), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('conversation', sa.String(length=100), nullable=False),
    sa.Column('created_at', billing.storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account'], ['accounts.number'], ),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], ),
    sa.PrimaryKeyConstraint('number')
    )
    op.create_index('ix_payment_plans_customer_id', 'payment_plans', ['customer_id'], unique=False)
    op.create_index('uq_payment_plans_active', 'payment_plans', ['account'], unique=True,
                    sqlite_where=sa.text("status = 'active'"), postgresql_where=sa.text("status = 'active'"))
    op.create_table('instalments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan', sa.String(length=12), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan'], ['payment_plans.number'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_instalments_plan', 'instalments', ['plan'], unique=False)


def downgrade() -> None:
    """Back: invited users are forgotten."""
    op.drop_table('instalments')
    op.drop_table('payment_plans')
    op.drop_table('disputes')
    for column in ('chased_at', 'announced_at', 'contract_total'):
        op.drop_column('invoices', column)
    op.execute("DELETE FROM access_tokens WHERE method = 'portal'")
    with op.batch_alter_table('access_tokens', schema=None) as batch_op:
        batch_op.drop_constraint('fk_access_tokens_user_id', type_='foreignkey')
        batch_op.drop_column('user_id')
    op.drop_table('portal_tokens')
    op.create_table('portal_tokens',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('customer_id', sa.String(length=36), nullable=False),
    sa.Column('expires_at', billing.storage.tables.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], ),
    sa.PrimaryKeyConstraint('digest')
    )
    op.execute("DELETE FROM one_time_links WHERE kind IN ('reset', 'invitation', 'email')")
    op.add_column('customers', sa.Column('password_hash', sa.String(length=200), nullable=True))
    op.add_column('customers', sa.Column('sign_in_failures', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('customers', sa.Column('locked', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('customers', sa.Column('security_question', sa.String(length=200), nullable=True))
    op.add_column('customers', sa.Column('security_answer_hash', sa.String(length=200), nullable=True))
    _users_to_logins()
    op.drop_column('customers', 'invoices_by')
    op.drop_table('users')


def _tables() -> tuple[sa.Table, sa.Table]:
    names = sa.MetaData()
    login = [('password_hash', sa.String), ('sign_in_failures', sa.Integer), ('locked', sa.Boolean),
             ('security_question', sa.String), ('security_answer_hash', sa.String)]
    customers = sa.Table('customers', names, sa.Column('id', sa.String), sa.Column('email', sa.String),
                         *(sa.Column(name, kind) for name, kind in login))
    users = sa.Table('users', names, sa.Column('id', sa.String), sa.Column('customer_id', sa.String),
                     sa.Column('email', sa.String), sa.Column('role', sa.String), sa.Column('owner', sa.Boolean),
                     *(sa.Column(name, kind) for name, kind in login))
    return customers, users


def _logins_to_users() -> None:
    customers, users = _tables()
    connection = op.get_bind()
    for one in connection.execute(sa.select(customers)).mappings().all():
        login = {column: one[column] for column in LOGIN}
        connection.execute(users.insert().values(
            id=secrets.token_urlsafe(24), customer_id=one['id'], email=one['email'].lower(), role='administer',
            owner=True, **login))


def _users_to_logins() -> None:
    customers, users = _tables()
    connection = op.get_bind()
    for one in connection.execute(sa.select(users).where(users.c.owner)).mappings().all():
        login = {column: one[column] for column in LOGIN}
        connection.execute(customers.update().where(customers.c.id == one['customer_id']).values(**login))


def _those_there_were_told_of() -> None:
    """Nobody is written to again about an invoice that was there before notices were kept."""
    moment = billing.storage.tables.Moment(timezone=True)
    invoices = sa.Table('invoices', sa.MetaData(), sa.Column('number', sa.String), sa.Column('issued', sa.Date),
                        sa.Column('due', sa.Date), sa.Column('announced_at', moment), sa.Column('chased_at', moment))
    connection, now = op.get_bind(), datetime.now(UTC)
    for one in connection.execute(sa.select(invoices)).mappings().all():
        told = datetime.combine(one['issued'], time(14), UTC)
        chased = datetime.combine(one['due'] + timedelta(days=1), time(14), UTC)
        connection.execute(invoices.update().where(invoices.c.number == one['number']).values(
            announced_at=told, chased_at=chased if chased <= now else None))
