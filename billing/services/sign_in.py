"""The portal's sign-in: an address and a password, a token that serves once (security.md, A1)."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from billing.problems import Problem
from billing.services.identity import SignedIn, signed_in
from billing.services.passwords import matches
from billing.storage.tables import Customer, PortalToken, User
from billing.tokens import digest, new_token

PORTAL_TOKEN_LIFE = timedelta(minutes=5)
SIGN_IN_FAILURES = 5


def portal_token(session: Session, now: datetime, email: str, password: str) -> str | Problem:
    """What the portal's sign-in page gives the widget. A refusal is returned: its count must be committed."""
    user = active_user(session, email)
    right = matches(user.password_hash if user else None, password)
    if user is not None and user.locked:
        return Problem("portal-locked")
    if user is None or not right:
        _count_failure(user)
        return Problem("sign-in-failed")
    user.sign_in_failures = 0
    token = new_token()
    session.add(PortalToken(digest=digest(token), user_id=user.id, expires_at=now + PORTAL_TOKEN_LIFE))
    return token


def exchange_portal_token(session: Session, now: datetime, token: str) -> SignedIn:
    """A session for a portal token, once; raises ``portal-token-invalid``."""
    gone = session.execute(
        delete(PortalToken)
        .where(PortalToken.digest == digest(token), PortalToken.expires_at > now)
        .returning(PortalToken.user_id)
    ).scalar()
    if gone is None:
        raise Problem("portal-token-invalid")
    user = session.get_one(User, gone)
    return signed_in(session, now, session.get_one(Customer, user.customer_id), user)


def active_user(session: Session, email: str) -> User | None:
    """Who signs in with an address; there is one at the most."""
    return session.scalar(
        select(User).where(User.email == email.strip().lower(), User.password_hash.is_not(None)).limit(1)
    )


def owner_of(session: Session, customer_id: str) -> User:
    """The customer's own login, enrolled or not; its address is the customer's."""
    return session.scalars(select(User).where(User.customer_id == customer_id, User.owner)).one()


def _count_failure(user: User | None) -> None:
    if user is not None:
        user.sign_in_failures += 1
        user.locked = user.sign_in_failures >= SIGN_IN_FAILURES
