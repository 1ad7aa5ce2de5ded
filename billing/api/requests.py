"""Forgotten passwords, enrolment and requests for a person: open to strangers too."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from billing.api import models
from billing.api.dependencies import Parts, System, create, require_customer
from billing.api.documentation import documented
from billing.problems import Problem
from billing.services.enrolment import enrol, is_covered
from billing.services.resets import send_reset
from billing.storage.tables import ContactRequest
from billing.tokens import new_reference

router = APIRouter(tags=["requests"])

STRANGERS = "strangers"  # whose idempotency keys are those of callers without a customer


@router.post("/password-resets", status_code=202, **documented(customer=False))
def reset_password(asked: models.ResetAsked, system: Parts, after: BackgroundTasks) -> dict[str, str]:
    """Have a one-time link sent to the e-mail on file; the answer says nothing about whether there is one."""
    after.add_task(_send_reset, system, asked.identifier.strip().lower())
    return {}


@router.post("/enrolments", status_code=202, **documented("account-not-covered", customer=False))
def request_enrolment(asked: models.EnrolmentAsked, system: Parts, after: BackgroundTasks) -> dict[str, str]:
    """Have the e-mail on file invited, or told how to sign in; the answer says nothing about whether there is one."""
    if not is_covered(asked.account_number):
        raise Problem("account-not-covered")
    after.add_task(_enrol, system, asked.account_number)
    return {}


@router.post("/contact-requests", status_code=201, response_model=models.ContactOpened, **documented(creating=True))
async def request_contact(
    asked: models.ContactAsked, request: Request, system: Parts, x_customer_token: Annotated[str, Header()] = ""
) -> JSONResponse:
    """Ask for a person; with a customer's token they need not identify themselves again.

    Needs an ``Idempotency-Key``.
    """
    customer = await _customer(system, x_customer_token)
    identity = _identity(customer, asked)

    def work(session: Session) -> tuple[int, Any]:
        kept = ContactRequest(
            number=new_reference("C-", 6),
            customer_id=customer,
            details=asked.model_dump(mode="json", by_alias=True) | {"identity": identity},
            created_at=system.clock.now(),
        )
        session.add(kept)
        opened = models.ContactOpened(number=kept.number, identity=identity, created_at=kept.created_at)
        return 201, opened.model_dump(mode="json")

    return await create(request, system, customer or STRANGERS, work)


async def _customer(system: System, token: str) -> str | None:
    """Who a token stands for, if there is one; raises ``customer-unauthorised`` for one that is over."""
    return (await run_in_threadpool(require_customer, system, token)).customer.id if token else None


def _identity(customer: str | None, asked: models.ContactAsked) -> Literal["verified", "claimed", "none"]:
    if customer is not None:
        return "verified"
    return "claimed" if asked.reachable_at else "none"


def _send_reset(system: System, identifier: str) -> None:
    """After the answer is out, so that how long it takes tells nobody whether the login exists."""
    with system.database.write() as session:
        send_reset(session, system.clock.now(), identifier, system.settings.billing_public_url)


def _enrol(system: System, account: str) -> None:
    """After the answer is out, as above."""
    with system.database.write() as session:
        enrol(session, system.clock.now(), account, system.settings.billing_public_url)
