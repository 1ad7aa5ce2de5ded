"""The demo's customers of ``demo.yml``, as new."""

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from billing.rules.banking_days import at
from billing.rules.money import cents
from billing.services.passwords import demo_hash, folded
from billing.storage.tables import Account, BankAccount, Base, Customer, Invoice, Setting, User
from billing.tokens import new_token

FACTS = Path(__file__).with_name("demo.yml")
MARK = "demo"
_SERIES_EVERY = 4  # days between the due dates of a series
_SERIES_TERM = 30  # days from issue to due
_NOTICES = time(0, 30)


class NotADemoDatabase(Exception):
    """The database holds something else than the demo; the demo will not touch it."""


def demo_customers() -> list[dict[str, Any]]:
    """The customers as written."""
    return list(yaml.safe_load(FACTS.read_text(encoding="utf-8"))["customers"])


def check_or_mark(session: Session) -> bool:
    """Mark an empty database as the demo's; ``True`` if it is new. Raises :class:`NotADemoDatabase`."""
    if session.get(Setting, MARK) is not None:
        return False
    if session.scalar(select(Customer.id).limit(1)) is not None:
        raise NotADemoDatabase
    session.add(Setting(name=MARK, value="1"))
    return True


def seed(session: Session, today: date) -> None:
    """Everything gone but the settings; the demo's customers as new, their days counted from ``today``."""
    for table in reversed(Base.metadata.sorted_tables):
        if table.name != Setting.__tablename__:
            session.execute(delete(table))
    for facts in demo_customers():
        _add_customer(session, facts, today)


def _add_customer(session: Session, facts: dict[str, Any], today: date) -> None:
    members = ("name", "language", "province", "email", "phone")
    customer = Customer(id=new_token(), **{name: facts[name] for name in members})
    session.add(customer)
    session.flush()
    _add_login(session, customer, facts)
    for account in facts["accounts"]:
        _add_account(session, customer, account, today)


def _add_login(session: Session, customer: Customer, facts: dict[str, Any]) -> None:
    question = facts.get("security_question") or {}
    password = facts.get("portal_password")
    session.add(
        User(
            id=new_token(),
            customer_id=customer.id,
            email=customer.email,
            role="administer",
            owner=True,
            password_hash=demo_hash(password) if password else None,
            locked=bool(facts.get("portal_locked")),
            security_question=question.get("question"),
            security_answer_hash=demo_hash(folded(question["answer"])) if question else None,
        )
    )


def _add_account(session: Session, customer: Customer, facts: dict[str, Any], today: date) -> None:
    number = str(facts["number"])
    session.add(Account(number=number, customer_id=customer.id))
    session.flush()
    for bank in facts["bank_accounts"]:
        session.add(
            BankAccount(
                id=new_token(),
                account=number,
                label=bank["label"],
                routing=bank["routing"],
                last4=bank["last4"],
                authorized=bank["ach_authorized"],
            )
        )
    invoices = [*facts.get("invoices", []), *_series(facts.get("series"))]
    # The contract's part is the same each month; what was printed makes the difference.
    contract = min((cents(invoice["total"]) for invoice in invoices), default=None)
    session.add_all(_invoice(number, invoice, contract, today) for invoice in invoices)


def _invoice(account: str, facts: dict[str, Any], contract: int | None, today: date) -> Invoice:
    """An invoice whose notices went out when they were to, before the demo began."""
    issued, due = (today + timedelta(days=facts[name]) for name in ("issued", "due"))
    is_overdue = due < today and facts["paid"] != facts["total"]
    return Invoice(
        number=facts["number"],
        account=account,
        issued=issued,
        due=due,
        total=cents(facts["total"]),
        contract_total=contract,
        paid_before=cents(facts["paid"]),
        announced_at=at(issued, _NOTICES),
        chased_at=at(due + timedelta(days=1), _NOTICES) if is_overdue else None,
    )


def _series(facts: dict[str, Any] | None) -> list[dict[str, Any]]:
    """A run of equal invoices every 4 days: the overdue ones end 8 days ago, those to come begin in 3."""
    if facts is None:
        return []
    first, count, overdue = int(facts["first"]), int(facts["count"]), int(facts["overdue"])
    paid = int(facts["paid_through"]) - first + 1
    rows = []
    for place in range(count):
        if place >= paid + overdue:
            due = 3 + (place - paid - overdue) * 3
        else:
            due = -8 - (paid + overdue - 1 - place) * _SERIES_EVERY
        total = str(facts["total"])
        rows.append(
            {
                "number": str(first + place),
                "issued": due - _SERIES_TERM,
                "due": due,
                "total": total,
                "paid": total if place < paid else str(Decimal("0.00")),
            }
        )
    return rows
