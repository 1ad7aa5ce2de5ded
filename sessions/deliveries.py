"""What Twilio says became of text messages, by Twilio's id.

Kept apart from :mod:`sessions.outgoing`: a callback may come before the answer to the very call that made the
message, or twice, or after a later one.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, Engine, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, now
from sessions.outgoing import OutgoingRow

# Twilio's own order; a callback that comes late takes nothing back.
RANKS = {
    "accepted": 0,
    "scheduled": 0,
    "queued": 1,
    "sending": 2,
    "sent": 3,
    "delivered": 4,
    "undelivered": 4,
    "failed": 4,
    "read": 5,
}
LOST = ("undelivered", "failed")


@dataclass(frozen=True)
class Delivery:
    """What became of a message; ``error_code`` is Twilio's, such as 30006 for a landline."""

    sid: str
    status: str
    error_code: int | None

    @property
    def is_lost(self) -> bool:
        """Whether the message did not reach the telephone."""
        return self.status in LOST


class DeliveryRow(Base):
    """A delivery as it is stored."""

    __tablename__ = "text_deliveries"

    sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    rank: Mapped[int] = mapped_column(Integer)
    error_code: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Deliveries:
    """The latest state of each message, never an earlier one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, delivery: Delivery) -> bool:
        """Keep what Twilio says unless as much is known already; whether it was news."""
        rank = RANKS.get(delivery.status)
        if rank is None:
            return False
        with Session(self._engine) as session, session.begin():
            row = session.get(DeliveryRow, delivery.sid, with_for_update=True)
            if row is not None and row.rank >= rank:
                return False
            values = {"status": delivery.status, "rank": rank, "error_code": delivery.error_code}
            session.merge(DeliveryRow(sid=delivery.sid, changed_at=now(), **values))
            return True

    def get(self, sid: str) -> Delivery | None:
        """What is known of a message."""
        with Session(self._engine) as session:
            row = session.get(DeliveryRow, sid)
            return Delivery(row.sid, row.status, row.error_code) if row else None

    def call_of(self, sid: str) -> str | None:
        """The call a message was sent for."""
        with Session(self._engine) as session:
            return session.scalar(select(OutgoingRow.call).where(OutgoingRow.sid == sid).limit(1))

    def lost(self, call: str) -> bool:
        """Whether a message sent for a call did not reach the telephone."""
        query = (
            select(DeliveryRow.sid)
            .join(OutgoingRow, OutgoingRow.sid == DeliveryRow.sid)
            .where(OutgoingRow.call == call, DeliveryRow.status.in_(LOST))
        )
        with Session(self._engine) as session:
            return session.scalar(query.limit(1)) is not None
