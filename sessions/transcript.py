"""What was said on both sides, message by message, as the channel's JSON."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, aware, now


class TranscriptRow(Base):
    """A message as it is stored."""

    __tablename__ = "transcript"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(96), index=True)
    message: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Transcript:
    """Keeps messages in the order they were said."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, conversation: str, message: dict[str, Any]) -> None:
        """Add a Message of the website channel, ``from`` included."""
        with Session(self._engine) as session, session.begin():
            session.add(TranscriptRow(conversation=conversation, message=message, at=now()))

    def timed(self, conversation: str) -> list[tuple[datetime, dict[str, Any]]]:
        """Every message with its moment, oldest first."""
        query = select(TranscriptRow.at, TranscriptRow.message).where(TranscriptRow.conversation == conversation)
        with Session(self._engine) as session:
            return [(aware(at), said) for at, said in session.execute(query.order_by(TranscriptRow.id))]

    def all(self, conversation: str, last: int | None = None) -> list[dict[str, Any]]:
        """Every message, or the last few, oldest first."""
        query = select(TranscriptRow.message).where(TranscriptRow.conversation == conversation)
        query = query.order_by(TranscriptRow.id.desc()).limit(last)
        with Session(self._engine) as session:
            return list(reversed(session.scalars(query).all()))
