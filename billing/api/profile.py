"""What customers set for themselves: language, e-mail or paper, their address."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from billing.api import models
from billing.api.dependencies import Administrators, Caller, Customers, Parts, System, create
from billing.api.documentation import documented
from billing.rules.addresses import masked, masked_phone
from billing.services.email_changes import begin_change, pending_change
from billing.services.identity import check_fresh
from billing.services.invoices import accounts_of
from billing.services.notices import last_notice
from billing.services.profile import change_profile
from billing.storage.tables import Customer
from company import COMPANY

EMAIL_REFUSED = (
    "role-not-allowed",
    "fresh-verification-required",
    "email-invalid",
    "email-unchanged",
    "too-many-requests",
)

router = APIRouter(tags=["profile"])


@router.get("/profile", **documented())
def profile(caller: Customers, system: Parts) -> models.ProfileSeen:
    """What the customer set, and what this login may do."""
    with system.database.read() as session:
        return _seen(session, system, caller, caller.customer)


@router.patch("/profile", **documented("role-not-allowed"))
def change(asked: models.ProfileChange, caller: Administrators, system: Parts) -> models.ProfileSeen:
    """Change the language of invoices and letters, e-mail or paper (a letter confirms each), or the notices wanted."""
    with system.database.write() as session:
        wanted = asked.notify or models.NotifyChange()
        customer = change_profile(
            session,
            system.clock.now(),
            caller.customer.id,
            asked.language,
            asked.invoices_by,
            {"email": wanted.email, "sms": wanted.sms},
        )
        return _seen(session, system, caller, customer)


@router.post(
    "/email-changes",
    status_code=202,
    response_model=models.EmailChangeBegun,
    **documented(*EMAIL_REFUSED, creating=True),
)
async def change_email(
    asked: models.EmailChangeAsked, request: Request, caller: Administrators, system: Parts
) -> JSONResponse:
    """Have a one-time link sent to a new address; needs a fresh verification and an ``Idempotency-Key``."""

    def work(session: Session) -> tuple[int, Any]:
        now = system.clock.now()
        check_fresh(caller.token, now)
        email, until = begin_change(
            session, now, caller.customer, asked.email, asked.language, system.settings.billing_public_url
        )
        begun = models.EmailChangeBegun(email_masked=masked(email), expires_at=until)
        return 202, begun.model_dump(mode="json")

    return await create(request, system, caller.customer.id, work)


def _seen(session: Session, system: System, caller: Caller, customer: Customer) -> models.ProfileSeen:
    notice, pending = last_notice(session, customer), pending_change(session, system.clock.now(), customer)
    return models.ProfileSeen(
        name=customer.name,
        language=customer.language,
        email_masked=masked(customer.email),
        phone_masked=masked_phone(customer.phone),
        invoices_by=customer.invoices_by,
        paper_fee=str(COMPANY.paper_invoice_fee),
        accounts=accounts_of(session, customer),
        role=caller.role,
        notify=models.Notify(email=customer.notify_email, sms=customer.notify_sms),
        last_notice=models.NoticeSeen(kind=notice.kind, sent_at=notice.sent_at) if notice else None,
        pending_email_masked=masked(pending) if pending else None,
    )
