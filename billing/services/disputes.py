"""Objections to invoices: a case each, and no notice about the invoice while it is open."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.problems import Problem
from billing.rules.money import written
from billing.services.invoices import own_standing
from billing.services.outbox import write_mail
from billing.services.payments import amount_of
from billing.storage.tables import Customer, Dispute, Invoice
from billing.tokens import new_reference
from company import Language


@dataclass(frozen=True)
class Objection:
    """A dispute asked for; ``amount`` as a string of dollars, ``None`` for the whole invoice."""

    invoice: str
    reason: str
    amount: str | None
    details: str
    language: Language
    conversation: str


def open_dispute(session: Session, now: datetime, customer: Customer, asked: Objection) -> Dispute:
    """Raises ``not-found``, ``amount-invalid``, ``amount-above-total``, ``already-disputed``.

    A paid invoice can be disputed too.
    """
    invoice = own_standing(session, customer, asked.invoice).invoice
    session.execute(select(Invoice).where(Invoice.number == invoice.number).with_for_update())
    amount = amount_of(asked.amount) if asked.amount is not None else None
    if amount is not None and amount > invoice.total:
        raise Problem("amount-above-total", invoice=invoice.number, total=written(invoice.total))
    before = session.scalar(select(Dispute.number).where(Dispute.invoice == invoice.number, Dispute.status == "open"))
    if before is not None:
        raise Problem("already-disputed", number=before)
    dispute = Dispute(
        number=new_reference("D-", 6),
        customer_id=customer.id,
        invoice=invoice.number,
        reason=asked.reason,
        amount=amount,
        details=asked.details,
        language=asked.language,
        conversation=asked.conversation,
        status="open",
        created_at=now,
    )
    session.add(dispute)
    _confirm(session, now, customer, dispute)
    return dispute


def disputes_of(session: Session, customer: Customer) -> list[Dispute]:
    """Newest first."""
    query = select(Dispute).where(Dispute.customer_id == customer.id)
    return list(session.scalars(query.order_by(Dispute.created_at.desc(), Dispute.number)))


def _confirm(session: Session, now: datetime, customer: Customer, dispute: Dispute) -> None:
    write_mail(
        session,
        now,
        customer,
        "dispute_opened",
        number=dispute.number,
        invoice=dispute.invoice,
        reason=dispute.reason,
        amount=written(dispute.amount) if dispute.amount is not None else None,
        name=customer.name,
    )
