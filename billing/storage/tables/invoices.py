"""Invoices, and what customers say about them: disputes and promises to pay."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from billing.storage.tables.base import Base


class Invoice(Base):
    """An invoice; ``paid_before`` is what was paid on it outside this system's payments.

    ``contract_total`` is the total, taxes included, that its fixed lines are shares of: the invoice's own
    where there is none. ``announced_at``, ``reminded_at`` and ``chased_at`` are when the customer was told
    that it is ready, that it is due soon and that it is overdue.
    """

    __tablename__ = "invoices"

    number: Mapped[str] = mapped_column(String(8), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.number"), index=True)
    issued: Mapped[date]
    due: Mapped[date] = mapped_column(index=True)
    total: Mapped[int]
    contract_total: Mapped[int | None]
    paid_before: Mapped[int]
    announced_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    chased_at: Mapped[datetime | None]


class Dispute(Base):
    """An objection to an invoice; an invoice has one open dispute at the most."""

    __tablename__ = "disputes"

    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    invoice: Mapped[str] = mapped_column(ForeignKey("invoices.number"))
    reason: Mapped[str] = mapped_column(String(16))
    amount: Mapped[int | None]
    details: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    conversation: Mapped[str] = mapped_column(String(100))
    status: Mapped[str] = mapped_column(String(6), default="open")
    created_at: Mapped[datetime]

    __table_args__ = (
        Index(
            "uq_disputes_open",
            "invoice",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )


class PaymentPlan(Base):
    """A promise to pay; active until it is kept or broken, and an account has one active at the most."""

    __tablename__ = "payment_plans"

    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.number"))
    total: Mapped[int]
    status: Mapped[str] = mapped_column(String(6), default="active")
    language: Mapped[str] = mapped_column(String(2))
    conversation: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]
    instalments: Mapped[list["Instalment"]] = relationship(order_by="Instalment.day", lazy="selectin")

    __table_args__ = (
        Index(
            "uq_payment_plans_active",
            "account",
            unique=True,
            sqlite_where=text("status = 'active'"),
            postgresql_where=text("status = 'active'"),
        ),
    )


class Instalment(Base):
    """A part of a promise."""

    __tablename__ = "instalments"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan: Mapped[str] = mapped_column(ForeignKey("payment_plans.number"), index=True)
    day: Mapped[date]
    amount: Mapped[int]
