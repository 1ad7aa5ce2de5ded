"""Portal users: who may sign in for a customer, invited by an administrator, and what each may do."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.problems import Problem, not_found
from billing.rules.addresses import masked
from billing.services.email_changes import valid
from billing.services.identity import end_sessions
from billing.services.limits import count
from billing.services.links import end_links, make_link, use_up
from billing.services.outbox import language_of, write_mail
from billing.services.passwords import folded, hashed
from billing.services.sign_in import active_user
from billing.storage.tables import Customer, OneTimeLink, User
from billing.tokens import new_token
from company import Language

KIND = "invitation"
INVITATIONS_AN_HOUR = 10


def users_of(session: Session, customer: Customer) -> list[User]:
    """The customer's own login first, then by address."""
    query = select(User).where(User.customer_id == customer.id)
    return list(session.scalars(query.order_by(User.owner.desc(), User.email)))


def invite(
    session: Session, now: datetime, customer: Customer, typed: str, role: str, language: Language | None, portal: str
) -> tuple[User, datetime]:
    """Send an invitation, again where the one before was lost, whoever else uses the address.

    Raises ``email-invalid``, ``user-exists`` for this customer's own users, ``too-many-requests``.
    """
    email = valid(typed)
    session.refresh(session.merge(customer, load=False), with_for_update=True)
    user = session.scalar(select(User).where(User.customer_id == customer.id, User.email == email))
    if user is not None and (user.owner or user.password_hash is not None):
        raise Problem("user-exists")
    count(session, now, f"invitation:{customer.id}", INVITATIONS_AN_HOUR)
    if user is None:
        user = User(id=new_token(), customer_id=customer.id, email=email, role=role)
        session.add(user)
    user.role = role
    return user, send_invitation(session, now, customer, user, language or language_of(customer), portal)


def send_invitation(
    session: Session, now: datetime, customer: Customer, user: User, language: Language, portal: str
) -> datetime:
    """A letter with a one-time link, the only one that works; when it ends."""
    end_links(session, now, KIND, customer, user=user.id)
    token, until = make_link(session, now, KIND, customer, language, user=user.id)
    letter = "enrolment" if user.owner else "invitation"
    hours = int((until - now).total_seconds() // 3600)
    write_mail(
        session, now, customer, letter, to=user.email, spoken=language, name=customer.name,
        link=f"{portal}/portal/invitation/{token}", hours=hours,
    )  # fmt: skip
    return until


def accept(
    session: Session, now: datetime, link: OneTimeLink, user: User, *, password: str, question: str, answer: str
) -> bool:
    """The login is open from now on; ``False`` when the address signs in elsewhere or the link was used meanwhile."""
    if active_user(session, user.email) is not None or not use_up(session, link):
        return False
    user.password_hash = hashed(password)
    user.security_question, user.security_answer_hash = question, hashed(folded(answer))
    customer = session.get_one(Customer, user.customer_id)
    if not user.owner:
        write_mail(session, now, customer, "user_joined", name=customer.name, email=masked(user.email))
    return True


def remove(session: Session, now: datetime, customer: Customer, by: User | None, user_id: str) -> None:
    """End a user's access. Raises ``not-found``, ``cannot-remove-self``, ``cannot-remove-owner``.

    ``by`` is ``None`` for whoever got the code sent to the customer's own address: the owner.
    """
    user = session.get(User, user_id)
    if user is None or user.customer_id != customer.id:
        raise not_found()
    if user.owner if by is None else user.id == by.id:
        raise Problem("cannot-remove-self")
    if user.owner:
        raise Problem("cannot-remove-owner")
    end_sessions(session, user)
    end_links(session, now, KIND, customer, user=user.id)
    end_links(session, now, "reset", customer, user=user.id)
    session.delete(user)
    write_mail(session, now, customer, "user_removed", name=customer.name, email=masked(user.email))
