"""Who is there: codes to the address on file, and the sessions they and the portal lead to (security.md, A2–A6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from billing.problems import Problem
from billing.services.limits import count
from billing.services.outbox import write_mail, write_sms
from billing.storage.tables import AccessToken, Account, CodeLock, Customer, PortalToken, User, Verification
from billing.tokens import digest, keyed_digest, new_code, new_token
from company import COMPANY

CODE_LIFE = timedelta(minutes=10)
CODES_AN_HOUR = 5
WRONG_CODES = 5
LOCK = timedelta(minutes=15)
IDLE, LIFE = timedelta(minutes=15), timedelta(minutes=60)
FRESH = timedelta(minutes=10)


@dataclass(frozen=True)
class SignedIn:
    """A new session; ``token`` is told once."""

    token: str
    session: AccessToken
    customer: Customer


def begin_verification(session: Session, now: datetime, key: str, account: str) -> tuple[Verification, str]:
    """A verification and its code, a decoy for whom no code is sent; raises ``too-many-codes``."""
    count(session, now, f"code:{account}", CODES_AN_HOUR, "too-many-codes")
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
        return Problem("verification-expired")
    lock = _lock_of(session, verification.account_number)
    if lock.locked_until is not None and lock.locked_until > now:
        return _locked(lock.locked_until, now)
    if verification.used or verification.expires_at <= now:
        return Problem("verification-expired")
    right = keyed_digest(key, verification.id, code) == verification.code_digest
    if not right or verification.customer_id is None:
        return _wrong_code(lock, now)
    verification.used = True
    lock.failures, lock.locked_until = 0, None
    customer = session.get_one(Customer, verification.customer_id)
    return signed_in(session, now, customer, None)


def use_token(session: Session, now: datetime, token: str) -> tuple[AccessToken, Customer, User | None]:
    """The session of a token, its idle time begun anew; raises ``customer-unauthorised``."""
    found = session.get(AccessToken, digest(token))
    if found is None or found.expires_at <= now or found.last_used_at + IDLE <= now:
        raise Problem("customer-unauthorised")
    session.execute(update(AccessToken).where(AccessToken.digest == found.digest).values(last_used_at=now))
    user = session.get_one(User, found.user_id) if found.user_id else None
    return found, session.get_one(Customer, found.customer_id), user


def is_fresh(token: AccessToken, now: datetime) -> bool:
    """Whether money may move on it: a portal session, or a code of the last minutes."""
    return token.method == "portal" or token.verified_at + FRESH > now


def check_fresh(token: AccessToken, now: datetime) -> None:
    """Raises ``fresh-verification-required``."""
    if not is_fresh(token, now):
        raise Problem("fresh-verification-required")


def signed_in(session: Session, now: datetime, customer: Customer, user: User | None) -> SignedIn:
    """A new session: of a portal user, or of whoever got the code sent to the customer's address."""
    token = new_token()
    kept = AccessToken(
        digest=digest(token),
        customer_id=customer.id,
        user_id=user.id if user else None,
        method="portal" if user else "code",
        verified_at=now,
        last_used_at=now,
        expires_at=now + LIFE,
    )
    session.add(kept)
    return SignedIn(token, kept, customer)


def end_sessions(session: Session, user: User) -> None:
    """Every session and portal token of a login ends; with the owner's those begun by a code to the same address."""
    theirs = AccessToken.user_id == user.id
    if user.owner:
        theirs |= AccessToken.user_id.is_(None) & (AccessToken.customer_id == user.customer_id)
    session.execute(delete(AccessToken).where(theirs))
    session.execute(delete(PortalToken).where(PortalToken.user_id == user.id))


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
    return Problem("wrong-code", attempts_left=WRONG_CODES - lock.failures)


def _locked(until: datetime, now: datetime) -> Problem:
    return Problem("locked", retry_after=int((until - now).total_seconds()) + 1)
