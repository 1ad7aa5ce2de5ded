"""From tables to the shapes of the API."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from billing.ach.returns import remedy_of
from billing.ach.wording import return_reason
from billing.api import models
from billing.rules.addresses import masked, masked_phone
from billing.rules.ageing import aged
from billing.rules.money import written
from billing.services.bills import Bill, bill_of, changes
from billing.services.identity import SignedIn
from billing.services.invoices import Standing
from billing.services.payments import invoices_of
from billing.storage.tables import AccessToken, BankAccount, Customer, Invoice, Payment
from company import COMPANY, Language


def session_seen(token: AccessToken, customer: Customer, accounts: list[str]) -> models.SessionSeen:
    """A session without its token."""
    return models.SessionSeen(
        method=token.method,
        verified_at=token.verified_at,
        expires_at=token.expires_at,
        customer=models.CustomerSeen(
            id=customer.id,
            name=customer.name,
            language=customer.language,
            email_masked=masked(customer.email),
            phone_masked=masked_phone(customer.phone),
            accounts=accounts,
        ),
    )


def session_begun(signed_in: SignedIn, accounts: list[str]) -> models.SessionBegun:
    """A new session, its token told once."""
    seen = session_seen(signed_in.session, signed_in.customer, accounts)
    return models.SessionBegun(access_token=signed_in.token, **seen.model_dump())


def account_seen(number: str, language: str, invoices: Iterable[Standing], today: date) -> models.AccountSeen:
    """What is owed on an account."""
    owed = [one for one in invoices if one.balance > 0]
    overdue = [one for one in owed if one.status(today) == "overdue"]
    return models.AccountSeen(
        number=number,
        ebilling=number.startswith(COMPANY.ebilling_account_prefix),
        language=language,
        total_due=written(sum(one.balance for one in owed)),
        total_overdue=written(sum(one.balance for one in overdue)),
        overdue_count=len(overdue),
        open_count=len(owed),
        scheduled=written(sum(one.scheduled for one in owed)),
        disputed=written(sum(one.balance for one in owed if one.disputed)),
        next_due=_next_due(owed, today),
        currency=COMPANY.currency,
    )


def _next_due(owed: list[Standing], today: date) -> models.NextDue | None:
    days = [one.invoice.due for one in owed if one.invoice.due >= today]
    if not days:
        return None
    return models.NextDue(
        date=min(days), amount=written(sum(one.balance for one in owed if one.invoice.due == min(days)))
    )


def invoice_seen(one: Standing, today: date) -> models.InvoiceSeen:
    """An invoice as it stands today."""
    return models.InvoiceSeen(
        number=one.invoice.number,
        account=one.invoice.account,
        issued=one.invoice.issued,
        due=one.invoice.due,
        total=written(one.invoice.total),
        paid=written(one.paid),
        balance=written(one.balance),
        payable=written(one.payable),
        days_overdue=one.days_overdue(today),
        status=one.status(today),
        disputed=one.disputed,
        currency=COMPANY.currency,
    )


def invoice_explained(
    one: Standing,
    province: str,
    payments: Iterable[models.InvoicePayment],
    before: Invoice | None,
    today: date,
) -> models.InvoiceExplained:
    """An invoice with its lines, taxes, payments and the invoice before it."""
    bill = bill_of(one.invoice, province)
    return models.InvoiceExplained(
        **invoice_seen(one, today).model_dump(),
        lines=[
            models.LineSeen(
                description_fr=line.description["fr"],
                description_en=line.description["en"],
                quantity=str(line.quantity),
                unit_price=_money(line.unit_price),
                amount=_money(line.amount),
            )
            for line in bill.lines
        ],
        subtotal=_money(bill.subtotal),
        taxes=[models.TaxSeen(code=tax.code, rate=str(tax.rate), amount=_money(tax.amount)) for tax in bill.taxes],
        payments=list(payments),
        previous=_previous_seen(before, bill_of(before, province), bill) if before else None,
    )


def _previous_seen(before: Invoice, then: Bill, now: Bill) -> models.PreviousSeen:
    return models.PreviousSeen(
        number=before.number,
        total=written(before.total),
        issued=before.issued,
        changes=[
            models.ChangeSeen(
                description_fr=change.description["fr"],
                description_en=change.description["en"],
                before=None if change.before is None else _money(change.before),
                now=None if change.now is None else _money(change.now),
            )
            for change in changes(then, now)
        ],
    )


def ageing_seen(number: str, invoices: Iterable[Standing], today: date) -> models.AgeingSeen:
    """What is owed on an account by how long it has been overdue."""
    owed = [(one.balance, one.days_overdue(today)) for one in invoices if one.balance > 0]
    return models.AgeingSeen(
        account=number,
        as_of=today,
        currency=COMPANY.currency,
        buckets=[
            models.AgeingBucket(name=bucket.name, amount=written(bucket.amount), count=bucket.count)
            for bucket in aged(owed)
        ],
        total=written(sum(cents for cents, _ in owed)),
    )


def bank_account_seen(bank: BankAccount) -> models.BankAccountSeen:
    """A bank account as far as it is shown."""
    return models.BankAccountSeen(
        id=bank.id,
        account=bank.account,
        label=bank.label,
        last4=bank.last4,
        authorized=bank.authorized,
        status=bank.status,
    )


def payment_seen(payment: Payment, language: Language) -> models.PaymentSeen:
    """A payment as it stands, with the reason of a return in plain words."""
    return models.PaymentSeen(
        reference=payment.reference,
        status=payment.status,
        account=payment.account,
        amount=written(payment.amount),
        currency=COMPANY.currency,
        date=payment.day,
        debit_by=payment.debit_by,
        bank_account=models.BankAccountOfPayment(label=payment.bank.label, last4=payment.bank.last4),
        invoices=[models.PaidInvoice(**part) for part in invoices_of(payment)],
        created_at=payment.created_at,
        return_code=payment.return_code,
        return_reason=return_reason(payment.return_code, language) if payment.return_code else None,
        remedy=remedy_of(payment.return_code) if payment.return_code else None,
    )


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"
