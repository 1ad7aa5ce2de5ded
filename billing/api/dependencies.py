"""What every route is given: the system's parts, the caller's language, and who the customer is."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from billing.api.models import Role
from billing.clock import Clock
from billing.problems import Problem
from billing.services.idempotency import Idempotency
from billing.services.identity import use_token
from billing.settings import BillingSettings
from billing.storage.database import Database
from billing.storage.tables import AccessToken, Customer, User
from company import Language


@dataclass(frozen=True)
class System:
    """The parts of the billing system, wired once in :mod:`billing.app`."""

    settings: BillingSettings
    database: Database
    clock: Clock
    idempotency: Idempotency

    @property
    def key(self) -> str:
        """What short secrets are digested with."""
        return self.settings.service_token.get_secret_value()


ROLES: tuple[Role, ...] = ("view", "pay", "administer")  # each may do what those before it may


@dataclass(frozen=True)
class Caller:
    """A customer proven by an access token; detached from any transaction.

    ``user`` is the portal login, ``None`` for whoever got the code sent to the customer's own address.
    """

    customer: Customer
    token: AccessToken
    user: User | None

    @property
    def role(self) -> Role:
        """What the caller may do."""
        return next((role for role in ROLES if self.user is not None and role == self.user.role), "administer")


def the_system(request: Request) -> System:
    """The parts, from the application."""
    system: System = request.app.state.system
    return system


Parts = Annotated[System, Depends(the_system)]


def caller_language(accept_language: Annotated[str, Header()] = "") -> Language:
    """English where the caller asks for it first, else French."""
    return "en" if accept_language.strip().lower().startswith("en") else "fr"


Spoken = Annotated[Language, Depends(caller_language)]


_SERVICE = HTTPBearer(scheme_name="service", description="The credential of the calling service", auto_error=False)
_CUSTOMER = APIKeyHeader(
    name="X-Customer-Token",
    scheme_name="customer",
    description="A customer's access token, got by a verification or a portal session",
    auto_error=False,
)


def require_service(system: Parts, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_SERVICE)]) -> None:
    """401 without the service's credential; compared in constant time."""
    credential = given.credentials if given else ""
    if not hmac.compare_digest(credential.encode(), system.key.encode()):
        raise Problem("service-unauthorised")


def require_customer(system: Parts, token: Annotated[str | None, Depends(_CUSTOMER)]) -> Caller:
    """401 without a customer's access token; its idle time begins anew."""
    with system.database.write() as session:
        kept, customer, user = use_token(session, system.clock.now(), token or "")
        return Caller(customer, kept, user)


Customers = Annotated[Caller, Depends(require_customer)]


def _at_least(least: Role) -> Callable[[Caller], Caller]:
    """403 for a login that may do less."""

    def check(caller: Customers) -> Caller:
        if ROLES.index(caller.role) < ROLES.index(least):
            raise Problem("role-not-allowed", role=caller.role, needed=least)
        return caller

    return check


Payers = Annotated[Caller, Depends(_at_least("pay"))]
Administrators = Annotated[Caller, Depends(_at_least("administer"))]


async def create(
    request: Request, system: System, owner: str, work: Callable[[Session], tuple[int, Any]]
) -> JSONResponse:
    """Run a creating call under its ``Idempotency-Key``."""
    sent = f"{request.method} {request.url.path}\n".encode() + await request.body()
    key = request.headers.get("Idempotency-Key")
    status, body, replayed = await run_in_threadpool(system.idempotency.run, system.clock.now(), owner, key, sent, work)
    return JSONResponse(body, status, headers={"Idempotency-Replayed": "true"} if replayed else None)
