"""What was sent, asked and answered, and what the database knows of itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from billing.storage.tables.base import Base


class Outgoing(Base):
    """A message to a customer, written in the transaction that causes it; claimed by the process that sends it.

    A text message that is a ``notice`` says of which kind and to whom; ``facts`` are the invoices and the payment it is
    about, so that it can be answered, and ``withheld`` why it was not sent.
    """

    __tablename__ = "outbox"

    number: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(254), index=True)
    channel: Mapped[str] = mapped_column(String(5))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    customer_id: Mapped[str | None] = mapped_column(String(36))
    notice: Mapped[str | None] = mapped_column(String(16))
    facts: Mapped[dict[str, Any] | None]
    withheld: Mapped[str | None] = mapped_column(String(16))


class IdempotentAnswer(Base):
    """The answer a creating call got, to be given again for the same key and body."""

    __tablename__ = "idempotent_answers"

    owner: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class ContactRequest(Base):
    """A request for a person, with what they need to know."""

    __tablename__ = "contact_requests"

    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    customer_id: Mapped[str | None] = mapped_column(String(36))
    details: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Attempt(Base):
    """Something counted against a limit: codes and resets asked for."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(300), index=True)
    at: Mapped[datetime]


class Setting(Base):
    """What the database knows of itself: whether it is a demo's, and how far its clock was moved."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(100))
