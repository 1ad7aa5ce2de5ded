"""The billing system's tests run on both databases it can stand on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.billing import Billing, billing_in_process
from tests.support.postgres import PostgreSQL, running_postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server, started once."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database nobody has used."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'billing.db'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.new_database()


@pytest.fixture
async def billing(tmp_path: Path, database_url: str) -> AsyncIterator[Billing]:
    """The demo's billing system as new, in this process, on either database."""
    async with billing_in_process(tmp_path, billing_database_url=database_url) as billing:
        yield billing
