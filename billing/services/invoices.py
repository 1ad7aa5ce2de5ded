"""Accounts and invoices as they stand now: paid, payable, overdue."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from billing.problems import not_found
from billing.storage.tables import Account, Customer, Dispute, Invoice, Payment, PaymentPart

COUNTED = ("submitted", "sent", "settled")  # payments that lower what is owed


@dataclass(frozen=True)
class Standing:
    """An invoice and what was paid on it; money in cents. ``disputed`` says that a dispute is open."""

    invoice: Invoice
    paid: int
    scheduled: int
    disputed: bool

    @property
    def balance(self) -> int:
        """Total less paid."""
        return self.invoice.total - self.paid

    @property
    def payable(self) -> int:
        """Balance less payments scheduled for later: what another payment may take."""
        return self.balance - self.scheduled

    def days_overdue(self, today: date) -> int:
        """Days past due with something owed, else 0."""
        return max((today - self.invoice.due).days, 0) if self.balance > 0 else 0

    def status(self, today: date) -> str:
        """``paid``, ``overdue`` or ``open``."""
        if self.balance <= 0:
            return "paid"
        return "overdue" if self.invoice.due < today else "open"


def accounts_of(session: Session, customer: Customer) -> list[str]:
    """The numbers of a customer's accounts."""
    return list(
        session.scalars(select(Account.number).where(Account.customer_id == customer.id).order_by(Account.number))
    )


def own_account(session: Session, customer: Customer, number: str) -> str:
    """An account that is the customer's; raises ``not-found``."""
    if number not in accounts_of(session, customer):
        raise not_found()
    return number


def standings(session: Session, accounts: Collection[str], numbers: Collection[str] | None = None) -> list[Standing]:
    """Every invoice of some accounts, or those named, as they stand."""
    query = (
        select(
            Invoice,
            func.coalesce(func.sum(case((Payment.status.in_(COUNTED), PaymentPart.amount), else_=0)), 0),
            func.coalesce(func.sum(case((Payment.status == "scheduled", PaymentPart.amount), else_=0)), 0),
            exists().where(Dispute.invoice == Invoice.number, Dispute.status == "open"),
        )
        .outerjoin(PaymentPart, PaymentPart.invoice == Invoice.number)
        .outerjoin(Payment, Payment.reference == PaymentPart.payment)
        .where(Invoice.account.in_(accounts))
        .group_by(Invoice.number)
    )
    if numbers is not None:
        query = query.where(Invoice.number.in_(numbers))
    return [
        Standing(invoice, invoice.paid_before + int(paid), int(scheduled), bool(disputed))
        for invoice, paid, scheduled, disputed in session.execute(query)
    ]


def own_standing(session: Session, customer: Customer, number: str) -> Standing:
    """One invoice of the customer's; raises ``not-found``."""
    found = standings(session, accounts_of(session, customer), [number])
    if not found:
        raise not_found()
    return found[0]


def of_status(every: Iterable[Standing], status: str, today: date) -> list[Standing]:
    """``open`` means unpaid, overdue or not; ``all`` means all."""
    wanted = {"open": ("open", "overdue"), "overdue": ("overdue",), "paid": ("paid",)}
    if status == "all":
        return list(every)
    return [one for one in every if one.status(today) in wanted[status]]


def previous(session: Session, invoice: Invoice) -> Invoice | None:
    """The invoice of the same account issued before."""
    return session.scalar(
        select(Invoice)
        .where(Invoice.account == invoice.account, Invoice.issued < invoice.issued)
        .order_by(Invoice.issued.desc())
        .limit(1)
    )
