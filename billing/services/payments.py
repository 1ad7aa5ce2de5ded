"""Payments: what may be paid, and what becomes of it (security.md, P1–P12)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.problems import Problem, not_found
from billing.rules.banking_days import ARRIVAL, CUT_OFF, at, banking_day_from, next_banking_day
from billing.rules.money import InvalidAmount, cents, written
from billing.services.identity import check_fresh
from billing.services.invoices import own_account, standings
from billing.services.outbox import write_mail
from billing.storage.tables import AccessToken, Account, BankAccount, Customer, Payment, PaymentPart
from billing.tokens import new_reference
from company import COMPANY


@dataclass(frozen=True)
class Order:
    """A payment asked for; amounts as strings of dollars."""

    account: str
    bank_account: str
    day: date
    allocations: tuple[tuple[str, str], ...]


def submit(session: Session, now: datetime, token: AccessToken, customer: Customer, order: Order, key: str) -> Payment:
    """Accept a payment or raise the :class:`Problem` that forbids it; the notice goes out with it."""
    check_fresh(token, now)
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
        raise Problem("already-sent", payment_status=payment.status)
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


def _bank_account(session: Session, account: str, bank_id: str) -> BankAccount:
    bank = session.get(BankAccount, bank_id)
    if bank is None or bank.account != account or bank.status != "active":
        raise not_found()
    if not bank.authorized:
        raise Problem("bank-account-not-authorized")
    return bank


def _check_day(day: date, today: date) -> None:
    last = today + timedelta(days=COMPANY.payment_at_most_days_ahead)
    if not today <= day <= last:
        allowed: dict[str, Any] = {"from": today.isoformat(), "to": last.isoformat()}  # "from" is no name in Python
        raise Problem("date-out-of-range", **allowed)


def _parts(session: Session, account: str, order: Order) -> list[PaymentPart]:
    """Each part within what its invoice can still take."""
    numbers = [number for number, _ in order.allocations]
    if not numbers or len(set(numbers)) < len(numbers):
        raise Problem("amount-invalid")
    standing = {one.invoice.number: one for one in standings(session, [account], numbers)}
    parts = []
    for number, amount in order.allocations:
        if number not in standing:
            raise not_found()
        parts.append(PaymentPart(invoice=number, amount=amount_of(amount)))
        payable = standing[number].payable
        if payable <= 0:
            raise Problem("invoice-paid", invoice=number)
        if parts[-1].amount > payable:
            raise Problem("amount-above-due", invoice=number, payable=written(payable))
    return parts


def amount_of(amount: str) -> int:
    """Cents above zero; raises ``amount-invalid``."""
    try:
        value = cents(amount)
    except InvalidAmount as invalid:
        raise Problem("amount-invalid") from invalid
    if value <= 0:
        raise Problem("amount-invalid")
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
