"""What time does to payments: scheduled → submitted → sent → settled, or returned and owed again."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.ach.returns import remedy_of
from billing.rules.money import written
from billing.services.invoices import standings
from billing.services.payments import invoices_of
from billing.services.preferences import tell
from billing.storage.tables import Customer, Payment
from company import COMPANY

# The demo's bank: these cents come back with these codes (contract, http.md).
_RETURNED_CENTS = {13: "R01", 17: "R02", 29: "R29"}


def move_on(session: Session, now: datetime, public_url: str) -> int:
    """Bring every payment to where it is at ``now``; how many changed."""
    changed = 0
    waiting = select(Payment).where(Payment.status.in_(("scheduled", "submitted", "sent"))).with_for_update(of=Payment)
    for payment in session.scalars(waiting.order_by(Payment.created_at)):
        before = payment.status
        _move(session, now, payment, public_url)
        changed += payment.status != before
    return changed


def _move(session: Session, now: datetime, payment: Payment, public_url: str) -> None:
    if payment.status == "scheduled" and payment.day <= now.astimezone(COMPANY.zone).date():
        payment.status = "submitted"
    if payment.status == "submitted" and payment.send_at <= now:
        payment.status = "sent"
    if payment.status == "sent" and payment.settle_at <= now:
        _arrive(session, now, payment, public_url)


def _arrive(session: Session, now: datetime, payment: Payment, public_url: str) -> None:
    customer = session.get_one(Customer, payment.customer_id)
    numbers = [part.invoice for part in payment.parts]
    facts: dict[str, Any] = {"reference": payment.reference, "amount": written(payment.amount)}
    code = _RETURNED_CENTS.get(payment.amount % 100)
    if code is None:
        payment.status = "settled"
        tell(session, now, public_url, customer, "payment_settled", [], **facts)
        return
    payment.status, payment.return_code = "returned", code
    remedy = remedy_of(code)
    if remedy != "retry" and payment.bank.status == "active":
        payment.bank.status = "disabled"
    facts |= {"reason": code, "remedy": remedy, "invoices": invoices_of(payment)}
    session.flush()  # what is owed again counts from here
    about = standings(session, [payment.account], numbers)
    tell(session, now, public_url, customer, "payment_returned", about, **facts)
