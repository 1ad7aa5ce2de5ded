"""Promises to pay: within the company's rules, one at a time on an account, kept or broken by its payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from billing.problems import Problem
from billing.rules.money import written
from billing.rules.promises import Part, fault_of, last_day, standing
from billing.services.invoices import own_account, standings
from billing.services.outbox import write_mail
from billing.storage.tables import Account, Customer, Instalment, Invoice, Payment, PaymentPlan
from billing.tokens import new_reference
from company import COMPANY, Language


@dataclass(frozen=True)
class Options:
    """What may be promised on an account; money in cents."""

    reason: str | None
    last_day: date
    due: int
    overdue: int


def options(session: Session, today: date, account: str) -> Options:
    """``reason`` says why nothing may be promised: something is already, or nothing is due."""
    owed = [one for one in standings(session, [account]) if one.balance > 0]
    reason = None if owed else "nothing-due"
    if active_plan(session, account) is not None:
        reason = "already-promised"
    overdue = sum(one.balance for one in owed if one.status(today) == "overdue")
    return Options(reason, last_day(today), sum(one.balance for one in owed), overdue)


def promise(
    session: Session, now: datetime, customer: Customer, account: str, parts: Sequence[Part], language: Language,
    conversation: str,
) -> PaymentPlan:  # fmt: skip
    """Raises ``not-found``, ``already-promised``, ``plan-too-many``, ``-too-late``, ``-order``, ``-amount``."""
    own_account(session, customer, account)
    session.execute(select(Account).where(Account.number == account).with_for_update())
    today = now.astimezone(COMPANY.zone).date()
    before = active_plan(session, account)
    if before is not None:
        raise Problem("already-promised", number=before.number)
    due = options(session, today, account).due
    fault = fault_of(parts, today, due)
    if fault is not None:
        raise Problem(fault, **_allowed(today, due))
    plan = PaymentPlan(
        number=new_reference("P-", 6),
        customer_id=customer.id,
        account=account,
        total=sum(part.amount for part in parts),
        status="active",
        language=language,
        conversation=conversation,
        created_at=now,
        instalments=[Instalment(day=part.day, amount=part.amount) for part in parts],
    )
    session.add(plan)
    _confirm(session, now, customer, plan)
    return plan


def plans_of(session: Session, customer: Customer) -> list[PaymentPlan]:
    """Newest first."""
    query = select(PaymentPlan).where(PaymentPlan.customer_id == customer.id)
    return list(session.scalars(query.order_by(PaymentPlan.created_at.desc(), PaymentPlan.number)))


def active_plan(session: Session, account: str) -> PaymentPlan | None:
    """What is promised on an account, if anything is."""
    return session.scalar(
        select(PaymentPlan).where(PaymentPlan.account == account, PaymentPlan.status == "active").limit(1)
    )


def judge(session: Session, now: datetime) -> None:
    """See which promises are kept and which are broken; what was promised in vain is chased again."""
    today = now.astimezone(COMPANY.zone).date()
    active = select(PaymentPlan).where(PaymentPlan.status == "active").with_for_update(of=PaymentPlan)
    for plan in session.scalars(active):
        parts = [Part(one.day, one.amount) for one in plan.instalments]
        plan.status = standing(parts, today, *_paid_since(session, plan))
        if plan.status == "broken":
            overdue = select(Invoice).where(Invoice.account == plan.account, Invoice.due < today)
            for invoice in session.scalars(overdue):
                invoice.chased_at = None


def _paid_since(session: Session, plan: PaymentPlan) -> tuple[int, int]:
    """What was settled, and what is with the bank, of payments made since the promise."""
    settled, under_way = session.execute(
        select(
            func.coalesce(func.sum(case((Payment.status == "settled", Payment.amount), else_=0)), 0),
            func.coalesce(func.sum(case((Payment.status.in_(("submitted", "sent")), Payment.amount), else_=0)), 0),
        ).where(Payment.account == plan.account, Payment.created_at >= plan.created_at)
    ).one()
    return int(settled), int(under_way)


def _allowed(today: date, due: int) -> dict[str, Any]:
    last = last_day(today)
    return {
        "at_most": COMPANY.instalments.at_most,
        "from": today.isoformat(),
        "to": last.isoformat(),
        "last_day": last.isoformat(),
        "total_due": written(due),
    }


def _confirm(session: Session, now: datetime, customer: Customer, plan: PaymentPlan) -> None:
    instalments = [{"date": one.day, "amount": written(one.amount)} for one in plan.instalments]
    values: dict[str, Any] = {
        "number": plan.number,
        "account": plan.account,
        "total": written(plan.total),
        "name": customer.name,
    }
    write_mail(session, now, customer, "promise_recorded", instalments=instalments, **values)
