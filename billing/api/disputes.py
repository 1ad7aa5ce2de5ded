"""Objections to invoices."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from billing.api import models
from billing.api.dependencies import Customers, Parts, Payers, create
from billing.api.documentation import documented
from billing.rules.money import written
from billing.services import disputes as service
from billing.storage.tables import Dispute

router = APIRouter(tags=["disputes"])


@router.post(
    "/disputes",
    status_code=201,
    response_model=models.DisputeSeen,
    **documented(
        "not-found", "role-not-allowed", "amount-invalid", "amount-above-total", "already-disputed", creating=True
    ),
)
async def open_dispute(asked: models.DisputeAsked, request: Request, caller: Payers, system: Parts) -> JSONResponse:
    """Object to an invoice, paid or not; needs an ``Idempotency-Key``."""
    objection = service.Objection(**asked.model_dump())

    def work(session: Session) -> tuple[int, Any]:
        dispute = service.open_dispute(session, system.clock.now(), caller.customer, objection)
        return 201, _seen(dispute).model_dump(mode="json")

    return await create(request, system, caller.customer.id, work)


@router.get("/disputes", **documented())
def disputes(caller: Customers, system: Parts) -> models.DisputeList:
    """The customer's disputes, newest first."""
    with system.database.read() as session:
        return models.DisputeList(items=[_seen(one) for one in service.disputes_of(session, caller.customer)])


def _seen(dispute: Dispute) -> models.DisputeSeen:
    return models.DisputeSeen(
        number=dispute.number,
        invoice=dispute.invoice,
        reason=dispute.reason,
        amount=None if dispute.amount is None else written(dispute.amount),
        status=dispute.status,
        created_at=dispute.created_at,
    )
