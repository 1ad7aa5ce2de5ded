"""Text messages on their way out.

::

    waiting ─ begin ─▶ sending ─▶ accepted (sid)
       ▲                  ├─────▶ refused (code)
       └──── put_back ────┤
    waiting ─▶ withheld   └─────▶ unknown: it may have been sent, so it is not sent again

Messages are committed before the first byte is sent, so that an answer outlives Twilio's bad minutes and our own
restarts; their text is kept only until it is sent. What became of them is in :mod:`sessions.deliveries`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, Engine, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, aware, now


@dataclass(frozen=True)
class OutgoingText:
    """A message to a telephone; ``purpose`` says why it is sent, ``call`` for which call."""

    id: int
    phone: str
    conversation: str | None
    text: str
    purpose: str
    call: str | None
    state: str
    created_at: datetime


class OutgoingRow(Base):
    """A message as it is stored, without its text once it is sent."""

    __tablename__ = "texts_sent"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(String(32), index=True)
    conversation: Mapped[str | None] = mapped_column(String(96))
    text: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(String(16))
    call: Mapped[str | None] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    sid: Mapped[str | None] = mapped_column(String(64), index=True)
    error_code: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Outgoing:
    """The line of messages of each telephone; every change of state is one conditional update."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self,
        phone: str,
        texts: Iterable[str],
        purpose: str,
        *,
        conversation: str | None = None,
        call: str | None = None,
    ) -> list[int]:
        """Messages that follow one another; their ids."""
        rows = [
            OutgoingRow(
                phone=phone,
                conversation=conversation,
                text=text,
                purpose=purpose,
                call=call,
                state="waiting",
                created_at=now(),
                changed_at=now(),
            )
            for text in texts
        ]
        with Session(self._engine) as session, session.begin():
            session.add_all(rows)
            session.flush()
            return [row.id for row in rows]

    def waiting(self, phone: str) -> list[OutgoingText]:
        """What is to be sent to a telephone, in order."""
        query = select(OutgoingRow).where(OutgoingRow.phone == phone, OutgoingRow.state == "waiting")
        with Session(self._engine) as session:
            return [_text(row) for row in session.scalars(query.order_by(OutgoingRow.id))]

    def phones_waiting(self) -> list[str]:
        """The telephones something is to be sent to, the one that waits longest first."""
        query = select(OutgoingRow.phone).where(OutgoingRow.state == "waiting").order_by(OutgoingRow.id)
        with Session(self._engine) as session:
            return list(dict.fromkeys(session.scalars(query)))

    def begin(self, message: int) -> bool:
        """From now on it may have been sent."""
        return self._move(message, "waiting", state="sending")

    def put_back(self, message: int) -> None:
        """It was certainly not sent."""
        self._move(message, "sending", state="waiting")

    def accepted(self, message: int, sid: str) -> None:
        """Twilio took it and gave it an id."""
        self._move(message, "sending", state="accepted", sid=sid, text="")

    def refused(self, message: int, code: int) -> None:
        """Twilio will not send it, for the reason of a code."""
        self._move(message, "sending", state="refused", error_code=code, text="")

    def unknown(self, message: int) -> None:
        """No answer came: sent or not, it is not sent again."""
        self._move(message, "sending", state="unknown", text="")

    def withhold(self, message: int) -> None:
        """Not to be sent any more."""
        self._move(message, "waiting", state="withheld", text="")

    def withhold_all(self, phone: str) -> None:
        """Nothing of what waits for a telephone is to be sent any more."""
        change = update(OutgoingRow).where(OutgoingRow.phone == phone, OutgoingRow.state == "waiting")
        with Session(self._engine) as session, session.begin():
            session.execute(change.values(state="withheld", text="", changed_at=now()))

    def give_up_unfinished(self) -> None:
        """What an earlier process was sending when it ended may have been sent."""
        change = update(OutgoingRow).where(OutgoingRow.state == "sending")
        with Session(self._engine) as session, session.begin():
            session.execute(change.values(state="unknown", text="", changed_at=now()))

    def states(self, messages: Iterable[int]) -> list[str]:
        """Where messages stand."""
        query = select(OutgoingRow.state).where(OutgoingRow.id.in_(list(messages))).order_by(OutgoingRow.id)
        with Session(self._engine) as session:
            return list(session.scalars(query))

    def _move(self, message: int, before: str, **values: object) -> bool:
        change = update(OutgoingRow).where(OutgoingRow.id == message, OutgoingRow.state == before)
        with Session(self._engine) as session, session.begin():
            moved = session.connection().execute(change.values(changed_at=now(), **values))
            return moved.rowcount == 1


def _text(row: OutgoingRow) -> OutgoingText:
    return OutgoingText(
        id=row.id,
        phone=row.phone,
        conversation=row.conversation,
        text=row.text,
        purpose=row.purpose,
        call=row.call,
        state=row.state,
        created_at=aware(row.created_at),
    )
