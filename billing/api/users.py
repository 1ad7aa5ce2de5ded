"""Portal users: who may sign in for a customer, for its administrators."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from billing.api import models
from billing.api.dependencies import Administrators, Caller, Parts, create
from billing.api.documentation import documented
from billing.rules.addresses import masked
from billing.services import users as service
from billing.services.identity import check_fresh
from billing.storage.tables import User

INVITATION_REFUSED = (
    "role-not-allowed",
    "fresh-verification-required",
    "email-invalid",
    "user-exists",
    "too-many-requests",
)

router = APIRouter(tags=["users"])


@router.get("/users", **documented("role-not-allowed"))
def users(caller: Administrators, system: Parts) -> models.UserList:
    """Who may sign in, the customer's own login first."""
    with system.database.read() as session:
        found = service.users_of(session, caller.customer)
        return models.UserList(items=[_seen(caller, user) for user in found])


@router.post(
    "/user-invitations",
    status_code=201,
    response_model=models.InvitationMade,
    **documented(*INVITATION_REFUSED, creating=True),
)
async def invite(
    asked: models.InvitationAsked, request: Request, caller: Administrators, system: Parts
) -> JSONResponse:
    """Invite an address by a one-time link good for 72 hours; asked again, the link before no longer works.

    Needs a fresh verification and an ``Idempotency-Key``.
    """

    def work(session: Session) -> tuple[int, Any]:
        now = system.clock.now()
        check_fresh(caller.token, now)
        portal = system.settings.billing_public_url
        user, until = service.invite(session, now, caller.customer, asked.email, asked.role, asked.language, portal)
        made = models.InvitationMade(id=user.id, email_masked=masked(user.email), role=asked.role, expires_at=until)
        return 201, made.model_dump(mode="json")

    return await create(request, system, caller.customer.id, work)


@router.delete(
    "/users/{user}",
    status_code=204,
    **documented(
        "not-found", "role-not-allowed", "fresh-verification-required", "cannot-remove-self", "cannot-remove-owner"
    ),
)
def remove(user: str, caller: Administrators, system: Parts) -> None:
    """End a user's access and sessions; needs a fresh verification."""
    now = system.clock.now()
    check_fresh(caller.token, now)
    with system.database.write() as session:
        service.remove(session, now, caller.customer, caller.user, user)


def _seen(caller: Caller, user: User) -> models.UserSeen:
    return models.UserSeen(
        id=user.id,
        email_masked=masked(user.email),
        role=user.role,
        status="active" if user.password_hash is not None else "invited",
        is_self=user.owner if caller.user is None else user.id == caller.user.id,
    )
