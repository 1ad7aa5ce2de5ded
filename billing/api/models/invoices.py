"""Accounts, invoices and their documents."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from billing.api.models.base import AccountNumber, Asked, Day, InvoiceNumber, LinkMade, Money, SpokenLanguage


class NextDue(BaseModel):
    """What falls due on the next day something does."""

    date: date
    amount: Money


class AccountSeen(BaseModel):
    """An account and what is owed on it; ``disputed`` is the part of it under dispute."""

    number: AccountNumber
    ebilling: bool
    language: SpokenLanguage
    total_due: Money
    total_overdue: Money
    overdue_count: int
    open_count: int
    scheduled: Money
    disputed: Money
    next_due: NextDue | None
    currency: str


class AccountList(BaseModel):
    """A customer's accounts."""

    items: list[AccountSeen]
    next_cursor: str | None = None


class AgeingBucket(BaseModel):
    """What has been overdue for so many days; ``current`` is not overdue."""

    name: Literal["current", "1-30", "31-60", "61-90", "over-90"]
    amount: Money
    count: int


class AgeingSeen(BaseModel):
    """What is owed on an account by how long it has been overdue; the buckets sum to ``total``."""

    account: AccountNumber
    as_of: Day
    currency: str
    buckets: list[AgeingBucket]
    total: Money


class InvoiceSeen(BaseModel):
    """An invoice as it stands; ``disputed`` says that a dispute about it is open."""

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
    disputed: bool
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


class ChangeSeen(BaseModel):
    """A line or a tax that differs; ``null`` where one of the two invoices has it not."""

    description_fr: str
    description_en: str
    before: Money | None
    now: Money | None


class PreviousSeen(BaseModel):
    """The invoice before, and what explains the difference between the two totals."""

    number: InvoiceNumber
    total: Money
    issued: date
    changes: list[ChangeSeen]


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


class DocumentLinkMade(LinkMade):
    """A one-time link to a document."""

    title: str
    media_type: Literal["application/pdf", "application/zip"]
