"""How a payment is spread over invoices."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.allocation import AmountAboveDue, NothingToPay, allocate, payable_of
from actions.billing.records import Invoice

DUE = date(2026, 11, 1)


def an_invoice(number: int, payable: Decimal, days: int = 0) -> Invoice:
    """An invoice that can take ``payable``, due ``days`` after 1 November."""
    return Invoice(
        number=f"{number:08}",
        account="1000482915",
        issued=DUE - timedelta(days=30),
        due=DUE + timedelta(days=days),
        total=payable,
        paid=Decimal("0.00"),
        balance=payable,
        payable=payable,
        days_overdue=0,
        status="open",
        disputed=False,
    )


CENTS = st.integers(min_value=0, max_value=10**7).map(lambda cents: Decimal(cents) / 100)
INVOICES = st.lists(st.tuples(CENTS, st.integers(-90, 90)), min_size=1, max_size=12).map(
    lambda rows: [an_invoice(number, payable, days) for number, (payable, days) in enumerate(rows)]
)


@given(INVOICES, st.decimals(min_value="0.01", max_value="200000", places=2))
def test_the_parts_sum_to_the_amount_and_none_exceeds_its_invoice(invoices: list[Invoice], amount: Decimal) -> None:
    """A cent more on one invoice is somebody's money in the wrong place."""
    payable, most = {one.number: one.payable for one in invoices}, payable_of(invoices)
    if most == 0:
        with pytest.raises(NothingToPay):
            allocate(invoices, amount)
    elif amount > most:
        with pytest.raises(AmountAboveDue, match=str(most)):
            allocate(invoices, amount)
    else:
        parts = allocate(invoices, amount)
        assert sum(part.amount for part in parts) == amount
        assert all(0 < part.amount <= payable[part.invoice] for part in parts)


def test_the_oldest_due_date_is_paid_first() -> None:
    """A part payment lowers what is overdue, not what is due next month."""
    recent, old = an_invoice(1, Decimal("100.00"), days=10), an_invoice(2, Decimal("80.00"), days=-40)
    assert [(part.invoice, part.amount) for part in allocate([recent, old], Decimal("90.00"))] == [
        ("00000002", Decimal("80.00")),
        ("00000001", Decimal("10.00")),
    ]


def test_without_an_amount_everything_payable_is_paid() -> None:
    """Everything means to the cent."""
    invoices = [
        an_invoice(1, Decimal("100.00")),
        an_invoice(2, Decimal("0.00")),
        an_invoice(3, Decimal("0.01")),
    ]
    assert payable_of(invoices) == sum(part.amount for part in allocate(invoices)) == Decimal("100.01")


def test_a_paid_invoice_takes_no_payment() -> None:
    """Paying twice is the fault customers forgive least."""
    with pytest.raises(NothingToPay):
        allocate([an_invoice(1, Decimal("0.00"))])
