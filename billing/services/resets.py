"""A forgotten password: a one-time link to the address of the login, and nothing that tells whether there is one."""

from datetime import datetime

from sqlalchemy.orm import Session

from billing.services.identity import end_sessions
from billing.services.limits import within_limit
from billing.services.links import PAGE_LIFE, make_link, use_up
from billing.services.outbox import language_of, write_mail
from billing.services.passwords import hashed
from billing.services.sign_in import active_user, owner_of
from billing.storage.tables import Account, Customer, OneTimeLink, User

RESETS_AN_HOUR = 3


def send_reset(session: Session, now: datetime, identifier: str, portal: str) -> None:
    """For an address its own login, for an account number the customer's own; nothing for neither."""
    within = within_limit(session, now, f"reset:{identifier}", RESETS_AN_HOUR)
    user = _login(session, identifier)
    if user is None or user.password_hash is None or not within:
        return
    customer = session.get_one(Customer, user.customer_id)
    token, _ = make_link(session, now, "reset", customer, language_of(customer), user=user.id)
    write_mail(
        session,
        now,
        customer,
        "password_reset",
        to=user.email,
        link=f"{portal}/portal/reset/{token}",
        minutes=int(PAGE_LIFE.total_seconds() // 60),
        name=customer.name,
    )


def change_password(session: Session, now: datetime, link: OneTimeLink, user: User, password: str) -> bool:
    """The login is unlocked, its sessions end, a notice goes out; ``False`` if the link was used meanwhile."""
    if not use_up(session, link):
        return False
    user.password_hash = hashed(password)
    user.locked, user.sign_in_failures = False, 0
    end_sessions(session, user)
    customer = session.get_one(Customer, user.customer_id)
    write_mail(session, now, customer, "password_changed", to=user.email, name=customer.name)
    return True


def _login(session: Session, identifier: str) -> User | None:
    account = session.get(Account, identifier)
    return owner_of(session, account.customer_id) if account is not None else active_user(session, identifier)
