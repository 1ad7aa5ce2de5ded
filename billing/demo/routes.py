"""The demo's own routes (contract, http.md); mounted in demo mode only."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from sqlalchemy import select

from billing.api.dependencies import Parts
from billing.demo.customers import demo_customers, seed
from billing.passing_time import let_time_pass
from billing.problems import Problem
from billing.rules.money import written
from billing.services.payments import invoices_of
from billing.services.sign_in import portal_token
from billing.storage.tables import Outgoing, Payment

router = APIRouter(prefix="/demo", tags=["demo"])


class Advance(BaseModel):
    """How much time passes, as an ISO 8601 duration."""

    model_config = ConfigDict(extra="forbid")
    advance: str


class SignIn(BaseModel):
    """The portal's sign-in form."""

    model_config = ConfigDict(extra="forbid")
    email: str
    password: str


@router.get("/outbox")
def outbox(system: Parts, to: Annotated[str | None, Query()] = None) -> list[dict[str, Any]]:
    """Every message sent, newest first."""
    query = select(Outgoing).order_by(Outgoing.number.desc())
    if to is not None:
        query = query.where(Outgoing.to == to.strip().replace(" ", "+"))  # a "+" in a query is a space
    with system.database.read() as session:
        return [
            {
                "id": str(one.number),
                "to": one.to,
                "channel": one.channel,
                "subject": one.subject,
                "body": one.body,
                "created_at": one.created_at,
            }
            for one in session.scalars(query)
        ]


@router.post("/reset", status_code=204)
def reset(system: Parts) -> None:
    """The customers of the demo as new, and the real time again."""
    system.clock.reset()
    with system.database.write() as session:
        seed(session, system.clock.today())


@router.post("/clock")
def advance(asked: Advance, system: Parts) -> dict[str, datetime]:
    """Time passes: payments are sent, settled or returned, promises kept or broken, notices sent."""
    try:
        by = TypeAdapter(timedelta).validate_python(asked.advance)
    except ValidationError as invalid:
        raise Problem("invalid-request", member="advance") from invalid
    if by < timedelta(0):
        raise Problem("invalid-request", member="advance")
    now = system.clock.advance(by)
    with system.database.write() as session:
        let_time_pass(session, now, system.settings.billing_public_url)
    return {"now": now}


@router.get("/payments")
def payments(system: Parts) -> list[dict[str, Any]]:
    """Every payment, oldest first."""
    with system.database.read() as session:
        return [
            {
                "reference": one.reference,
                "idempotency_key": one.idempotency_key,
                "amount": written(one.amount),
                "currency": "CAD",
                "bank_account": {"label": one.bank.label, "last4": one.bank.last4},
                "last4": one.bank.last4,
                "status": one.status,
                "date": one.day,
                "invoices": invoices_of(one),
            }
            for one in session.scalars(select(Payment).order_by(Payment.created_at))
        ]


@router.post("/portal-token")
def sign_in(given: SignIn, system: Parts) -> dict[str, str]:
    """What the portal's sign-in page gives the widget."""
    with system.database.write() as session:
        outcome = portal_token(session, system.clock.now(), given.email, given.password)
    if isinstance(outcome, Problem):
        raise outcome
    return {"portal_token": outcome}


@router.get("/customers")
def customers() -> list[dict[str, Any]]:
    """The demo's customers with their published passwords, for a page that signs in as one of them."""
    members = ("name", "language", "email", "phone", "portal_password")
    return [
        {name: one[name] for name in members} | {"accounts": [account["number"] for account in one["accounts"]]}
        for one in demo_customers()
    ]
