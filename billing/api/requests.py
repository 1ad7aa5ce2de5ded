"""Password resets and requests for a person: open to strangers too."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Header
from sqlalchemy import or_, select

from billing.api import models
from billing.api.dependencies import Parts, System, require_customer
from billing.services.identity import within_limit
from billing.services.links import PAGE_LIFE, make_link
from billing.services.outbox import language_of, write_mail
from billing.storage.tables import Account, ContactRequest, Customer
from billing.tokens import new_reference

router = APIRouter(tags=["requests"])

RESETS_AN_HOUR = 3


@router.post("/password-resets", status_code=202)
def reset_password(asked: models.ResetAsked, system: Parts, after: BackgroundTasks) -> dict[str, str]:
    """Have a one-time link sent to the e-mail on file; the answer says nothing about whether there is one."""
    after.add_task(_send_reset, system, asked.identifier.strip().lower())
    return {}


@router.post("/contact-requests", status_code=201)
def request_contact(
    asked: models.ContactAsked, system: Parts, x_customer_token: Annotated[str, Header()] = ""
) -> models.ContactOpened:
    """Ask for a person; with a customer's token they need not identify themselves again."""
    customer = require_customer(system, x_customer_token).customer.id if x_customer_token else None
    request = ContactRequest(
        number=new_reference("C-", 6),
        customer_id=customer,
        details=asked.model_dump(mode="json"),
        created_at=system.clock.now(),
    )
    with system.database.write() as session:
        session.add(request)
    return models.ContactOpened(number=request.number, created_at=request.created_at)


def _send_reset(system: System, identifier: str) -> None:
    """After the answer is out, so that how long it takes tells nobody whether the login exists."""
    now = system.clock.now()
    with system.database.write() as session:
        within = within_limit(session, now, f"reset:{identifier}", RESETS_AN_HOUR)
        query = select(Customer).outerjoin(Account, Account.customer_id == Customer.id)
        customer = session.scalar(query.where(or_(Customer.email == identifier, Account.number == identifier)).limit(1))
        if customer is None or customer.password_hash is None or not within:
            return
        token, _ = make_link(session, now, "reset", customer, language_of(customer))
        link = f"{system.settings.billing_public_url}/portal/reset/{token}"
        minutes = int(PAGE_LIFE.total_seconds() // 60)
        write_mail(session, now, customer, "password_reset", link=link, minutes=minutes, name=customer.name)
