"""A PostgreSQL server of the tests' own: on a socket in its own folder, gone when they end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

from billing.storage.database import Database

_TEMPLATE = "migrated"
# Nothing here outlives the tests, so nothing is written with care.
_CARELESS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class PostgreSQL:
    """Databases for tests, each as new and already migrated."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._admin("CREATE DATABASE migrated")
        migrated = Database(self.url(_TEMPLATE))
        migrated.migrate()
        migrated.close()

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql://postgres@/{name}?host={self._socket}"

    def new_database(self, *, migrated: bool = True) -> str:
        """The URL of a database nobody has used; without its tables unless ``migrated``."""
        name = f"test_{next(self._numbers)}"
        self._admin(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE if migrated else 'template0'}")
        return self.url(name)

    def _admin(self, statement: str) -> None:
        url = self.url("postgres").replace("postgresql:", "postgresql+psycopg2:")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Start a server and end it; raises ``FileNotFoundError`` where PostgreSQL is not installed."""
    tools, folder = _tools(), Path(tempfile.mkdtemp(prefix="postgresql-"))
    # PostgreSQL does not run as root.
    user = "postgres" if os.getuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)

    def run(tool: str, *arguments: str) -> None:
        command = [str(tools / tool), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
    run("pg_ctl", "start", "--wait", "--log", str(folder / "log"), "-o", f"{_CARELESS} -k {folder}")
    try:
        yield PostgreSQL(folder)
    finally:
        run("pg_ctl", "stop", "--mode=immediate")
        shutil.rmtree(folder)


def _tools() -> Path:
    """Where the server's programs are; Debian keeps them off the path, by version."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb")
    if not debian and found is None:
        raise FileNotFoundError("PostgreSQL is not installed: tests/support/system-packages.sh installs it")
    return debian[-1].parent if debian else Path(str(found)).parent
