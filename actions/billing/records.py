"""What the billing system answers, as the actions know it. Money is ``Decimal`` CAD; days are dates."""

import datetime as dt
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Unknown members are left out: another billing system may say more."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class DueAmount(Record):
    """What falls due on a day."""

    date: date
    amount: Decimal


class Account(Record):
    """A customer account and what is owed on it."""

    number: str
    ebilling: bool
    total_due: Decimal
    total_overdue: Decimal
    overdue_count: int
    open_count: int
    next_due: DueAmount | None


class Invoice(Record):
    """An invoice; ``payable`` is its balance less payments already scheduled for it."""

    number: str
    account: str
    issued: date
    due: date
    total: Decimal
    paid: Decimal
    balance: Decimal
    payable: Decimal
    days_overdue: int
    status: Literal["open", "overdue", "paid"]


class Line(Record):
    """A line of an invoice, described in both languages."""

    description_fr: str
    description_en: str
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal


class Tax(Record):
    """A tax of an invoice; ``rate`` in percent."""

    code: str
    rate: Decimal
    amount: Decimal


class PreviousInvoice(Record):
    """What a changed total is compared with."""

    number: str
    total: Decimal
    issued: date


class InvoiceDetails(Invoice):
    """An invoice with everything that makes up its total."""

    lines: tuple[Line, ...]
    subtotal: Decimal
    taxes: tuple[Tax, ...]
    previous: PreviousInvoice | None


class InvoicePage(Record):
    """A page of invoices with the count and balance of the whole list."""

    items: tuple[Invoice, ...]
    next_cursor: str | None
    total_count: int
    total_balance: Decimal


class BankAccount(Record):
    """A bank account payments can be drawn on; ``authorized`` once its debit authorization is given."""

    id: str
    account: str
    label: str
    last4: str
    authorized: bool
    status: Literal["active", "disabled"]


class AuthorizationText(Record):
    """The debit authorization to be shown in full before consent."""

    version: str
    language: str
    text: str


class PaidInvoice(Record):
    """The part of a payment that goes to an invoice."""

    number: str
    amount: Decimal


class PaymentAccount(Record):
    """The bank account of a payment, as far as it may be shown."""

    label: str
    last4: str


class Payment(Record):
    """A payment the billing system has accepted; ``reference`` is the proof of it."""

    reference: str
    status: str
    account: str
    amount: Decimal
    date: dt.date
    debit_by: dt.date
    bank_account: PaymentAccount
    invoices: tuple[PaidInvoice, ...]
    return_reason: str | None = None


class Link(Record):
    """A one-time link."""

    url: str
    expires_at: datetime


class DocumentLink(Link):
    """A one-time link to a document."""

    title: str
    media_type: str


class Customer(Record):
    """Who was recognised."""

    id: str
    name: str
    language: Literal["fr", "en"]
    email_masked: str
    phone_masked: str | None = None
    accounts: tuple[str, ...]


class SignedIn(Record):
    """A proven identity and the token that stands for it."""

    access_token: str
    method: Literal["portal", "code"]
    verified_at: datetime
    expires_at: datetime
    customer: Customer


class Verification(Record):
    """A code on its way, perhaps: the answer is the same for an account that does not exist."""

    verification_id: str
    expires_at: datetime


class ContactRequest(Record):
    """A request for a person."""

    number: str
