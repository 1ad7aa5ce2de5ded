"""Who may be written to by SMS, and the proof of it (security.md, T4 and L3). Nothing here is ever changed or lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import DateTime, Engine, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, aware, now

How = Literal["wrote", "keypress", "keyword", "carrier"]


@dataclass(frozen=True)
class ConsentProof:
    """A consent given or taken back: how, when, in which words, in which message or call (Twilio's id)."""

    phone: str
    given: bool
    how: How
    said: str
    sid: str
    at: datetime


class ConsentRow(Base):
    """A proof as it is stored."""

    __tablename__ = "sms_consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(String(32), index=True)
    given: Mapped[bool]
    how: Mapped[str] = mapped_column(String(16))
    said: Mapped[str] = mapped_column(Text)
    sid: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Consents:
    """The newest proof of a telephone decides."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def give(self, phone: str, how: How, *, said: str, sid: str) -> None:
        """The telephone may be written to from now on."""
        self._add(phone, given=True, how=how, said=said, sid=sid)

    def take_back(self, phone: str, how: How, *, said: str, sid: str) -> bool:
        """Nothing may be sent from now on; ``False`` when that was so already."""
        if self.opted_out(phone):
            return False
        self._add(phone, given=False, how=how, said=said, sid=sid)
        return True

    def opted_out(self, phone: str) -> bool:
        """Whether nothing may be sent to this telephone."""
        newest = select(ConsentRow.given).where(ConsentRow.phone == phone).order_by(ConsentRow.id.desc()).limit(1)
        with Session(self._engine) as session:
            return session.scalar(newest) is False

    def is_known(self, phone: str) -> bool:
        """Whether there is any proof about this telephone."""
        with Session(self._engine) as session:
            return session.scalar(select(ConsentRow.id).where(ConsentRow.phone == phone).limit(1)) is not None

    def proofs(self, phone: str) -> list[ConsentProof]:
        """Everything known, oldest first."""
        with Session(self._engine) as session:
            rows = session.scalars(select(ConsentRow).where(ConsentRow.phone == phone).order_by(ConsentRow.id))
            return [ConsentProof(row.phone, row.given, row.how, row.said, row.sid, aware(row.at)) for row in rows]  # type: ignore[arg-type]  # written here only

    def _add(self, phone: str, *, given: bool, how: How, said: str, sid: str) -> None:
        with Session(self._engine) as session, session.begin():
            session.add(ConsentRow(phone=phone, given=given, how=how, said=said, sid=sid, at=now()))
