"""Enrolment and lost invitations: a letter to the address on file, and an answer that tells nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from billing.services.limits import within_limit
from billing.services.outbox import language_of, write_mail
from billing.services.sign_in import owner_of
from billing.services.users import send_invitation
from billing.storage.tables import Account, Customer
from company import COMPANY

ENROLMENTS_AN_HOUR = 3


def is_covered(account: str) -> bool:
    """Whether e-billing is for accounts of such a number."""
    return account.startswith(COMPANY.ebilling_account_prefix)


def enrol(session: Session, now: datetime, account: str, portal: str) -> None:
    """An invitation, or for who is enrolled already a letter that says so; nothing for an unknown account."""
    within = within_limit(session, now, f"enrolment:{account}", ENROLMENTS_AN_HOUR)
    found = session.get(Account, account)
    if found is None or not within:
        return
    customer = session.get_one(Customer, found.customer_id)
    owner = owner_of(session, customer.id)
    if owner.password_hash is None:
        send_invitation(session, now, customer, owner, language_of(customer), portal)
    else:
        write_mail(session, now, customer, "already_enrolled", name=customer.name)
