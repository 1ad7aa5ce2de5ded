"""Which notices a customer gets, by e-mail and by text message, and the writing of them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from billing.rules.money import written
from billing.services.invoices import Standing
from billing.services.links import make_link
from billing.services.outbox import language_of, write_mail, write_sms
from billing.storage.tables import Customer
from billing.storage.tables.customers import NOTICE_KINDS

NoticeKind = Literal["invoice_ready", "due_soon", "overdue", "payment_settled", "payment_returned"]
NoticeChannel = Literal["email", "sms"]

ANSWERED_AT_MOST = 50  # invoices of a text message that can be paid by answering it

LINK = "notices"  # the kind of link that opens the page of a customer's choices
CHANNELS: tuple[NoticeChannel, ...] = ("email", "sms")
_LETTERS: dict[NoticeKind, str] = {
    "invoice_ready": "invoice_ready",
    "due_soon": "invoice_due_soon",
    "overdue": "invoice_overdue",
    "payment_settled": "payment_settled",
    "payment_returned": "payment_returned",
}


def wants(customer: Customer, channel: NoticeChannel, kind: str) -> bool:
    """Whether the customer asked for such notices there; paper instead of e-mail goes without the first kind."""
    if channel == "sms":
        return kind in customer.notify_sms
    return kind in customer.notify_email and not (kind == "invoice_ready" and customer.invoices_by == "paper")


def choose(customer: Customer, channel: NoticeChannel, kinds: Collection[str]) -> None:
    """These and no others from now on, on that channel."""
    setattr(customer, f"notify_{channel}", [kind for kind in NOTICE_KINDS if kind in kinds])


def tell(
    session: Session, now: datetime, public_url: str, customer: Customer, kind: NoticeKind, about: list[Standing], /,
    **values: Any,
) -> bool:  # fmt: skip
    """Write a notice about invoices on every channel it is wanted on; whether there was one."""
    letter = _LETTERS[kind]
    if wants(customer, "email", kind):
        token, _ = make_link(session, now, LINK, customer, language_of(customer))
        link = f"{public_url.rstrip('/')}/portal/notices/{token}"
        write_mail(session, now, customer, letter, link=link, **values)
    if wants(customer, "sms", kind):
        invoices = [_facts(one) for one in about] if len(about) <= ANSWERED_AT_MOST else []
        facts = {"invoices": invoices, "reference": values.get("reference")}
        write_sms(session, now, customer, letter, notice=kind, facts=facts, **values)
    return any(wants(customer, channel, kind) for channel in CHANNELS)


def _facts(one: Standing) -> dict[str, Any]:
    """What a conversation must know of an invoice to go on with it; amounts in dollars."""
    invoice = one.invoice
    return {
        "number": invoice.number,
        "issued": invoice.issued.isoformat(),
        "due": invoice.due.isoformat(),
        "total": written(invoice.total),
        "balance": written(one.balance),
    }
