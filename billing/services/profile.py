"""What customers set for themselves: the language of invoices and letters, e-mail or paper, notices."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from billing.services.outbox import write_mail
from billing.services.preferences import NoticeChannel, choose
from billing.storage.tables import Customer
from company import Language


def change_profile(
    session: Session, now: datetime, customer_id: str, language: Language | None, invoices_by: str | None,
    notify: Mapping[NoticeChannel, Collection[str] | None],
) -> Customer:  # fmt: skip
    """From now on; a letter confirms a change of language or of paper, in the language that holds from now on."""
    customer = session.get_one(Customer, customer_id, with_for_update=True)
    changed = []
    if language is not None and language != customer.language:
        customer.language = language
        changed.append("language_changed")
    if invoices_by is not None and invoices_by != customer.invoices_by:
        customer.invoices_by = invoices_by
        changed.append("paper_begins" if invoices_by == "paper" else "paper_ends")
    for channel, kinds in notify.items():
        if kinds is not None:
            choose(customer, channel, kinds)
    for letter in changed:
        write_mail(session, now, customer, letter, name=customer.name)
    return customer
