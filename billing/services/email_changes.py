"""A new address: confirmed from there by a one-time link, the old one told."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from billing.problems import Problem
from billing.rules.addresses import InvalidAddress, address, masked
from billing.services.limits import count
from billing.services.links import PAGE_LIFE, end_links, make_link, use_up, waiting_links
from billing.services.outbox import language_of, write_mail
from billing.services.sign_in import owner_of
from billing.storage.tables import Customer, OneTimeLink, User
from company import Language

KIND = "email"
CHANGES_AN_HOUR = 5


def begin_change(
    session: Session, now: datetime, customer: Customer, typed: str, language: Language | None, portal: str
) -> tuple[str, datetime]:
    """Send a link to the new address, whoever else uses it; the address and when the link ends.

    Raises ``email-invalid``, ``email-unchanged``, ``too-many-requests``. ``portal`` is the portal's own address.
    """
    new = valid(typed)
    if new == customer.email:
        raise Problem("email-unchanged")
    count(session, now, f"email:{customer.id}", CHANGES_AN_HOUR)
    spoken = language or language_of(customer)
    end_links(session, now, KIND, customer)
    token, until = make_link(session, now, KIND, customer, spoken, email=new)
    write_mail(
        session, now, customer, "email_confirmation", to=new, spoken=spoken, name=customer.name,
        link=f"{portal}/portal/email/{token}", minutes=int(PAGE_LIFE.total_seconds() // 60),
    )  # fmt: skip
    return new, until


def pending_change(session: Session, now: datetime, customer: Customer) -> str | None:
    """The address waiting to be confirmed."""
    return next((link.subject["email"] for link in waiting_links(session, now, KIND, customer)), None)


def confirm_change(session: Session, now: datetime, link: OneTimeLink) -> bool:
    """Letters go to the new address and the customer's own login signs in with it; sessions stay.

    ``False`` when the address was taken or the link used meanwhile; whoever asks here owns the address.
    """
    customer = session.get_one(Customer, link.customer_id, with_for_update=True)
    new: str = link.subject["email"]
    if _is_taken(session, customer, new) or not use_up(session, link):
        return False
    old, customer.email = customer.email, new
    owner_of(session, customer.id).email = new
    write_mail(session, now, customer, "email_changed", to=old, name=customer.name, new=masked(new))
    return True


def valid(typed: str) -> str:
    """The address as kept; raises ``email-invalid``."""
    try:
        return address(typed)
    except InvalidAddress as invalid:
        raise Problem("email-invalid") from invalid


def _is_taken(session: Session, customer: Customer, email: str) -> bool:
    """Another customer's address, somebody's login, or one this customer has invited."""
    other = select(Customer.id).where(Customer.email == email)
    login = select(User.id).where(
        User.email == email, or_(User.password_hash.is_not(None), User.customer_id == customer.id)
    )
    return session.scalar(other) is not None or session.scalar(login.limit(1)) is not None
