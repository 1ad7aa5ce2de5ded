"""Who a conversation's customer has proven to be; never in a Rasa slot, where typed text could put it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, DateTime, Engine, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from languages.formats import Language
from sessions.database import Base, aware


@dataclass(frozen=True)
class Identity:
    """A customer as the billing system recognised them; it alone decides how long the token lives."""

    access_token: str
    method: Literal["portal", "code"]
    verified_at: datetime
    expires_at: datetime
    customer_id: str
    name: str
    language: Language
    email_masked: str
    phone_masked: str | None
    accounts: tuple[str, ...]


class IdentityRow(Base):
    """An identity as it is stored."""

    __tablename__ = "identities"

    conversation: Mapped[str] = mapped_column(String(96), primary_key=True)
    access_token: Mapped[str] = mapped_column(String(200))
    verified_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    who: Mapped[dict[str, Any]] = mapped_column(JSON)


class Identities:
    """One identity a conversation at most."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, conversation: str, identity: Identity) -> None:
        """The identity proven last replaces the one before."""
        who = {
            name: getattr(identity, name)
            for name in ("method", "customer_id", "name", "language", "email_masked", "phone_masked")
        }
        row = IdentityRow(
            conversation=conversation,
            access_token=identity.access_token,
            verified_at=identity.verified_at,
            expires_at=identity.expires_at,
            who=who | {"accounts": list(identity.accounts)},
        )
        with Session(self._engine) as session, session.begin():
            session.merge(row)

    def get(self, conversation: str) -> Identity | None:
        """Who it is, if anybody."""
        with Session(self._engine) as session:
            row = session.get(IdentityRow, conversation)
            if row is None:
                return None
            who = row.who | {"accounts": tuple(row.who["accounts"])}
            return Identity(
                access_token=row.access_token,
                verified_at=aware(row.verified_at),
                expires_at=aware(row.expires_at),
                **who,
            )

    def end(self, conversation: str) -> None:
        """From now on a stranger."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(IdentityRow).where(IdentityRow.conversation == conversation))
