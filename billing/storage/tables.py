"""The tables. Money is whole cents of CAD, moments are UTC, days are the company's."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Moment(TypeDecorator[datetime]):
    """An aware moment; SQLite forgets the zone, so everything is written in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware again."""
        moment: datetime | None = value
        return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


class Base(DeclarativeBase):
    """Everything the billing system keeps."""

    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON}  # noqa: RUF012  SQLAlchemy's own attribute


class Customer(Base):
    """A company with its portal login; no password means no portal access."""

    __tablename__ = "customers"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    province: Mapped[str] = mapped_column(String(2))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    phone: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    sign_in_failures: Mapped[int] = mapped_column(default=0)
    locked: Mapped[bool] = mapped_column(default=False)
    security_question: Mapped[str | None] = mapped_column(String(200))
    security_answer_hash: Mapped[str | None] = mapped_column(String(200))
    accounts: Mapped[list["Account"]] = relationship(back_populates="customer", order_by="Account.number")


class Account(Base):
    """A customer account."""

    __tablename__ = "accounts"

    number: Mapped[str] = mapped_column(String(10), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    customer: Mapped[Customer] = relationship(back_populates="accounts")


class Invoice(Base):
    """An invoice; ``paid_before`` is what was paid on it outside this system's payments."""

    __tablename__ = "invoices"

    number: Mapped[str] = mapped_column(String(8), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.number"), index=True)
    issued: Mapped[date]
    due: Mapped[date] = mapped_column(index=True)
    total: Mapped[int]
    paid_before: Mapped[int]


class BankAccount(Base):
    """A bank account debits can be drawn on; its number is kept only as a keyed digest."""

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
    """A proven identity; the token itself is kept only as a digest."""

    __tablename__ = "access_tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    method: Mapped[str] = mapped_column(String(6))
    verified_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class PortalToken(Base):
    """What the portal's sign-in page hands the widget; serves once."""

    __tablename__ = "portal_tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
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


class Outgoing(Base):
    """A message to a customer, written in the transaction that causes it."""

    __tablename__ = "outbox"

    number: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(254), index=True)
    channel: Mapped[str] = mapped_column(String(5))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


class IdempotentAnswer(Base):
    """The answer a creating call got, to be given again for the same key and body."""

    __tablename__ = "idempotent_answers"

    owner: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class ContactRequest(Base):
    """A request for a person, with what they need to know."""

    __tablename__ = "contact_requests"

    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    customer_id: Mapped[str | None] = mapped_column(String(36))
    details: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Attempt(Base):
    """Something counted against a limit: codes and resets asked for."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(300), index=True)
    at: Mapped[datetime]


class Setting(Base):
    """What the database knows of itself: whether it is a demo's, and how far its clock was moved."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(100))
