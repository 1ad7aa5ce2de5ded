"""One key, several processes: one effect (security.md, P2 and P4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.problems import Problem
from billing.services.idempotency import Idempotency
from billing.storage.database import Database
from billing.storage.tables import Attempt

PROCESSES = 6
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_processes_with_one_key_have_one_effect_and_one_answer(database_url: str) -> None:
    """Who comes second hears the same answer, or that it is in progress; never a failure that looks like an outage."""
    database, together = Database(database_url), Barrier(PROCESSES)
    database.migrate()

    def work(session: Session) -> tuple[int, Any]:
        session.add(Attempt(what="effect", at=NOW))
        return 201, {"number": 1}

    def one(_: int) -> Any:
        process = Idempotency(database)
        together.wait()
        try:
            return process.run(NOW, "owner", "key", b"body", work)[:2]
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(PROCESSES) as pool:
        outcomes = list(pool.map(one, range(PROCESSES)))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1
    database.close()
    assert (201, {"number": 1}) in outcomes
    assert all(outcome in ((201, {"number": 1}), "idempotency-in-progress") for outcome in outcomes)
