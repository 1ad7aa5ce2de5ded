"""The tables, by what they hold."""

from billing.storage.tables.base import Base, Moment
from billing.storage.tables.customers import (
    AccessToken,
    Account,
    CodeLock,
    Customer,
    OneTimeLink,
    PortalToken,
    User,
    Verification,
)
from billing.storage.tables.invoices import Dispute, Instalment, Invoice, PaymentPlan
from billing.storage.tables.payments import BankAccount, DebitAuthorization, Payment, PaymentPart
from billing.storage.tables.records import Attempt, ContactRequest, IdempotentAnswer, Outgoing, Setting

__all__ = [
    "AccessToken",
    "Account",
    "Attempt",
    "BankAccount",
    "Base",
    "CodeLock",
    "ContactRequest",
    "Customer",
    "DebitAuthorization",
    "Dispute",
    "IdempotentAnswer",
    "Instalment",
    "Invoice",
    "Moment",
    "OneTimeLink",
    "Outgoing",
    "Payment",
    "PaymentPart",
    "PaymentPlan",
    "PortalToken",
    "Setting",
    "User",
    "Verification",
]
