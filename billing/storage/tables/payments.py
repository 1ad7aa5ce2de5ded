"""Bank accounts, the consents to debit them, and payments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from billing.storage.tables.base import Base


class BankAccount(Base):
    """A bank account debits can be drawn on while it is active; its number is kept only as a keyed digest."""

    __tablename__ = "bank_accounts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.number"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    routing: Mapped[str] = mapped_column(String(9))
    last4: Mapped[str] = mapped_column(String(4))
    number_digest: Mapped[str | None] = mapped_column(String(64))
    authorized: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(10), default="active")


class DebitAuthorization(Base):
    """A consent as it was given: the exact text and who said what when (security.md, P7)."""

    __tablename__ = "debit_authorizations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    bank_account: Mapped[str] = mapped_column(ForeignKey("bank_accounts.id"))
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    evidence: Mapped[dict[str, Any]]
    authorized_at: Mapped[datetime]


class Payment(Base):
    """A payment; scheduled → submitted → sent → settled or returned, or cancelled before it is sent."""

    __tablename__ = "payments"

    reference: Mapped[str] = mapped_column(String(12), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.number"), index=True)
    bank_account: Mapped[str] = mapped_column(ForeignKey("bank_accounts.id"))
    amount: Mapped[int]
    day: Mapped[date]
    status: Mapped[str] = mapped_column(String(10), index=True)
    send_at: Mapped[datetime]
    settle_at: Mapped[datetime]
    debit_by: Mapped[date]
    return_code: Mapped[str | None] = mapped_column(String(3))
    idempotency_key: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]
    parts: Mapped[list["PaymentPart"]] = relationship(order_by="PaymentPart.id", lazy="selectin")
    bank: Mapped[BankAccount] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (UniqueConstraint("customer_id", "idempotency_key"),)


class PaymentPart(Base):
    """What of a payment goes to an invoice."""

    __tablename__ = "payment_parts"

    id: Mapped[int] = mapped_column(primary_key=True)
    payment: Mapped[str] = mapped_column(ForeignKey("payments.reference"), index=True)
    invoice: Mapped[str] = mapped_column(ForeignKey("invoices.number"), index=True)
    amount: Mapped[int]
