"""Payments: what may be paid, and what becomes of it (security.md, P1–P12)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.ach.wording import authorization_version, debit_authorization
from billing.problems import Problem, not_found
from billing.rules.banking_days import ARRIVAL, CUT_OFF, at, banking_day_from, next_banking_day
from billing.rules.money import InvalidAmount, cents, written
from billing.services.identity import is_fresh
from billing.services.invoices import own_account, standings
from billing.services.outbox import language_of, write_mail
from billing.storage.tables import (
    AccessToken,
    Account,
    BankAccount,
    Customer,
    DebitAuthorization,
    Payment,
    PaymentPart,
)
from billing.tokens import new_reference, new_token
from company import COMPANY, Language


@dataclass(frozen=True)
class Order:
    """A payment asked for; amounts as strings of dollars."""

    account: str
    bank_account: str
    day: date
    allocations: tuple[tuple[str, str], ...]


def submit(session: Session, now: datetime, token: AccessToken, customer: Customer, order: Order, key: str) -> Payment:
    """Accept a payment or raise the :class:`Problem` that forbids it; the notice goes out with it."""
    if not is_fresh(token, now):
        raise Problem("fresh-verification-required", 403)
    account = own_account(session, customer, order.account)
    session.execute(select(Account).where(Account.number == account).with_for_update())
    bank = _bank_account(session, account, order.bank_account)
    today = now.astimezone(COMPANY.zone).date()
    _check_day(order.day, today)
    parts = _parts(session, account, order)
    payment = _payment(now, today, customer, order, key, parts)
    session.add(payment)
    payment.bank = bank
    _notify(session, now, customer, "payment_submitted", payment)
    session.flush()
    return payment


def cancel(session: Session, now: datetime, customer: Customer, reference: str) -> Payment:
    """Stop a payment that has not left for the bank; raises ``already-sent``."""
    payment = own_payment(session, customer, reference)
    session.execute(select(Account).where(Account.number == payment.account).with_for_update())
    session.refresh(payment)
    if payment.status not in ("scheduled", "submitted"):
        raise Problem("already-sent", 409, payment_status=payment.status)
    payment.status = "cancelled"
    write_mail(
        session,
        now,
        customer,
        "payment_cancelled",
        reference=payment.reference,
        amount=written(payment.amount),
    )
    return payment


def own_payment(session: Session, customer: Customer, reference: str) -> Payment:
    """A payment of the customer's; raises ``not-found``."""
    payment = session.get(Payment, reference)
    if payment is None or payment.customer_id != customer.id:
        raise not_found()
    return payment


def authorization_text(session: Session, customer: Customer, bank_id: str, language: Language, day: date) -> str:
    """The debit authorization of one bank account, in full; raises ``not-found``."""
    bank = own_bank_account(session, customer, bank_id)
    return debit_authorization(
        language, name=customer.name, account=bank.account, label=bank.label, last4=bank.last4, day=day
    ).text


def authorize_debits(
    session: Session, now: datetime, customer: Customer, bank_id: str, version: str, language: Language,
    evidence: dict[str, object],
) -> DebitAuthorization:  # fmt: skip
    """Keep a consent with the exact text shown, mail a copy, open the bank account for debits."""
    if version != authorization_version():
        raise Problem("authorization-version", 409, version=authorization_version())
    bank = own_bank_account(session, customer, bank_id)
    day = now.astimezone(COMPANY.zone).date()
    text = authorization_text(session, customer, bank_id, language, day)
    consent = DebitAuthorization(
        id=new_token(),
        bank_account=bank.id,
        customer_id=customer.id,
        version=version,
        language=language,
        text=text,
        evidence=evidence,
        authorized_at=now,
    )
    session.add(consent)
    bank.authorized = True
    write_mail(
        session,
        now,
        customer,
        "debit_authorization",
        text=text,
        label=bank.label,
        last4=bank.last4,
        name=customer.name,
    )
    return consent


def own_bank_account(session: Session, customer: Customer, bank_id: str) -> BankAccount:
    """A bank account on one of the customer's accounts; raises ``not-found``."""
    bank = session.get(BankAccount, bank_id)
    if bank is None:
        raise not_found()
    own_account(session, customer, bank.account)
    return bank


def _bank_account(session: Session, account: str, bank_id: str) -> BankAccount:
    bank = session.get(BankAccount, bank_id)
    if bank is None or bank.account != account or bank.status != "active":
        raise not_found()
    if not bank.authorized:
        raise Problem("bank-account-not-authorized", 409)
    return bank


def _check_day(day: date, today: date) -> None:
    last = today + timedelta(days=COMPANY.payment_at_most_days_ahead)
    if not today <= day <= last:
        allowed: dict[str, Any] = {"from": today.isoformat(), "to": last.isoformat()}  # "from" is no name in Python
        raise Problem("date-out-of-range", 422, **allowed)


def _parts(session: Session, account: str, order: Order) -> list[PaymentPart]:
    """Each part within what its invoice can still take."""
    numbers = [number for number, _ in order.allocations]
    if not numbers or len(set(numbers)) < len(numbers):
        raise Problem("amount-invalid", 422)
    standing = {one.invoice.number: one for one in standings(session, [account], numbers)}
    parts = []
    for number, amount in order.allocations:
        if number not in standing:
            raise not_found()
        parts.append(PaymentPart(invoice=number, amount=_amount(amount)))
        payable = standing[number].payable
        if payable <= 0:
            raise Problem("invoice-paid", 422, invoice=number)
        if parts[-1].amount > payable:
            raise Problem("amount-above-due", 422, invoice=number, payable=written(payable))
    return parts


def _amount(amount: str) -> int:
    try:
        value = cents(amount)
    except InvalidAmount as invalid:
        raise Problem("amount-invalid", 422) from invalid
    if value <= 0:
        raise Problem("amount-invalid", 422)
    return value


def _payment(
    now: datetime, today: date, customer: Customer, order: Order, key: str, parts: list[PaymentPart]
) -> Payment:
    send_day = banking_day_from(order.day)
    if at(send_day, CUT_OFF) <= now:  # today's payments have left already
        send_day = next_banking_day(send_day)
    settle_day = next_banking_day(send_day)
    return Payment(
        reference=new_reference("ACH-"),
        customer_id=customer.id,
        account=order.account,
        bank_account=order.bank_account,
        amount=sum(part.amount for part in parts),
        day=order.day,
        status="submitted" if order.day == today else "scheduled",
        send_at=at(send_day, CUT_OFF),
        settle_at=at(settle_day, ARRIVAL),
        debit_by=settle_day,
        idempotency_key=key,
        created_at=now,
        parts=parts,
    )


def _notify(session: Session, now: datetime, customer: Customer, letter: str, payment: Payment) -> None:
    write_mail(
        session,
        now,
        customer,
        letter,
        reference=payment.reference,
        amount=written(payment.amount),
        date=payment.day,
        debit_by=payment.debit_by,
        label=payment.bank.label,
        last4=payment.bank.last4,
        invoices=invoices_of(payment),
    )


def invoices_of(payment: Payment) -> list[dict[str, str]]:
    """The invoices of a payment with the amount each gets."""
    return [{"number": part.invoice, "amount": written(part.amount)} for part in payment.parts]


__all__ = [
    "Order",
    "authorization_text",
    "authorize_debits",
    "cancel",
    "invoices_of",
    "language_of",
    "own_bank_account",
    "own_payment",
    "submit",
]
