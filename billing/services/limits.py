"""How often something may be asked for in an hour, known or unknown alike."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.problems import Problem
from billing.storage.tables import Attempt


def within_limit(session: Session, now: datetime, what: str, an_hour: int) -> bool:
    """Count one more of something asked for; whether it still was within its limit."""
    recent = select(func.count()).where(Attempt.what == what, Attempt.at > now - timedelta(hours=1))
    within = (session.scalar(recent) or 0) < an_hour
    session.add(Attempt(what=what, at=now))
    return within


def count(session: Session, now: datetime, what: str, an_hour: int, code: str = "too-many-requests") -> None:
    """As :func:`within_limit`; raises a 429 beyond it."""
    if not within_limit(session, now, what, an_hour):
        raise Problem(code, retry_after=3600)
