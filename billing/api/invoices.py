"""Accounts, invoices and their documents."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.api import models, views
from billing.api.cursors import page_of
from billing.api.dependencies import Caller, Customers, Parts
from billing.api.documentation import documented
from billing.portal.titles import document_title
from billing.rules.money import written
from billing.services.invoices import (
    accounts_of,
    of_status,
    own_account,
    own_standing,
    previous,
    standings,
)
from billing.services.links import make_link
from billing.services.outbox import language_of
from billing.storage.tables import Invoice, Payment, PaymentPart
from company import COMPANY

router = APIRouter(tags=["invoices"])

_SORTS = {
    "due": (lambda one: (one.invoice.due, one.invoice.number), False),
    "-due": (lambda one: (one.invoice.due, one.invoice.number), True),
    "-issued": (lambda one: (one.invoice.issued, one.invoice.number), True),
    "balance": (lambda one: (one.balance, one.invoice.number), False),
    "-balance": (lambda one: (-one.balance, one.invoice.due, one.invoice.number), False),  # of equals the oldest
    "-total": (lambda one: (one.invoice.total, one.invoice.number), True),
}


@router.get("/accounts", **documented())
def accounts(caller: Customers, system: Parts) -> models.AccountList:
    """Every account of the customer with what is owed on it."""
    with system.database.read() as session:
        return models.AccountList(
            items=[
                _account(session, caller, number, system.clock.today())
                for number in accounts_of(session, caller.customer)
            ]
        )


@router.get("/accounts/{number}", **documented("not-found"))
def account(number: str, caller: Customers, system: Parts) -> models.AccountSeen:
    """One account."""
    with system.database.read() as session:
        return _account(session, caller, own_account(session, caller.customer, number), system.clock.today())


@router.get("/accounts/{number}/ageing", **documented("not-found"))
def ageing(number: str, caller: Customers, system: Parts) -> models.AgeingSeen:
    """What is owed on an account by how long it has been overdue."""
    with system.database.read() as session:
        found = standings(session, [own_account(session, caller.customer, number)])
        return views.ageing_seen(number, found, system.clock.today())


@router.get("/invoices", **documented("not-found"))
def invoices(
    caller: Customers,
    system: Parts,
    account: str | None = None,
    status: Literal["open", "overdue", "paid", "all"] = "all",
    issued_from: Annotated[models.Day | None, Query(alias="from")] = None,
    issued_to: Annotated[models.Day | None, Query(alias="to")] = None,
    sort: Literal["due", "-due", "-issued", "balance", "-balance", "-total"] = "due",
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> models.InvoiceList:
    """Invoices by status and by the days they were issued, a page at a time."""
    today = system.clock.today()
    with system.database.read() as session:
        numbers = accounts_of(session, caller.customer)
        if account is not None:
            numbers = [own_account(session, caller.customer, account)]
        found = of_status(standings(session, numbers), status, today)
    first, last = issued_from or date.min, issued_to or date.max
    key, descending = _SORTS[sort]
    found = sorted((one for one in found if first <= one.invoice.issued <= last), key=key, reverse=descending)
    items, next_cursor = page_of(found, cursor, limit)
    return models.InvoiceList(
        items=[views.invoice_seen(one, today) for one in items],
        next_cursor=next_cursor,
        total_count=len(found),
        total_balance=written(sum(one.balance for one in found)),
        currency=COMPANY.currency,
    )


@router.get("/invoices/{number}", **documented("not-found"))
def invoice(number: str, caller: Customers, system: Parts) -> models.InvoiceExplained:
    """One invoice with its lines, taxes, payments and the invoice before it."""
    with system.database.read() as session:
        one = own_standing(session, caller.customer, number)
        return views.invoice_explained(
            one,
            caller.customer.province,
            _payments_on(session, one.invoice),
            previous(session, one.invoice),
            system.clock.today(),
        )


@router.post("/document-links", status_code=201, **documented("not-found"))
def document_link(asked: models.DocumentsAsked, caller: Customers, system: Parts) -> models.DocumentLinkMade:
    """A one-time link to the PDF of one invoice, or to a zip of several; good for 15 minutes."""
    language = asked.language or language_of(caller.customer)
    numbers = list(dict.fromkeys(asked.invoices))
    with system.database.write() as session:
        for number in numbers:
            own_standing(session, caller.customer, number)
        token, until = make_link(
            session,
            system.clock.now(),
            "document",
            caller.customer,
            language,
            invoices=numbers,
            delivery=asked.delivery,
        )
    return models.DocumentLinkMade(
        url=f"{system.settings.billing_public_url}/d/{token}",
        expires_at=until,
        title=document_title(numbers, language),
        media_type="application/pdf" if len(numbers) == 1 else "application/zip",
    )


def _account(session: Session, caller: Caller, number: str, today: date) -> models.AccountSeen:
    return views.account_seen(number, caller.customer.language, standings(session, [number]), today)


def _payments_on(session: Session, invoice: Invoice) -> list[models.InvoicePayment]:
    rows = session.execute(
        select(Payment, PaymentPart.amount)
        .join(PaymentPart, PaymentPart.payment == Payment.reference)
        .where(PaymentPart.invoice == invoice.number)
        .order_by(Payment.created_at)
    )
    return [
        models.InvoicePayment(
            reference=payment.reference, date=payment.day, amount=written(amount), status=payment.status
        )
        for payment, amount in rows
    ]
