"""The tables as migrated are the tables as written, and what customers had is still theirs afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, text

from billing.storage.database import MIGRATIONS, Database
from billing.storage.tables import Base
from tests.support.postgres import PostgreSQL

CUSTOMER = (
    "INSERT INTO customers (id, name, language, province, email, phone, password_hash, sign_in_failures, locked, "
    "security_question, security_answer_hash) VALUES "
    "('c', 'Atelier', 'fr', 'QC', 'a@atelier.example', '+15145550100', 'hash', 3, true, 'Q', 'answer-hash')"
)
ACCOUNT = "INSERT INTO accounts (number, customer_id) VALUES ('1000000001', 'c')"
INVOICE = (
    "INSERT INTO invoices (number, account, issued, due, total, paid_before) VALUES "
    "('10000001', '1000000001', '2025-01-01', '2025-01-31', 10000, 0)"
)
USER = (
    "SELECT owner, role, email, password_hash, sign_in_failures, locked, security_question, security_answer_hash "
    "FROM users"
)
LOGIN = "SELECT email, password_hash, sign_in_failures, locked, security_question, security_answer_hash FROM customers"
SESSION = (
    "INSERT INTO access_tokens (digest, customer_id, method, verified_at, last_used_at, expires_at) VALUES "
    "('d', 'c', 'code', '2025-01-01 12:00:00', '2025-01-01 12:00:00', '2025-01-01 13:00:00')"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database, without any table."""
    url = f"sqlite:///{tmp_path / 'billing.db'}"
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.new_database(migrated=False).replace("postgresql:", "postgresql+psycopg2:")
    engine = create_engine(url)
    yield engine
    engine.dispose()


def migrate(connection: Connection, revision: str) -> None:
    """To a revision, up or down."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    before = MigrationContext.configure(connection).get_current_revision() or ""
    (command.upgrade if revision > before else command.downgrade)(config, revision)


def test_the_newest_migration_gives_the_tables_as_written(engine: Engine) -> None:
    """A column forgotten in a migration would be missing only where there was a database before."""
    with engine.begin() as connection:
        migrate(connection, "head")
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_login_survives_becoming_a_row_of_its_own_and_the_way_back(engine: Engine) -> None:
    """Passwords, locks, questions and sessions by code; nobody is told of old invoices again."""
    with engine.begin() as connection:
        migrate(connection, "0001")
        for statement in (CUSTOMER, ACCOUNT, INVOICE, SESSION):
            connection.execute(text(statement))
        migrate(connection, "0002")
        there = connection.execute(text(USER)).one()
        assert [bool(there[0]), *there[1:]] == [
            True, "administer", "a@atelier.example", "hash", 3, True, "Q", "answer-hash",
        ]  # fmt: skip
        told = connection.execute(text("SELECT announced_at, chased_at FROM invoices")).one()
        assert all(told)
        assert connection.execute(text("SELECT digest, user_id FROM access_tokens")).one() == ("d", None)
        migrate(connection, "0001")
        back = connection.execute(text(LOGIN)).one()
        assert list(back) == ["a@atelier.example", "hash", 3, True, "Q", "answer-hash"]


def test_a_database_is_migrated_in_place_when_the_system_starts(tmp_path: Path) -> None:
    """SQLite forbids dropping a table others refer to; the system's own connections insist on that."""
    database = Database(f"sqlite:///{tmp_path / 'billing.db'}")
    with database.write() as session:
        migrate(session.connection(), "0001")
        for statement in (CUSTOMER, ACCOUNT, INVOICE, SESSION):
            session.execute(text(statement))
    database.migrate()
    with database.read() as session:
        assert session.execute(text("SELECT COUNT(*) FROM users")).scalar() == 1
    database.close()
