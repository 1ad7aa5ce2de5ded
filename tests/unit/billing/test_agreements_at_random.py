"""Payments, promises, disputes and time in any order: what must hold, holds (security.md, V1)."""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from billing.passing_time import let_time_pass
from billing.problems import Problem
from billing.rules.money import written
from billing.rules.promises import Part
from billing.services import disputes, payments, plans
from billing.services.invoices import standings
from billing.storage.database import Database
from billing.storage.tables import (
    AccessToken,
    Account,
    BankAccount,
    Base,
    Customer,
    Dispute,
    Invoice,
    Outgoing,
    Payment,
    PaymentPlan,
)
from company import COMPANY

T = TypeVar("T")

START = datetime(2026, 11, 24, 15, tzinfo=UTC)
ACCOUNT, NUMBERS = "1000000001", ["10000001", "10000002", "10000003"]
# Their cents decide what the bank does with them: settled, returned for want of money, or for good.
AMOUNTS = st.sampled_from([100, 113, 129, 2500, 5000, 10000, 10013])


class Agreements(RuleBasedStateMachine):
    """One account with three invoices of 100.00, one of them overdue."""

    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(f"sqlite:///{Path(self.folder.name) / 'billing.db'}")
        self.ended: dict[str, str] = {}
        self.chased_before = 0
        self.keys = count()

    @initialize()
    def a_customer(self) -> None:
        """As new."""
        self.now = START
        with self.database.write() as session:
            Base.metadata.create_all(session.connection())
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))
            customer = {"name": "A", "language": "fr", "province": "QC", "email": "a@b.example", "phone": "+1"}
            session.add(Customer(id="c", **customer))
            session.flush()
            session.add(Account(number=ACCOUNT, customer_id="c"))
            session.flush()
            bank = {"label": "B", "routing": "081500123", "last4": "1234", "authorized": True}
            session.add(BankAccount(id="b", account=ACCOUNT, **bank))
            for place, number in enumerate(NUMBERS):
                due = self.today + timedelta(days=place * 10 - 5)
                issued = due - timedelta(days=30)
                session.add(Invoice(number=number, account=ACCOUNT, issued=issued, due=due, total=10000, paid_before=0))

    @property
    def today(self) -> date:
        """The company's day."""
        return self.now.astimezone(COMPANY.zone).date()

    def attempt(self, work: Callable[[Session, Customer], T], *refusals: str) -> T | None:
        """Do it, or be refused for one of these reasons and leave no trace."""
        code = ""
        try:
            with self.database.write() as session:
                return work(session, session.get_one(Customer, "c"))
        except Problem as refused:
            code = refused.code
        assert code in refusals
        return None

    @rule(target=made, number=st.sampled_from(NUMBERS), amount=AMOUNTS, days=st.integers(0, 12))
    def pay(self, number: str, amount: int, days: int) -> object:
        """A part of an invoice; refused where nothing is left or the bank account is stopped."""
        order = payments.Order(ACCOUNT, "b", self.today + timedelta(days=days), ((number, written(amount)),))
        token, key = AccessToken(method="portal", verified_at=self.now), str(next(self.keys))

        def work(session: Session, customer: Customer) -> str:
            return payments.submit(session, self.now, token, customer, order, key).reference

        return self.attempt(work, "amount-above-due", "invoice-paid", "not-found") or multiple()

    @rule(reference=made)
    def cancel(self, reference: str) -> None:
        """Possible until it is sent."""
        self.attempt(lambda session, customer: payments.cancel(session, self.now, customer, reference), "already-sent")

    @rule(
        parts=st.lists(st.tuples(st.integers(0, 40), AMOUNTS), min_size=1, max_size=3, unique_by=lambda part: part[0])
    )
    def promise(self, parts: list[tuple[int, int]]) -> None:
        """Within the rules, one at a time."""
        asked = [Part(self.today + timedelta(days=days), amount) for days, amount in sorted(parts)]

        def work(session: Session, customer: Customer) -> None:
            plans.promise(session, self.now, customer, ACCOUNT, asked, "fr", "c")

        self.attempt(work, "already-promised", "plan-amount")

    @rule(number=st.sampled_from(NUMBERS))
    def dispute(self, number: str) -> None:
        """Paid or not."""
        objection = disputes.Objection(number, "other", None, "", "fr", "c")
        self.attempt(
            lambda session, customer: disputes.open_dispute(session, self.now, customer, objection), "already-disputed"
        )

    @rule(hours=st.sampled_from([1, 24, 24 * 4, 24 * 15]))
    def time_passes(self, hours: int) -> None:
        """By an hour or by weeks."""
        self.now += timedelta(hours=hours)
        with self.database.write() as session:
            let_time_pass(session, self.now, "http://billing")

    @invariant()
    def no_invoice_is_paid_beyond_its_total(self) -> None:
        """Not even by what is scheduled."""
        with self.database.read() as session:
            assert all(0 <= one.payable <= one.balance <= 10000 for one in standings(session, [ACCOUNT]))

    @invariant()
    def one_promise_and_one_dispute_stand_at_the_most(self) -> None:
        """And what a promise became it stays."""
        with self.database.read() as session:
            found = list(session.scalars(select(PaymentPlan)))
            assert sum(plan.status == "active" for plan in found) <= 1
            for plan in found:
                assert self.ended.get(plan.number, plan.status) == plan.status
                if plan.status != "active":
                    self.ended[plan.number] = plan.status
            disputed = list(session.scalars(select(Dispute.invoice)))
            assert len(disputed) == len(set(disputed))

    @invariant()
    def every_payment_has_one_letter_for_each_thing_that_happened_to_it(self) -> None:
        """Accepted, and then cancelled, settled or returned (P12)."""
        with self.database.read() as session:
            subjects = list(session.scalars(select(Outgoing.subject)))
            for payment in session.scalars(select(Payment)):
                is_over = payment.status in ("cancelled", "settled", "returned")
                assert sum(payment.reference in subject for subject in subjects) == 1 + is_over

    @invariant()
    def nobody_is_chased_for_what_is_disputed_or_promised(self) -> None:
        """Nor twice for the same, until a promise is broken."""
        with self.database.read() as session:
            letters = list(session.scalars(select(Outgoing).where(Outgoing.subject.startswith("Avis de retard"))))
            opened = {one.invoice: one.created_at for one in session.scalars(select(Dispute))}
            for letter in letters[self.chased_before :]:
                disputed = [number for number, moment in opened.items() if moment < letter.created_at]
                assert not any(number in letter.body for number in disputed)
                assert plans.active_plan(session, ACCOUNT) is None
            self.chased_before = len(letters)
            broken = sum(plan.status == "broken" for plan in session.scalars(select(PaymentPlan)))
            for number in NUMBERS:
                assert sum(number in letter.body for letter in letters) <= 1 + broken

    def teardown(self) -> None:
        """Nothing is left behind."""
        self.database.close()
        self.folder.cleanup()


Agreements.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
TestAgreements = Agreements.TestCase
