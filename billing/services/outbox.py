"""Messages to customers: written in the transaction that causes them, sent afterwards, once."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from billing.mail.compose import compose, compose_sms
from billing.storage.tables import Customer, Outgoing
from company import Language


def language_of(customer: Customer) -> Language:
    """The language of a customer's letters."""
    return "fr" if customer.language == "fr" else "en"


def write_mail(
    session: Session, now: datetime, customer: Customer, letter: str, /, *, to: str | None = None,
    spoken: Language | None = None, **values: Any,
) -> None:  # fmt: skip
    """A letter to the address on file in the customer's language, or ``to`` another as ``spoken`` there."""
    subject, body = compose(letter, spoken or language_of(customer), **values)
    session.add(Outgoing(to=to or customer.email, channel="email", subject=subject, body=body, created_at=now))


def write_sms(
    session: Session, now: datetime, customer: Customer, letter: str, /, *, notice: str | None = None,
    facts: dict[str, Any] | None = None, **values: Any,
) -> None:  # fmt: skip
    """A text message to the mobile on file; a ``notice`` with the ``facts`` by which it can be answered."""
    body = compose_sms(letter, language_of(customer), **values)
    session.add(
        Outgoing(
            to=customer.phone,
            channel="sms",
            subject="",
            body=body,
            created_at=now,
            customer_id=customer.id,
            notice=notice,
            facts=facts,
        )
    )
