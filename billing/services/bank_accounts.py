"""The bank accounts payments are drawn on: consent to debit them, adding and removing them (security.md, P6–P7)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.ach.wording import authorization_version, debit_authorization
from billing.problems import Problem, not_found
from billing.services.invoices import accounts_of, own_account
from billing.services.outbox import write_mail
from billing.storage.tables import Account, BankAccount, Customer, DebitAuthorization, Payment
from billing.tokens import keyed_digest, new_token
from company import COMPANY, Language

_NOT_SENT_YET = ("scheduled", "submitted")


def bank_accounts_of(session: Session, customer: Customer, account: str | None = None) -> list[BankAccount]:
    """Those not removed, by label; of one account where it is named. Raises ``not-found``."""
    numbers = accounts_of(session, customer) if account is None else [own_account(session, customer, account)]
    query = select(BankAccount).where(BankAccount.account.in_(numbers), BankAccount.status != "removed")
    return list(session.scalars(query.order_by(BankAccount.label, BankAccount.id)))


def own_bank_account(session: Session, customer: Customer, bank_id: str) -> BankAccount:
    """A bank account on one of the customer's accounts; raises ``not-found``."""
    bank = session.get(BankAccount, bank_id)
    if bank is None or bank.status == "removed":
        raise not_found()
    own_account(session, customer, bank.account)
    return bank


def add_bank_account(
    session: Session,
    now: datetime,
    key: str,
    customer: Customer,
    account: str,
    *,
    label: str,
    routing: str,
    number: str,
) -> BankAccount:
    """Keep a bank account: the last four digits of its number, and a digest under ``key`` instead of the number."""
    bank = BankAccount(
        id=new_token(),
        account=account,
        label=label,
        routing=routing,
        last4=number[-4:],
        number_digest=keyed_digest(key, routing, number),
    )
    session.add(bank)
    _notify(session, now, customer, "bank_account_added", bank)
    return bank


def remove_bank_account(session: Session, now: datetime, customer: Customer, bank_id: str) -> None:
    """No longer to be debited; raises ``not-found``, ``bank-account-in-use``. What was paid from it stays on record."""
    bank = own_bank_account(session, customer, bank_id)
    # A payment being submitted, or another removal, holds the same row.
    session.execute(select(Account).where(Account.number == bank.account).with_for_update())
    session.refresh(bank)
    own_bank_account(session, customer, bank_id)
    waiting = select(Payment.reference).where(Payment.bank_account == bank.id, Payment.status.in_(_NOT_SENT_YET))
    reference = session.scalar(waiting.order_by(Payment.created_at).limit(1))
    if reference is not None:
        raise Problem("bank-account-in-use", reference=reference)
    bank.status = "removed"
    _notify(session, now, customer, "bank_account_removed", bank)


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
        raise Problem("authorization-version", version=authorization_version())
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
    _notify(session, now, customer, "debit_authorization", bank, text=text)
    return consent


def _notify(session: Session, now: datetime, customer: Customer, letter: str, bank: BankAccount, **values: Any) -> None:
    write_mail(session, now, customer, letter, label=bank.label, last4=bank.last4, name=customer.name, **values)
