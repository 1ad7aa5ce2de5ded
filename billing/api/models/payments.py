"""Bank accounts, debit authorizations and payments."""

import datetime as dt
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from billing.api.models.base import AccountNumber, AmountTyped, Asked, Day, InvoiceNumber, Money, SpokenLanguage


class BankAccountSeen(BaseModel):
    """A bank account as far as it is shown."""

    id: str
    account: AccountNumber
    label: str
    last4: str
    authorized: bool
    status: Literal["active", "disabled"]


class BankAccountList(BaseModel):
    """Bank accounts."""

    items: list[BankAccountSeen]
    next_cursor: str | None = None


class BankAccountLinkAsked(Asked):
    """For which account."""

    account: AccountNumber


class AuthorizationShown(BaseModel):
    """The debit authorization in full."""

    version: str
    language: SpokenLanguage
    text: str


class AuthorizationGiven(Asked):
    """A consent and the evidence of it."""

    bank_account: str
    version: str
    language: SpokenLanguage
    evidence: dict[str, Any]


class AuthorizationKept(BaseModel):
    """A consent as kept."""

    id: str
    bank_account: str
    authorized_at: datetime


class AllocationAsked(Asked):
    """A part of a payment."""

    invoice: InvoiceNumber
    amount: AmountTyped


class PaymentAsked(Asked):
    """A payment."""

    account: AccountNumber
    bank_account: str
    date: Day
    allocations: Annotated[list[AllocationAsked], Field(min_length=1, max_length=200)]
    language: SpokenLanguage | None = None


class BankAccountOfPayment(BaseModel):
    """The bank account of a payment."""

    label: str
    last4: str


class PaidInvoice(BaseModel):
    """The part of a payment that goes to an invoice."""

    number: InvoiceNumber
    amount: Money


class PaymentSeen(BaseModel):
    """A payment as it stands; ``return_reason`` in the language asked for.

    ``remedy`` tells what a returned one calls for: the same again, another bank account, or a person.
    """

    reference: Annotated[str, Field(pattern=r"^ACH-[0-9A-HJKMNP-TV-Z]{8}$")]
    status: Literal["scheduled", "submitted", "sent", "settled", "returned", "cancelled"]
    account: AccountNumber
    amount: Money
    currency: str
    date: dt.date
    debit_by: dt.date
    bank_account: BankAccountOfPayment
    invoices: list[PaidInvoice]
    created_at: datetime
    return_code: str | None = None
    return_reason: str | None = None
    remedy: Literal["retry", "other_account", "agent"] | None = None


class PaymentList(BaseModel):
    """Payments, newest first."""

    items: list[PaymentSeen]
    next_cursor: str | None = None
