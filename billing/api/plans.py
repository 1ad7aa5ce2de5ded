"""Promises to pay, in one instalment or several."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from billing.api import models
from billing.api.dependencies import Customers, Parts, Payers, create
from billing.api.documentation import documented
from billing.problems import Problem
from billing.rules.money import InvalidAmount, cents, written
from billing.rules.promises import Part
from billing.services import plans as service
from billing.services.invoices import own_account
from billing.storage.tables import PaymentPlan
from company import COMPANY

REFUSED = (
    "not-found",
    "role-not-allowed",
    "already-promised",
    "plan-too-many",
    "date-out-of-range",
    "plan-too-late",
    "plan-order",
    "plan-amount",
)

router = APIRouter(tags=["payment plans"])


@router.get("/payment-plans/options", **documented("not-found"))
def options(account: str, caller: Customers, system: Parts) -> models.PlanOptions:
    """What may be promised on an account now."""
    with system.database.read() as session:
        found = service.options(session, system.clock.today(), own_account(session, caller.customer, account))
    return models.PlanOptions(
        eligible=found.reason is None,
        reason=found.reason,
        at_most=COMPANY.instalments.at_most,
        last_day=found.last_day,
        total_due=written(found.due),
        total_overdue=written(found.overdue),
    )


@router.post("/payment-plans", status_code=201, response_model=models.PlanSeen, **documented(*REFUSED, creating=True))
async def promise(asked: models.PlanAsked, request: Request, caller: Payers, system: Parts) -> JSONResponse:
    """Promise to pay within the company's rules; needs an ``Idempotency-Key``."""
    parts = [Part(one.date, _amount(one.amount)) for one in asked.instalments]

    def work(session: Session) -> tuple[int, Any]:
        now = system.clock.now()
        plan = service.promise(session, now, caller.customer, asked.account, parts, asked.language, asked.conversation)
        return 201, _seen(plan).model_dump(mode="json")

    return await create(request, system, caller.customer.id, work)


@router.get("/payment-plans", **documented())
def plans(caller: Customers, system: Parts) -> models.PlanList:
    """What the customer has promised, newest first."""
    with system.database.read() as session:
        return models.PlanList(items=[_seen(one) for one in service.plans_of(session, caller.customer)])


def _amount(typed: str) -> int:
    try:
        return cents(typed)
    except InvalidAmount as invalid:
        raise Problem("plan-amount") from invalid


def _seen(plan: PaymentPlan) -> models.PlanSeen:
    return models.PlanSeen(
        number=plan.number,
        account=plan.account,
        instalments=[models.InstalmentSeen(date=one.day, amount=written(one.amount)) for one in plan.instalments],
        total=written(plan.total),
        status=plan.status,
        created_at=plan.created_at,
    )
