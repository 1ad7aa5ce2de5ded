"""Who is there: codes, portal sign-ins and the access tokens both lead to (security.md, A1–A6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from billing.problems import Problem
from billing.services.outbox import write_mail, write_sms
from billing.services.passwords import matches
from billing.storage.tables import (
    AccessToken,
    Account,
    Attempt,
    CodeLock,
    Customer,
    PortalToken,
    Verification,
)
from billing.tokens import digest, keyed_digest, new_code, new_token
from company import COMPANY

CODE_LIFE = timedelta(minutes=10)
CODES_AN_HOUR = 5
WRONG_CODES = 5
LOCK = timedelta(minutes=15)
IDLE, LIFE = timedelta(minutes=15), timedelta(minutes=60)
FRESH = timedelta(minutes=10)
PORTAL_TOKEN_LIFE = timedelta(minutes=5)
SIGN_IN_FAILURES = 5


@dataclass(frozen=True)
class SignedIn:
    """A new session; ``token`` is told once."""

    token: str
    session: AccessToken
    customer: Customer


def begin_verification(session: Session, now: datetime, key: str, account: str) -> tuple[Verification, str]:
    """A verification and its code, a decoy for whom no code is sent; raises ``too-many-codes``."""
    _count(session, now, f"code:{account}", CODES_AN_HOUR)
    code = new_code()
    verification = Verification(
        id=new_token(),
        account_number=account,
        customer_id=_customer_to_verify(session, now, account),
        code_digest="",
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    verification.code_digest = keyed_digest(key, verification.id, code)
    session.add(verification)
    return verification, code


def send_code(session: Session, now: datetime, verification: Verification, code: str, channel: str) -> None:
    """To the address on file; a decoy sends nothing. Called once the answer is out, so that it takes no time."""
    customer = session.get(Customer, verification.customer_id) if verification.customer_id else None
    if customer is None:
        return
    minutes = int(CODE_LIFE.total_seconds() // 60)
    write = write_sms if channel == "sms" else write_mail
    write(session, now, customer, "verification_code", code=code, minutes=minutes)


def confirm_code(session: Session, now: datetime, key: str, verification_id: str, code: str) -> SignedIn | Problem:
    """A session for the right code. A refusal is returned, not raised: its count must be committed."""
    verification = session.get(Verification, verification_id)
    if verification is None:
        return Problem("verification-expired", 410)
    lock = _lock_of(session, verification.account_number)
    if lock.locked_until is not None and lock.locked_until > now:
        return _locked(lock.locked_until, now)
    if verification.used or verification.expires_at <= now:
        return Problem("verification-expired", 410)
    right = keyed_digest(key, verification.id, code) == verification.code_digest
    if not right or verification.customer_id is None:
        return _wrong_code(lock, now)
    verification.used = True
    lock.failures, lock.locked_until = 0, None
    customer = session.get_one(Customer, verification.customer_id)
    return _signed_in(session, now, customer, "code")


def portal_token(session: Session, now: datetime, email: str, password: str) -> str | Problem:
    """What the portal's sign-in page gives the widget."""
    customer = session.scalar(select(Customer).where(Customer.email == email.strip().lower()))
    right = matches(customer.password_hash if customer else None, password)
    if customer is not None and customer.locked:
        return Problem("portal-locked", 423)
    if customer is None or not right:
        _count_sign_in_failure(customer)
        return Problem("sign-in-failed", 401)
    customer.sign_in_failures = 0
    token = new_token()
    session.add(PortalToken(digest=digest(token), customer_id=customer.id, expires_at=now + PORTAL_TOKEN_LIFE))
    return token


def exchange_portal_token(session: Session, now: datetime, token: str) -> SignedIn:
    """A session for a portal token, once; raises ``portal-token-invalid``."""
    gone = session.execute(
        delete(PortalToken)
        .where(PortalToken.digest == digest(token), PortalToken.expires_at > now)
        .returning(PortalToken.customer_id)
    ).scalar()
    if gone is None:
        raise Problem("portal-token-invalid", 401)
    return _signed_in(session, now, session.get_one(Customer, gone), "portal")


def use_token(session: Session, now: datetime, token: str) -> tuple[AccessToken, Customer]:
    """The session of a token, its idle time begun anew; raises ``customer-unauthorised``."""
    found = session.get(AccessToken, digest(token))
    if found is None or found.expires_at <= now or found.last_used_at + IDLE <= now:
        raise Problem("customer-unauthorised", 401)
    session.execute(update(AccessToken).where(AccessToken.digest == found.digest).values(last_used_at=now))
    return found, session.get_one(Customer, found.customer_id)


def is_fresh(token: AccessToken, now: datetime) -> bool:
    """Whether money may move on it: a portal session, or a code of the last minutes."""
    return token.method == "portal" or token.verified_at + FRESH > now


def end_sessions(session: Session, customer_id: str) -> None:
    """Every session and portal token of a customer ends."""
    session.execute(delete(AccessToken).where(AccessToken.customer_id == customer_id))
    session.execute(delete(PortalToken).where(PortalToken.customer_id == customer_id))


def within_limit(session: Session, now: datetime, what: str, an_hour: int) -> bool:
    """Count one more of something asked for; whether it still was within its limit."""
    recent = select(func.count()).where(Attempt.what == what, Attempt.at > now - timedelta(hours=1))
    within = (session.scalar(recent) or 0) < an_hour
    session.add(Attempt(what=what, at=now))
    return within


def _count(session: Session, now: datetime, what: str, an_hour: int) -> None:
    if not within_limit(session, now, what, an_hour):
        raise Problem("too-many-codes", 429, retry_after=3600)


def _customer_to_verify(session: Session, now: datetime, account: str) -> str | None:
    """Nobody for an unknown account, one not on e-billing, or one that is locked."""
    lock = session.get(CodeLock, account)
    if lock is not None and lock.locked_until is not None and lock.locked_until > now:
        return None
    found = session.get(Account, account)
    if found is None or not account.startswith(COMPANY.ebilling_account_prefix):
        return None
    return found.customer_id


def _lock_of(session: Session, account: str) -> CodeLock:
    lock = session.get(CodeLock, account)
    if lock is None:
        lock = CodeLock(account_number=account, failures=0)
        session.add(lock)
    return lock


def _wrong_code(lock: CodeLock, now: datetime) -> Problem:
    lock.failures = 1 if lock.locked_until is not None else lock.failures + 1
    lock.locked_until = None
    if lock.failures >= WRONG_CODES:
        lock.locked_until = now + LOCK
        return _locked(lock.locked_until, now)
    return Problem("wrong-code", 422, attempts_left=WRONG_CODES - lock.failures)


def _locked(until: datetime, now: datetime) -> Problem:
    return Problem("locked", 423, retry_after=int((until - now).total_seconds()) + 1)


def _count_sign_in_failure(customer: Customer | None) -> None:
    if customer is not None:
        customer.sign_in_failures += 1
        customer.locked = customer.sign_in_failures >= SIGN_IN_FAILURES


def _signed_in(session: Session, now: datetime, customer: Customer, method: str) -> SignedIn:
    token = new_token()
    kept = AccessToken(
        digest=digest(token),
        customer_id=customer.id,
        method=method,
        verified_at=now,
        last_used_at=now,
        expires_at=now + LIFE,
    )
    session.add(kept)
    return SignedIn(token, kept, customer)
