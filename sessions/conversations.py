"""Conversations: their channel, their language, and where they stand."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, String, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from languages.formats import LANGUAGES, Language
from sessions.database import Base, aware, now

_RANDOM_BYTES = 16  # 128 bits: nobody guesses into somebody else's conversation


@dataclass(frozen=True)
class Conversation:
    """One customer's conversation on one channel; ``id`` is Rasa's sender id."""

    id: str
    channel: str
    language: Language
    created_at: datetime
    expires_at: datetime


class ConversationRow(Base):
    """A conversation as it is stored; ``context`` is a :class:`sessions.context.Context`."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(96), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(2))
    context: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Conversations:
    """Opens and finds conversations."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, channel: str, language: Language | None, lifetime: timedelta) -> Conversation:
        """A new conversation under an id nobody else can choose; French when nothing tells."""
        row = ConversationRow(
            id=f"{channel}:{secrets.token_urlsafe(_RANDOM_BYTES)}",
            channel=channel,
            language=language or LANGUAGES[0],
            context={},
            created_at=now(),
            expires_at=now() + lifetime,
        )
        with Session(self._engine) as session, session.begin():
            session.add(row)
            session.flush()
            return _conversation(row)

    def get(self, conversation: str) -> Conversation | None:
        """The conversation of an id, over or not."""
        with Session(self._engine) as session:
            row = session.get(ConversationRow, conversation)
            return _conversation(row) if row else None

    def set_language(self, conversation: str, language: Language) -> None:
        """What it is held in from now on."""
        self._update(conversation, language=language)

    def extend(self, conversation: str, lifetime: timedelta) -> None:
        """It goes on for that long from now."""
        self._update(conversation, expires_at=now() + lifetime)

    def context(self, conversation: str) -> dict[str, Any]:
        """Where it stands, as JSON; empty at first."""
        with Session(self._engine) as session:
            row = session.get(ConversationRow, conversation)
            return dict(row.context) if row else {}

    def keep_context(self, conversation: str, context: dict[str, Any]) -> None:
        """Where it stands now."""
        self._update(conversation, context=context)

    def _update(self, conversation: str, **values: Any) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(update(ConversationRow).where(ConversationRow.id == conversation).values(**values))


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(
        id=row.id,
        channel=row.channel,
        language="en" if row.language == "en" else "fr",
        created_at=aware(row.created_at),
        expires_at=aware(row.expires_at),
    )
