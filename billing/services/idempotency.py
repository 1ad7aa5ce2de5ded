"""Creating calls under an ``Idempotency-Key``: the same key and body have one effect and one answer for 24 h."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from billing.problems import Problem
from billing.storage.database import Database
from billing.storage.tables import IdempotentAnswer

KEPT = timedelta(hours=24)
LONGEST_KEY = 255

Answer = tuple[int, dict[str, Any], bool]  # status, body, and whether it was given before


class Idempotency:
    """Runs work once per key; knows what is in progress in this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._in_progress: set[tuple[str, str]] = set()
        self._guard = threading.Lock()

    def run(
        self,
        now: datetime,
        owner: str,
        key: str | None,
        request: bytes,
        work: Callable[[Session], tuple[int, Any]],
    ) -> Answer:
        """Do the work and keep its answer, in one transaction.

        Raises ``idempotency-key-required``, ``-reused``,
        ``idempotency-in-progress``, and whatever ``work`` refuses (then nothing is kept).
        """
        if not key or len(key) > LONGEST_KEY:
            raise Problem("idempotency-key-required")
        digest = hashlib.sha256(request).hexdigest()
        with self._alone(owner, key), self._database.write() as session:
            before = session.get(IdempotentAnswer, (owner, key))
            if before is not None and before.created_at + KEPT > now:
                if before.request_digest != digest:
                    raise Problem("idempotency-key-reused")
                return before.status, before.body, True
            kept = before or IdempotentAnswer(owner=owner, key=key)
            kept.request_digest, kept.created_at, kept.status, kept.body = digest, now, 0, {}
            session.add(kept)
            _flush_alone(session)
            kept.status, kept.body = work(session)
            return kept.status, kept.body, False

    @contextmanager
    def _alone(self, owner: str, key: str) -> Iterator[None]:
        with self._guard:
            if (owner, key) in self._in_progress:
                raise Problem("idempotency-in-progress")
            self._in_progress.add((owner, key))
        try:
            yield
        finally:
            with self._guard:
                self._in_progress.discard((owner, key))


def _flush_alone(session: Session) -> None:
    """Another process with the same key waits here, and finds the key taken: the answer is there to be asked for."""
    try:
        session.flush()
    except IntegrityError as taken:
        raise Problem("idempotency-in-progress") from taken
