"""The billing system's tests run on both databases it can stand on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from billing.services import passwords
from tests.support.billing import Billing, billing_in_process
from tests.support.postgres import PostgreSQL, running_postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server, started once."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hundreds of sign-ins: the same argon2, with none of the work that makes guessing slow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords.demo_hash.cache_clear()
        yield
    passwords.demo_hash.cache_clear()


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
