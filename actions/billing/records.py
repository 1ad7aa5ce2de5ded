"""What the billing system answers, as the actions know it. Money is ``Decimal`` CAD; days are dates."""

import datetime as dt
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """Unknown members are left out: another billing system may say more."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class DueAmount(Record):
    """What falls due on a day."""

    date: date
    amount: Decimal


class Account(Record):
    """A customer account and what is owed on it; ``disputed`` is the part of it that is under dispute."""

    number: str
    ebilling: bool
    total_due: Decimal
    total_overdue: Decimal
    overdue_count: int
    open_count: int
    disputed: Decimal
    next_due: DueAmount | None


class Invoice(Record):
    """An invoice; ``payable`` is its balance less payments already scheduled, ``disputed`` an open dispute."""

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
    disputed: bool


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


class Change(Record):
    """A line or tax that differs between two invoices; ``None`` where one of them has it not."""

    description_fr: str
    description_en: str
    before: Decimal | None
    now: Decimal | None


class PreviousInvoice(Record):
    """What a changed total is compared with, line by line."""

    number: str
    total: Decimal
    issued: date
    changes: tuple[Change, ...]


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


class AgeingBucket(Record):
    """What has been overdue for so many days."""

    name: Literal["current", "1-30", "31-60", "61-90", "over-90"]
    amount: Decimal
    count: int


class Ageing(Record):
    """What is owed on an account by how long it has been overdue; the buckets sum to ``total``."""

    account: str
    as_of: date
    buckets: tuple[AgeingBucket, ...]
    total: Decimal


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
    """A payment the billing system has accepted; ``reference`` is the proof of it.

    ``remedy`` tells what a returned one calls for: the same again, another bank account, or a person.
    """

    reference: str
    status: str
    account: str
    amount: Decimal
    date: dt.date
    debit_by: dt.date
    bank_account: PaymentAccount
    invoices: tuple[PaidInvoice, ...]
    created_at: datetime
    return_code: str | None = None
    return_reason: str | None = None
    remedy: Literal["retry", "other_account", "agent"] | None = None


class PaymentPage(Record):
    """A page of payments, newest first."""

    items: tuple[Payment, ...]
    next_cursor: str | None


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
    """A request for a person; ``identity`` is how sure the billing system is of who asks."""

    number: str
    identity: Literal["verified", "claimed", "none"]


class Notice(Record):
    """The last notice about an invoice."""

    kind: Literal["invoice_ready", "overdue"]
    sent_at: datetime


class Profile(Record):
    """What a customer set for themselves, and what this login may do."""

    name: str
    language: Literal["fr", "en"]
    email_masked: str
    phone_masked: str
    invoices_by: Literal["email", "paper"]
    paper_fee: Decimal
    accounts: tuple[str, ...]
    role: Literal["view", "pay", "administer"]
    last_notice: Notice | None
    pending_email_masked: str | None


class EmailChange(Record):
    """An address waiting for its owner to open the link sent there."""

    email_masked: str
    expires_at: datetime


class PortalUser(Record):
    """Somebody who may sign in to the portal; ``self`` is who asks."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    email_masked: str
    role: Literal["view", "pay", "administer"]
    status: Literal["active", "invited"]
    is_self: bool = Field(alias="self")


class Invitation(Record):
    """An invitation to the portal on its way."""

    id: str
    email_masked: str
    role: Literal["view", "pay", "administer"]
    expires_at: datetime


class Dispute(Record):
    """An objection to an invoice; ``number`` is the case. ``amount`` is ``None`` where none was named."""

    number: str
    invoice: str
    reason: Literal["wrong_amount", "not_ours", "billed_twice", "service", "other"]
    amount: Decimal | None
    status: Literal["open", "closed"]
    created_at: datetime


class PlanOptions(Record):
    """What may be promised on an account; ``reason`` says why nothing may."""

    eligible: bool
    reason: Literal["already-promised", "nothing-due"] | None
    at_most: int
    last_day: date
    total_due: Decimal
    total_overdue: Decimal


class Instalment(Record):
    """A part of what was promised."""

    date: date
    amount: Decimal


class Plan(Record):
    """A promise to pay, in one instalment or several."""

    number: str
    account: str
    instalments: tuple[Instalment, ...]
    total: Decimal
    status: Literal["active", "kept", "broken"]
    created_at: datetime
