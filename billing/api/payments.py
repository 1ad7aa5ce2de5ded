"""Payments."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.api import models, views
from billing.api.cursors import page_of
from billing.api.dependencies import Customers, Parts, Payers, Spoken, create
from billing.api.documentation import documented
from billing.problems import not_found
from billing.services import payments as service
from billing.storage.tables import Payment, PaymentPart

PaymentStatus = Literal["scheduled", "submitted", "sent", "settled", "returned", "cancelled"]

REFUSED = (
    "not-found",
    "role-not-allowed",
    "fresh-verification-required",
    "bank-account-not-authorized",
    "date-out-of-range",
    "amount-invalid",
    "amount-above-due",
    "invoice-paid",
)

router = APIRouter(tags=["payments"])


@router.post("/payments", status_code=201, response_model=models.PaymentSeen, **documented(*REFUSED, creating=True))
async def pay(
    asked: models.PaymentAsked, request: Request, caller: Payers, system: Parts, spoken: Spoken
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


@router.get("/payments", **documented())
def payments(
    caller: Customers,
    system: Parts,
    spoken: Spoken,
    account: str | None = None,
    status: PaymentStatus | None = None,
    invoice: str | None = None,
    first: Annotated[models.Day | None, Query(alias="from")] = None,
    last: Annotated[models.Day | None, Query(alias="to")] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> models.PaymentList:
    """The customer's payments, newest first; ``from`` and ``to`` are payment dates."""
    query = select(Payment).where(Payment.customer_id == caller.customer.id)
    if account is not None:
        query = query.where(Payment.account == account)
    if status is not None:
        query = query.where(Payment.status == status)
    if invoice is not None:
        query = query.where(Payment.parts.any(PaymentPart.invoice == invoice))
    query = query.where(Payment.day.between(first or date.min, last or date.max))
    with system.database.read() as session:
        found = session.scalars(query.order_by(Payment.created_at.desc(), Payment.reference)).all()
        items, next_cursor = page_of(found, cursor, limit)
        return models.PaymentList(items=[views.payment_seen(one, spoken) for one in items], next_cursor=next_cursor)


@router.get("/payments/by-idempotency-key/{key}", **documented("not-found"))
def payment_by_key(key: str, caller: Customers, system: Parts, spoken: Spoken) -> models.PaymentSeen:
    """The payment made under a key, for whoever got no answer."""
    query = select(Payment).where(Payment.customer_id == caller.customer.id, Payment.idempotency_key == key)
    with system.database.read() as session:
        payment = session.scalar(query)
        if payment is None:
            raise not_found()
        return views.payment_seen(payment, spoken)


@router.get("/payments/{reference}", **documented("not-found"))
def payment(reference: str, caller: Customers, system: Parts, spoken: Spoken) -> models.PaymentSeen:
    """One payment."""
    with system.database.read() as session:
        return views.payment_seen(service.own_payment(session, caller.customer, reference), spoken)


@router.post(
    "/payments/{reference}/cancellation",
    response_model=models.PaymentSeen,
    **documented("not-found", "role-not-allowed", "already-sent", creating=True),
)
async def cancel(reference: str, request: Request, caller: Payers, system: Parts, spoken: Spoken) -> JSONResponse:
    """Stop a payment that has not left for the bank; needs an ``Idempotency-Key``."""

    def work(session: Session) -> tuple[int, Any]:
        payment = service.cancel(session, system.clock.now(), caller.customer, reference)
        return 200, views.payment_seen(payment, spoken).model_dump(mode="json")

    return await create(request, system, caller.customer.id, work)
