"""The shapes of the API; money is a string with two places in ``currency``."""

import datetime as dt
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Money = Annotated[str, Field(pattern=r"^-?\d+\.\d{2}$", examples=["1284.50"])]
AccountNumber = Annotated[str, Field(pattern=r"^\d{10}$", examples=["1000482915"])]
InvoiceNumber = Annotated[str, Field(pattern=r"^\d{8}$", examples=["34821907"])]
SpokenLanguage = Literal["fr", "en"]


class Asked(BaseModel):
    """A request body; an unknown member is an error, not a wish ignored."""

    model_config = ConfigDict(extra="forbid")


class VerificationAsked(Asked):
    """Who to verify and where the code goes."""

    account_number: AccountNumber
    channel: Literal["email", "sms"] = "email"
    language: SpokenLanguage | None = None


class VerificationBegun(BaseModel):
    """The same for every account number."""

    verification_id: str
    expires_at: datetime
    code_length: int = 6


class CodeGiven(Asked):
    """The code as typed."""

    code: Annotated[str, Field(min_length=1, max_length=20, examples=["402913"])]


class PortalTokenGiven(Asked):
    """A portal token."""

    portal_token: Annotated[str, Field(min_length=1, max_length=200)]


class CustomerSeen(BaseModel):
    """Who was recognised."""

    id: str
    name: str
    language: SpokenLanguage
    email_masked: str
    phone_masked: str
    accounts: list[AccountNumber]


class SessionSeen(BaseModel):
    """A session."""

    method: Literal["code", "portal"]
    verified_at: datetime
    expires_at: datetime
    customer: CustomerSeen


class SessionBegun(SessionSeen):
    """A new session with the token that stands for it, told once."""

    access_token: str


class NextDue(BaseModel):
    """What falls due on the next day something does."""

    date: date
    amount: Money


class AccountSeen(BaseModel):
    """An account and what is owed on it."""

    number: AccountNumber
    ebilling: bool
    language: SpokenLanguage
    total_due: Money
    total_overdue: Money
    overdue_count: int
    open_count: int
    scheduled: Money
    next_due: NextDue | None
    currency: str


class AccountList(BaseModel):
    """A customer's accounts."""

    items: list[AccountSeen]
    next_cursor: str | None = None


class InvoiceSeen(BaseModel):
    """An invoice as it stands."""

    number: InvoiceNumber
    account: AccountNumber
    issued: date
    due: date
    total: Money
    paid: Money
    balance: Money
    payable: Money
    days_overdue: int
    status: Literal["open", "overdue", "paid"]
    currency: str


class LineSeen(BaseModel):
    """A line of an invoice."""

    description_fr: str
    description_en: str
    quantity: str
    unit_price: Money
    amount: Money


class TaxSeen(BaseModel):
    """A tax of an invoice; ``rate`` is a fraction."""

    code: str
    rate: str
    amount: Money


class InvoicePayment(BaseModel):
    """A payment on an invoice."""

    reference: str
    date: date
    amount: Money
    status: str


class PreviousSeen(BaseModel):
    """The invoice before."""

    number: InvoiceNumber
    total: Money
    issued: date


class InvoiceExplained(InvoiceSeen):
    """An invoice with everything that makes up its total."""

    lines: list[LineSeen]
    subtotal: Money
    taxes: list[TaxSeen]
    payments: list[InvoicePayment]
    previous: PreviousSeen | None


class InvoiceList(BaseModel):
    """A page of invoices with the count and balance of the whole list."""

    items: list[InvoiceSeen]
    next_cursor: str | None
    total_count: int
    total_balance: Money
    currency: str


class DocumentsAsked(Asked):
    """Which invoices, and how the link behaves."""

    invoices: Annotated[list[InvoiceNumber], Field(min_length=1, max_length=50)]
    delivery: Literal["direct", "page"] = "direct"
    language: SpokenLanguage | None = None


class LinkMade(BaseModel):
    """A one-time link."""

    url: str
    expires_at: datetime


class DocumentLinkMade(LinkMade):
    """A one-time link to a document."""

    title: str
    media_type: Literal["application/pdf", "application/zip"]


class ResetAsked(Asked):
    """Whose password: an account number or an e-mail."""

    identifier: Annotated[str, Field(min_length=1, max_length=254)]
    language: SpokenLanguage | None = None


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
    amount: Annotated[str, Field(max_length=20, examples=["1284.50"])]


class PaymentAsked(Asked):
    """A payment."""

    account: AccountNumber
    bank_account: str
    date: date
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
    """A payment as it stands; ``return_reason`` in the language asked for."""

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


class PaymentList(BaseModel):
    """Payments, newest first."""

    items: list[PaymentSeen]
    next_cursor: str | None = None


class ContactAsked(Asked):
    """A request for a person."""

    topic: Annotated[str, Field(max_length=80)]
    summary: Annotated[str, Field(max_length=2000)]
    language: SpokenLanguage
    channel: Annotated[str, Field(max_length=20)]
    conversation: Annotated[str, Field(max_length=100)]
    transcript: Annotated[list[dict[str, Any]], Field(max_length=200)]
    reachable_at: Annotated[str | None, Field(max_length=254)] = None


class ContactOpened(BaseModel):
    """A contact request."""

    number: str
    created_at: datetime


class ProblemSeen(BaseModel):
    """RFC 9457; other members are facts of the problem."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[str, Field(examples=["/problems/amount-above-due"])]
    title: str
    status: int
    detail: str
