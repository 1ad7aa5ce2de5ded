"""Proving who one is: codes and portal sessions."""

from fastapi import APIRouter, BackgroundTasks

from billing.api import models, views
from billing.api.dependencies import Customers, Parts, System
from billing.api.documentation import documented
from billing.problems import Problem
from billing.services.identity import (
    SignedIn,
    begin_verification,
    confirm_code,
    end_sessions,
    send_code,
)
from billing.services.invoices import accounts_of
from billing.services.sign_in import exchange_portal_token, owner_of
from billing.storage.tables import Verification

router = APIRouter(tags=["identity"])


@router.post("/verifications", status_code=202, **documented("too-many-codes", customer=False))
def begin(asked: models.VerificationAsked, system: Parts, after: BackgroundTasks) -> models.VerificationBegun:
    """Have a 6-digit code sent to the address on file; the same answer for every account number."""
    with system.database.write() as session:
        verification, code = begin_verification(session, system.clock.now(), system.key, asked.account_number)
    after.add_task(_send, system, verification, code, asked.channel)
    return models.VerificationBegun(verification_id=verification.id, expires_at=verification.expires_at)


@router.post(
    "/verifications/{verification_id}/confirm",
    **documented("wrong-code", "locked", "verification-expired", customer=False),
)
def confirm(verification_id: str, given: models.CodeGiven, system: Parts) -> models.SessionBegun:
    """A session for the right code; five wrong ones lock the account number for 15 minutes."""
    with system.database.write() as session:
        outcome = confirm_code(session, system.clock.now(), system.key, verification_id, given.code.strip())
    if isinstance(outcome, Problem):
        raise outcome
    return _begun(system, outcome)


@router.post("/portal-sessions", **documented("portal-token-invalid", customer=False))
def exchange(given: models.PortalTokenGiven, system: Parts) -> models.SessionBegun:
    """A session for a portal token, which serves once."""
    with system.database.write() as session:
        signed_in = exchange_portal_token(session, system.clock.now(), given.portal_token)
    return _begun(system, signed_in)


@router.get("/session", **documented())
def seen(caller: Customers, system: Parts) -> models.SessionSeen:
    """Who the access token stands for."""
    with system.database.read() as session:
        return views.session_seen(caller.token, caller.customer, accounts_of(session, caller.customer))


@router.delete("/session", status_code=204, **documented())
def end(caller: Customers, system: Parts) -> None:
    """Sign out, everywhere."""
    with system.database.write() as session:
        end_sessions(session, caller.user or owner_of(session, caller.customer.id))


def _begun(system: System, signed_in: SignedIn) -> models.SessionBegun:
    with system.database.read() as session:
        return views.session_begun(signed_in, accounts_of(session, signed_in.customer))


def _send(system: System, verification: Verification, code: str, channel: str) -> None:
    with system.database.write() as session:
        send_code(session, system.clock.now(), verification, code, channel)
