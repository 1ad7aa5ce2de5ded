"""What a website's visitor was told between two of their own messages: it waits until their page looks."""

from typing import Any

from sqlalchemy import JSON, Engine, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base


class UndeliveredRow(Base):
    """A message as it is stored; it stands in the transcript too."""

    __tablename__ = "undelivered"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(96), index=True)
    message: Mapped[dict[str, Any]] = mapped_column(JSON)


class Undelivered:
    """In order; each is handed out once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, conversation: str, message: dict[str, Any]) -> None:
        """A Message of the website channel."""
        with Session(self._engine) as session, session.begin():
            session.add(UndeliveredRow(conversation=conversation, message=message))

    def take(self, conversation: str) -> list[dict[str, Any]]:
        """What waits; it does not wait any more."""
        gone = (
            delete(UndeliveredRow)
            .where(UndeliveredRow.conversation == conversation)
            .returning(UndeliveredRow.id, UndeliveredRow.message)
        )
        with Session(self._engine) as session, session.begin():
            rows = session.execute(gone).all()  # every row is read before the transaction ends: SQLite insists
            return [message for _, message in sorted(rows, key=lambda row: row[0])]

    def count(self, conversation: str) -> int:
        """How much waits."""
        query = select(func.count()).where(UndeliveredRow.conversation == conversation)
        with Session(self._engine) as session:
            return session.scalar(query) or 0
