"""Notices about invoices: one when an invoice is ready, one when it is due soon, one when it has become overdue."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.rules.money import written
from billing.services.invoices import Standing, accounts_of, standings
from billing.services.plans import active_plan
from billing.services.preferences import tell, wants
from billing.storage.tables import Account, Customer, Invoice
from company import COMPANY

NEWS_FOR = timedelta(days=7)  # an invoice older than that is no news: it was there before notices were chosen
REMINDED = timedelta(days=3)  # before the due date


@dataclass(frozen=True)
class Notice:
    """A notice that was sent."""

    kind: Literal["invoice_ready", "overdue"]
    sent_at: datetime


def send_notices(session: Session, now: datetime, public_url: str) -> None:
    """Tell whoever e-billing covers, wants to be told and has not been told yet, each thing once."""
    today = now.astimezone(COMPANY.zone).date()
    for account in _accounts_to_look_at(session, today):
        customer = session.get_one(Customer, account.customer_id)
        found = standings(session, [account.number])
        _announce(session, now, public_url, customer, [one for one in found if _is_news(one, today)])
        if active_plan(session, account.number) is None:
            _remind(session, now, public_url, customer, [one for one in found if _is_due_soon(one, today)])
            _chase(session, now, public_url, customer, [one for one in found if _is_to_be_chased(one, today)])


def last_notice(session: Session, customer: Customer) -> Notice | None:
    """The last notice by e-mail about any invoice of the customer's."""
    query = select(Invoice.announced_at, Invoice.chased_at).where(Invoice.account.in_(accounts_of(session, customer)))
    sent = []
    for announced, chased in session.execute(query):
        sent += [Notice("invoice_ready", announced)] if announced and wants(customer, "email", "invoice_ready") else []
        sent += [Notice("overdue", chased)] if chased and wants(customer, "email", "overdue") else []
    return max(sent, key=lambda notice: notice.sent_at, default=None)


def _accounts_to_look_at(session: Session, today: date) -> list[Account]:
    waiting = select(Invoice.account).where(
        (Invoice.announced_at.is_(None) & Invoice.issued.between(today - NEWS_FOR, today))
        | (Invoice.reminded_at.is_(None) & Invoice.due.between(today, today + REMINDED))
        | (Invoice.chased_at.is_(None) & (Invoice.due < today) & (Invoice.total > Invoice.paid_before))
    )
    covered = Account.number.startswith(COMPANY.ebilling_account_prefix)
    query = select(Account).where(Account.number.in_(waiting), covered).order_by(Account.number)
    return list(session.scalars(query.with_for_update(of=Account)))


def _is_news(one: Standing, today: date) -> bool:
    return one.invoice.announced_at is None and today - NEWS_FOR <= one.invoice.issued <= today


def _is_due_soon(one: Standing, today: date) -> bool:
    soon = today <= one.invoice.due <= today + REMINDED
    return soon and one.invoice.reminded_at is None and _is_to_be_paid(one)


def _is_to_be_chased(one: Standing, today: date) -> bool:
    return one.invoice.chased_at is None and one.status(today) == "overdue" and _is_to_be_paid(one)


def _is_to_be_paid(one: Standing) -> bool:
    """Something is left that no payment is coming for, and nobody disputes it."""
    return one.payable > 0 and not one.disputed


def _announce(session: Session, now: datetime, public_url: str, customer: Customer, news: list[Standing]) -> None:
    for one in news:
        values = {"number": one.invoice.number, "total": written(one.invoice.total), "due": one.invoice.due}
        if tell(session, now, public_url, customer, "invoice_ready", [one], name=customer.name, **values):
            one.invoice.announced_at = now


def _remind(session: Session, now: datetime, public_url: str, customer: Customer, soon: list[Standing]) -> None:
    for due in sorted({one.invoice.due for one in soon}):
        those = [one for one in soon if one.invoice.due == due]
        if tell(session, now, public_url, customer, "due_soon", those, name=customer.name, due=due, **_owed(those)):
            for one in those:
                one.invoice.reminded_at = now


def _chase(session: Session, now: datetime, public_url: str, customer: Customer, overdue: list[Standing]) -> None:
    if overdue and tell(session, now, public_url, customer, "overdue", overdue, name=customer.name, **_owed(overdue)):
        for one in overdue:
            one.invoice.chased_at = now


def _owed(those: Collection[Standing]) -> dict[str, Any]:
    invoices = [{"number": one.invoice.number, "amount": written(one.balance)} for one in those]
    return {"invoices": invoices, "total": written(sum(one.balance for one in those))}
