"""Customers, their accounts and logins, and what proves who somebody is."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from billing.storage.tables.base import Base

NOTICE_KINDS = ("invoice_ready", "due_soon", "overdue", "payment_settled", "payment_returned")
NOTICES_AT_FIRST = ("invoice_ready", "overdue", "payment_settled", "payment_returned")  # by e-mail; by text none


class Customer(Base):
    """A company; ``email`` is where its letters go and what its own login signs in with.

    ``notify_email`` and ``notify_sms`` are the kinds of notices wanted there, of :data:`NOTICE_KINDS`.
    """

    __tablename__ = "customers"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    province: Mapped[str] = mapped_column(String(2))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    phone: Mapped[str] = mapped_column(String(20))
    invoices_by: Mapped[str] = mapped_column(String(5), default="email")
    notify_email: Mapped[list[str]] = mapped_column(JSON, default=lambda: list(NOTICES_AT_FIRST))
    notify_sms: Mapped[list[str]] = mapped_column(JSON, default=list)
    accounts: Mapped[list["Account"]] = relationship(back_populates="customer", order_by="Account.number")


class User(Base):
    """A portal login of a customer's; without a password it is only invited. The owner's address is the customer's."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(10))
    owner: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    sign_in_failures: Mapped[int] = mapped_column(default=0)
    locked: Mapped[bool] = mapped_column(default=False)
    security_question: Mapped[str | None] = mapped_column(String(200))
    security_answer_hash: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        UniqueConstraint("customer_id", "email"),
        # An invitation blocks no address: only who has accepted one holds it.
        Index(
            "uq_users_email_active",
            "email",
            unique=True,
            sqlite_where=text("password_hash IS NOT NULL"),
            postgresql_where=text("password_hash IS NOT NULL"),
        ),
    )


class Account(Base):
    """A customer account."""

    __tablename__ = "accounts"

    number: Mapped[str] = mapped_column(String(10), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    customer: Mapped[Customer] = relationship(back_populates="accounts")


class Verification(Base):
    """A code on its way; without a customer it is a decoy that no code ever opens."""

    __tablename__ = "verifications"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_number: Mapped[str] = mapped_column(String(10), index=True)
    customer_id: Mapped[str | None] = mapped_column(String(36))
    code_digest: Mapped[str] = mapped_column(String(64))
    used: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class CodeLock(Base):
    """Wrong codes for an account number, known or not."""

    __tablename__ = "code_locks"

    account_number: Mapped[str] = mapped_column(String(10), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class AccessToken(Base):
    """A proven identity, kept as a digest; without a user it was proven by a code to the customer's own address."""

    __tablename__ = "access_tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    method: Mapped[str] = mapped_column(String(6))
    verified_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class PortalToken(Base):
    """What the portal's sign-in page hands the widget; serves once."""

    __tablename__ = "portal_tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime]


class OneTimeLink(Base):
    """A link to one document or one page; ``subject`` is what it opens."""

    __tablename__ = "one_time_links"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[dict[str, Any]]
    tries: Mapped[int] = mapped_column(default=0)
    used: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime]
