"""Telephone calls that may go on by text message, and how each ended.

::

    ringing ─▶ texting ─▶ texted ─▶ answered | unanswered | undeliverable | opted_out
       │          └──────────┴─────▶ agent (reason)
       ├─────▶ agent (reason)
       └─────▶ hung_up

A call that was texted is reminded once and then closed, both at moments kept here, so that a restart forgets none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import DateTime, Engine, String, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from languages.formats import Language
from sessions.database import Base, now


@dataclass(frozen=True)
class Call:
    """A call by Twilio's id; ``phone`` is who called, where that is known."""

    sid: str
    phone: str | None
    language: Language | None
    conversation: str | None
    outcome: str
    reason: str | None


class CallRow(Base):
    """A call as it is stored."""

    __tablename__ = "calls"

    sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    phone: Mapped[str | None] = mapped_column(String(32), index=True)
    language: Mapped[str | None] = mapped_column(String(2))
    conversation: Mapped[str | None] = mapped_column(String(96))
    outcome: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str | None] = mapped_column(String(16))
    began_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    texted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    remind_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    close_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Calls:
    """Every change of outcome is one conditional update: a reminder is claimed once, an end is final."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, sid: str, phone: str | None) -> None:
        """A call comes in; told again at each of its steps, it is one."""
        if self.get(sid) is not None:
            return
        row = CallRow(sid=sid, phone=phone, outcome="ringing", began_at=now(), changed_at=now())
        try:
            with Session(self._engine) as session, session.begin():
                session.add(row)
        except IntegrityError:
            return

    def get(self, sid: str) -> Call | None:
        """The call of an id."""
        with Session(self._engine) as session:
            row = session.get(CallRow, sid)
            return _call(row) if row else None

    def speak(self, sid: str, language: Language) -> None:
        """The language that was chosen."""
        self._move(sid, ("ringing",), language=language)

    def to_agent(self, sid: str, reason: str) -> bool:
        """The caller goes to a person, and why."""
        before = ("ringing", "texting", "texted", "undeliverable")
        return self._move(sid, before, outcome="agent", reason=reason, remind_at=None, close_at=None)

    def claim(self, sid: str) -> bool:
        """Whether the text of a call is the caller's to send; of two who ask, one may."""
        return self._move(sid, ("ringing",), outcome="texting")

    def texted(self, sid: str, conversation: str, patience: timedelta) -> bool:
        """The conversation goes on by text: a reminder after that time, the end after twice that time."""
        moment = now()
        return self._move(
            sid,
            ("texting",),
            outcome="texted",
            conversation=conversation,
            texted_at=moment,
            remind_at=moment + patience,
            close_at=moment + 2 * patience,
        )

    def answered(self, phone: str) -> bool:
        """The telephone wrote back."""
        return self._end_texted(CallRow.phone == phone, "answered")

    def opted_out(self, phone: str) -> bool:
        """The telephone wants no texts."""
        return self._end_texted(CallRow.phone == phone, "opted_out")

    def undeliverable(self, sid: str) -> bool:
        """The text did not reach the telephone."""
        return self._end_texted(CallRow.sid == sid, "undeliverable")

    def hung_up(self, sid: str) -> bool:
        """The caller left before anything was chosen."""
        return self._move(sid, ("ringing",), outcome="hung_up")

    def to_remind(self, moment: datetime) -> list[Call]:
        """Calls texted and not answered whose reminder is due and is now the caller's to send."""
        due = (CallRow.outcome == "texted", CallRow.remind_at <= moment)
        with Session(self._engine) as session, session.begin():
            calls = [_call(row) for row in session.scalars(select(CallRow).where(*due, CallRow.close_at > moment))]
            session.execute(update(CallRow).where(*due).values(remind_at=None, changed_at=now()))
            return calls

    def close(self, moment: datetime) -> list[Call]:
        """End the calls nobody answered in time; those just ended."""
        due = (CallRow.outcome == "texted", CallRow.close_at <= moment)
        with Session(self._engine) as session, session.begin():
            calls = [_call(row) for row in session.scalars(select(CallRow).where(*due))]
            session.execute(update(CallRow).where(*due).values(outcome="unanswered", changed_at=now()))
            return calls

    def texted_since(self, phone: str, moment: datetime) -> int:
        """How many calls of a telephone were texted since then."""
        query = select(func.count()).where(CallRow.phone == phone, CallRow.texted_at > moment)
        with Session(self._engine) as session:
            return session.scalar(query) or 0

    def _end_texted(self, condition: object, outcome: str) -> bool:
        change = update(CallRow).where(condition, CallRow.outcome == "texted")  # type: ignore[arg-type]  # a column's comparison
        values = {"outcome": outcome, "remind_at": None, "close_at": None, "changed_at": now()}
        with Session(self._engine) as session, session.begin():
            return session.connection().execute(change.values(**values)).rowcount > 0

    def _move(self, sid: str, before: tuple[str, ...], **values: object) -> bool:
        change = update(CallRow).where(CallRow.sid == sid, CallRow.outcome.in_(before))
        with Session(self._engine) as session, session.begin():
            return session.connection().execute(change.values(changed_at=now(), **values)).rowcount == 1


def _call(row: CallRow) -> Call:
    return Call(
        sid=row.sid,
        phone=row.phone,
        language="en" if row.language == "en" else "fr" if row.language else None,
        conversation=row.conversation,
        outcome=row.outcome,
        reason=row.reason,
    )
