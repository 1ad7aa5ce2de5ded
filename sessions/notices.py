"""Notices of the billing system that were taken to be sent: each once, however often it is handed over."""

from datetime import datetime

from sqlalchemy import DateTime, Engine, String, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, now


class NoticeRow(Base):
    """The billing system's id of a notice."""

    __tablename__ = "notices_taken"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class Notices:
    """Keeps the ids for as long as one may come again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, notice: str) -> bool:
        """Whether it is new; the unique id decides, whoever else is asking at the same time."""
        try:
            with Session(self._engine) as session, session.begin():
                session.add(NoticeRow(id=notice, at=now()))
        except IntegrityError:
            return False
        return True

    def forget(self, before: datetime) -> None:
        """Let go of what cannot come again."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(NoticeRow).where(NoticeRow.at < before))
