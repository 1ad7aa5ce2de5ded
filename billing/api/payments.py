"""Bank accounts, debit authorizations and payments."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.ach.wording import authorization_version
from billing.api import models, views
from billing.api.cursors import page_of
from billing.api.dependencies import Customers, Parts, Spoken, create
from billing.problems import not_found
from billing.services import payments as service
from billing.services.invoices import accounts_of, own_account
from billing.services.links import make_link
from billing.services.outbox import language_of
from billing.storage.tables import BankAccount, Payment

router = APIRouter(tags=["payments"])


@router.get("/bank-accounts")
def bank_accounts(caller: Customers, system: Parts, account: str | None = None) -> models.BankAccountList:
    """The bank accounts payments can be drawn on."""
    with system.database.read() as session:
        numbers = accounts_of(session, caller.customer)
        if account is not None:
            numbers = [own_account(session, caller.customer, account)]
        query = select(BankAccount).where(BankAccount.account.in_(numbers)).order_by(BankAccount.label)
        return models.BankAccountList(items=[views.bank_account_seen(one) for one in session.scalars(query)])


@router.post("/bank-account-links", status_code=201)
def bank_account_link(asked: models.BankAccountLinkAsked, caller: Customers, system: Parts) -> models.LinkMade:
    """A one-time link to the portal's bank-account page."""
    with system.database.write() as session:
        account = own_account(session, caller.customer, asked.account)
        token, until = make_link(
            session,
            system.clock.now(),
            "bank_account",
            caller.customer,
            language_of(caller.customer),
            account=account,
        )
    return models.LinkMade(url=f"{system.settings.billing_public_url}/portal/bank-account/{token}", expires_at=until)


@router.get("/debit-authorizations/text")
def authorization_text(
    bank_account: str, caller: Customers, system: Parts, language: models.SpokenLanguage = "fr"
) -> models.AuthorizationShown:
    """The debit authorization of a bank account, to be shown in full before consent."""
    with system.database.read() as session:
        text = service.authorization_text(session, caller.customer, bank_account, language, system.clock.today())
    return models.AuthorizationShown(version=authorization_version(), language=language, text=text)


@router.post("/debit-authorizations", status_code=201, response_model=models.AuthorizationKept)
async def authorize(
    given: models.AuthorizationGiven, request: Request, caller: Customers, system: Parts
) -> JSONResponse:
    """Keep a consent with its evidence; needs an ``Idempotency-Key``."""

    def work(session: Session) -> tuple[int, Any]:
        kept = service.authorize_debits(
            session,
            system.clock.now(),
            caller.customer,
            given.bank_account,
            given.version,
            given.language,
            given.evidence,
        )
        seen = models.AuthorizationKept(id=kept.id, bank_account=kept.bank_account, authorized_at=kept.authorized_at)
        return 201, seen.model_dump(mode="json")

    return await create(request, system, caller.customer.id, work)


@router.post("/payments", status_code=201, response_model=models.PaymentSeen)
async def pay(
    asked: models.PaymentAsked, request: Request, caller: Customers, system: Parts, spoken: Spoken
) -> JSONResponse:
    """Submit a payment; needs an ``Idempotency-Key``, under which it happens once."""
    order = service.Order(
        account=asked.account,
        bank_account=asked.bank_account,
        day=asked.date,
        allocations=tuple((part.invoice, part.amount) for part in asked.allocations),
    )

    def work(session: Session) -> tuple[int, Any]:
        key = request.headers["Idempotency-Key"]
        payment = service.submit(session, system.clock.now(), caller.token, caller.customer, order, key)
        return 201, views.payment_seen(payment, spoken).model_dump(mode="json")

    return await create(request, system, caller.customer.id, work)


@router.get("/payments")
def payments(
    caller: Customers,
    system: Parts,
    spoken: Spoken,
    account: str | None = None,
    status: str | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> models.PaymentList:
    """The customer's payments, newest first."""
    query = select(Payment).where(Payment.customer_id == caller.customer.id)
    if account is not None:
        query = query.where(Payment.account == account)
    if status is not None:
        query = query.where(Payment.status == status)
    with system.database.read() as session:
        found = session.scalars(query.order_by(Payment.created_at.desc())).all()
        items, next_cursor = page_of(found, cursor, limit)
        return models.PaymentList(items=[views.payment_seen(one, spoken) for one in items], next_cursor=next_cursor)


@router.get("/payments/by-idempotency-key/{key}")
def payment_by_key(key: str, caller: Customers, system: Parts, spoken: Spoken) -> models.PaymentSeen:
    """The payment made under a key, for whoever got no answer."""
    query = select(Payment).where(Payment.customer_id == caller.customer.id, Payment.idempotency_key == key)
    with system.database.read() as session:
        payment = session.scalar(query)
        if payment is None:
            raise not_found()
        return views.payment_seen(payment, spoken)


@router.get("/payments/{reference}")
def payment(reference: str, caller: Customers, system: Parts, spoken: Spoken) -> models.PaymentSeen:
    """One payment."""
    with system.database.read() as session:
        return views.payment_seen(service.own_payment(session, caller.customer, reference), spoken)


@router.post("/payments/{reference}/cancellation", response_model=models.PaymentSeen)
async def cancel(reference: str, request: Request, caller: Customers, system: Parts, spoken: Spoken) -> JSONResponse:
    """Stop a payment that has not left for the bank; needs an ``Idempotency-Key``."""

    def work(session: Session) -> tuple[int, Any]:
        payment = service.cancel(session, system.clock.now(), caller.customer, reference)
        return 200, views.payment_seen(payment, spoken).model_dump(mode="json")

    return await create(request, system, caller.customer.id, work)
