"""Text messages received: each served once, also when Twilio sends it again or the process ends in between.

::

    received ─ begin ─▶ begun ─ done ─▶ done

A message is committed before Twilio hears that it was taken. What a restart finds ``received`` is served then; what
it finds ``begun`` may have had its effect and is not done twice: the customer is told. Only its id outlives it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, Engine, String, Text, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, now


@dataclass(frozen=True)
class ReceivedText:
    """A message of a telephone; ``choice`` is what it chose of what the telephone was showing as it came."""

    sid: str
    phone: str
    text: str
    has_media: bool = False
    choice: str | None = None


class ReceivedRow(Base):
    """A message as it is stored, without its text once it is done."""

    __tablename__ = "texts_received"

    sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    phone: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    has_media: Mapped[bool]
    choice: Mapped[str | None] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(8), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class Received:
    """Keeps the ids of messages for as long as one may come again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, received: ReceivedText) -> bool:
        """Whether it is new; the unique id decides, whoever else is asking at the same time."""
        row = ReceivedRow(
            sid=received.sid,
            phone=received.phone,
            text=received.text,
            has_media=received.has_media,
            choice=received.choice,
            state="received",
            at=now(),
        )
        try:
            with Session(self._engine) as session, session.begin():
                session.add(row)
        except IntegrityError:
            return False
        return True

    def begin(self, sid: str) -> None:
        """From now on it may have had its effect."""
        self._move(sid, "received", state="begun")

    def done(self, sid: str) -> None:
        """It is answered; its text is not needed here any more."""
        self._move(sid, "received", "begun", state="done", text="")

    def left(self) -> tuple[list[ReceivedText], list[ReceivedText]]:
        """What an earlier process took and did not begin, and what it began and did not finish; oldest first."""
        with Session(self._engine) as session:
            rows = session.scalars(
                select(ReceivedRow).where(ReceivedRow.state != "done").order_by(ReceivedRow.at)
            ).all()
            waiting, begun = ([_received(row) for row in rows if row.state == state] for state in ("received", "begun"))
            return waiting, begun

    def forget(self, before: datetime) -> None:
        """Let go of what cannot come again."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(ReceivedRow).where(ReceivedRow.at < before))

    def _move(self, sid: str, *before: str, **values: object) -> None:
        change = update(ReceivedRow).where(ReceivedRow.sid == sid, ReceivedRow.state.in_(before)).values(**values)
        with Session(self._engine) as session, session.begin():
            session.execute(change)


def _received(row: ReceivedRow) -> ReceivedText:
    return ReceivedText(row.sid, row.phone, row.text, row.has_media, row.choice)
