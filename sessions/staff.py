"""Who of the company's people is signed in at the agent desk."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import DateTime, Engine, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, aware, now

_RANDOM_BYTES = 32


@dataclass(frozen=True)
class StaffSession:
    """A person signed in; ``csrf`` is what each form they send must hold."""

    person: str
    csrf: str


class StaffSessionRow(Base):
    """A session as it is stored, by the digest of its token."""

    __tablename__ = "staff_sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(String(80))
    csrf: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class StaffSessions:
    """Kept here and not in the cookie, so that signing out ends a session for good (security.md, A6)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, person: str, lifetime: timedelta) -> str:
        """The token of a new session; those that are over are forgotten."""
        token = secrets.token_urlsafe(_RANDOM_BYTES)
        row = StaffSessionRow(
            digest=_digest(token), person=person, csrf=secrets.token_urlsafe(_RANDOM_BYTES), expires_at=now() + lifetime
        )
        with Session(self._engine) as session, session.begin():
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires_at < now()))
            session.add(row)
        return token

    def get(self, token: str) -> StaffSession | None:
        """Whose session it is, if it is not over."""
        with Session(self._engine) as session:
            row = session.get(StaffSessionRow, _digest(token))
            return StaffSession(row.person, row.csrf) if row and aware(row.expires_at) > now() else None

    def end(self, token: str) -> None:
        """Sign out."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.digest == _digest(token)))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
