"""Payments as the conversation knows them, from the read-back to the billing system's answer.

::

    read_back ─ authorise ─▶ submitting ─▶ accepted (reference)
        │                        ├───────▶ refused (code)
        └─ superseded            └───────▶ unknown ─▶ accepted | not_received ─ authorise ─▶ submitting

The idempotency key is committed by :meth:`Drafts.authorise`, before the first byte is sent, and is the
draft's for life: whatever is sent again is sent under the same key (security.md, P1–P4).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, DateTime, Engine, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base


class DraftStatus(StrEnum):
    """Where a payment stands; see the drawing above."""

    READ_BACK = "read_back"
    SUPERSEDED = "superseded"
    SUBMITTING = "submitting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_RECEIVED = "not_received"


UNSETTLED = (DraftStatus.SUBMITTING, DraftStatus.UNKNOWN)


@dataclass(frozen=True)
class Draft:
    """One payment as it was read back; ``order`` is the body the billing system is sent."""

    id: str
    conversation: str
    status: DraftStatus
    order: dict[str, Any]
    idempotency_key: str
    reference: str | None
    told: bool

    @property
    def is_unsettled(self) -> bool:
        """Whether nobody knows yet what became of it."""
        return self.status in UNSETTLED


class DraftRow(Base):
    """A draft as it is stored."""

    __tablename__ = "payment_drafts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(96), index=True)
    status: Mapped[str] = mapped_column(String(16))
    order: Mapped[dict[str, Any]] = mapped_column(JSON)
    idempotency_key: Mapped[str] = mapped_column(String(36), unique=True)
    reference: Mapped[str | None] = mapped_column(String(16), default=None)
    told: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Drafts:
    """Keeps drafts; every change of status is one conditional update, so two of them never both win."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read_back(self, conversation: str, order: dict[str, Any]) -> Draft:
        """A new draft for an order about to be read back; earlier ones not yet authorised are void."""
        row = DraftRow(
            id=str(uuid4()),
            conversation=conversation,
            status=DraftStatus.READ_BACK,
            order=order,
            idempotency_key=str(uuid4()),
            changed_at=datetime.now(UTC),
        )
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(DraftRow)
                .where(DraftRow.conversation == conversation, DraftRow.status == DraftStatus.READ_BACK)
                .values(status=DraftStatus.SUPERSEDED)
            )
            session.add(row)
            session.flush()
            return _draft(row)

    def get(self, draft_id: str) -> Draft | None:
        """The draft of an id."""
        with Session(self._engine) as session:
            row = session.get(DraftRow, draft_id)
            return _draft(row) if row else None

    def authorise(self, draft_id: str) -> bool:
        """Committed before anything is sent; ``False`` if another yes was first or the draft is void."""
        return self._move(draft_id, (DraftStatus.READ_BACK, DraftStatus.NOT_RECEIVED), DraftStatus.SUBMITTING)

    def accepted(self, draft_id: str, reference: str, *, told: bool) -> None:
        """The billing system gave its reference; ``told`` if the customer hears it in this turn."""
        self._move(
            draft_id,
            (*UNSETTLED, DraftStatus.NOT_RECEIVED),
            DraftStatus.ACCEPTED,
            reference=reference,
            told=told,
        )

    def refused(self, draft_id: str) -> None:
        """The billing system said no; the order must be changed and read back again."""
        self._move(draft_id, UNSETTLED, DraftStatus.REFUSED)

    def unknown(self, draft_id: str) -> None:
        """No answer came: it may or may not have been received."""
        self._move(draft_id, UNSETTLED, DraftStatus.UNKNOWN)

    def not_received(self, draft_id: str) -> None:
        """Looked up by its key and not there; may be sent again under the same key after a new yes."""
        self._move(draft_id, UNSETTLED, DraftStatus.NOT_RECEIVED)

    def back_to_read_back(self, draft_id: str) -> None:
        """Refused for want of a fresh code only: the same order may be authorised again."""
        self._move(draft_id, UNSETTLED, DraftStatus.READ_BACK)

    def unsettled(self, conversation: str) -> list[Draft]:
        """Drafts whose outcome is not known."""
        return self._where(DraftRow.conversation == conversation, DraftRow.status.in_(UNSETTLED))

    def all_unsettled(self) -> list[Draft]:
        """The same of every conversation."""
        return self._where(DraftRow.status.in_(UNSETTLED))

    def news(self, conversation: str) -> list[Draft]:
        """Payments found accepted after the customer was told that their outcome was unknown."""
        untold = (DraftRow.status == DraftStatus.ACCEPTED, DraftRow.told.is_(False))
        return self._where(DraftRow.conversation == conversation, *untold)

    def tell(self, draft_id: str) -> None:
        """The customer has heard of the outcome."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(DraftRow).where(DraftRow.id == draft_id).values(told=True))

    def _where(self, *conditions: Any) -> list[Draft]:
        query = select(DraftRow).where(*conditions)
        with Session(self._engine) as session:
            return [_draft(row) for row in session.scalars(query.order_by(DraftRow.changed_at))]

    def _move(self, draft_id: str, before: tuple[DraftStatus, ...], after: DraftStatus, **values: Any) -> bool:
        change = (
            update(DraftRow)
            .where(DraftRow.id == draft_id, DraftRow.status.in_(before))
            .values(status=after, changed_at=datetime.now(UTC), **values)
        )
        with Session(self._engine) as session, session.begin():
            return session.connection().execute(change).rowcount == 1


def _draft(row: DraftRow) -> Draft:
    return Draft(
        id=row.id,
        conversation=row.conversation,
        status=DraftStatus(row.status),
        order=row.order,
        idempotency_key=row.idempotency_key,
        reference=row.reference,
        told=row.told,
    )
