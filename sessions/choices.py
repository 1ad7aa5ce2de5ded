"""Choices offered: an opaque id for the customer, the command it stands for with us."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Engine, Integer, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base

KEPT = 200  # choices of a conversation that can still be clicked
_RANDOM_BYTES = 12


@dataclass(frozen=True)
class Choice:
    """A choice as it was offered; ``command`` is ``{"intent", "values"}``."""

    id: str
    title: str
    command: dict[str, Any]


class ChoiceRow(Base):
    """A choice as it is stored; ``batch`` counts the offers of a conversation."""

    __tablename__ = "choices"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    conversation: Mapped[str] = mapped_column(String(96), index=True)
    batch: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(400))
    command: Mapped[dict[str, Any]] = mapped_column(JSON)


class Choices:
    """Offers choices and takes them back; an old one is still taken, its meaning is the action's to judge."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def offer(self, conversation: str, choices: Iterable[tuple[str, dict[str, Any]]]) -> list[str]:
        """Keep choices offered together; their ids, in order."""
        with Session(self._engine) as session, session.begin():
            newest = select(func.max(ChoiceRow.batch)).where(ChoiceRow.conversation == conversation)
            batch = (session.scalar(newest) or 0) + 1
            rows = [
                ChoiceRow(
                    id=secrets.token_urlsafe(_RANDOM_BYTES),
                    conversation=conversation,
                    batch=batch,
                    title=title,
                    command=command,
                )
                for title, command in choices
            ]
            session.add_all(rows)
            session.flush()
            self._forget_the_oldest(session, conversation)
            return [row.id for row in rows]

    def take(self, conversation: str, choice: str) -> Choice | None:
        """The choice of an id, if it was offered in this very conversation."""
        query = select(ChoiceRow).where(ChoiceRow.id == choice, ChoiceRow.conversation == conversation)
        with Session(self._engine) as session:
            row = session.scalar(query)
            return Choice(row.id, row.title, row.command) if row else None

    def latest(self, conversation: str) -> list[Choice]:
        """The choices offered last, in order."""
        newest = select(func.max(ChoiceRow.batch)).where(ChoiceRow.conversation == conversation)
        query = select(ChoiceRow).where(
            ChoiceRow.conversation == conversation, ChoiceRow.batch == newest.scalar_subquery()
        )
        with Session(self._engine) as session:
            rows = session.scalars(query.order_by(ChoiceRow.number))
            return [Choice(row.id, row.title, row.command) for row in rows]

    @staticmethod
    def _forget_the_oldest(session: Session, conversation: str) -> None:
        numbers = select(ChoiceRow.number).where(ChoiceRow.conversation == conversation)
        oldest_kept = session.scalar(numbers.order_by(ChoiceRow.number.desc()).offset(KEPT - 1).limit(1))
        if oldest_kept is not None:
            session.execute(
                delete(ChoiceRow).where(ChoiceRow.conversation == conversation, ChoiceRow.number < oldest_kept)
            )
