"""Requests for a person, and which of them a person has taken over.

::

    waiting ─ take ─▶ taken (person) ─ hand_back ─▶ returned ─ take ─▶ taken …
       └───────────────┴───────── close (outcome) ──────┴──────▶ closed

While one of a conversation's requests is taken the assistant says nothing in it. The number is the billing system's.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, DateTime, Engine, Index, String, Text, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from languages.formats import Language
from sessions.database import Base, aware, now

State = Literal["waiting", "taken", "returned", "closed"]
HowSure = Literal["verified", "claimed", "none"]

OPEN: tuple[State, ...] = ("waiting", "taken", "returned")
CLOSED_SHOWN = 20  # of those closed, the newest
_TAKEN_ONCE = text("state = 'taken'")


@dataclass(frozen=True)
class Handover:
    """A request as it stands.

    ``identity`` says how sure the billing system is of the ``customer``, whose name is known only then;
    ``call_back`` is ``{"from", "to"}`` as ISO moments, ``person`` who took it, ``outcome`` how it was closed.
    """

    number: str
    conversation: str
    language: Language
    identity: HowSure
    topic: str
    summary: str
    customer: str | None = None
    call_back: dict[str, str] | None = None
    state: State = "waiting"
    person: str | None = None
    outcome: str | None = None
    opened_at: datetime = field(default_factory=now)

    @property
    def channel(self) -> str:
        """How the customer is spoken with, ``web`` or ``sms``."""
        return self.conversation.partition(":")[0]


class HandoverRow(Base):
    """A request as it is stored; a conversation has one taken at the most."""

    __tablename__ = "handovers"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(96), index=True)
    language: Mapped[str] = mapped_column(String(2))
    identity: Mapped[str] = mapped_column(String(8))
    customer: Mapped[str | None] = mapped_column(String(200))
    topic: Mapped[str] = mapped_column(String(80))
    summary: Mapped[str] = mapped_column(Text)
    call_back: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(8), index=True)
    person: Mapped[str | None] = mapped_column(String(80))
    outcome: Mapped[str | None] = mapped_column(String(16))
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    __table_args__ = (
        Index(
            "uq_handovers_taken", "conversation", unique=True, sqlite_where=_TAKEN_ONCE, postgresql_where=_TAKEN_ONCE
        ),
    )


class Handovers:
    """Every change of state is one conditional update: of two people who take a request, one has it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, asked: Handover) -> None:
        """A request comes in; told again, it is one."""
        row = HandoverRow(
            number=asked.number,
            conversation=asked.conversation,
            language=asked.language,
            identity=asked.identity,
            customer=asked.customer,
            topic=asked.topic,
            summary=asked.summary,
            call_back=asked.call_back,
            state="waiting",
            opened_at=asked.opened_at,
            changed_at=now(),
        )
        if self.get(asked.number) is not None:
            return
        try:
            with Session(self._engine) as session, session.begin():
                session.add(row)
        except IntegrityError:
            return

    def get(self, number: str) -> Handover | None:
        """The request of a number."""
        with Session(self._engine) as session:
            row = session.get(HandoverRow, number)
            return _handover(row) if row else None

    def queue(self) -> list[Handover]:
        """What is open, the oldest first."""
        query = select(HandoverRow).where(HandoverRow.state.in_(OPEN)).order_by(HandoverRow.opened_at)
        with Session(self._engine) as session:
            return [_handover(row) for row in session.scalars(query)]

    def closed(self) -> list[Handover]:
        """What was closed last, the newest first."""
        query = select(HandoverRow).where(HandoverRow.state == "closed").order_by(HandoverRow.changed_at.desc())
        with Session(self._engine) as session:
            return [_handover(row) for row in session.scalars(query.limit(CLOSED_SHOWN))]

    def of(self, conversation: str) -> Handover | None:
        """The request of a conversation that somebody has, else one that waits for somebody."""
        query = select(HandoverRow).where(
            HandoverRow.conversation == conversation, HandoverRow.state.in_(("taken", "waiting"))
        )
        with Session(self._engine) as session:
            rows = session.scalars(query.order_by(HandoverRow.opened_at)).all()
            found = next((row for row in rows if row.state == "taken"), rows[-1] if rows else None)
            return _handover(found) if found else None

    def person_with(self, conversation: str) -> str | None:
        """Who has taken a conversation over, if anybody."""
        query = select(HandoverRow.person).where(HandoverRow.conversation == conversation, HandoverRow.state == "taken")
        with Session(self._engine) as session:
            return session.scalar(query)

    def take(self, number: str, person: str) -> bool:
        """Whether the conversation is this person's from now on; somebody else may have it already."""
        try:
            return self._move(number, ("waiting", "returned"), state="taken", person=person)
        except IntegrityError:  # another request of the same conversation is taken
            return False

    def hand_back(self, number: str, person: str) -> bool:
        """The assistant goes on; the request stays open."""
        return self._move(number, ("taken",), person, state="returned")

    def close(self, number: str, person: str, outcome: str) -> bool:
        """It is done with; one that somebody else has is theirs to close."""
        closed = self._move(number, ("taken",), person, state="closed", outcome=outcome)
        return closed or self._move(number, ("waiting", "returned"), state="closed", outcome=outcome, person=person)

    def _move(self, number: str, before: tuple[State, ...], by: str | None = None, **values: object) -> bool:
        change = update(HandoverRow).where(HandoverRow.number == number, HandoverRow.state.in_(before))
        if by is not None:
            change = change.where(HandoverRow.person == by)
        with Session(self._engine) as session, session.begin():
            return session.connection().execute(change.values(changed_at=now(), **values)).rowcount == 1


def _handover(row: HandoverRow) -> Handover:
    return Handover(
        number=row.number,
        conversation=row.conversation,
        language="en" if row.language == "en" else "fr",
        identity=row.identity,  # type: ignore[arg-type]  # stored as one of its literals
        topic=row.topic,
        summary=row.summary,
        customer=row.customer,
        call_back=row.call_back,
        state=row.state,  # type: ignore[arg-type]  # as above
        person=row.person,
        outcome=row.outcome,
        opened_at=aware(row.opened_at),
    )
