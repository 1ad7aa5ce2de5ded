"""Notices about invoices: one when an invoice is ready, one when it has become overdue."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.rules.money import written
from billing.services.invoices import Standing, accounts_of, standings
from billing.services.outbox import write_mail
from billing.services.plans import active_plan
from billing.storage.tables import Account, Customer, Invoice
from company import COMPANY

NEWS_FOR = timedelta(days=7)  # an invoice older than that is no news: it was there before e-mail was chosen


@dataclass(frozen=True)
class Notice:
    """A notice that was sent."""

    kind: Literal["invoice_ready", "overdue"]
    sent_at: datetime


def send_notices(session: Session, now: datetime) -> None:
    """Tell whoever e-billing covers and has not been told yet."""
    today = now.astimezone(COMPANY.zone).date()
    for account in _accounts_to_look_at(session, today):
        customer = session.get_one(Customer, account.customer_id)
        found = standings(session, [account.number])
        if customer.invoices_by == "email":
            _announce(session, now, customer, [one for one in found if _is_news(one, today)])
        if active_plan(session, account.number) is None:
            _chase(session, now, customer, [one for one in found if _is_to_be_chased(one, today)])


def last_notice(session: Session, customer: Customer) -> Notice | None:
    """The last notice about any invoice of the customer's."""
    query = select(Invoice.announced_at, Invoice.chased_at).where(Invoice.account.in_(accounts_of(session, customer)))
    sent = []
    for announced, chased in session.execute(query):
        sent += [Notice("invoice_ready", announced)] if announced else []
        sent += [Notice("overdue", chased)] if chased else []
    return max(sent, key=lambda notice: notice.sent_at, default=None)


def _accounts_to_look_at(session: Session, today: date) -> list[Account]:
    waiting = select(Invoice.account).where(
        (Invoice.announced_at.is_(None) & Invoice.issued.between(today - NEWS_FOR, today))
        | (Invoice.chased_at.is_(None) & (Invoice.due < today) & (Invoice.total > Invoice.paid_before))
    )
    covered = Account.number.startswith(COMPANY.ebilling_account_prefix)
    query = select(Account).where(Account.number.in_(waiting), covered).order_by(Account.number)
    return list(session.scalars(query.with_for_update(of=Account)))


def _is_news(one: Standing, today: date) -> bool:
    return one.invoice.announced_at is None and today - NEWS_FOR <= one.invoice.issued <= today


def _is_to_be_chased(one: Standing, today: date) -> bool:
    """Overdue with something left that no payment is coming for, not disputed, and not said before."""
    return one.invoice.chased_at is None and one.status(today) == "overdue" and one.payable > 0 and not one.disputed


def _announce(session: Session, now: datetime, customer: Customer, news: list[Standing]) -> None:
    for one in news:
        one.invoice.announced_at = now
        write_mail(
            session,
            now,
            customer,
            "invoice_ready",
            number=one.invoice.number,
            total=written(one.invoice.total),
            due=one.invoice.due,
            name=customer.name,
        )


def _chase(session: Session, now: datetime, customer: Customer, overdue: list[Standing]) -> None:
    if not overdue:
        return
    for one in overdue:
        one.invoice.chased_at = now
    invoices = [{"number": one.invoice.number, "amount": written(one.balance)} for one in overdue]
    write_mail(session, now, customer, "invoice_overdue", name=customer.name, invoices=invoices)
