"""The database of everything that outlives a turn: SQLite by default, PostgreSQL by URL."""

from datetime import UTC, datetime

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase

_POSTGRES = {
    "connect_timeout": 3,
    "options": "-c statement_timeout=3000",
}  # s, ms: a turn must not hang on it


class Base(DeclarativeBase):
    """The tables of this room."""


def now() -> datetime:
    """The moment, aware."""
    return datetime.now(UTC)


def aware(moment: datetime) -> datetime:
    """SQLite forgets the zone; everything here is written in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def open_engine(url: str) -> Engine:
    """An engine that two processes can use at once; missing tables are made."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": 5.0})
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        if parsed.drivername == "postgresql":  # SQLAlchemy would take psycopg 3, which is not installed
            parsed = parsed.set(drivername="postgresql+psycopg2")
        engine = create_engine(parsed, pool_pre_ping=True, connect_args=_POSTGRES)
    return engine


def _prepare_sqlite(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # the driver's own connection
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
